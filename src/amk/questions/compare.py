"""Compare: what municipalities have side by side, where they differ, and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.holding import holds
from amk.knowledge import KnowledgeBase
from amk.records import Condition, Evidence, Municipality, Policy, Target
from amk.standing import MunicipalStanding, Standing, municipal_standing
from amk.status import NONE, UNKNOWN

Differs = Literal["yes", "no", "unknown"]
"""Whether municipalities differ; unknown where fewer than two of them are known, or not all are."""

Known = Literal["known", "unknown", "none"]
"""Whether something is known of a municipality; `none` where somebody looked and there is none."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value: as it is compared, as the policy has it, and the policy that it stands in.

    `condition` or `target` is the statement itself where the value is one.
    """

    value: str
    policy: Policy | None = None
    evidence: tuple[Evidence, ...] = ()
    condition: Condition | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of one municipality on one aspect."""

    municipality: Municipality
    known: Known
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is compared: `status`, `type`, …; a condition or a number of places by its code."""

    field: str
    code: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> Differs:
        """Whether the municipalities of which something is known differ."""
        told = {frozenset(s.value for s in cell.said) for cell in self.cells if cell.known != "unknown"}
        if len(told) > 1:
            return "yes"
        return "no" if told and all(cell.known != "unknown" for cell in self.cells) else "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Municipalities side by side on a day."""

    base: KnowledgeBase
    day: date
    municipalities: tuple[Municipality, ...]
    standings: tuple[MunicipalStanding, ...]
    aspects: tuple[Aspect, ...]


def find_comparison(base: KnowledgeBase, municipalities: Sequence[Municipality], day: date) -> Comparison:
    """What these municipalities have on a day, aspect by aspect; what ended is left out."""
    standings = tuple(municipal_standing(base, m, day) for m in municipalities)
    pairs = tuple(zip(municipalities, standings, strict=True))
    return Comparison(base, day, tuple(municipalities), standings, tuple(_aspects(base, pairs, day)))


Pair = tuple[Municipality, MunicipalStanding]


def _aspects(base: KnowledgeBase, pairs: Sequence[Pair], day: date) -> Iterator[Aspect]:
    yield Aspect("status", "", tuple(_status(*pair) for pair in pairs))
    yield _of_policies("policies", "", pairs, lambda p: [Said(p.title, p, p.evidence)])
    yield _of_policies("type", "", pairs, lambda p: [Said(p.type, p, p.evidence)] if p.type else [])
    yield _of_policies("effect", "", pairs, _effect)
    for code in _in_order(code for _, s in pairs for policy in _running(s) for code in policy.conditions):
        yield _of_policies("conditions", code, pairs, lambda p, code=code: _condition(p, code))  # type: ignore[misc] # mypy cannot infer a lambda with a default
    yield _of_policies("places", "", pairs, _targets)
    yield Aspect("collaborations", "", tuple(_together(base, m, day) for m, _ in pairs))


def _status(municipality: Municipality, standing: MunicipalStanding) -> Cell:
    if standing.status in (UNKNOWN, NONE):
        known: Known = "none" if standing.status == NONE else "unknown"
        return Cell(municipality, known)
    policy = standing.leading.policy if standing.leading else None
    return Cell(municipality, "known", (Said(standing.status, policy),))


def _of_policies(
    field: str, code: str, pairs: Sequence[Pair], said: Callable[[Policy], list[Said]]
) -> Aspect:
    return Aspect(field, code, tuple(_cell(m, standing, said) for m, standing in pairs))


def _cell(
    municipality: Municipality, standing: MunicipalStanding, said: Callable[[Policy], list[Said]]
) -> Cell:
    """What the running policies of a municipality say; a policy that keeps silent is no statement."""
    found = tuple(each for policy in _running(standing) for each in said(policy))
    if found:
        return Cell(municipality, "known", found)
    return Cell(municipality, "none" if standing.status == NONE else "unknown")


def _running(standing: MunicipalStanding) -> Iterator[Policy]:
    """The policies that have not ended; inherited ones too."""
    yield from (s.policy for s in standing.standings if _runs(s))


def _runs(standing: Standing) -> bool:
    return not standing.ended


def _effect(policy: Policy) -> list[Said]:
    return [Said(policy.effect, policy, policy.evidence)] if policy.effect != "unknown" else []


def _condition(policy: Policy, code: str) -> list[Said]:
    found = policy.conditions.get(code)
    if found is None:
        return []
    value = f"{found.value} {found.unit or ''}".strip()
    return [Said(value, policy, found.evidence or policy.evidence, condition=found)]


def _targets(policy: Policy) -> list[Said]:
    return [
        Said(f"{t.number} {t.year or ''}".strip(), policy, t.evidence or policy.evidence, target=t)
        for t in policy.places
    ]


def _together(base: KnowledgeBase, municipality: Municipality, day: date) -> Cell:
    """The collaborations that name a municipality as a participant, and have not certainly ended."""
    named = (c for c in base.collaborations if any(p.municipality == municipality.id for p in c.participants))
    found = tuple(Said(c.name, None, c.evidence) for c in named if holds(base, c, day) != "no")
    return Cell(municipality, "known" if found else "unknown", found)


def _in_order(codes: Iterator[str]) -> list[str]:
    return sorted(set(codes))
