"""A timeline as a calendar: an event on whole days for each entry of which a day is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from amk.events import Calendar, CalendarEvent
from amk.language import Say
from amk.questions.dated import Entry
from amk.questions.telling import evidence_told
from amk.questions.timeline import Timeline
from amk.questions.timeline_told import row_of


def calendar_of(timeline: Timeline, say: Say, name: str, stamp: date) -> Calendar:
    """The entries as events; those without any known day cannot be in a calendar."""
    return Calendar(name, say.language, stamp, tuple(_events(timeline, say)))


def _events(timeline: Timeline, say: Say) -> Iterator[CalendarEvent]:
    for entry in timeline.dated:
        row = row_of(timeline, entry, say)
        first, last = _days(entry)
        evidence = evidence_told(timeline.base, entry.evidence, say)
        said = (row.when, row.remark.strip(), say("calendar.description.sources", evidence=evidence))
        yield CalendarEvent(
            id=f"{uuid5(NAMESPACE_URL, f'amk:{entry.key}')}@amk",
            first=first,
            last=last,
            summary=f"{row.subject}: {row.what}",
            description="\n".join(text for text in said[: 3 if evidence else 2] if text),
            certain=entry.certainty == "certain" and not entry.planned,
            categories=(say(f"kind.{entry.record.kind}"),),
        )


def _days(entry: Entry) -> tuple[date, date]:
    """The days in the calendar: what is open at one end has the last day known of it."""
    anchor = entry.earliest or entry.latest or date.min
    if not entry.period:
        return anchor, entry.latest or _first_end(entry, anchor)
    known = entry.known.last if entry.known else anchor
    return anchor, entry.latest or max(known, _first_end(entry, anchor))


def _first_end(entry: Entry, anchor: date) -> date:
    return entry.date.start.last if entry.date and entry.date.start else anchor
