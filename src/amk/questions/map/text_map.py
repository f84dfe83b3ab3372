"""The map and the bars with letters, for a terminal: a short name and a letter on each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap

from amk.document.drawing import Sketch, Tone
from amk.language import Phrases
from amk.questions.map.find import Map, MapTile

ROOMY, TIGHT = 7, 5
"""The columns of a place: with room around its letter, and without."""

_BETWEEN = 4
_LEAST = 32
"""The columns between two maps, and the least that a legend is given."""

TextRow = tuple[tuple[str, Tone], ...]


def lettered_maps(
    maps: Sequence[Map], titles: Sequence[str], phrases: Phrases, tones: Mapping[str, Tone]
) -> tuple[Sketch, ...]:
    """The maps for a wide terminal, side by side if there are two, and for narrower ones.

    There are none where no municipality has a tile.
    """
    if not any(each.tiled for each in maps):
        return ()
    roomy, tight = ([list(_map(each, phrases, tones, room)) for each in maps] for room in (ROOMY, TIGHT))
    if len(maps) == 1:
        return tuple((*d[0], (), *_legend(maps, phrases, tones, _width(d[0]))) for d in (roomy, tight))
    return (
        _beside(roomy, titles, _legend(maps, phrases, tones, 2 * _width(roomy[0]))),
        _beside(tight, titles, _legend(maps, phrases, tones, 2 * _width(tight[0]))),
        _below(roomy, titles, _legend(maps, phrases, tones, _width(roomy[0]))),
        _below(tight, titles, _legend(maps, phrases, tones, _width(tight[0]))),
    )


def _beside(drawn: Sequence[Sequence[TextRow]], titles: Sequence[str], legend: Sequence[TextRow]) -> Sketch:
    width = max(map(_width, drawn))
    columns = [[_titled(title), *rows] for title, rows in zip(titles, drawn, strict=True)]
    empty: TextRow = ()
    lines = (
        tuple(piece for row in rows for piece in _padded(row, width + _BETWEEN))
        for rows in zip_longest(*columns, fillvalue=empty)
    )
    return (*lines, empty, *legend)


def _below(drawn: Sequence[Sequence[TextRow]], titles: Sequence[str], legend: Sequence[TextRow]) -> Sketch:
    empty: TextRow = ()
    columns = [[_titled(title), *rows, empty] for title, rows in zip(titles, drawn, strict=True)]
    return (*(row for rows in columns for row in rows), *legend)


def _titled(title: str) -> TextRow:
    return ((title, "ink"),)


def _padded(row: TextRow, width: int) -> TextRow:
    return (*row, (" " * (width - sum(len(words) for words, _ in row)), "ink"))


def _width(rows: Sequence[TextRow]) -> int:
    return max((sum(len(words) for words, _ in row) for row in rows), default=0)


def _map(each: Map, phrases: Phrases, tones: Mapping[str, Tone], room: int) -> Iterator[TextRow]:
    tiled = {(column, row): place for place, column, row in each.tiled}
    columns = max((column + 1 for column, _ in tiled), default=1)
    for row in range(max((row + 1 for _, row in tiled), default=0)):
        yield tuple(_cell(tiled.get((column, row)), phrases, tones, room) for column in range(columns))


def _cell(place: MapTile | None, phrases: Phrases, tones: Mapping[str, Tone], room: int) -> tuple[str, Tone]:
    if place is None:
        return " " * room, "quiet"
    if not place.inside:
        return f"{place.short:{room}}", "quiet"
    mark = letter_of(place.shade, phrases) + ("?" if place.maybe else "")
    name = f"{place.short:3} " if room == ROOMY else f"{place.short:3}"
    return f"{name}{mark:<{room - len(name)}}", tones[place.shade]


def _legend(maps: Sequence[Map], phrases: Phrases, tones: Mapping[str, Tone], width: int) -> list[TextRow]:
    marks = [
        (letter_of(shade, phrases), phrases(f"map.shade.{shade}"), tone) for shade, tone in tones.items()
    ]
    if any(place.maybe for each in maps for place in each.shown):
        marks.append(("?", maybe_told(maps, phrases), "quiet"))
    return list(legend_of(marks, width))


def maybe_told(maps: Sequence[Map], phrases: Phrases) -> str:
    """What a question mark on the maps says."""
    return phrases("map.maybe-figure" if maps[0].by == "figures" else "map.maybe")


def legend_of(marks: Sequence[tuple[str, str, Tone]], width: int) -> Iterator[TextRow]:
    """What each letter stands for, a line each, or more where a line is short."""
    for mark, words, tone in marks:
        for number, line in enumerate(wrap(words, max(width, _LEAST) - 3)):
            yield ((f"{mark if not number else ' '}  {line}", tone),)


def letter_of(shade: str, phrases: Phrases) -> str:
    """The letter of a shade."""
    return phrases(f"map.letter.{shade}")
