"""Until when our knowledge reaches: by which sources, of which date, something was last confirmed.

A source confirms what it says up to its own date, and that of which it is evidence. Its date is told as it is
known; its bounds serve to compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Collaboration, Evidence, Milestone, Municipality, Policy, Record
from amk.values.dates import Confirmed, Date, Holds, parse_date


def confirmed(base: KnowledgeBase, record: AnyRecord) -> Confirmed | None:
    """The days between which sources, or a review, certainly say that a record exists."""
    dates = [*dates_of(base, _all_evidence(record)), *_reviewed(record)]
    if not dates:
        return None
    ongoing = any(item.confirms == "ongoing" for item in record.evidence)
    first, last = min(map(certain_from, dates)), max(map(possible_from, dates))
    return Confirmed(first, date.max if ongoing else last)


def last_confirmed(base: KnowledgeBase, record: AnyRecord, day: date | None) -> Date | None:
    """The date, up to a day if one is given, of the last source or review that says that a record exists.

    A register that is kept confirms it on the day itself.
    """
    if any(item.confirms == "ongoing" for item in record.evidence):
        return parse_date(day.isoformat()) if day else None
    return latest_of((*dates_of(base, _all_evidence(record)), *_reviewed(record)), day or date.max)


def status_confirmed(
    base: KnowledgeBase, policy: Policy, milestone: Milestone | None, day: date
) -> Date | None:
    """The date up to a day of the last source, or review, that says that a policy stands at a milestone.

    On the day on which it came to it, it certainly did. What is cited for the whole policy says no more than
    that it exists, unless it `confirms` its status.
    """
    rests = milestone.evidence if milestone else ()
    also = (item for item in policy.evidence if item.confirms or not rests)
    reached = (milestone.date,) if milestone and milestone.date and milestone.date.start else ()
    return latest_of((*reached, *dates_of(base, (*rests, *also)), *_reviewed(policy)), day)


def known_by(dates: Iterable[Date], day: date) -> Holds:
    """Whether one of these sources was there on a day: yes, maybe, or no."""
    dates = tuple(dates)
    if any(certain_from(when) <= day for when in dates):
        return "yes"
    return "maybe" if any(possible_from(when) <= day for when in dates) else "no"


def dates_of(base: KnowledgeBase, evidence: Iterable[Evidence]) -> Iterator[Date]:
    """The date of each source that has one. The day on which somebody read it confirms nothing."""
    for item in evidence:
        source = base.source(item.source)
        if source and source.date and source.date.start:
            yield source.date


def latest_of(dates: Iterable[Date], day: date) -> Date | None:
    """The last of the dates that may lie before a day or on it: the one that reaches furthest for certain."""
    there = (when for when in dates if possible_from(when) <= day)
    return max(there, key=lambda when: (possible_from(when), certain_from(when)), default=None)


def possible_from(when: Date) -> date:
    """The first day that a source may be of."""
    return when.start.widest[0] if when.start else date.min


def certain_from(when: Date) -> date:
    """The last day that a source may be of: from then on it was certainly there."""
    return when.end.widest[1] if when.end else date.max


def _reviewed(record: Record) -> Iterator[Date]:
    if record.reviewed and record.reviewed.start:
        yield record.reviewed


def _all_evidence(record: AnyRecord) -> Iterator[Evidence]:
    yield from record.evidence
    match record:
        case Policy(milestones=pieces) | Collaboration(participants=pieces):
            for piece in pieces:
                yield from piece.evidence
        case Municipality(no_policy_found=findings):
            for finding in findings:
                yield from finding.evidence
