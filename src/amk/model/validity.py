"""What held on a day, as far as our knowledge reaches.

A source confirms what it says up to its own date. What has no known end holds with a yes up to
the latest date that its evidence, or the day of its last review, confirms; after it, maybe.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from amk.model.collection import RecordKind
from amk.model.confirmation import confirmed, dates_of, known_by
from amk.model.knowledge_base import KnowledgeBase
from amk.model.narrowed_records import NarrowedRecords
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Evidence,
    Figure,
    Milestone,
    Municipality,
    Note,
    Organisation,
    Part,
    Policy,
    Region,
)
from amk.model.statuses import ENDINGS
from amk.values.dates import Date, Holds, parse_date

NOT_KNOWN = parse_date("/..")
"""The period of what is known to exist, but not since when."""


def holds(base: KnowledgeBase, record: AnyRecord, day: date) -> Holds:
    """Whether a record held on a day."""
    match record:
        case Policy():
            return _policy_holds(base, record, day)
        case Collaboration():
            return (record.period or NOT_KNOWN).holds_on(day, confirmed(base, record))
        case Municipality() | Region() | Organisation():
            return record.period.holds_on(day, confirmed(base, record)) if record.period else "yes"
        case Commitment():
            return _since(base, record.date, record.evidence, day)
        case Figure():
            return _since(base, None if record.is_ahead else record.year, record.evidence, day)
        case _:
            return "yes"


def reached(base: KnowledgeBase, policy: Policy, milestone: Milestone, day: date) -> Holds:
    """Whether a milestone had certainly been reached on a day. What is planned never counts.

    A milestone without a date lies before the source that tells of it, and nobody knows of it before that.
    """
    if milestone.planned:
        return "no"
    return _since(base, milestone.date, milestone.evidence or policy.evidence, day)


def _since(base: KnowledgeBase, when: Date | None, evidence: tuple[Evidence, ...], day: date) -> Holds:
    """Whether it had come by a day to what has a date; to what has none, whether a source told of it."""
    if when is not None:
        return when.reached_by(day)
    dates = tuple(dates_of(base, evidence))
    return known_by(dates, day) if dates else "maybe"


def as_of(base: KnowledgeBase, day: date) -> KnowledgeBase:
    """The base with only what held, or may have held, on a day; what came later is left out."""

    def on_the_day(record: AnyRecord) -> AnyRecord | None:
        return _as_of(base, record, day) if holds(base, record, day) != "no" else None

    return replace(base, records=NarrowedRecords(base.records, on_the_day), day=day)


def _as_of(base: KnowledgeBase, record: AnyRecord, day: date) -> AnyRecord:
    record = _with(record, "notes", (n for n in record.notes if _by_then(base, record, n, day)))
    match record:
        case Policy(milestones=milestones):
            kept = (m for m in milestones if m.planned or reached(base, record, m, day) != "no")
            return _with(record, "milestones", kept)
        case Collaboration(participants=participants):
            return _with(record, "participants", (p for p in participants if _during(p.period, day)))
        case Region(members=members):
            return _with(record, "members", (m for m in members if _during(m.period, day)))
        case Municipality(no_policy_found=findings):
            done = (f for f in findings if f.date.reached_by(day) != "no")
            record = _with(record, "no_policy_found", done)
            searched = (s for s in record.searched if s.date.reached_by(day) != "no")
            return _with(record, "searched", searched)
        case Commitment(fulfilled_by=answers):
            given = (a for a in answers if _since(base, a.date, a.evidence or record.evidence, day) != "no")
            then = _with(record, "fulfilled_by", given)
            if then is record or record.fulfilled not in ("yes", "partly"):
                return then
            return replace(then, fulfilled="unknown" if then.fulfilled_by else "no")
    return record


def _with(record: RecordKind, field: str, pieces: Iterable[Part]) -> RecordKind:
    """A record with only these of the pieces in a field; itself where these are all."""
    kept: Any = tuple(pieces)
    return record if len(kept) == len(getattr(record, field)) else replace(record, **{field: kept})


def _by_then(base: KnowledgeBase, record: AnyRecord, note: Note, day: date) -> bool:
    """Whether a note holds on a day: from its date on, or without one from its earliest source on."""
    if note.date is not None:
        return note.date.earliest <= day
    dates = tuple(dates_of(base, note.evidence or record.evidence))
    return not dates or known_by(dates, day) != "no"


def _during(period: Date | None, day: date) -> bool:
    return period is None or period.holds_on(day) != "no"


def _policy_holds(base: KnowledgeBase, policy: Policy, day: date) -> Holds:
    so_far = [(m, reached(base, policy, m, day)) for m in policy.milestones]
    last = next((m for m, answer in reversed(so_far) if answer == "yes" and not m.municipalities), None)
    if last and last.status in ENDINGS:
        return "no"
    if any(answer == "yes" for _, answer in so_far):
        # As of anything else, what no source has said since may have ended.
        known = confirmed(base, policy)
        return "yes" if known and day <= known.last else "maybe"
    planned = any(m.planned for m, _ in so_far)
    return "maybe" if planned or not so_far or any(a == "maybe" for _, a in so_far) else "no"
