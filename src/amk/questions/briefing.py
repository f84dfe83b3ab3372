"""The briefing: the state of policy and collaboration, what is not known, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from amk.dates import Date
from amk.fields import evidence_in
from amk.holding import as_of, holds, last_confirmed
from amk.knowledge import KnowledgeBase, sorting_name
from amk.query import Holds, in_region, with_municipality
from amk.records import (
    AnyRecord,
    Collaboration,
    Evidence,
    Municipality,
    Note,
    Policy,
    Region,
    Source,
    Topic,
)
from amk.register import Kind
from amk.standing import MunicipalStanding, Standing, municipal_standing, policy_standing
from amk.status import NONE, UNKNOWN, advancement

FRESH = timedelta(days=365)
"""How young a picture must be to be told in the present tense."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A note of a record, and the record that has it."""

    record: AnyRecord
    note: Note


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality and how far it is."""

    municipality: Municipality
    standing: MunicipalStanding

    def is_fresh(self, day: date) -> bool:
        """Whether what is known of it was confirmed in the twelve months before a day."""
        last = self.last_confirmed
        return last is not None and day - last <= FRESH

    @property
    def last_confirmed(self) -> date | None:
        """The last day on which a source confirmed what is known of its policy."""
        if self.standing.leading:
            return self.standing.leading.last_confirmed
        return self.standing.finding.date.earliest if self.standing.finding else None


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing tells, for a day and for a region or municipality if one was asked for.

    `base` is what held on the day; `history` also what had ended by then.
    """

    base: KnowledgeBase
    day: date
    places: tuple[Place, ...]
    policies: tuple[Standing, ...]
    collaborations: tuple[Collaboration, ...]
    convened: tuple[Collaboration, ...]
    crossing: tuple[tuple[Collaboration, tuple[Region, ...]], ...]
    beyond: tuple[Region, ...]
    notes: tuple[Stated, ...]
    sources: tuple[Source, ...]

    def about(self, topic: Topic) -> tuple[Stated, ...]:
        """The notes on a topic; what rests on the lines of an earlier one is left out."""
        told: list[Stated] = []
        for stated in self.notes:
            if stated.note.topic == topic and not any(_within(stated.note, t.note) for t in told):
                told.append(stated)
        return tuple(told)

    def places_at(self, *statuses: str) -> tuple[Place, ...]:
        """The municipalities with one of these statuses."""
        return tuple(place for place in self.places if place.standing.status in statuses)

    @property
    def unknown(self) -> tuple[Place, ...]:
        """The municipalities of which nothing is known."""
        return self.places_at(UNKNOWN)

    @property
    def none_found(self) -> tuple[Place, ...]:
        """The municipalities where somebody looked and found none."""
        return self.places_at(NONE)


def find_briefing(
    whole: KnowledgeBase, day: date, region: str | None = None, municipality: str | None = None
) -> Briefing:
    """What there is to tell on a day, about all or about one region or municipality."""
    base = as_of(whole, day)
    then, ever = _scope(base, region, municipality), _scope(whole, region, municipality)
    # What municipalities that have merged since once made is placed by the regions of their time.
    scope = [r for r in _begun(whole, day) if then(r) or (not isinstance(r, Municipality) and ever(r))]
    records = [base.records.get(r.ref, r) for r in scope]
    held = [r for r in records if r.ref in base.records]
    collaborations = [r for r in records if isinstance(r, Collaboration)]
    policies = [policy_standing(base, r, day) for r in held if isinstance(r, Policy)]
    running = [c for c in collaborations if c.ref in base.records]
    return Briefing(
        base=base,
        day=day,
        places=tuple(Place(m, municipal_standing(base, m, day)) for m in by_name(held, Municipality)),
        policies=tuple(sorted((s for s in policies if not s.ended), key=_furthest_first)),
        collaborations=tuple(sorted((c for c in running if not c.convenor), key=_name)),
        convened=tuple(sorted((c for c in collaborations if c.convenor), key=_name)),
        crossing=tuple(_crossing(base, running)),
        beyond=tuple(r for r in by_name(held, Region) if r.outside_province and _named_by(r, running)),
        notes=tuple(Stated(r, n) for r in _home_first(whole, records) for n in r.notes if n.topic),
        sources=_sources(whole, records),
    )


def _within(note: Note, earlier: Note) -> bool:
    """Whether a note rests on no other lines than an earlier one does."""
    return bool(note.evidence) and all(
        any(_covers(theirs, mine) for theirs in earlier.evidence) for mine in note.evidence
    )


def _covers(theirs: Evidence, mine: Evidence) -> bool:
    if theirs.source != mine.source or not theirs.lines or not mine.lines:
        return False
    return all(any(a <= c and d <= b for a, b in theirs.lines.ranges) for c, d in mine.lines.ranges)


def by_name(records: Iterable[AnyRecord], kind: type[Kind]) -> list[Kind]:
    """The records of a kind, by name."""
    return sorted((r for r in records if isinstance(r, kind)), key=_name)


def oldest_and_newest(days: Iterable[date | None]) -> tuple[date, date] | None:
    """The first and the last of some days; None where there are none."""
    known = [day for day in days if day]
    return (min(known), max(known)) if known else None


def confirmed_until(briefing: Briefing, collaborations: Iterable[Collaboration]) -> Iterator[date | None]:
    """The last day on which each collaboration was confirmed."""
    return (last_confirmed(briefing.base, c, briefing.day) for c in collaborations)


def _begun(whole: KnowledgeBase, day: date) -> Iterator[AnyRecord]:
    """What held on a day, or had held before it."""
    for record in whole.records.values():
        period: Date | None = getattr(record, "period", None)
        ended = isinstance(record, Collaboration) and period is not None and period.latest < day
        if ended or holds(whole, record, day) != "no":
            yield record


def _scope(base: KnowledgeBase, region: str | None, municipality: str | None) -> Holds:
    if municipality:
        return with_municipality(base, municipality)
    return in_region(base, region) if region else lambda record: True


def _crossing(
    base: KnowledgeBase, collaborations: Iterable[Collaboration]
) -> Iterator[tuple[Collaboration, tuple[Region, ...]]]:
    """The collaborations whose participants lie in more than one of the regions that divide the whole."""
    for collaboration in collaborations:
        ids = [p.municipality for p in collaboration.participants if p.municipality]
        regions = {region.id: region for id in ids for region in base.division_of(id)}
        if len(regions) > 1:
            yield collaboration, tuple(sorted(regions.values(), key=_name))


def _named_by(region: Region, collaborations: Iterable[Collaboration]) -> bool:
    return any(region.id in c.regions for c in collaborations)


def _home_first(whole: KnowledgeBase, records: Iterable[AnyRecord]) -> list[AnyRecord]:
    order = ("region", "policy", "collaboration")
    home = f"region/{whole.manifest.home_region}"
    told = [r for r in records if r.kind in order]
    return sorted(told, key=lambda r: (r.ref != home, order.index(r.kind)))


def _sources(whole: KnowledgeBase, records: Iterable[AnyRecord]) -> tuple[Source, ...]:
    cited = {e.source for r in records if r.kind in ("policy", "collaboration") for _, e in evidence_in(r)}
    found = (whole.source(id) for id in cited)
    return tuple(sorted((s for s in found if s), key=_source_order))


def _source_order(source: Source) -> tuple[int, str]:
    return (-source.date.earliest.toordinal() if source.date else 0, sorting_name(source.title))


def _furthest_first(standing: Standing) -> tuple[int, bool, str]:
    return -advancement(standing.status), bool(standing.policy.regions), sorting_name(standing.policy.title)


def _name(record: AnyRecord) -> str:
    return sorting_name(record.name)
