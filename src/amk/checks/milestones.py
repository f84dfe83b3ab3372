"""Milestones: their order, their dates and what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amk.checks.reporting import problem_in
from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.records import Milestone, Policy
from amk.status import STAGES, advancement
from amk.yamltext import Path


def milestones_run_forward(base: KnowledgeBase) -> Iterator[Problem]:
    """Milestones stand in the order of their dates, and a status does not go back."""
    for policy in base.known_of(Policy):
        for index, milestone in enumerate(policy.milestones):
            for before in policy.milestones[:index]:
                if _apart(before, milestone):
                    continue
                yield from _backward(base, policy, index, before, milestone)


def _apart(one: Milestone, other: Milestone) -> bool:
    """Whether two milestones are of different municipalities of a joint policy."""
    both = one.municipalities and other.municipalities
    return bool(both) and not set(one.municipalities) & set(other.municipalities)


def _backward(
    base: KnowledgeBase, policy: Policy, index: int, before: Milestone, milestone: Milestone
) -> Iterator[Problem]:
    way: Path = ("milestones", index)
    if before.date and milestone.date and milestone.date.latest < before.date.earliest:
        told = {"found": str(milestone.date), "before": str(before.date)}
        yield problem_in(base, policy, "DATE005", (*way, "date"), **told)
    stages = STAGES[:-1]
    both = {before.status, milestone.status} <= {*stages} and not milestone.planned
    if both and advancement(milestone.status) < advancement(before.status):
        told = {"found": milestone.status, "before": before.status}
        yield problem_in(base, policy, "STAT001", (*way, "status"), **told)


def milestones_are_not_after_their_source(base: KnowledgeBase) -> Iterator[Problem]:
    """What a source tells as done was done by its date; what was still to come is planned."""
    for policy in base.known_of(Policy):
        for index, milestone in enumerate(policy.milestones):
            last = _last_day_of_sources(base, policy, milestone)
            if milestone.date and not milestone.planned and last and milestone.date.earliest > last:
                told = {"found": str(milestone.date), "source_date": last.isoformat()}
                yield problem_in(base, policy, "DATE006", ("milestones", index, "date"), **told)


def _last_day_of_sources(base: KnowledgeBase, policy: Policy, milestone: Milestone) -> date | None:
    """The last day any of the sources may be of; None when one of them has no date."""
    sources = [base.source(e.source) for e in milestone.evidence or policy.evidence]
    days = [s.date.latest if s and s.date else date.max for s in sources]
    last = max(days, default=date.max)
    return None if last == date.max else last
