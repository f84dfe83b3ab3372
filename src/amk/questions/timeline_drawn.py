"""A timeline as a chart: a row for each entry, in groups by what it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amk.dates import Date, Moment
from amk.drawing import Drawing
from amk.holding import NOT_KNOWN
from amk.knowledge import sorting_name
from amk.language import Say
from amk.questions.dated import Entry
from amk.questions.timeline import Timeline
from amk.questions.timeline_told import Row, rows_of
from amk.records import Collaboration, Policy
from amk.timechart import Group, TimeChart, Wording, draw
from amk.timechart import Row as Drawn
from amk.timemarks import Bar, Doubt, End, Point

_SIGNS = ("day", "range", "by", "planned", "doubt", "sure", "unsure", "edge", "unknown", "now")
_DOUBTS: dict[str, Doubt] = {"uncertain": "?", "approximate": "~"}


def draw_timeline(timeline: Timeline, say: Say, title: str, heading: str = "", below: str = "") -> Drawing:
    """The timeline as a drawing; `heading` and `below` stand on it when it stands alone.

    What has no day at all cannot be drawn: the drawing says how many rows that are.
    """
    shown = [entry for entry in timeline.entries if drawable(entry)]
    groups = _groups(timeline, shown, say)
    left_out = len(timeline.entries) - len(shown)
    missing = say("timeline.not-drawn", count=left_out) if left_out else ""
    first, last = _span(timeline, shown)
    wording = Wording(
        heading=heading,
        what=say("timeline.what"),
        when=say("timeline.when"),
        legend={sign: say(f"legend.{sign}", day=say.day(timeline.day)) for sign in _SIGNS},
        below=tuple(text for text in (missing, below) if text),
    )
    said = _alternative(groups, first, last, say)
    return draw(TimeChart(groups, first, last, timeline.day, wording), title, f"{said} {missing}".strip())


def drawable(entry: Entry) -> bool:
    """Whether some day of it is known: one that its date gives, or one on which sources confirm it."""
    return entry.anchor is not None or (
        isinstance(entry.record, Collaboration) and entry.known is not None and entry.period
    )


def _alternative(groups: tuple[Group, ...], first: date, last: date, say: Say) -> str:
    count = sum(len(group.rows) for group in groups)
    if not count:
        return say("timeline.alternative.none")
    subjects = "; ".join(group.title for group in groups)
    return say("timeline.alternative", count=count, first=first.year, last=last.year, subjects=subjects)


def _span(timeline: Timeline, entries: Iterable[Entry]) -> tuple[date, date]:
    """The first and last day to draw: those of the window, else of the entries and the day itself."""
    days = [day for e in entries for day in _days(e)] or [timeline.day]
    since, until = timeline.window.since, timeline.window.until
    first = since.earliest if since and since.start else min(days)
    last = until.latest if until and until.end else max((*days, timeline.day))
    return min(first, last), last


def _days(entry: Entry) -> list[date]:
    known = (entry.known.first, entry.known.last) if entry.known and entry.date is None else ()
    return [day for day in (entry.earliest, entry.latest, *known) if day]


def _groups(timeline: Timeline, entries: Iterable[Entry], say: Say) -> tuple[Group, ...]:
    """Policies by title, collaborations by name, and all others together."""
    found: dict[tuple[int, str, str], list[Drawn]] = {}
    for row in rows_of(timeline, entries, say):
        found.setdefault(_group_of(row, say), []).append(_drawn(row))
    return tuple(
        Group(title, tuple(rows)) for (_, _, title), rows in sorted(found.items(), key=lambda g: g[0])
    )


def _group_of(row: Row, say: Say) -> tuple[int, str, str]:
    match row.entry.record:
        case Policy():
            return 0, sorting_name(row.subject), row.subject
        case Collaboration(name=name):
            return 1, sorting_name(name), name
    return 2, "", say("timeline.places")


def _drawn(row: Row) -> Drawn:
    record = row.entry.record
    own = isinstance(record, Policy | Collaboration) and row.entry.event != "participation"
    return Drawn(row.what if own else f"{row.subject}: {row.what}", row.when, _item(row.entry))


def _item(entry: Entry) -> Bar | Point:
    when = entry.date or NOT_KNOWN
    doubt = _DOUBTS.get(entry.certainty, "")
    if not entry.period:
        return Point(entry.earliest, entry.latest, entry.planned, doubt)
    known = (entry.known.first, entry.known.last) if entry.known else None
    return Bar(_start(when), _end(when), known, doubt)


def _start(when: Date) -> End:
    if when.start:
        return _days_of(when.start)
    return "unknown" if when.starts_unknown else "open"


def _end(when: Date) -> End:
    if when.end:
        return _days_of(when.end)
    return "unknown" if when.text.endswith("/") else "open"


def _days_of(moment: Moment) -> tuple[date, date]:
    return moment.first, moment.last
