"""Coverage: how much is known on a day, of which municipalities, and how well it is founded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.policy_status import MunicipalityStatus, municipality_status_on
from amk.model.records import AnyRecord, Collaboration, Commitment, Municipality, Region
from amk.model.statuses import EFFECTIVE, NONE, STAGES, UNKNOWN, UNREADABLE
from amk.model.validity import as_of
from amk.questions.coverage.stale import is_overdue
from amk.questions.coverage.statements import (
    Contradiction,
    Statement,
    contradictions_of,
    known_by,
    statements_of,
    without_lines,
)
from amk.questions.gaps.connections import Meetings, find_meetings
from amk.questions.gaps.weights import Weights


@dataclass(frozen=True, slots=True)
class KnownOf:
    """What is known of one municipality: its standing, and the collaborations that concern it.

    `certainly` has the ids of those that certainly run.
    """

    municipality: Municipality
    policy_status: MunicipalityStatus
    named_in: tuple[Collaboration, ...]
    through_region: tuple[Collaboration, ...]
    certainly: frozenset[str]

    @property
    def is_silent(self) -> bool:
        """Whether nothing certain is said: no status, no finding, nothing of a region it lies in."""
        regional = self.policy_status.regional or self.through_region
        return self.policy_status.status == UNKNOWN and not self.named_in and not regional


@dataclass(frozen=True, slots=True)
class Tally:
    """How many municipalities of an area are how far, and how many work together."""

    region: Region | None
    places: tuple[KnownOf, ...]

    @property
    def effective(self) -> int:
        """With policy that was decided on and has not ended."""
        return self._with(lambda k: k.policy_status.status in EFFECTIVE)

    @property
    def under_way(self) -> int:
        """With policy that is being made."""
        return self._with(
            lambda k: k.policy_status.status in STAGES and k.policy_status.status not in EFFECTIVE
        )

    @property
    def none_found(self) -> int:
        """Where somebody looked and found none."""
        return self._with(lambda k: k.policy_status.status == NONE)

    @property
    def unknown(self) -> int:
        """Of which no status is known."""
        return self._with(lambda k: k.policy_status.status == UNKNOWN)

    @property
    def maybe(self) -> int:
        """Of the unknown, those that may have policy, or may be making it."""
        return self._with(lambda k: k.policy_status.status == UNKNOWN and bool(k.policy_status.maybe))

    @property
    def searched(self) -> int:
        """Of the unknown, those for which somebody looked, in some places."""
        return self._with(
            lambda k: k.policy_status.status == UNKNOWN and k.policy_status.searched is not None
        )

    @property
    def unreadable(self) -> int:
        """Of which the file that says the status cannot be read."""
        return self._with(lambda k: k.policy_status.status == UNREADABLE)

    @property
    def named(self) -> int:
        """Named as a participant in a collaboration."""
        return self._with(lambda k: bool(k.named_in))

    @property
    def through_region(self) -> int:
        """Not named, but in a region that has a collaboration."""
        return self._with(lambda k: not k.named_in and bool(k.through_region))

    @property
    def in_none(self) -> int:
        """In no collaboration that is known."""
        return self._with(lambda k: not k.named_in and not k.through_region)

    @property
    def named_maybe(self) -> int:
        """Of the named, those of whose collaborations none certainly runs."""
        return self._with(lambda k: bool(k.named_in) and not _runs(k, k.named_in))

    @property
    def through_region_maybe(self) -> int:
        """Of those through a region, those of whose collaborations none certainly runs."""
        return self._with(
            lambda k: not k.named_in and bool(k.through_region) and not _runs(k, k.through_region)
        )

    def _with(self, holds: Callable[[KnownOf], bool]) -> int:
        return sum(map(holds, self.places))


def _runs(known: KnownOf, found: Iterable[Collaboration]) -> bool:
    return any(c.id in known.certainly for c in found)


@dataclass(frozen=True)
class Coverage:
    """How much is known on a day. The first tally is of everything asked for, then one a region."""

    base: KnowledgeBase
    day: date
    tallies: tuple[Tally, ...]
    statements: tuple[Statement, ...]
    contradictions: tuple[Contradiction, ...]
    completions: tuple[Contradiction, ...] = ()
    overdue: tuple[Commitment, ...] = ()

    @property
    def silent(self) -> tuple[KnownOf, ...]:
        """The municipalities of which nothing certain is said, by name."""
        return tuple(known for known in self.tallies[0].places if known.is_silent)

    @property
    def undated(self) -> tuple[Statement, ...]:
        """The statements without any date."""
        return tuple(s for s in self.statements if not s.has_date)

    @property
    def vaguely_dated(self) -> tuple[Statement, ...]:
        """The statements with a date, but without a day."""
        return tuple(s for s in self.statements if s.has_date and not s.is_dated_to_the_day)

    @property
    def without_lines(self) -> tuple[Statement, ...]:
        """The statements that cite a numbered text without the lines."""
        return tuple(s for s in self.statements if without_lines(self.base, s))

    @property
    def on_one_source(self) -> tuple[Statement, ...]:
        """The statements that rest on a single source."""
        return tuple(s for s in self.statements if s.rests_on_one_source)


AreaFilter = Callable[[AnyRecord], bool]


def find_coverage(
    whole: KnowledgeBase, day: date, regions: Iterable[Region], wanted: AreaFilter = lambda record: True
) -> Coverage:
    """How much is known on a day of the records wanted, with a tally for each of these regions."""
    base = as_of(whole, day)
    meetings = find_meetings(base, day, Weights())
    places = tuple(_known(base, m, meetings, day) for m in base.municipalities if wanted(m))
    by_id = {known.municipality.id: known for known in places}
    told = [r for r in whole.records.values() if wanted(r) and known_by(base, r, day)]
    statements = (s for r in told for s in statements_of(base.records.get(r.ref, r)))
    return Coverage(
        base=base,
        day=day,
        tallies=(Tally(None, places), *_tallies(base, regions, by_id)),
        statements=tuple(statements),
        contradictions=tuple(c for r in told for c in contradictions_of(r) if not c.completes),
        completions=tuple(c for r in told for c in contradictions_of(r) if c.completes),
        overdue=tuple(c for c in base.all(Commitment) if wanted(c) and is_overdue(c, day)),
    )


def dividing_regions(base: KnowledgeBase) -> tuple[Region, ...]:
    """The regions that divide the whole; every region where the manifest does not say which do."""
    dividing = [r for r in base.regions if r.type == base.manifest.divided_by]
    return tuple(dividing) or tuple(r for r in base.regions if r.id != base.manifest.home_region)


def _tallies(base: KnowledgeBase, regions: Iterable[Region], by_id: dict[str, KnownOf]) -> Iterator[Tally]:
    for region in regions:
        members = [by_id[m] for m in base.members_of(region.id) if m in by_id]
        if members:
            yield Tally(region, tuple(sorted(members, key=lambda k: sorting_name(k.municipality.name))))


def _known(base: KnowledgeBase, municipality: Municipality, meetings: Meetings, day: date) -> KnownOf:
    policy_status = municipality_status_on(base, municipality, day)
    id = municipality.id
    concerned = (meetings.named(id), meetings.of_regions(id), meetings.certainly(id))
    return KnownOf(municipality, policy_status, *concerned)
