"""The first part of a briefing: how far policy is."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Block, Heading, Paragraph, Table, Text
from amk.language import Phrases
from amk.model.policy_status import PolicyStatus
from amk.model.records import Policy
from amk.model.validity import reached
from amk.questions.changes.tell import merger_told
from amk.questions.report.find import Briefing
from amk.questions.report.notes import bulleted, confirmed_between, note_of
from amk.questions.wording import milestone_told, noted, who_told


def policies_told(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """The policies by status, what is told of them, and what they are connected with."""
    yield Heading(phrases("report.policy"))
    if briefing.policies:
        yield from confirmed_between(
            phrases, "report.policy.confirmed", (s.last_confirmed for s in briefing.policies)
        )
        columns = ("field.status", "report.who", "report.when", "report.adopted")
        rows = tuple(_policy_row(briefing, policy_status, phrases) for policy_status in briefing.policies)
        yield Table(tuple(phrases(c) for c in columns), rows, phrases("report.policy.caption"))
    else:
        yield Paragraph(phrases("report.policy.none"))
    influences = tuple(_influences(briefing, phrases))
    words = phrases.with_topic("changes")
    yield from bulleted(tuple(merger_told(merger, words) for merger in briefing.mergers))
    yield from bulleted((*(note_of(briefing, s, phrases) for s in briefing.about("policy")), *influences))


def _policy_row(briefing: Briefing, policy_status: PolicyStatus, phrases: Phrases) -> tuple[Text, ...]:
    base, policy, milestone = briefing.base, policy_status.policy, policy_status.milestone
    status = phrases.status(policy_status.status)
    if policy_status.maybe:
        status = phrases("status.maybe", status=status, maybe=phrases.status(policy_status.maybe))
    if policy.regions:
        status = phrases("report.regional", status=status)
    whose = phrases("whose.titled", who=_who(briefing, policy, phrases), title=policy.title)
    evidence = milestone.evidence if milestone and milestone.evidence else policy.evidence
    remark = f" {milestone.remark.in_language(phrases.language)}" if milestone and milestone.remark else ""
    when = milestone_told(milestone, phrases) if milestone else phrases("unknown")
    adopted = _adopted(briefing, policy_status, phrases)
    return status, noted(whose, base, evidence, phrases, remark), when, adopted


def _who(briefing: Briefing, policy: Policy, phrases: Phrases) -> str:
    """Whose a policy is; municipalities that became part of another are told as such."""
    gone = [m for m in policy.municipalities if f"municipality/{m}" not in briefing.base.records]
    who = who_told(briefing.base, policy, phrases)
    return phrases("left-out.marked.merged", name=who) if gone else who


def _adopted(briefing: Briefing, policy_status: PolicyStatus, phrases: Phrases) -> str:
    """When a policy was adopted and by whom, both of that one milestone."""
    base, policy = briefing.base, policy_status.policy
    certain = (m for m in reversed(policy.milestones) if reached(base, policy, m, briefing.day) == "yes")
    adopted = next((m for m in certain if m.status == "adopted" and not m.municipalities), None)
    if adopted is None:
        return phrases("not-stated" if policy_status.effective else "not-applicable")
    body = base.label("bodies", adopted.body, phrases.language) if adopted.body else ""
    return ", ".join(part for part in (milestone_told(adopted, phrases), body) if part)


def _influences(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    for policy_status in briefing.policies:
        for influence in policy_status.policy.influenced_by:
            other = briefing.base.name(influence.ref)
            told = phrases("report.influence", title=policy_status.policy.title, other=other)
            remark = f" {influence.remark.in_language(phrases.language)}" if influence.remark else ""
            yield noted(told + remark, briefing.base, influence.evidence, phrases)
