"""A timeline as a calendar: an event on whole days for each entry of which a day is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from amk.document.calendar import Calendar, CalendarEvent
from amk.language import Phrases
from amk.questions.timeline.dated import TimelineEntry
from amk.questions.timeline.find import Timeline
from amk.questions.timeline.tell import row_of
from amk.questions.wording import evidence_told


def calendar_of(timeline: Timeline, phrases: Phrases, name: str, stamp: date) -> Calendar:
    """The entries as events; those without any known day cannot be in a calendar."""
    return Calendar(name, phrases.language, stamp, tuple(_events(timeline, phrases)))


def _events(timeline: Timeline, phrases: Phrases) -> Iterator[CalendarEvent]:
    for entry in timeline.dated:
        row = row_of(timeline, entry, phrases)
        first, last = _days(entry)
        evidence = evidence_told(timeline.base, entry.evidence, phrases)
        said = (row.when, row.remark.strip(), phrases("calendar.description.sources", evidence=evidence))
        yield CalendarEvent(
            id=f"{uuid5(NAMESPACE_URL, f'amk:{entry.key}')}@amk",
            first=first,
            last=last,
            summary=f"{row.subject}: {row.what}",
            description="\n".join(text for text in said[: 3 if evidence else 2] if text),
            certain=entry.certainty == "certain" and not entry.planned,
            categories=(phrases(f"kind.{entry.record.kind}"),),
        )


def _days(entry: TimelineEntry) -> tuple[date, date]:
    """The days in the calendar: what is open at one end has the last day known of it."""
    anchor = entry.earliest or entry.latest or date.min
    if not entry.period:
        return anchor, entry.latest or _first_end(entry, anchor)
    # A register that is kept confirms without end; a calendar has no day for that.
    known = entry.known.last if entry.known and entry.known.last < date.max else anchor
    return anchor, entry.latest or max(known, _first_end(entry, anchor))


def _first_end(entry: TimelineEntry, anchor: date) -> date:
    return entry.date.start.last if entry.date and entry.date.start else anchor
