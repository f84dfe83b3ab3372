"""Coverage: how much is known on a day, of which municipalities, and how well it is founded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from amk.holding import as_of
from amk.knowledge import KnowledgeBase, sorting_name
from amk.questions.gaps_meetings import Meetings, find_meetings
from amk.questions.gaps_weights import Weights
from amk.questions.statements import (
    Contradiction,
    Statement,
    contradictions_of,
    known_by,
    statements_of,
    without_lines,
)
from amk.records import AnyRecord, Collaboration, Municipality, Region
from amk.standing import MunicipalStanding, municipal_standing
from amk.status import EFFECTIVE, NONE, STAGES, UNKNOWN


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one municipality: its standing, and the collaborations that concern it."""

    municipality: Municipality
    standing: MunicipalStanding
    named_in: tuple[Collaboration, ...]
    through_region: tuple[Collaboration, ...]

    @property
    def is_silent(self) -> bool:
        """Whether nothing certain is said: no status, no finding, nothing of a region it lies in."""
        regional = self.standing.regional or self.through_region
        return self.standing.status == UNKNOWN and not self.named_in and not regional


@dataclass(frozen=True, slots=True)
class Tally:
    """How many municipalities of an area are how far, and how many work together."""

    region: Region | None
    places: tuple[Known, ...]

    @property
    def effective(self) -> int:
        """With policy that was decided on and has not ended."""
        return self._with(lambda k: k.standing.status in EFFECTIVE)

    @property
    def under_way(self) -> int:
        """With policy that is being made."""
        return self._with(lambda k: k.standing.status in STAGES and k.standing.status not in EFFECTIVE)

    @property
    def none_found(self) -> int:
        """Where somebody looked and found none."""
        return self._with(lambda k: k.standing.status == NONE)

    @property
    def unknown(self) -> int:
        """Of which no status is known."""
        return self._with(lambda k: k.standing.status == UNKNOWN)

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

    def _with(self, holds: Callable[[Known], bool]) -> int:
        return sum(map(holds, self.places))


@dataclass(frozen=True)
class Coverage:
    """How much is known on a day. The first tally is of everything asked for, then one a region."""

    base: KnowledgeBase
    day: date
    tallies: tuple[Tally, ...]
    statements: tuple[Statement, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def silent(self) -> tuple[Known, ...]:
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


Wanted = Callable[[AnyRecord], bool]


def find_coverage(
    whole: KnowledgeBase, day: date, regions: Iterable[Region], wanted: Wanted = lambda record: True
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
        contradictions=tuple(c for r in told for c in contradictions_of(r)),
    )


def dividing_regions(base: KnowledgeBase) -> tuple[Region, ...]:
    """The regions that divide the whole; every region where the manifest does not say which do."""
    dividing = [r for r in base.regions if r.type == base.manifest.divided_by]
    return tuple(dividing) or tuple(r for r in base.regions if r.id != base.manifest.home_region)


def _tallies(base: KnowledgeBase, regions: Iterable[Region], by_id: dict[str, Known]) -> Iterator[Tally]:
    for region in regions:
        members = [by_id[m] for m in base.members_of(region.id) if m in by_id]
        if members:
            yield Tally(region, tuple(sorted(members, key=lambda k: sorting_name(k.municipality.name))))


def _known(base: KnowledgeBase, municipality: Municipality, meetings: Meetings, day: date) -> Known:
    standing = municipal_standing(base, municipality, day)
    id = municipality.id
    return Known(municipality, standing, meetings.named(id), meetings.of_regions(id))
