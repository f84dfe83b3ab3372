"""What an answer about a day leaves out: what has ended by then, or is yet to begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

from amk.language import Phrases
from amk.model.records import AnyRecord, Commitment, Figure, Municipality
from amk.values.dates import Date

Lack = Literal["merged", "ended", "coming", "unformed"]
"""Why a record does not hold on a day."""


def lack_of(record: AnyRecord, day: date) -> Lack:
    """Why a record that does not hold on a day does not."""
    if isinstance(record, Commitment | Figure):
        return "coming"
    period: Date | None = getattr(record, "period", None)
    if period is not None and period.start and day < period.start.first:
        return "unformed" if isinstance(record, Municipality) else "coming"
    merged = isinstance(record, Municipality) and any(s.date.earliest <= day for s in record.successors)
    if merged:
        return "merged"
    steps = [m.date for m in getattr(record, "milestones", ()) if m.date and m.date.start]
    begun = period is not None or not steps or any(when.earliest <= day for when in steps)
    return "ended" if begun else "coming"


def left_out_told(records: Iterable[AnyRecord], day: date, phrases: Phrases) -> str:
    """How many were left out, by kind and reason, and how they are shown; nothing where none was."""
    counts = Counter((record.kind, lack_of(record, day)) for record in records)
    told = "; ".join(_counted(*key, count, phrases) for key, count in counts.items())
    return phrases("left-out", told=told[:1].upper() + told[1:]) if told else ""


def marked(name: str, record: AnyRecord, day: date, phrases: Phrases) -> str:
    """The name of a record that does not hold on a day, with the reason why."""
    return phrases(f"left-out.marked.{lack_of(record, day)}", name=name)


def _counted(kind: str, lack: Lack, count: int, phrases: Phrases) -> str:
    return phrases(f"left-out.{lack}", count=count, what=phrases(f"left-out.{kind}", count=count))
