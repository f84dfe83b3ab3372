"""One side of a border: whether a municipality regulates, and what is known where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import MunicipalityStatus, PolicyStatus, municipality_status_on
from amk.model.records import Condition, Effect, Municipality
from amk.model.statuses import EFFECTIVE, NONE, STAGES, UNREADABLE
from amk.values.dates import Date, Holds

Lack = Literal["none", "intention", "unknown", "not-stated", "looser", "unreadable"]
"""What is known of a neighbour that does not regulate: somebody looked and found none, policy is being
made, nothing is known, its policy does not state the condition asked for, or states a looser one."""


@dataclass(frozen=True, slots=True)
class Side:
    """A municipality at a border.

    `regulates` says whether it has effective policy (with the condition asked for), by
    `policies`; `lack` what is known if it has not.
    """

    municipality: Municipality
    policy_status: MunicipalityStatus
    regulates: Holds
    lack: Lack
    policies: tuple[PolicyStatus, ...]

    @property
    def effect(self) -> Effect:
        """What its policies do together, as far as is known: only `restricts` is a pressure."""
        known = {s.policy.effect for s in self.policies} - {"unknown"}
        if not known:
            return "unknown"
        return known.pop() if len(known) == 1 else "both"

    @property
    def last_confirmed(self) -> Date | None:
        """The date of the last source that said something of the policies it rests on."""
        return max((s.last_confirmed for s in self.policies if s.last_confirmed), default=None)


def find_side(
    base: KnowledgeBase, municipality: Municipality, day: date, condition: str | None = None
) -> Side:
    """How a municipality stands on a day, for policy as such or for one condition."""
    policy_status = municipality_status_on(base, municipality, day)
    certain = tuple(
        s for s in policy_status.policy_statuses if _certain(s, policy_status) and _states(s, condition)
    )
    possible = tuple(s for s in _possible(base, policy_status) if _states(s, condition))
    regulates: Holds = "yes" if certain else "maybe" if possible else "no"
    return Side(municipality, policy_status, regulates, _lack(policy_status.status), certain or possible)


def stricter(one: Side, other: Side, condition: str) -> bool:
    """Whether one side states a stricter limit than the other, where the two can be compared.

    A code that begins with `max-` is stricter when lower, with `min-` when higher; values that
    are no numbers, or have other units, are not compared.
    """
    mine, theirs = _limit(one, condition), _limit(other, condition)
    if mine is None or theirs is None or mine[1] != theirs[1]:
        return False
    return mine[0] < theirs[0]


def _certain(policy_status: PolicyStatus, municipal: MunicipalityStatus) -> bool:
    """An inherited policy has effect for certain only where it leads, since it was continued."""
    return policy_status.effective and (
        not policy_status.inherited_from or policy_status is municipal.leading
    )


def _possible(base: KnowledgeBase, municipal: MunicipalityStatus) -> tuple[PolicyStatus, ...]:
    """What may have effect: a milestone that may be reached, an inheritance, or a region's policy."""
    may = municipal.maybe in EFFECTIVE
    own = (s for s in municipal.policy_statuses if may and (s.maybe in EFFECTIVE or _inherited(s)))
    home = base.manifest.home_region
    regional = (
        s for s in municipal.regional
        if (s.effective or s.maybe in EFFECTIVE) and set(s.policy.regions) != {home}
    )  # fmt: skip
    return (*own, *regional)


def _inherited(policy_status: PolicyStatus) -> bool:
    return policy_status.effective and bool(policy_status.inherited_from)


def _states(policy_status: PolicyStatus, condition: str | None) -> bool:
    return condition is None or condition in policy_status.policy.conditions


def _lack(status: str) -> Lack:
    if status in EFFECTIVE:
        return "not-stated"
    if status == NONE:
        return "none"
    if status == UNREADABLE:
        return "unreadable"
    return "intention" if status in STAGES else "unknown"


def _limit(side: Side, code: str) -> tuple[float, str | None] | None:
    """The strictest value that a side states for a condition, turned so that lower is stricter."""
    turned = {"max": 1, "min": -1}.get(code.partition("-")[0])
    stated = [_number(s.policy.conditions[code]) for s in side.policies]
    if turned is None or None in stated or len({s.policy.conditions[code].unit for s in side.policies}) != 1:
        return None
    values = [turned * value for value in stated if value is not None]
    return min(values), side.policies[0].policy.conditions[code].unit


def _number(condition: Condition) -> float | None:
    try:
        return float(condition.value.replace(",", "."))
    except ValueError:
        return None
