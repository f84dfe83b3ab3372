"""What a period and a moment look like on an axis of time: how sure each part of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.document.drawing import Box, Label, Line, Mark, Pattern, Shape, Stroke

Doubt = Literal["", "?", "~"]
Days = tuple[date, date]
"""The first and the last day on which something may lie."""

End = Days | Literal["open", "unknown"]
"""An end of a period: somewhere in these days; open, so that it goes on; or a day nobody has said."""

BAR = 12.0
_TAIL = 56.0
_SLIGHT = 3.0
"""Below this width a range is as good as a day."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period. `confirmed` tells between which days somebody says that it held."""

    start: End
    end: End
    confirmed: Days | None = None
    doubt: Doubt = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment, somewhere from `first` through `last`; None where there is no such bound."""

    first: date | None
    last: date | None
    planned: bool = False
    doubt: Doubt = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Days along a line from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins; what lies off the scale lies at its end."""
        part = (day.toordinal() - self.first.toordinal()) / (self.days or 1)
        return self.left + min(max(part, 0.0), 1.0) * (self.right - self.left)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.x(date.fromordinal(min(day.toordinal() + 1, date.max.toordinal())))

    @property
    def days(self) -> int:
        """How many days it spans."""
        return self.last.toordinal() + 1 - self.first.toordinal()


def bar_shapes(bar: Bar, scale: Scale, y: float) -> Iterator[Shape]:
    """A period: solid where it is confirmed, otherwise as the way in which it is not."""
    sure_from, sure_until = _sure_from(bar, scale), _sure_until(bar, scale)
    if isinstance(bar.start, tuple):
        yield from _edge(scale.x(bar.start[0]), min(sure_from, scale.after(bar.start[1])), y)
    elif bar.start == "unknown":
        yield _piece(max(sure_from - _TAIL, scale.left), sure_from, y, "open", "dashed")
    yield from _solid(sure_from, sure_until, y)
    begun = max(sure_from, sure_until)
    if isinstance(bar.end, tuple):
        yield from _edge(max(begun, scale.x(bar.end[0])), scale.after(bar.end[1]), y)
    elif bar.end == "unknown":
        yield _piece(begun, min(begun + _TAIL, scale.right), y, "open", "dashed")
    elif begun < scale.right:
        yield _piece(begun, scale.right, y, "hatched", "solid")
    yield from _going_on(bar, scale, y)
    if bar.doubt:
        yield Label(min(_right_of(bar, scale, begun) + 4, scale.right + 6), y + 5, bar.doubt, bold=True)


def point_shapes(point: Point, scale: Scale, y: float) -> Iterator[Shape]:
    """A moment: a point on its day, a range it lies in, or a bound with a tail."""
    first, last = point.first, point.last
    if first and last:
        left, right = scale.x(first), scale.after(last)
        middle = (left + right) / 2
        yield _mark(middle, y, point, sure=True) if first == last else _range(left, right, y, point)
        yield from _doubt(max(right, (left + right) / 2 + 5), y, point, scale)
    elif last:
        x = scale.after(last)
        yield Line(max(x - _TAIL, scale.left), y, x - 6, y, "second", "dashed", 2)
        yield _mark(x, y, point, sure=False)
        yield from _doubt(x + 5, y, point, scale)
    elif first:
        x = scale.x(first)
        yield Line(x + 6, y, min(x + _TAIL, scale.right), y, "second", "dashed", 2)
        yield _mark(x, y, point, sure=False)


def legend_shapes(words: dict[str, str], x: float, y: float, width: float) -> Iterator[Shape]:
    """The signs and what each means, three in a row."""
    for index, (sign, said) in enumerate(words.items()):
        left = x + (index % 3) * width / 3
        middle = y + (index // 3) * 22 + 8
        yield from _SIGNS[sign](left, middle)
        yield Label(left + 66, middle + 4, said, 12)


def _sure_from(bar: Bar, scale: Scale) -> float:
    if isinstance(bar.start, tuple):
        return scale.x(bar.start[1])
    if bar.start == "unknown":
        return scale.x(bar.confirmed[0]) if bar.confirmed else scale.right
    return scale.left


def _sure_until(bar: Bar, scale: Scale) -> float:
    if isinstance(bar.end, tuple):
        return scale.x(bar.end[0]) if bar.end[0] != bar.end[1] else scale.after(bar.end[1])
    return scale.after(bar.confirmed[1]) if bar.confirmed else scale.left


def _right_of(bar: Bar, scale: Scale, begun: float) -> float:
    if isinstance(bar.end, tuple):
        return scale.after(bar.end[1])
    return scale.right if bar.end == "open" else begun + _TAIL


def _solid(left: float, right: float, y: float) -> Iterator[Shape]:
    if right > left:
        yield _piece(left, right, y, "solid", "solid")


def _edge(left: float, right: float, y: float) -> Iterator[Shape]:
    """The days in which a period began or ended, where they are wide enough to be seen."""
    if right - left > _SLIGHT:
        yield _piece(left, right, y, "dotted", "solid")


def _piece(left: float, right: float, y: float, pattern: Pattern, stroke: Stroke) -> Box:
    return Box(left, y - BAR / 2, max(right - left, 1.0), BAR, "first", pattern, stroke)


def _going_on(bar: Bar, scale: Scale, y: float) -> Iterator[Shape]:
    """Arrows where a period runs on past the chart, or has no end."""
    earlier = isinstance(bar.start, tuple) and bar.start[0] < scale.first
    later = isinstance(bar.end, tuple) and bar.end[1] > scale.last
    if bar.start == "open" or earlier:
        yield Mark(scale.left - 3, y, "triangle-left", 8, "first")
    if bar.end == "open" or later:
        yield Mark(
            scale.right + 3, y, "triangle-right", 8, "first", "hatched" if bar.end == "open" else "solid"
        )


def _range(left: float, right: float, y: float, point: Point) -> Box:
    width = max(right - left, 9.0)
    middle = (left + right) / 2
    stroke: Stroke = "dashed" if point.planned or point.doubt else "solid"
    pattern: Pattern = "open" if point.planned else "light"
    return Box(
        middle - width / 2, y - 5, width, 10, "third" if point.planned else "second", pattern, stroke, 5
    )


def _mark(x: float, y: float, point: Point, sure: bool) -> Mark:
    pattern: Pattern = "solid" if sure and not point.planned and not point.doubt else "open"
    stroke: Stroke = "dashed" if point.doubt else "solid"
    if point.planned:
        return Mark(x, y, "diamond", 5, "third", pattern, stroke)
    return Mark(x, y, "circle", 5, "second", pattern, stroke)


def _doubt(x: float, y: float, point: Point, scale: Scale) -> Iterator[Shape]:
    if point.doubt:
        yield Label(min(x + 3, scale.right + 6), y + 5, point.doubt, bold=True)


def _sample(x: float) -> Scale:
    """A scale of fifty days, fifty wide, to draw the sign of a legend on."""
    return Scale(date(2000, 1, 1), date(2000, 2, 19), x, x + 50)


def _a_point(point: Point) -> Callable[[float, float], Iterator[Shape]]:
    return lambda x, y: point_shapes(point, _sample(x), y)


_SIGNS: dict[str, Callable[[float, float], Iterator[Shape]]] = {
    "day": _a_point(Point(date(2000, 1, 25), date(2000, 1, 25))),
    "range": _a_point(Point(date(2000, 1, 8), date(2000, 2, 10))),
    "by": _a_point(Point(None, date(2000, 2, 10))),
    "planned": _a_point(Point(date(2000, 1, 25), date(2000, 1, 25), planned=True)),
    "doubt": _a_point(Point(date(2000, 1, 25), date(2000, 1, 25), doubt="?")),
    "sure": lambda x, y: iter((_piece(x, x + 50, y, "solid", "solid"),)),
    "unsure": lambda x, y: iter(
        (_piece(x, x + 42, y, "hatched", "solid"), Mark(x + 45, y, "triangle-right", 8, "first", "hatched"))
    ),
    "edge": lambda x, y: iter((_piece(x, x + 50, y, "dotted", "solid"),)),
    "now": lambda x, y: iter((Line(x + 25, y - 9, x + 25, y + 9, "quiet", "dashed"),)),
    "unknown": lambda x, y: iter((_piece(x, x + 50, y, "open", "dashed"),)),
}
