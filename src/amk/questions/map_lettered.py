"""The map and the bars with letters, for a terminal: a short name and a letter on each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap

from amk.drawing import Sketch, Tone
from amk.language import Say
from amk.questions.map import Map, Place

ROOMY, TIGHT = 7, 5
"""The columns of a place: with room around its letter, and without."""

_BETWEEN = 4
_LEAST = 32
"""The columns between two maps, and the least that a legend is given."""

Row = tuple[tuple[str, Tone], ...]


def lettered_maps(
    maps: Sequence[Map], titles: Sequence[str], say: Say, tones: Mapping[str, Tone]
) -> tuple[Sketch, ...]:
    """The maps for a wide terminal, side by side if there are two, and for narrower ones.

    There are none where no municipality has a tile.
    """
    if not any(each.tiled for each in maps):
        return ()
    roomy, tight = ([list(_map(each, say, tones, room)) for each in maps] for room in (ROOMY, TIGHT))
    if len(maps) == 1:
        return tuple((*d[0], (), *_legend(maps, say, tones, _width(d[0]))) for d in (roomy, tight))
    return (
        _beside(roomy, titles, _legend(maps, say, tones, 2 * _width(roomy[0]))),
        _beside(tight, titles, _legend(maps, say, tones, 2 * _width(tight[0]))),
        _below(roomy, titles, _legend(maps, say, tones, _width(roomy[0]))),
        _below(tight, titles, _legend(maps, say, tones, _width(tight[0]))),
    )


def _beside(drawn: Sequence[Sequence[Row]], titles: Sequence[str], legend: Sequence[Row]) -> Sketch:
    width = max(map(_width, drawn))
    columns = [[_titled(title), *rows] for title, rows in zip(titles, drawn, strict=True)]
    empty: Row = ()
    lines = (
        tuple(piece for row in rows for piece in _padded(row, width + _BETWEEN))
        for rows in zip_longest(*columns, fillvalue=empty)
    )
    return (*lines, empty, *legend)


def _below(drawn: Sequence[Sequence[Row]], titles: Sequence[str], legend: Sequence[Row]) -> Sketch:
    empty: Row = ()
    columns = [[_titled(title), *rows, empty] for title, rows in zip(titles, drawn, strict=True)]
    return (*(row for rows in columns for row in rows), *legend)


def _titled(title: str) -> Row:
    return ((title, "ink"),)


def _padded(row: Row, width: int) -> Row:
    return (*row, (" " * (width - sum(len(words) for words, _ in row)), "ink"))


def _width(rows: Sequence[Row]) -> int:
    return max((sum(len(words) for words, _ in row) for row in rows), default=0)


def _map(each: Map, say: Say, tones: Mapping[str, Tone], room: int) -> Iterator[Row]:
    tiled = {(column, row): place for place, column, row in each.tiled}
    columns = max((column + 1 for column, _ in tiled), default=1)
    for row in range(max((row + 1 for _, row in tiled), default=0)):
        yield tuple(_cell(tiled.get((column, row)), say, tones, room) for column in range(columns))


def _cell(place: Place | None, say: Say, tones: Mapping[str, Tone], room: int) -> tuple[str, Tone]:
    if place is None:
        return " " * room, "quiet"
    if not place.inside:
        return f"{place.short:{room}}", "quiet"
    mark = letter_of(place.shade, say) + ("?" if place.maybe else "")
    name = f"{place.short:3} " if room == ROOMY else f"{place.short:3}"
    return f"{name}{mark:<{room - len(name)}}", tones[place.shade]


def _legend(maps: Sequence[Map], say: Say, tones: Mapping[str, Tone], width: int) -> list[Row]:
    marks = [(letter_of(shade, say), say(f"map.shade.{shade}"), tone) for shade, tone in tones.items()]
    if any(place.maybe for each in maps for place in each.shown):
        marks.append(("?", say("map.maybe"), "quiet"))
    return list(legend_of(marks, width))


def legend_of(marks: Sequence[tuple[str, str, Tone]], width: int) -> Iterator[Row]:
    """What each letter stands for, a line each, or more where a line is short."""
    for mark, words, tone in marks:
        for number, line in enumerate(wrap(words, max(width, _LEAST) - 3)):
            yield ((f"{mark if not number else ' '}  {line}", tone),)


def letter_of(shade: str, say: Say) -> str:
    """The letter of a shade."""
    return say(f"map.letter.{shade}")
