"""A calendar as iCalendar (RFC 5545), for any agenda."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from amk.document.calendar import Calendar, CalendarEvent
from amk.values.errors import no_library

if TYPE_CHECKING:
    from icalendar import Event

_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def write(calendar: Calendar) -> str:
    """The calendar as text; the same calendar gives the same bytes.

    Raises UserError when the library for it is not installed.
    """
    try:
        from icalendar import Calendar as Agenda
    except ImportError as error:
        raise no_library("ics", "ics") from error
    agenda = Agenda()
    agenda.add("prodid", "-//amk//amk//NL")
    agenda.add("version", "2.0")
    agenda.add("calscale", "GREGORIAN")
    agenda.add("method", "PUBLISH")
    agenda.add("name", _clean(calendar.name))
    agenda.add("x-wr-calname", _clean(calendar.name))
    for event in calendar.events:
        agenda.add_component(_event(event, calendar))
    written: bytes = agenda.to_ical()
    return written.decode("utf-8")


def _event(event: CalendarEvent, calendar: Calendar) -> Event:
    from icalendar import Event as Entry

    entry = Entry()
    words: dict[str, Any] = {"parameters": {"LANGUAGE": calendar.language}}
    entry.add("uid", event.id)
    entry.add("dtstamp", datetime.combine(calendar.stamp, time(), UTC))
    entry.add("dtstart", event.first)
    if event.last < date.max:
        # The end of an all-day event is the day after it; after the last day there is, none can be named.
        entry.add("dtend", event.last + timedelta(days=1))
    entry.add("summary", _clean(event.summary), **words)
    if event.description:
        entry.add("description", _clean(event.description), **words)
    entry.add("status", "CONFIRMED" if event.certain else "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    if event.categories:
        entry.add("categories", [_clean(category) for category in event.categories])
    return entry


def _clean(text: str) -> str:
    return _STEERING.sub("\ufffd", text)
