"""A chart of time: rows with a bar or a point in each, in groups, along an axis of years.

What is not known is drawn as such: a range in which a moment lies, a bound with a tail, an end
that is open or unknown, a period that nobody confirms any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from amk.document.drawing import Drawing, Label, Line, Shape, wrapped
from amk.document.time_chart_marks import Bar, Point, Scale, bar_shapes, legend_shapes, point_shapes

Doubt = Literal["", "?", "~"]

WIDTH, MARGIN = 1000.0, 16.0
WHAT, WHEN, PLOT = (16.0, 286.0), (300.0, 446.0), (466.0, 972.0)
"""Where the columns lie, from left to right: what, when, and the chart itself."""

_LINE, _PAD = 16.0, 9.0
_AXIS_AGAIN = 460.0
"""How far down the years are named again, so that none needs to be followed over a whole page."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A line of the chart: what and when in words, and as a bar or a point."""

    what: str
    when: str
    item: Bar | Point


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """Rows that belong together."""

    title: str
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words on the chart that are the same for every row."""

    heading: str
    what: str
    when: str
    legend: dict[str, str]
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Groups of rows between two days; `now` is the day from which they are seen."""

    groups: tuple[ChartGroup, ...]
    first: date
    last: date
    now: date
    wording: ChartWords


def draw(chart: TimeChart, title: str, alternative: str) -> Drawing:
    """The chart as a drawing: as tall as its rows ask."""
    sheet = _Sheet(chart)
    shapes = tuple(sheet.shapes())
    return Drawing(WIDTH, round(sheet.y + MARGIN), shapes, title, alternative)


@dataclass(slots=True)
class _Sheet:
    """A sheet that fills from the top; `y` is how far it is filled."""

    chart: TimeChart
    y: float = MARGIN
    named_at: float = 0.0
    scale: Scale = field(init=False)

    def __post_init__(self) -> None:
        first = date(self.chart.first.year, 1, 1)
        last = date(self.chart.last.year, 12, 31)
        self.scale = Scale(first, last, *PLOT)

    def shapes(self) -> Iterator[Shape]:
        words = self.chart.wording
        yield from self._heading()
        top = self.y
        body = [shape for group in self.chart.groups for shape in self._group(group)]
        yield from self._grid(top)
        yield from body
        yield from self._years(self.y + 14)
        self.y += 30
        yield from legend_shapes(words.legend, MARGIN, self.y, WIDTH - 2 * MARGIN)
        self.y += 22 * -(-len(words.legend) // 3) + 6
        for text in words.below:
            yield from self._words(text, MARGIN, WIDTH - 2 * MARGIN, size=11, lines=4)

    def _heading(self) -> Iterator[Shape]:
        if self.chart.wording.heading:
            self.y += 8
            yield from self._words(self.chart.wording.heading, MARGIN, WIDTH - 2 * MARGIN, 18, 3, bold=True)
            self.y += 8
        self.y += 18
        yield Label(WHAT[0], self.y, self.chart.wording.what, bold=True)
        yield Label(WHEN[0], self.y, self.chart.wording.when, bold=True)
        yield from self._years(self.y)
        self.named_at = self.y
        self.y += 8

    def _words(
        self, words: str, x: float, room: float, size: float = 13, lines: int = 2, bold: bool = False
    ) -> Iterator[Shape]:
        for line in wrapped(words, room, size, lines, bold):
            self.y += size * 1.3
            yield Label(x, self.y, line, size, bold=bold)

    def _group(self, group: ChartGroup) -> Iterator[Shape]:
        self.y += 12
        if self.y - self.named_at > _AXIS_AGAIN:
            yield from self._years(self.y + 12)
            self.named_at = self.y
        yield from self._words(group.title, WHAT[0], WHEN[1] - WHAT[0], bold=True)
        self.y += 6
        for row in group.rows:
            yield from self._row(row)

    def _row(self, row: ChartRow) -> Iterator[Shape]:
        what = wrapped(row.what, WHAT[1] - WHAT[0] - 10, lines=3)
        when = wrapped(row.when, WHEN[1] - WHEN[0], size=12, lines=4)
        height = max(len(what), len(when)) * _LINE + _PAD
        yield Line(WHAT[0], self.y, PLOT[1], self.y, "faint")
        for index, words in enumerate(what):
            yield Label(WHAT[0] + 10, self.y + 4 + (index + 0.75) * _LINE, words)
        for index, words in enumerate(when):
            yield Label(WHEN[0], self.y + 4 + (index + 0.75) * _LINE, words, 12, tone="quiet")
        middle = self.y + height / 2
        if isinstance(row.item, Bar):
            yield from bar_shapes(row.item, self.scale, middle)
        else:
            yield from point_shapes(row.item, self.scale, middle)
        self.y += height

    def _grid(self, top: float) -> Iterator[Shape]:
        for year in self._named():
            x = self.scale.x(date(year, 1, 1))
            yield Line(x, top, x, self.y, "faint")
        if self.scale.first <= self.chart.now <= self.scale.last:
            x = self.scale.x(self.chart.now)
            yield Line(x, top, x, self.y, "quiet", "dashed")

    def _years(self, y: float) -> Iterator[Shape]:
        for year in self._named():
            yield Label(self.scale.x(date(year, 1, 1)) + 2, y, str(year), 11, tone="quiet")

    def _named(self) -> Iterator[int]:
        """The years that are named on the axis: as many as have room."""
        first, last = self.scale.first.year, self.scale.last.year
        room = (PLOT[1] - PLOT[0]) / (last - first + 1)
        step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000) if n * room >= 30)
        return (year for year in range(first, last + 1) if year % step == 0 or step == 1)
