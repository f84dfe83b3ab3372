"""How far a policy is, and how far a municipality is, on a day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from amk.model.confirmation import latest_of, status_confirmed
from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.records import Finding, Milestone, Municipality, Policy
from amk.model.statuses import EFFECTIVE, ENDINGS, NONE, UNKNOWN, UNREADABLE, advancement
from amk.model.validity import reached
from amk.values.dates import Date
from amk.values.frozen import frozen

YEARS_INHERITED = 2
"""How long a predecessor's policy may hold after a merger (Wet arhi, arts. 28-30)."""


@frozen
class PolicyStatus:
    """How far a policy is: the last milestone certainly reached, and one that may have been.

    `body` is who decided last, as far as a source says.
    """

    policy: Policy
    status: str
    milestone: Milestone | None = None
    maybe: str | None = None
    last_confirmed: Date | None = None
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


@frozen
class MunicipalityStatus:
    """How far a municipality is: that of its most advanced policy that has not ended.

    `revision` is the status of a policy under way that is to change the leading one, where a record says
    so (`revises`); `beside` what else is under way; `regional` the policies of a region it lies in, which
    say nothing of the municipality itself; `searched` when somebody last looked, without a finding.
    """

    status: str
    leading: PolicyStatus | None = None
    maybe: str | None = None
    revision: str | None = None
    beside: tuple[PolicyStatus, ...] = ()
    regional: tuple[PolicyStatus, ...] = ()
    finding: Finding | None = None
    searched: Date | None = None
    policy_statuses: tuple[PolicyStatus, ...] = ()

    @property
    def last_confirmed(self) -> Date | None:
        """The date of what last confirmed it: its leading policy, else the finding that there is none."""
        if self.leading:
            return self.leading.last_confirmed
        return self.finding.date if self.finding else None


def policy_status_on(
    base: KnowledgeBase, policy: Policy, day: date, municipality: str | None = None
) -> PolicyStatus:
    """How far a policy is on a day; where it differs, for one of its municipalities."""
    if is_unreadable(base, policy):
        return PolicyStatus(policy, UNREADABLE)
    mine = [m for m in policy.milestones if not m.municipalities or municipality in m.municipalities]
    answers = [(m, reached(base, policy, m, day)) for m in mine if m.status != "continued"]
    certain = [i for i, (_, answer) in enumerate(answers) if answer == "yes"]
    last = certain[-1] if certain else -1
    later = [m.status for m, answer in answers[last + 1 :] if answer == "maybe"]
    return PolicyStatus(
        policy=policy,
        status=answers[last][0].status if certain else UNKNOWN,
        milestone=answers[last][0] if certain else None,
        maybe=later[-1] if later else None,
        last_confirmed=status_confirmed(base, policy, answers[last][0] if certain else None, day),
        body=next((m.body for m, answer in reversed(answers) if answer == "yes" and m.body), None),
    )


def is_unreadable(base: KnowledgeBase, policy: Policy) -> bool:
    """Whether how far a policy is stands in a part of its file that cannot be read."""
    left_out = base.incomplete.get(policy.ref, ())
    if not policy.milestones:
        return bool(left_out)
    return any(path[0] == "milestones" and not _ASIDE.intersection(path[2:3]) for path in left_out if path)


_ASIDE = frozenset({"evidence", "remark", "body", "date_text"})
"""What a milestone says beside how far the policy is."""


def municipality_status_on(base: KnowledgeBase, municipality: Municipality, day: date) -> MunicipalityStatus:
    """How far a municipality is on a day."""
    own = _standings(base, municipality.id, day)
    inherited = _all_inherited(base, municipality, day)
    running = [s for s in (*own, *inherited) if not s.ended and _counts(base, s, day, municipality.id)]
    leading = max(running, key=lambda s: advancement(s.status), default=None)
    under_way = _under_way(running, leading)
    finding = _finding(municipality, day)
    status = leading.status if leading else UNKNOWN
    if status not in EFFECTIVE and _says_what_is_unreadable(base, municipality, own):
        return MunicipalityStatus(
            UNREADABLE, regional=_regional(base, municipality.id, day), policy_statuses=(*own, *inherited)
        )
    if status == UNKNOWN and finding:
        status = NONE
    return MunicipalityStatus(
        status=status,
        leading=leading,
        maybe=_maybe(own, _still_possible(base, municipality.id, inherited, day), status),
        revision=max((s.status for s in under_way if _revises(s, leading)), key=advancement, default=None),
        beside=tuple(s for s in under_way if not _revises(s, leading)),
        regional=_regional(base, municipality.id, day),
        finding=finding,
        searched=latest_of((search.date for search in municipality.searched), day),
        policy_statuses=(*own, *inherited),
    )


def _says_what_is_unreadable(
    base: KnowledgeBase, municipality: Municipality, own: tuple[PolicyStatus, ...]
) -> bool:
    """Whether a file that cannot be read may say how far a municipality is."""
    unread = (listed for ref, listed in base.unread.items() if ref.startswith(f"{Policy.kind}/"))
    return (
        base.lacks(municipality.ref, "no_policy_found")
        or any(s.status == UNREADABLE for s in own)
        or any(municipality.id in listed for listed in unread)
    )


def _standings(base: KnowledgeBase, municipality: str, day: date) -> tuple[PolicyStatus, ...]:
    mine = base.policies_of(f"municipality/{municipality}")
    return tuple(policy_status_on(base, p, day, municipality) for p in mine)


def _all_inherited(base: KnowledgeBase, municipality: Municipality, day: date) -> tuple[PolicyStatus, ...]:
    """What was inherited, a joint policy of several predecessors once."""
    found: dict[str, PolicyStatus] = {}
    for before in base.predecessors_of(municipality.id):
        for policy_status in _inherited(base, before, municipality.id, day):
            same = found.get(policy_status.policy.id)
            owners = (*same.inherited_from, before.id) if same else (before.id,)
            found[policy_status.policy.id] = replace(policy_status, inherited_from=owners)
    return tuple(found.values())


def _inherited(
    base: KnowledgeBase, before: Municipality, successor: str, day: date
) -> tuple[PolicyStatus, ...]:
    """The policies of a predecessor as they stood when it was succeeded."""
    event = next(s for s in before.successors if s.municipality == successor)
    if event.date.reached_by(day) == "no":
        return ()
    return _standings(base, before.id, event.date.earliest)


def _counts(base: KnowledgeBase, policy_status: PolicyStatus, day: date, municipality: str) -> bool:
    """A policy of one's own counts; an inherited one only when it was certainly continued."""
    if not policy_status.inherited_from:
        return policy_status.status not in (UNKNOWN, UNREADABLE)
    return policy_status.effective and _continued(base, policy_status.policy, day)


def _continued(base: KnowledgeBase, policy: Policy, day: date) -> bool:
    return any(m.status == "continued" and reached(base, policy, m, day) == "yes" for m in policy.milestones)


def inherited_until(event: date) -> date:
    """The day on which an inherited policy lapses unless the successor continued it."""
    year = min(event.year + YEARS_INHERITED, date.max.year)
    return event.replace(year=year, day=min(event.day, monthrange(year, event.month)[1]))


def _still_possible(
    base: KnowledgeBase, successor: str, inherited: tuple[PolicyStatus, ...], day: date
) -> tuple[PolicyStatus, ...]:
    """What was inherited so recently that it may hold still."""
    events = {
        before.id: event.date.earliest
        for before in base.predecessors_of(successor)
        for event in before.successors
        if event.municipality == successor
    }
    return tuple(s for s in inherited if any(day < inherited_until(events[i]) for i in s.inherited_from))


def _maybe(own: tuple[PolicyStatus, ...], inherited: tuple[PolicyStatus, ...], status: str) -> str | None:
    possible = [s.maybe for s in own if s.maybe] + [s.status for s in inherited if s.effective]
    further = [s for s in possible if advancement(s) > advancement(status)]
    return max(further, key=advancement, default=None)


def _revises(policy_status: PolicyStatus, leading: PolicyStatus | None) -> bool:
    return leading is not None and leading.policy.id in policy_status.policy.revises


def _under_way(running: list[PolicyStatus], leading: PolicyStatus | None) -> tuple[PolicyStatus, ...]:
    """What is being made beside a policy that has effect."""
    if not leading or not leading.effective:
        return ()
    return tuple(s for s in running if not s.effective)


def _regional(base: KnowledgeBase, municipality: str, day: date) -> tuple[PolicyStatus, ...]:
    regions = base.regions_of(municipality)
    covering = {p.id: p for region in regions for p in base.policies_of(region.ref)}
    by_title = sorted(covering.values(), key=lambda p: sorting_name(p.title))
    found = (policy_status_on(base, p, day) for p in by_title)
    return tuple(s for s in found if not s.ended and s.status != UNKNOWN)


def _finding(municipality: Municipality, day: date) -> Finding | None:
    done = [f for f in municipality.no_policy_found if f.date.reached_by(day) == "yes"]
    return max(done, key=lambda f: f.date.latest, default=None)
