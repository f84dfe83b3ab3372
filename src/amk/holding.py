"""What held on a day, as far as our knowledge reaches.

A source confirms what it says up to its own date. What has no known end holds with a yes up to
the latest date that its evidence, or the day of its last review, confirms; after it, maybe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from amk.dates import Confirmed, Date, Holds, parse_date
from amk.knowledge import KnowledgeBase
from amk.records import (
    AnyRecord,
    Collaboration,
    Evidence,
    Milestone,
    Municipality,
    Note,
    Organisation,
    Policy,
    Region,
)
from amk.register import Held
from amk.status import ENDINGS

NOT_KNOWN = parse_date("/..")
"""The period of what is known to exist, but not since when."""


def confirmed(base: KnowledgeBase, record: AnyRecord) -> Confirmed | None:
    """The days between which sources, or a review, say that a record holds."""
    days = list(_days_confirmed(base, record))
    return Confirmed(min(days), max(days)) if days else None


def last_confirmed(base: KnowledgeBase, record: AnyRecord, day: date) -> date | None:
    """The last day up to this one on which a source, or a review, says something of a record."""
    days = (known for known in _days_confirmed(base, record) if known <= day)
    return max(days, default=None)


def holds(base: KnowledgeBase, record: AnyRecord, day: date) -> Holds:
    """Whether a record held on a day."""
    match record:
        case Policy():
            return _policy_holds(base, record, day)
        case Collaboration():
            return (record.period or NOT_KNOWN).holds_on(day, confirmed(base, record))
        case Municipality() | Region() | Organisation():
            return record.period.holds_on(day, confirmed(base, record)) if record.period else "yes"
        case _:
            return "yes"


def reached(base: KnowledgeBase, policy: Policy, milestone: Milestone, day: date) -> Holds:
    """Whether a milestone had certainly been reached on a day. What is planned never counts.

    A milestone without a date lies before the source that tells of it.
    """
    if milestone.planned:
        return "no"
    if milestone.date is not None:
        return milestone.date.reached_by(day)
    known_by = min(_source_days(base, milestone.evidence or policy.evidence), default=None)
    return "yes" if known_by is not None and known_by <= day else "maybe"


def as_of(base: KnowledgeBase, day: date) -> KnowledgeBase:
    """The base with only what held, or may have held, on a day; what came later is left out."""
    held = {ref: r for ref, r in base.records.items() if holds(base, r, day) != "no"}
    return replace(base, records=Held({ref: _as_of(base, r, day) for ref, r in held.items()}), day=day)


def _as_of(base: KnowledgeBase, record: AnyRecord, day: date) -> AnyRecord:
    record = replace(record, notes=tuple(n for n in record.notes if _by_then(n, day)))
    match record:
        case Policy(milestones=milestones):
            kept = (m for m in milestones if m.planned or reached(base, record, m, day) != "no")
            return replace(record, milestones=tuple(kept))
        case Collaboration(participants=participants):
            there = (p for p in participants if _during(p.period, day))
            return replace(record, participants=tuple(there))
        case Region(members=members):
            return replace(record, members=tuple(m for m in members if _during(m.period, day)))
        case Municipality(no_policy_found=findings):
            done = (f for f in findings if f.date.reached_by(day) != "no")
            return replace(record, no_policy_found=tuple(done))
    return record


def _by_then(note: Note, day: date) -> bool:
    return note.date is None or note.date.earliest <= day


def _during(period: Date | None, day: date) -> bool:
    return period is None or period.holds_on(day) != "no"


def _policy_holds(base: KnowledgeBase, policy: Policy, day: date) -> Holds:
    so_far = [(m, reached(base, policy, m, day)) for m in policy.milestones]
    last = next((m for m, answer in reversed(so_far) if answer == "yes" and not m.municipalities), None)
    if last and last.status in ENDINGS:
        return "no"
    if any(answer == "yes" for _, answer in so_far):
        return "yes"
    planned = any(m.planned for m, _ in so_far)
    return "maybe" if planned or not so_far or any(a == "maybe" for _, a in so_far) else "no"


def _days_confirmed(base: KnowledgeBase, record: AnyRecord) -> Iterator[date]:
    yield from _source_days(base, _evidence_of(record))
    if record.reviewed and record.reviewed.start:
        yield record.reviewed.start.first


def _evidence_of(record: AnyRecord) -> Iterable[Evidence]:
    yield from record.evidence
    match record:
        case Policy(milestones=pieces) | Collaboration(participants=pieces):
            for piece in pieces:
                yield from piece.evidence
        case Municipality(no_policy_found=findings):
            for finding in findings:
                yield from finding.evidence


def _source_days(base: KnowledgeBase, evidence: Iterable[Evidence]) -> Iterable[date]:
    """The first day that each source may be of."""
    for item in evidence:
        source = base.source(item.source)
        if source and source.date and source.date.start:
            yield source.date.start.widest[0]
