"""How far a policy is, and how far a municipality is, on a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from amk.holding import last_confirmed, reached
from amk.knowledge import KnowledgeBase, sorting_name
from amk.records import Finding, Milestone, Municipality, Policy
from amk.status import EFFECTIVE, ENDINGS, NONE, UNKNOWN, advancement
from amk.values import Value

YEARS_INHERITED = 2
"""How long a predecessor's policy may hold after a merger (Wet arhi, arts. 28-30)."""


@dataclass(frozen=True, eq=False, repr=False)
class Standing(Value):
    """How far a policy is: the last milestone certainly reached, and one that may have been.

    `body` is who decided last, as far as a source says.
    """

    policy: Policy
    status: str
    milestone: Milestone | None = None
    maybe: str | None = None
    last_confirmed: date | None = None
    inherited_from: tuple[str, ...] = ()
    body: str | None = None

    @property
    def ended(self) -> bool:
        """Whether the policy has come to its end."""
        return self.status in ENDINGS

    @property
    def effective(self) -> bool:
        """Whether it was decided on and has not ended."""
        return self.status in EFFECTIVE


@dataclass(frozen=True, eq=False, repr=False)
class MunicipalStanding(Value):
    """How far a municipality is: that of its most advanced policy that has not ended.

    `revision` is the status of a new policy under way beside one that has effect; `regional`
    that of a policy of a region it lies in, which says nothing of the municipality itself.
    """

    status: str
    leading: Standing | None = None
    maybe: str | None = None
    revision: str | None = None
    regional: tuple[Standing, ...] = ()
    finding: Finding | None = None
    standings: tuple[Standing, ...] = ()


def policy_standing(
    base: KnowledgeBase, policy: Policy, day: date, municipality: str | None = None
) -> Standing:
    """How far a policy is on a day; where it differs, for one of its municipalities."""
    mine = [m for m in policy.milestones if not m.municipalities or municipality in m.municipalities]
    answers = [(m, reached(base, policy, m, day)) for m in mine if m.status != "continued"]
    certain = [i for i, (_, answer) in enumerate(answers) if answer == "yes"]
    last = certain[-1] if certain else -1
    later = [m.status for m, answer in answers[last + 1 :] if answer == "maybe"]
    return Standing(
        policy=policy,
        status=answers[last][0].status if certain else UNKNOWN,
        milestone=answers[last][0] if certain else None,
        maybe=later[-1] if later else None,
        last_confirmed=last_confirmed(base, policy, day),
        body=next((m.body for m, answer in reversed(answers) if answer == "yes" and m.body), None),
    )


def municipal_standing(base: KnowledgeBase, municipality: Municipality, day: date) -> MunicipalStanding:
    """How far a municipality is on a day."""
    own = _standings(base, municipality.id, day)
    inherited = _all_inherited(base, municipality, day)
    running = [s for s in (*own, *inherited) if not s.ended and _counts(base, s, day, municipality.id)]
    leading = max(running, key=lambda s: advancement(s.status), default=None)
    finding = _finding(municipality, day)
    status = leading.status if leading else UNKNOWN
    if status == UNKNOWN and finding:
        status = NONE
    return MunicipalStanding(
        status=status,
        leading=leading,
        maybe=_maybe(own, _still_possible(base, municipality.id, inherited, day), status),
        revision=_revision(running, leading),
        regional=_regional(base, municipality.id, day),
        finding=finding,
        standings=(*own, *inherited),
    )


def _standings(base: KnowledgeBase, municipality: str, day: date) -> tuple[Standing, ...]:
    mine = base.policies_of(f"municipality/{municipality}")
    return tuple(policy_standing(base, p, day, municipality) for p in mine)


def _all_inherited(base: KnowledgeBase, municipality: Municipality, day: date) -> tuple[Standing, ...]:
    """What was inherited, a joint policy of several predecessors once."""
    found: dict[str, Standing] = {}
    for before in base.predecessors_of(municipality.id):
        for standing in _inherited(base, before, municipality.id, day):
            same = found.get(standing.policy.id)
            owners = (*same.inherited_from, before.id) if same else (before.id,)
            found[standing.policy.id] = replace(standing, inherited_from=owners)
    return tuple(found.values())


def _inherited(base: KnowledgeBase, before: Municipality, successor: str, day: date) -> tuple[Standing, ...]:
    """The policies of a predecessor as they stood when it was succeeded."""
    event = next(s for s in before.successors if s.municipality == successor)
    if event.date.reached_by(day) == "no":
        return ()
    return _standings(base, before.id, event.date.earliest)


def _counts(base: KnowledgeBase, standing: Standing, day: date, municipality: str) -> bool:
    """A policy of one's own counts; an inherited one only when it was certainly continued."""
    if not standing.inherited_from:
        return standing.status != UNKNOWN
    return standing.effective and _continued(base, standing.policy, day)


def _continued(base: KnowledgeBase, policy: Policy, day: date) -> bool:
    return any(m.status == "continued" and reached(base, policy, m, day) == "yes" for m in policy.milestones)


def inherited_until(event: date) -> date:
    """The day on which an inherited policy lapses unless the successor continued it."""
    year = min(event.year + YEARS_INHERITED, date.max.year)
    return event.replace(year=year, day=min(event.day, monthrange(year, event.month)[1]))


def _still_possible(
    base: KnowledgeBase, successor: str, inherited: tuple[Standing, ...], day: date
) -> tuple[Standing, ...]:
    """What was inherited so recently that it may hold still."""
    events = {
        before.id: event.date.earliest
        for before in base.predecessors_of(successor)
        for event in before.successors
        if event.municipality == successor
    }
    return tuple(s for s in inherited if any(day < inherited_until(events[i]) for i in s.inherited_from))


def _maybe(own: tuple[Standing, ...], inherited: tuple[Standing, ...], status: str) -> str | None:
    possible = [s.maybe for s in own if s.maybe] + [s.status for s in inherited if s.effective]
    further = [s for s in possible if advancement(s) > advancement(status)]
    return max(further, key=advancement, default=None)


def _revision(running: list[Standing], leading: Standing | None) -> str | None:
    if not leading or not leading.effective:
        return None
    under_way = [s.status for s in running if not s.effective]
    return max(under_way, key=advancement, default=None)


def _regional(base: KnowledgeBase, municipality: str, day: date) -> tuple[Standing, ...]:
    regions = base.regions_of(municipality)
    covering = {p.id: p for region in regions for p in base.policies_of(region.ref)}
    by_title = sorted(covering.values(), key=lambda p: sorting_name(p.title))
    found = (policy_standing(base, p, day) for p in by_title)
    return tuple(s for s in found if not s.ended and s.status != UNKNOWN)


def _finding(municipality: Municipality, day: date) -> Finding | None:
    done = [f for f in municipality.no_policy_found if f.date.latest <= day]
    return max(done, key=lambda f: f.date.latest, default=None)
