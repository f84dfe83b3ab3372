"""A timeline as a chart: a row for each entry, in groups by what it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amk.document.drawing import Drawing
from amk.document.time_chart import ChartGroup, ChartWords, TimeChart, draw
from amk.document.time_chart import ChartRow as Drawn
from amk.document.time_chart_marks import Bar, Doubt, End, Point
from amk.language import Phrases
from amk.model.knowledge_base import sorting_name
from amk.model.records import Collaboration, Commitment, Policy
from amk.model.validity import NOT_KNOWN
from amk.questions.timeline.dated import TimelineEntry
from amk.questions.timeline.find import Timeline
from amk.questions.timeline.tell import TimelineRow, rows_of
from amk.values.dates import Date, Moment

_SIGNS = ("day", "range", "by", "planned", "doubt", "sure", "unsure", "edge", "unknown", "now")
_DOUBTS: dict[str, Doubt] = {"uncertain": "?", "approximate": "~"}


def draw_timeline(
    timeline: Timeline, phrases: Phrases, title: str, heading: str = "", below: str = ""
) -> Drawing:
    """The timeline as a drawing; `heading` and `below` stand on it when it stands alone.

    What has no day at all cannot be drawn: the drawing says how many rows that are.
    """
    shown = [entry for entry in timeline.entries if drawable(entry)]
    groups = _groups(timeline, shown, phrases)
    left_out = len(timeline.entries) - len(shown)
    missing = phrases("timeline.not-drawn", count=left_out) if left_out else ""
    first, last = _span(timeline, shown)
    wording = ChartWords(
        heading=heading,
        what=phrases("timeline.what"),
        when=phrases("timeline.when"),
        legend={sign: phrases(f"legend.{sign}", day=phrases.day(timeline.day)) for sign in _SIGNS},
        below=tuple(text for text in (missing, below) if text),
    )
    said = _alternative(groups, first, last, phrases)
    return draw(TimeChart(groups, first, last, timeline.day, wording), title, f"{said} {missing}".strip())


def drawable(entry: TimelineEntry) -> bool:
    """Whether some day of it is known: one that its date gives, or one on which sources confirm it."""
    return entry.anchor is not None or (
        isinstance(entry.record, Collaboration) and entry.known is not None and entry.period
    )


def _alternative(groups: tuple[ChartGroup, ...], first: date, last: date, phrases: Phrases) -> str:
    count = sum(len(group.rows) for group in groups)
    if not count:
        return phrases("timeline.alternative.none")
    subjects = "; ".join(group.title for group in groups)
    return phrases("timeline.alternative", count=count, first=first.year, last=last.year, subjects=subjects)


def _span(timeline: Timeline, entries: Iterable[TimelineEntry]) -> tuple[date, date]:
    """The first and last day to draw: those of the window, else of the entries and the day itself."""
    days = [day for e in entries for day in _days(e)] or [timeline.day]
    since, until = timeline.window.since, timeline.window.until
    first = since.earliest if since and since.start else min(days)
    last = until.latest if until and until.end else max((*days, timeline.day))
    return min(first, last), last


def _days(entry: TimelineEntry) -> list[date]:
    known = _known(entry) if entry.date is None else None
    return [day for day in (entry.earliest, entry.latest, *(known or ())) if day]


def _groups(timeline: Timeline, entries: Iterable[TimelineEntry], phrases: Phrases) -> tuple[ChartGroup, ...]:
    """Policies by title, collaborations by name, and all others together."""
    found: dict[tuple[int, str, str], list[Drawn]] = {}
    for row in rows_of(timeline, entries, phrases):
        found.setdefault(_group_of(row, phrases), []).append(_drawn(row))
    return tuple(
        ChartGroup(title, tuple(rows)) for (_, _, title), rows in sorted(found.items(), key=lambda g: g[0])
    )


def _group_of(row: TimelineRow, phrases: Phrases) -> tuple[int, str, str]:
    match row.entry.record:
        case Policy():
            return 0, sorting_name(row.subject), row.subject
        case Collaboration() | Commitment() as record:
            return 1, sorting_name(record.name), record.name
    return 2, "", phrases("timeline.places")


def _drawn(row: TimelineRow) -> Drawn:
    record = row.entry.record
    own = isinstance(record, Policy | Collaboration | Commitment) and row.entry.event != "participation"
    return Drawn(row.what if own else f"{row.subject}: {row.what}", row.when, _item(row.entry))


def _item(entry: TimelineEntry) -> Bar | Point:
    when = entry.date or NOT_KNOWN
    doubt = _DOUBTS.get(entry.certainty, "")
    if not entry.period:
        return Point(entry.earliest, entry.latest, entry.planned, doubt)
    return Bar(_start(when), _end(when), _known(entry), doubt)


def _known(entry: TimelineEntry) -> tuple[date, date] | None:
    """The days between which sources certainly confirm a period, where there are any."""
    known = entry.known
    return (known.first, known.last) if known and known.first <= known.last < date.max else None


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
