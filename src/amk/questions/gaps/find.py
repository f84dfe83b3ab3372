"""Gaps: borders where one municipality regulates and its neighbour, as far as is known, does not.

What is pressed down in one place may surface next door: the waterbed effect. A gap is a signal
and no judgement; whether anything moved was not examined. The method is in `docs/gaps-method.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.records import Border, BorderOutside, Municipality
from amk.questions.gaps.connections import Meeting, Meetings, find_meetings
from amk.questions.gaps.sides import Lack, Side, find_side, stricter
from amk.questions.gaps.weights import Weights
from amk.values.dates import Holds

GapKind = Literal["pressure", "difference"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A border between a municipality that regulates and one that does not, as far as is known.

    `lack` says what is known of the receiving side. `sure` is whether both statuses are; `score`
    is in weighted kilometres.
    """

    giving: Side
    receiving: Side
    border: Border
    lack: Lack
    sure: bool
    meetings: tuple[Meeting, ...]
    weights: Weights

    @property
    def difference(self) -> GapKind:
        """A pressure only where the policy is known to restrict; a difference otherwise."""
        return "pressure" if self.giving.effect == "restricts" else "difference"

    @property
    def holds(self) -> Holds:
        """Maybe where a status is, and where nothing is known of the neighbour."""
        return "yes" if self.sure and self.lack not in ("unknown", "not-stated", "unreadable") else "maybe"

    @property
    def damping(self) -> float:
        """The share that the strongest shared purpose takes off."""
        return max((meeting.damping for meeting in self.meetings), default=0.0)

    @property
    def factors(self) -> tuple[float, ...]:
        """What is multiplied: kilometres, kind of border, state, what is left of it, and doubt if any."""
        km, kind = self.border.km, self.border.kind
        known = (
            self.weights.counted_km(km, kind),
            self.weights.of_border(kind),
            self.weights.of_state(self.lack),
            1 - self.damping,
        )
        return known if self.sure else (*known, self.weights.maybe)

    @property
    def score(self) -> float:
        """How much border is without connection, in weighted kilometres."""
        product = 1.0
        for factor in self.factors:
            product *= factor
        return product


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything in which one municipality is on the side with policy, and on the side without."""

    municipality: Municipality
    giving: tuple[Gap, ...]
    receiving: tuple[Gap, ...]


@dataclass(frozen=True)
class Gaps:
    """The gaps of a day, pressures before differences, the certain first, the largest first.

    `beyond` are the borders with municipalities outside the province: named, never judged.
    """

    base: KnowledgeBase
    day: date
    weights: Weights
    condition: str | None
    found: tuple[Gap, ...]
    beyond: tuple[tuple[Municipality, BorderOutside], ...] = ()

    def of(self, difference: GapKind, holds: Holds) -> tuple[Gap, ...]:
        """The gaps of one kind and certainty."""
        return tuple(g for g in self.found if g.difference == difference and g.holds == holds)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """Per municipality, by name: where it gives and where it receives."""
        sides: dict[str, tuple[Municipality, list[Gap], list[Gap]]] = {}
        for gap in self.found:
            for place, side in enumerate((gap.giving, gap.receiving), start=1):
                here = side.municipality
                gaps = sides.setdefault(here.id, (here, [], []))[place]
                assert isinstance(gaps, list)
                gaps.append(gap)
        told = (Balance(m, tuple(giving), tuple(receiving)) for m, giving, receiving in sides.values())
        return tuple(sorted(told, key=lambda b: sorting_name(b.municipality.name)))


@dataclass(frozen=True)
class Interest:
    """What a user asks: which condition, and which municipalities either side must be one of."""

    condition: str | None = None
    scopes: tuple[frozenset[str], ...] = ()
    weights: Weights = field(default_factory=Weights)

    def touches(self, *ids: str) -> bool:
        """Whether one of these is in each of the scopes."""
        return all(any(id in scope for id in ids) for scope in self.scopes)


def find_gaps(base: KnowledgeBase, day: date, interest: Interest = Interest()) -> Gaps:
    """The gaps of a base that was narrowed to a day."""
    sides = {m.id: find_side(base, m, day, interest.condition) for m in base.municipalities}
    meetings = find_meetings(base, day, interest.weights)
    gaps = (
        gap
        for one, other, border in _borders(base.municipalities, sides.keys())
        if interest.touches(one, other)
        for gap in _gaps(sides[one], sides[other], border, meetings, interest)
    )
    beyond = (
        (side.municipality, border)
        for side in sides.values()
        if side.regulates != "no" and interest.touches(side.municipality.id)
        for border in side.municipality.neighbours_outside
    )
    found = tuple(sorted(gaps, key=_largest_first))
    return Gaps(base, day, interest.weights, interest.condition, found, tuple(beyond))


def _borders(
    municipalities: Iterable[Municipality], there: Iterable[str]
) -> Iterator[tuple[str, str, Border]]:
    """Each border between two municipalities of the day, once."""
    known = frozenset(there)
    seen: set[tuple[str, str]] = set()
    for here in municipalities:
        for id, border in here.neighbours.items():
            pair = (min(here.id, id), max(here.id, id))
            if id in known and id != here.id and pair not in seen:
                seen.add(pair)
                yield here.id, id, border


def _gaps(one: Side, other: Side, border: Border, meetings: Meetings, interest: Interest) -> Iterator[Gap]:
    for giving, receiving in ((one, other), (other, one)):
        found = _lack(giving, receiving, interest.condition)
        if found:
            lack, sure = found
            shared = meetings.between(giving.municipality.id, receiving.municipality.id)
            yield Gap(giving, receiving, border, lack, sure, shared, interest.weights)


def _lack(giving: Side, receiving: Side, condition: str | None) -> tuple[Lack, bool] | None:
    """What the receiving side lacks, and whether that is sure; two that both may regulate say nothing."""
    if giving.regulates != "no" and receiving.regulates == "no":
        return receiving.lack, giving.regulates == "yes"
    if giving.regulates == "yes" and receiving.regulates == "maybe":
        return receiving.lack, False
    both = giving.regulates == receiving.regulates == "yes"
    return ("looser", True) if both and condition and stricter(giving, receiving, condition) else None


def _largest_first(gap: Gap) -> tuple[bool, bool, bool, float, str, str]:
    names = sorting_name(gap.giving.municipality.name), sorting_name(gap.receiving.municipality.name)
    # Where two municipalities hardly touch, what is weighed says too little to stand above another.
    return gap.difference != "pressure", gap.holds != "yes", gap.border.km < 1, -gap.score, *names
