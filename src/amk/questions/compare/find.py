"""Compare: what municipalities have side by side, where they differ, and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import MunicipalityStatus, PolicyStatus, municipality_status_on
from amk.model.records import Condition, Evidence, Municipality, Policy, Target
from amk.model.statuses import NONE, UNKNOWN, UNREADABLE
from amk.model.validity import holds

Differs = Literal["yes", "no", "unknown"]
"""Whether municipalities differ; unknown where fewer than two of them are known, or not all are."""

WhatIsKnown = Literal["known", "unknown", "unreadable", "none"]
"""Whether something is known of a municipality; `none` where somebody looked and there is none."""


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One value: as it is compared, as the policy has it, and the policy that it stands in.

    `condition` or `target` is the statement itself where the value is one.
    """

    value: str
    policy: Policy | None = None
    evidence: tuple[Evidence, ...] = ()
    condition: Condition | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What is known of one municipality on one aspect."""

    municipality: Municipality
    known: WhatIsKnown
    said: tuple[ComparedValue, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether there is something to compare."""
        return self.known in ("known", "none")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is compared: `status`, `type`, …; a condition or a number of places by its code."""

    field: str
    code: str
    cells: tuple[ComparedCell, ...]

    @property
    def differs(self) -> Differs:
        """Whether the municipalities of which something is known differ."""
        told = {frozenset(s.value for s in cell.said) for cell in self.cells if cell.is_told}
        if len(told) > 1:
            return "yes"
        return "no" if told and all(cell.is_told for cell in self.cells) else "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Municipalities side by side on a day."""

    base: KnowledgeBase
    day: date
    municipalities: tuple[Municipality, ...]
    policy_statuses: tuple[MunicipalityStatus, ...]
    aspects: tuple[Aspect, ...]


def find_comparison(base: KnowledgeBase, municipalities: Sequence[Municipality], day: date) -> Comparison:
    """What these municipalities have on a day, aspect by aspect; what ended is left out."""
    policy_statuses = tuple(municipality_status_on(base, m, day) for m in municipalities)
    pairs = tuple(zip(municipalities, policy_statuses, strict=True))
    return Comparison(base, day, tuple(municipalities), policy_statuses, tuple(_aspects(base, pairs, day)))


StatusOf = tuple[Municipality, MunicipalityStatus]


def _aspects(base: KnowledgeBase, pairs: Sequence[StatusOf], day: date) -> Iterator[Aspect]:
    yield Aspect("status", "", tuple(_status(*pair) for pair in pairs))
    yield _of_policies("policies", "", pairs, lambda p: [ComparedValue(p.title, p, p.evidence)])
    yield _of_policies("type", "", pairs, lambda p: [ComparedValue(p.type, p, p.evidence)] if p.type else [])
    yield _of_policies("effect", "", pairs, _effect)
    yield _of_policies("legal_basis", "", pairs, _legal_basis)
    for code in _in_order(code for _, s in pairs for policy in _running(s) for code in policy.conditions):
        yield _of_policies("conditions", code, pairs, lambda p, code=code: _condition(p, code))  # type: ignore[misc] # mypy cannot infer a lambda with a default
    yield _of_policies("places", "", pairs, _targets)
    yield Aspect("collaborations", "", tuple(_together(base, m, day) for m, _ in pairs))


_LACKING: Mapping[str, WhatIsKnown] = {NONE: "none", UNKNOWN: "unknown", UNREADABLE: "unreadable"}


def _status(municipality: Municipality, policy_status: MunicipalityStatus) -> ComparedCell:
    if policy_status.status in _LACKING:
        return ComparedCell(municipality, _LACKING[policy_status.status])
    policy = policy_status.leading.policy if policy_status.leading else None
    return ComparedCell(municipality, "known", (ComparedValue(policy_status.status, policy),))


def _of_policies(
    field: str, code: str, pairs: Sequence[StatusOf], said: Callable[[Policy], list[ComparedValue]]
) -> Aspect:
    return Aspect(field, code, tuple(_cell(m, policy_status, said) for m, policy_status in pairs))


def _cell(
    municipality: Municipality,
    policy_status: MunicipalityStatus,
    said: Callable[[Policy], list[ComparedValue]],
) -> ComparedCell:
    """What the running policies of a municipality say; a policy that keeps silent is no statement."""
    found = tuple(each for policy in _running(policy_status) for each in said(policy))
    if found:
        return ComparedCell(municipality, "known", found)
    return ComparedCell(municipality, _LACKING.get(policy_status.status, "unknown"))


def _running(policy_status: MunicipalityStatus) -> Iterator[Policy]:
    """The policies that have not ended; inherited ones too."""
    yield from (s.policy for s in policy_status.policy_statuses if _runs(s))


def _runs(policy_status: PolicyStatus) -> bool:
    return not policy_status.ended


def _effect(policy: Policy) -> list[ComparedValue]:
    return [ComparedValue(policy.effect, policy, policy.evidence)] if policy.effect != "unknown" else []


def _legal_basis(policy: Policy) -> list[ComparedValue]:
    return [ComparedValue(policy.legal_basis, policy, policy.evidence)] if policy.legal_basis else []


def _condition(policy: Policy, code: str) -> list[ComparedValue]:
    found = policy.conditions.get(code)
    if found is None:
        return []
    value = f"{found.value} {found.unit or ''}".strip()
    return [ComparedValue(value, policy, found.evidence or policy.evidence, condition=found)]


def _targets(policy: Policy) -> list[ComparedValue]:
    return [
        ComparedValue(f"{t.number} {t.year or ''}".strip(), policy, t.evidence or policy.evidence, target=t)
        for t in policy.places
    ]


def _together(base: KnowledgeBase, municipality: Municipality, day: date) -> ComparedCell:
    """The collaborations that name a municipality as a participant, and have not certainly ended."""
    named = (c for c in base.collaborations if any(p.municipality == municipality.id for p in c.participants))
    found = tuple(ComparedValue(c.name, None, c.evidence) for c in named if holds(base, c, day) != "no")
    return ComparedCell(municipality, "known" if found else "unknown", found)


def _in_order(codes: Iterator[str]) -> list[str]:
    return sorted(set(codes))
