"""Who meets whom: the collaborations that two municipalities share on a day, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amk.model.confirmation import confirmed, last_confirmed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Collaboration
from amk.model.validity import holds
from amk.questions.gaps.weights import Weights
from amk.values.dates import Date, Holds


@dataclass(frozen=True, slots=True)
class Meeting:
    """A collaboration that concerns both of two municipalities.

    `named` are those whose participation is stated; where one is not, the collaboration names
    `regions` it lies in. `damping` is the share that this takes off, for its strongest purpose.
    """

    collaboration: Collaboration
    named: frozenset[str]
    regions: tuple[str, ...]
    holds: Holds
    last_confirmed: Date | None
    damping: float


@dataclass(frozen=True, slots=True)
class _Reach:
    """Whom a collaboration concerns: named participants, members of regions, and how much it is worth."""

    collaboration: Collaboration
    named: Mapping[str, Holds]
    by_region: Mapping[str, tuple[str, ...]]
    holds: Holds
    last_confirmed: Date | None
    purpose: float


@dataclass(frozen=True)
class Meetings:
    """Every collaboration of a day, found by the municipalities it concerns."""

    reaching: Mapping[str, Mapping[str, _Reach]]
    weights: Weights

    def between(self, one: str, other: str) -> tuple[Meeting, ...]:
        """The collaborations that two municipalities share, what weighs most first."""
        mine, theirs = self.reaching.get(one, {}), self.reaching.get(other, {})
        shared = [self._meeting(mine[id], one, other) for id in mine if id in theirs]
        return tuple(sorted(shared, key=lambda m: (-m.damping, m.collaboration.id)))

    def named(self, municipality: str) -> tuple[Collaboration, ...]:
        """The collaborations that name a municipality as a participant."""
        reaching = self.reaching.get(municipality, {}).values()
        return tuple(r.collaboration for r in reaching if municipality in r.named)

    def certainly(self, municipality: str) -> frozenset[str]:
        """The ids of those of its collaborations that certainly run, and with it where it is named."""
        reaching = self.reaching.get(municipality, {}).values()
        running = (r for r in reaching if r.holds == "yes" and r.named.get(municipality, "yes") == "yes")
        return frozenset(r.collaboration.id for r in running)

    def of_regions(self, municipality: str) -> tuple[Collaboration, ...]:
        """The collaborations of regions it lies in, which do not name it."""
        reaching = self.reaching.get(municipality, {}).values()
        return tuple(r.collaboration for r in reaching if municipality not in r.named)

    def _meeting(self, reach: _Reach, one: str, other: str) -> Meeting:
        named = frozenset({one, other} & reach.named.keys())
        unnamed = sorted({one, other} - named)
        regions = dict.fromkeys(r for m in unnamed for r in reach.by_region[m])
        certain = reach.holds == "yes" and all(reach.named[m] == "yes" for m in named)
        worth = (
            reach.purpose * (self.weights.unnamed if unnamed else 1) * (1 if certain else self.weights.maybe)
        )
        return Meeting(
            reach.collaboration,
            named,
            tuple(regions),
            "yes" if certain else "maybe",
            reach.last_confirmed,
            worth,
        )


def find_meetings(base: KnowledgeBase, day: date, weights: Weights) -> Meetings:
    """The collaborations of a base narrowed to a day, found by municipality."""
    reaching: dict[str, dict[str, _Reach]] = {}
    for collaboration in base.collaborations:
        reach = _reach(base, collaboration, day, weights)
        for municipality in (*reach.named, *reach.by_region):
            reaching.setdefault(municipality, {})[collaboration.id] = reach
    return Meetings(reaching, weights)


def _reach(base: KnowledgeBase, collaboration: Collaboration, day: date, weights: Weights) -> _Reach:
    known = confirmed(base, collaboration)
    named: dict[str, Holds] = {
        p.municipality: p.period.holds_on(day, known) if p.period else "yes"
        for p in collaboration.participants
        if p.municipality
    }
    by_region: dict[str, tuple[str, ...]] = {}
    for region in dict.fromkeys(regions_named(base, collaboration)):
        for municipality in _inside(base, region):
            by_region[municipality] = (*by_region.get(municipality, ()), region)
    return _Reach(
        collaboration,
        named,
        by_region,
        holds(base, collaboration, day),
        last_confirmed(base, collaboration, day),
        _worth(base, collaboration, weights),
    )


def regions_named(base: KnowledgeBase, collaboration: Collaboration) -> Iterator[str]:
    """The regions whose members a collaboration concerns.

    One that names the home region covers nobody in particular, and one whose list of
    participants is complete concerns nobody else.
    """
    complete = collaboration.participants_complete == "true"
    taking_part = (p.region for p in collaboration.participants if p.region)
    for region in (*taking_part, *(() if complete else collaboration.regions)):
        if region != base.manifest.home_region:
            yield region


def _inside(base: KnowledgeBase, region: str) -> frozenset[str]:
    return frozenset(m for part in base.parts_of(region) for m in base.members_of(part))


def _worth(base: KnowledgeBase, collaboration: Collaboration, weights: Weights) -> float:
    """What the strongest purpose takes off; a purpose that is not stated counts as another."""
    shares = (weights.of_purpose(_broadening(base, code)) for code in collaboration.purposes)
    return max(shares, default=weights.of_purpose(()))


def _broadening(base: KnowledgeBase, code: str) -> Iterator[str]:
    """A purpose, and then each broader one."""
    seen: set[str] = set()
    next_code: str | None = code
    while next_code and next_code not in seen:
        seen.add(next_code)
        yield next_code
        concept = base.concepts.get(("purposes", next_code))
        next_code = concept.broader if concept else None
