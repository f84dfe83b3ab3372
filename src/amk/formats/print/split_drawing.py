"""A drawing cut into pieces that fit on a sheet of paper, between its shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from amk.document.drawing import Box, Drawing, Label, Line, Mark, Shape

_GRID = 60.0
"""An upright line longer than this is a grid: it may be cut."""


def sheets_of(drawing: Drawing, tallest: float) -> Iterator[Drawing]:
    """The drawing in pieces of at most so tall; the first says in words what all of it shows."""
    edges = [0.0, *_cuts(drawing, tallest), drawing.height]
    count = len(edges) - 1
    for number, (top, bottom) in enumerate(pairwise(edges), start=1):
        shapes = tuple(_piece(shape, top, bottom) for shape in drawing.shapes if _lies(shape, top, bottom))
        title = drawing.title if count == 1 else f"{drawing.title} ({number}/{count})"
        alternative = drawing.alternative if number == 1 else title
        yield replace(drawing, height=bottom - top, shapes=shapes, title=title, alternative=alternative)


def _cuts(drawing: Drawing, tallest: float) -> Iterator[float]:
    taken = bytearray(int(drawing.height) + 2)
    for shape in drawing.shapes:
        top, bottom = _extent(shape)
        if not _is_grid(shape):
            for y in range(max(int(top) + 1, 0), min(int(bottom) + 1, len(taken))):
                taken[y] = True
    start = 0.0
    while drawing.height - start > tallest:
        limit = int(start + tallest)
        free = (y for y in range(limit, int(start + tallest / 2), -1) if not taken[y])
        start = float(next(free, limit))
        yield start


def _extent(shape: Shape) -> tuple[float, float]:
    match shape:
        case Line(y1=y1, y2=y2):
            return min(y1, y2), max(y1, y2)
        case Box(y=y, height=height):
            return y, y + height
        case Mark(y=y, size=size):
            return y - 1.3 * size, y + 1.3 * size
        case Label(y=y, size=size):
            return y - size, y + 0.3 * size


def _is_grid(shape: Shape) -> bool:
    return isinstance(shape, Line) and shape.x1 == shape.x2 and abs(shape.y2 - shape.y1) > _GRID


def _lies(shape: Shape, top: float, bottom: float) -> bool:
    first, last = _extent(shape)
    return first < bottom and last >= top if last > first else top <= first < bottom


def _piece(shape: Shape, top: float, bottom: float) -> Shape:
    if isinstance(shape, Line):
        if _is_grid(shape):
            y1, y2 = (min(max(y, top), bottom) for y in (shape.y1, shape.y2))
            return replace(shape, y1=y1 - top, y2=y2 - top)
        return replace(shape, y1=shape.y1 - top, y2=shape.y2 - top)
    return replace(shape, y=shape.y - top)
