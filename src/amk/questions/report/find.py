"""The briefing: the state of policy and collaboration, what is not known, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from amk.model.collection import RecordKind
from amk.model.confirmation import last_confirmed, possible_from
from amk.model.fields import evidence_in
from amk.model.filters import Predicate, in_regions, with_municipality
from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.policy_status import MunicipalityStatus, PolicyStatus, municipality_status_on, policy_status_on
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Figure,
    Municipality,
    Note,
    Policy,
    Region,
    Source,
    Topic,
)
from amk.model.statuses import NONE, UNKNOWN, UNREADABLE, advancement
from amk.model.validity import as_of, holds
from amk.questions.changes.find import Merger
from amk.questions.gaps.connections import find_meetings
from amk.questions.gaps.weights import Weights
from amk.values.dates import Date

FRESH = timedelta(days=365)
"""How young a picture must be to be told in the present tense."""


@dataclass(frozen=True, slots=True)
class StatedNote:
    """A note of a record, and the record that has it."""

    record: AnyRecord
    note: Note


@dataclass(frozen=True, slots=True)
class MunicipalityState:
    """A municipality, how far it is, and the collaborations that name it, once did, or name its region."""

    municipality: Municipality
    policy_status: MunicipalityStatus
    named_in: tuple[Collaboration, ...]
    once_in: tuple[Collaboration, ...]
    through_region: tuple[Collaboration, ...]

    def is_fresh(self, day: date) -> bool:
        """Whether what is known of it was confirmed in the twelve months before a day."""
        last = self.last_confirmed
        return last is not None and day - possible_from(last) <= FRESH

    @property
    def last_confirmed(self) -> Date | None:
        """The date of what last confirmed what is known of its policy."""
        return self.policy_status.last_confirmed


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing tells, for a day and for a region or municipality if one was asked for.

    `base` is what held on the day; `history` also what had ended by then.
    """

    base: KnowledgeBase
    day: date
    places: tuple[MunicipalityState, ...]
    policies: tuple[PolicyStatus, ...]
    collaborations: tuple[Collaboration, ...]
    convened: tuple[Collaboration, ...]
    is_part: bool
    crossing: tuple[tuple[Collaboration, tuple[Region, ...]], ...]
    beyond: tuple[Region, ...]
    mergers: tuple[Merger, ...]
    notes: tuple[StatedNote, ...]
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    def about(self, topic: Topic) -> tuple[StatedNote, ...]:
        """The notes on a topic, all of them: two that rest on the same lines need not say the same."""
        return tuple(stated for stated in self.notes if stated.note.topic == topic)

    @property
    def convened_now(self) -> tuple[Collaboration, ...]:
        """What a party organises for municipalities and had not ended by the day."""
        return tuple(c for c in self.convened if c.ref in self.base.records)

    @property
    def across(self) -> tuple[Collaboration, ...]:
        """The collaborations that reach over the border of a region or of the province."""
        crossing, beyond = {c.ref for c, _ in self.crossing}, {region.id for region in self.beyond}
        return tuple(c for c in self.collaborations if c.ref in crossing or beyond.intersection(c.regions))

    def places_at(self, *statuses: str) -> tuple[MunicipalityState, ...]:
        """The municipalities with one of these statuses."""
        return tuple(place for place in self.places if place.policy_status.status in statuses)

    @property
    def unknown(self) -> tuple[MunicipalityState, ...]:
        """The municipalities of which nothing is known."""
        return self.places_at(UNKNOWN)

    @property
    def unreadable(self) -> tuple[MunicipalityState, ...]:
        """The municipalities of which the file that says their status cannot be read."""
        return self.places_at(UNREADABLE)

    @property
    def none_found(self) -> tuple[MunicipalityState, ...]:
        """The municipalities where somebody looked and found none."""
        return self.places_at(NONE)


def find_briefing(
    whole: KnowledgeBase, day: date, regions: tuple[str, ...] = (), municipality: str | None = None
) -> Briefing:
    """What there is to tell on a day, about all, about some regions or about one municipality."""
    base = as_of(whole, day)
    then, ever = _scope(base, regions, municipality), _scope(whole, regions, municipality)
    # What municipalities that have merged since once made is placed by the regions of their time.
    scope = [r for r in _begun(whole, day) if then(r) or (not isinstance(r, Municipality) and ever(r))]
    records = [base.records.get(r.ref, r) for r in scope]
    held = [r for r in records if r.ref in base.records]
    collaborations = [r for r in records if isinstance(r, Collaboration)]
    policies = [policy_status_on(base, r, day) for r in held if isinstance(r, Policy)]
    running = [c for c in collaborations if c.ref in base.records]
    return Briefing(
        base=base,
        day=day,
        places=tuple(_states(base, by_name(held, Municipality), collaborations, day)),
        policies=tuple(sorted((s for s in policies if not s.ended), key=_furthest_first)),
        collaborations=tuple(sorted((c for c in running if not c.convenor), key=_name)),
        convened=tuple(sorted((c for c in collaborations if c.convenor), key=_name)),
        is_part=bool(regions or municipality),
        crossing=tuple(_crossing(base, running)),
        beyond=tuple(r for r in by_name(held, Region) if r.outside_province and _named_by(r, running)),
        mergers=tuple(_mergers(whole, held, day)),
        notes=tuple(StatedNote(r, n) for r in _home_first(whole, records) for n in r.notes if n.topic),
        sources=_sources(whole, records),
        figures=tuple(sorted(by_name(held, Figure), key=lambda f: _of_figure(base, f))),
        commitments=tuple(sorted(by_name(held, Commitment), key=_of_commitment)),
    )


def _mergers(whole: KnowledgeBase, held: Iterable[AnyRecord], day: date) -> Iterator[Merger]:
    """The mergers by a day from which a municipality came that is told of, by its name."""
    for successor in by_name(held, Municipality):
        merged = [
            (predecessor, event)
            for predecessor in whole.known_of(Municipality)
            for event in predecessor.successors
            if event.municipality == successor.id and event.date.earliest <= day
        ]
        if merged:
            yield Merger(successor, tuple(predecessor for predecessor, _ in merged), merged[0][1])


def _states(
    base: KnowledgeBase,
    municipalities: Iterable[Municipality],
    collaborations: Iterable[Collaboration],
    day: date,
) -> Iterator[MunicipalityState]:
    meetings = find_meetings(base, day, Weights())
    over = [c for c in collaborations if c.ref not in base.records]
    for m in municipalities:
        once = tuple(c for c in over if m.id in {p.municipality for p in c.participants})
        status = municipality_status_on(base, m, day)
        yield MunicipalityState(m, status, meetings.named(m.id), once, meetings.of_regions(m.id))


def by_name(records: Iterable[AnyRecord], kind: type[RecordKind]) -> list[RecordKind]:
    """The records of a kind, by name."""
    return sorted((r for r in records if isinstance(r, kind)), key=_name)


def oldest_and_newest(dates: Iterable[Date | None]) -> tuple[Date, Date] | None:
    """The first and the last of some dates; None where there are none."""
    known = [when for when in dates if when]
    return (min(known), max(known)) if known else None


def confirmed_until(briefing: Briefing, collaborations: Iterable[Collaboration]) -> Iterator[Date | None]:
    """The date of what last confirmed each collaboration."""
    return (last_confirmed(briefing.base, c, briefing.day) for c in collaborations)


def _begun(whole: KnowledgeBase, day: date) -> Iterator[AnyRecord]:
    """What held on a day, or had held before it."""
    for record in whole.records.values():
        period: Date | None = getattr(record, "period", None)
        ended = isinstance(record, Collaboration) and period is not None and period.latest < day
        if ended or holds(whole, record, day) != "no":
            yield record


def _scope(base: KnowledgeBase, regions: tuple[str, ...], municipality: str | None) -> Predicate:
    if municipality:
        return with_municipality(base, municipality)
    return in_regions(base, regions) if regions else lambda record: True


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


def _of_figure(base: KnowledgeBase, figure: Figure) -> tuple[str, str, date]:
    """Territory by territory; in each measure by measure, the oldest first."""
    names = sorting_name(" ".join(map(base.name, figure.territory)))
    return names, figure.measure, figure.year.earliest if figure.year else date.max


def _of_commitment(commitment: Commitment) -> date:
    return commitment.date.earliest if commitment.date else date.max


def _sources(whole: KnowledgeBase, records: Iterable[AnyRecord]) -> tuple[Source, ...]:
    told = ("policy", "collaboration", "commitment", "figure")
    cited = {e.source for r in records if r.kind in told for _, e in evidence_in(r)}
    found = (whole.source(id) for id in cited)
    return tuple(sorted((s for s in found if s), key=_source_order))


def _source_order(source: Source) -> tuple[int, str]:
    return (-source.date.earliest.toordinal() if source.date else 0, sorting_name(source.title))


def _furthest_first(policy_status: PolicyStatus) -> tuple[int, bool, str]:
    return (
        -advancement(policy_status.status),
        bool(policy_status.policy.regions),
        sorting_name(policy_status.policy.title),
    )


def _name(record: AnyRecord) -> str:
    return sorting_name(record.name)
