"""Developments: what happened since a day, and what we learned since then of earlier days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.policy_status import municipality_status_on
from amk.model.records import Activity, Collaboration, Event, Evidence, Milestone, Municipality, Policy
from amk.model.statuses import ENDINGS, UNKNOWN, advancement
from amk.model.validity import as_of, reached
from amk.questions.changes.find import Changes, Merger, StatusChange, find_changes
from amk.values.dates import Date, Holds
from amk.values.multilingual import Multilingual

PolicyMove = Literal["new", "progressed", "ended"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a policy: the first that is known, a next one, or its end."""

    manner: PolicyMove
    policy: Policy
    milestone: Milestone
    certain: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A collaboration began or ended, or something took place in it."""

    manner: PolicyMove
    collaboration: Collaboration
    date: Date
    text: Multilingual | None
    evidence: tuple[Evidence, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Developments:
    """What happened after one day and up to another, told with what is known now.

    `statuses` are those that a step in this period explains; of `known_now` the state was not known before,
    which says nothing of a change. `learned` is what differs in what is known of the first day; None where
    nobody can say what was known then: `versioned` says whether that is because the base began later.
    """

    base: KnowledgeBase
    since: date
    day: date
    steps: tuple[Step, ...]
    turns: tuple[Turn, ...]
    expected: tuple[Step, ...]
    statuses: tuple[StatusChange, ...]
    known_now: tuple[StatusChange, ...]
    mergers: tuple[Merger, ...]
    learned: Changes | None
    versioned: bool = False


def find_developments(
    base: KnowledgeBase, since: date, day: date, known_then: KnowledgeBase | None, versioned: bool = False
) -> Developments:
    """What happened after `since` and up to `day`; `known_then` is the base as it was known then."""
    then, now = as_of(base, since), as_of(base, day)
    between = find_changes(then, now, day)
    learned = find_changes(as_of(known_then, since), then, since) if known_then else None
    steps = tuple(_steps(base, since, day))
    statuses = (*between.statuses, *_of_successors(then, now, between))
    told = sorted((_ended(c, steps) for c in statuses), key=lambda c: sorting_name(c.municipality.name))
    moved = {municipality for step in steps if step.certain for municipality in _concerned(now, step)}
    return Developments(
        base=base,
        since=since,
        day=day,
        steps=steps,
        turns=tuple(_turns(base, since, day)),
        expected=tuple(_expected(base, day)),
        statuses=tuple(change for change in told if change.municipality.id in moved),
        known_now=tuple(change for change in told if change.municipality.id not in moved),
        mergers=between.mergers,
        learned=learned,
        versioned=versioned,
    )


def _of_successors(then: KnowledgeBase, now: KnowledgeBase, between: Changes) -> Iterator[StatusChange]:
    """How far a municipality is that others became part of, against the furthest of them."""
    for merger in between.mergers:
        earlier = (municipality_status_on(then, m, then.day or date.min).status for m in merger.predecessors)
        before = max(earlier, key=advancement)
        after = municipality_status_on(now, merger.successor, now.day or date.max).status
        if before != after:
            yield StatusChange(merger.successor, before, after)


def _ended(change: StatusChange, steps: tuple[Step, ...]) -> StatusChange:
    """A status that is not known because the policy ended, with how it ended."""
    ends = [
        step.milestone.status
        for step in steps
        if step.manner == "ended" and step.certain and change.municipality.id in step.policy.municipalities
    ]
    return replace(change, after=ends[-1]) if ends and change.after == UNKNOWN else change


def _concerned(now: KnowledgeBase, step: Step) -> Iterator[str]:
    """Whose status a step is of: its municipalities, and those that they became part of."""
    named = step.milestone.municipalities or step.policy.municipalities
    yield from named
    for municipality in now.known_of(Municipality):
        if municipality.id in named:
            yield from (successor.municipality for successor in municipality.successors)


def _steps(base: KnowledgeBase, since: date, day: date) -> Iterator[Step]:
    for policy in base.policies:
        known = False
        for milestone in policy.milestones:
            before, after = (reached(base, policy, milestone, d) for d in (since, day))
            if before != "yes" and after != "no" and _later(before, after):
                manner: PolicyMove = (
                    "ended" if milestone.status in ENDINGS else "progressed" if known else "new"
                )
                yield Step(manner, policy, milestone, before == "no" and after == "yes")
            known = known or before != "no" or after == "yes"


def _later(before: Holds, after: Holds) -> bool:
    """Whether something came: it may have come before, and certainly has now, or it may have come now."""
    return after == "yes" or before == "no"


def _turns(base: KnowledgeBase, since: date, day: date) -> Iterator[Turn]:
    for collaboration in base.collaborations:
        period = collaboration.period
        if period and period.start and since < period.start.last and period.start.first <= day:
            certain = since < period.start.first and period.start.last <= day
            yield Turn("new", collaboration, period, None, collaboration.evidence, certain)
        events: tuple[Event | Activity, ...] = (*collaboration.milestones, *collaboration.activities)
        for event in events:
            planned = isinstance(event, Event) and event.planned
            if event.date and not planned and since < event.date.latest <= day:
                certain = since < event.date.earliest
                yield Turn("progressed", collaboration, event.date, event.text, event.evidence, certain)
        if period and period.end and since < period.end.last and period.end.first <= day:
            certain = since < period.end.first and period.end.last <= day
            yield Turn("ended", collaboration, period, None, collaboration.evidence, certain)


def _expected(base: KnowledgeBase, day: date) -> Iterator[Step]:
    """The steps that are planned and not past."""
    for policy in base.policies:
        for milestone in policy.milestones:
            if milestone.planned and (milestone.date is None or milestone.date.latest >= day):
                yield Step("progressed", policy, milestone, certain=False)
