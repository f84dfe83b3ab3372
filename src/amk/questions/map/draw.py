"""The map drawn: a tile for each municipality, told by tone, pattern and letter, and outlines of regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from amk.document.drawing import Box, Drawing, Label, Line, Pattern, Shape, Tone, width_of, wrapped
from amk.language import Phrases
from amk.questions.map.find import SHADES, Map, MapTile
from amk.questions.map.text_map import lettered_maps, maybe_told

SIDE, BAND, MARGIN, GAP = 90.0, 38.0, 14.0, 40.0
"""The side of a tile, the height of its band, the margin, and the room between two maps."""

NAME, LEAST, LINE = 12.0, 9.0, 13.0
"""The size of a name, the least it shrinks to for a long word, and from one line of it to the next."""

LOOKS: Mapping[str, tuple[Tone, Pattern]] = {
    "in-force": ("first", "solid"),
    "evaluation": ("first", "crossed"),
    "adopted": ("first", "hatched"),
    "draft": ("third", "dotted"),
    "begun": ("third", "upright"),
    "ended": ("second", "netted"),
    "none": ("second", "light"),
    "unknown": ("quiet", "open"),
    "unreadable": ("second", "backward"),
    "several": ("first", "solid"),
    "two": ("first", "crossed"),
    "one": ("first", "hatched"),
    "no-collaboration": ("quiet", "open"),
    "within-1": ("first", "solid"),
    "within-2": ("first", "hatched"),
    "within-5": ("third", "dotted"),
    "older": ("second", "light"),
    "never": ("quiet", "open"),
    "from-2500": ("first", "solid"),
    "from-1000": ("first", "crossed"),
    "from-250": ("first", "hatched"),
    "below-250": ("third", "dotted"),
    "no-figure": ("quiet", "open"),
}
"""How each shade is drawn: never by tone alone, so that a grey print tells the same."""


def draw_maps(maps: Sequence[Map], titles: Sequence[str], phrases: Phrases, title: str) -> Drawing:
    """One map, or several side by side, with one legend; a map may go without a title of its own."""
    shapes: list[Shape] = []
    left = MARGIN
    bottom = 0.0
    for each, heading in zip(maps, titles, strict=True):
        columns, rows = _extent(each)
        room = max(columns * SIDE, 520.0)
        lines = wrapped(heading, room, 15, 3, bold=True)
        shapes += [Label(left, MARGIN + 14 + 20 * n, words, 15, bold=True) for n, words in enumerate(lines)]
        top = MARGIN + 20 * len(lines)
        shapes += _map(each, left, top)
        left += room + GAP
        bottom = max(bottom, top + rows * SIDE)
    width = left - GAP + MARGIN
    legend = list(_legend(maps, phrases, bottom + 28, width))
    last = max((s.y for s in legend if isinstance(s, Label)), default=bottom)
    told = " ".join(
        _told(each, heading or title, phrases) for each, heading in zip(maps, titles, strict=True)
    )
    sketches = lettered_maps(maps, titles, phrases, _tones(maps))
    return Drawing(round(width), round(last + MARGIN), (*shapes, *legend), title, told, sketches)


def _tones(maps: Sequence[Map]) -> dict[str, Tone]:
    return {shade: LOOKS[shade][0] for shade in shades_of(maps)}


def _extent(each: Map) -> tuple[int, int]:
    tiled = each.tiled
    return max((c + 1 for _, c, _ in tiled), default=1), max((r + 1 for _, _, r in tiled), default=0)


def _map(each: Map, left: float, top: float) -> Iterator[Shape]:
    tiled = each.tiled
    for place, column, row in tiled:
        yield from _tile(place, left + column * SIDE, top + row * SIDE)
    for (column, row, columns, rows), heavy in sorted(_outlines(each).items(), key=lambda line: line[1]):
        x, y = left + column * SIDE, top + row * SIDE
        end = x + columns * SIDE, y + rows * SIDE
        yield Line(x, y, *end, "ink" if heavy else "quiet", "solid", 2.6 if heavy else 1.2)


def _outlines(each: Map) -> dict[tuple[int, int, int, int], bool]:
    """The sides of tiles where another region begins; heavy where what was asked for lies beside it."""
    regions = {(column, row): place.region for place, column, row in each.tiled}
    asked = {place.region for place in each.shown}
    found = {}
    for (column, row), region in regions.items():
        for at, line in (
            ((column, row - 1), (column, row, 1, 0)),
            ((column, row + 1), (column, row + 1, 1, 0)),
            ((column - 1, row), (column, row, 0, 1)),
            ((column + 1, row), (column + 1, row, 0, 1)),
        ):
            if regions.get(at) != region:
                found[line] = region in asked or regions.get(at) in asked
    return found


def _tile(place: MapTile, x: float, y: float) -> Iterator[Shape]:
    """A band with the shade above the name; of what was not asked for only the name, in grey."""
    yield Box(x, y, SIDE, SIDE, "faint", "open")
    if place.inside:
        tone, pattern = LOOKS[place.shade]
        yield Box(x + 4, y + 4, SIDE - 8, BAND, tone, pattern, "dashed" if place.maybe else "solid")
    if place.inside and place.maybe:
        yield Box(x + SIDE / 2 - 10, y + 12, 20, BAND - 16, "quiet", "open", "none")
        yield Label(x + SIDE / 2, y + BAND - 9, "?", 16, "middle", bold=True)
    name = place.municipality.name.replace("-", "- ")
    size = max(LEAST, min(NAME, *(_fitting(word) for word in name.split())))
    for line, words in enumerate(wrapped(name, SIDE - 6, size, 3)):
        at = y + BAND + 4 + (line + 1) * LINE
        yield Label(x + SIDE / 2, at, words.replace("- ", "-"), size, "middle", _ink(place))


def _fitting(word: str) -> float:
    """The size in which a word is as wide as a tile."""
    return (SIDE - 6) / width_of(word, 1) if word else NAME


def _ink(place: MapTile) -> Tone:
    return "ink" if place.inside else "quiet"


def _legend(maps: Sequence[Map], phrases: Phrases, top: float, width: float) -> Iterator[Shape]:
    x, y = MARGIN, top
    for shade in shades_of(maps):
        words = phrases(f"map.shade.{shade}")
        room = 44 + width_of(words) + 24
        if x + room > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 26
        yield Box(x, y - 12, 34, 16, *LOOKS[shade])
        yield Label(x + 42, y + 1, words)
        x += room
    if outlined := outlines(maps, phrases):
        y += 26
        yield Line(MARGIN, y - 4, MARGIN + 34, y - 4, "ink", "solid", 2.6)
        yield Label(MARGIN + 42, y + 1, outlined)
    for words in remarks(maps, phrases):
        for line in wrapped(words, width - 2 * MARGIN, 13, 4):
            y += 22
            yield Label(MARGIN, y + 4, line)


def outlines(maps: Sequence[Map], phrases: Phrases) -> str:
    """What the heavy lines on the maps are, in words; nothing where there are none."""
    first = maps[0]
    if not first.division or not any(place.region for place in first.shown):
        return ""
    return phrases("map.outline", kind=first.base.label("region-types", first.division, phrases.language))


def remarks(maps: Sequence[Map], phrases: Phrases) -> Iterator[str]:
    """What a reader of the maps must know besides the shades."""
    if any(place.maybe for each in maps for place in each.shown):
        yield maybe_told(maps, phrases)
    untiled = dict.fromkeys(p.municipality.name for each in maps for p in each.shown if p.tile is None)
    if untiled:
        yield phrases("map.untiled", names=phrases.listing(untiled))


def shades_of(maps: Sequence[Map]) -> list[str]:
    """The shades that the maps show, in the order of the legend."""
    used = {place.shade for each in maps for place in each.shown}
    return [shade for shade in SHADES[maps[0].by] if shade in used]


def _told(each: Map, heading: str, phrases: Phrases) -> str:
    """The map in words: how many of each shade."""
    counts = [
        phrases(
            "map.counted",
            shade=phrases(f"map.shade.{shade}"),
            number=sum(p.shade == shade for p in each.shown),
        )
        for shade in shades_of([each])
    ]
    return phrases("map.alternative", title=heading, counts="; ".join(counts))
