"""Developments: what happened since a day, and what we learned since then of earlier days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.dates import Date, Holds
from amk.holding import as_of, reached
from amk.knowledge import KnowledgeBase
from amk.questions.changes import Changes, Merger, StatusChange, find_changes
from amk.records import Activity, Collaboration, Event, Evidence, Milestone, Policy
from amk.status import ENDINGS
from amk.words import Words

Manner = Literal["new", "progressed", "ended"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a policy: the first that is known, a next one, or its end."""

    manner: Manner
    policy: Policy
    milestone: Milestone
    certain: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A collaboration began or ended, or something took place in it."""

    manner: Manner
    collaboration: Collaboration
    date: Date
    text: Words | None
    evidence: tuple[Evidence, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Developments:
    """What happened after one day and up to another, told with what is known now.

    `learned` is what differs in what is known of the first day; None where nobody can say what
    was known then.
    """

    base: KnowledgeBase
    since: date
    day: date
    steps: tuple[Step, ...]
    turns: tuple[Turn, ...]
    expected: tuple[Step, ...]
    statuses: tuple[StatusChange, ...]
    mergers: tuple[Merger, ...]
    learned: Changes | None


def find_developments(
    base: KnowledgeBase, since: date, day: date, known_then: KnowledgeBase | None
) -> Developments:
    """What happened after `since` and up to `day`; `known_then` is the base as it was known then."""
    then, now = as_of(base, since), as_of(base, day)
    between = find_changes(then, now, day)
    learned = find_changes(as_of(known_then, since), then, since) if known_then else None
    return Developments(
        base=base,
        since=since,
        day=day,
        steps=tuple(_steps(base, since, day)),
        turns=tuple(_turns(base, since, day)),
        expected=tuple(_expected(base, day)),
        statuses=between.statuses,
        mergers=between.mergers,
        learned=learned,
    )


def _steps(base: KnowledgeBase, since: date, day: date) -> Iterator[Step]:
    for policy in base.policies:
        known = False
        for milestone in policy.milestones:
            before, after = (reached(base, policy, milestone, d) for d in (since, day))
            if before != "yes" and after != "no" and _later(before, after):
                manner: Manner = "ended" if milestone.status in ENDINGS else "progressed" if known else "new"
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
