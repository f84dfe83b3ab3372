"""The map drawn: a tile for each municipality, told by tone, pattern and letter, and outlines of regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from amk.drawing import Box, Drawing, Label, Line, Pattern, Shape, Tone, width_of, wrapped
from amk.language import Say
from amk.questions.map import SHADES, Map, Place

SIDE, BAND, MARGIN, GAP = 90.0, 26.0, 20.0, 40.0
"""The side of a tile, the height of its band, the margin, and the room between two maps."""

LOOKS: Mapping[str, tuple[Tone, Pattern]] = {
    "in-force": ("first", "solid"),
    "evaluation": ("first", "crossed"),
    "adopted": ("first", "hatched"),
    "draft": ("third", "dotted"),
    "begun": ("third", "light"),
    "ended": ("second", "crossed"),
    "none": ("second", "light"),
    "unknown": ("quiet", "open"),
    "several": ("first", "solid"),
    "two": ("first", "crossed"),
    "one": ("first", "hatched"),
    "no-collaboration": ("quiet", "open"),
    "within-1": ("first", "solid"),
    "within-2": ("first", "hatched"),
    "within-5": ("third", "dotted"),
    "older": ("second", "light"),
    "never": ("quiet", "open"),
}
"""How each shade is drawn: never by tone alone."""


def draw_maps(maps: Sequence[Map], titles: Sequence[str], say: Say, title: str) -> Drawing:
    """One map, or several side by side, with one legend."""
    shapes: list[Shape] = []
    left = MARGIN
    bottom = 0.0
    for each, heading in zip(maps, titles, strict=True):
        shapes.append(Label(left, MARGIN + 12, heading, 15, bold=True))
        drawn = list(_map(each, left, MARGIN + 26))
        shapes += drawn
        columns, rows = _extent(each)
        left += max(columns * SIDE, width_of(heading, 15, True)) + GAP
        bottom = max(bottom, MARGIN + 26 + rows * SIDE)
    width = max(left - GAP + MARGIN, 560.0)
    legend = list(_legend(maps, say, bottom + 24, width))
    last = max((s.y for s in legend if isinstance(s, Label)), default=bottom)
    told = " ".join(_told(each, heading, say) for each, heading in zip(maps, titles, strict=True))
    letters = tuple(
        row
        for each, heading in zip(maps, titles, strict=True)
        for row in _plain(each, heading, say, len(maps) > 1)
    )
    return Drawing(round(width), round(last + MARGIN), (*shapes, *legend), title, told, letters)


def _tiled(each: Map) -> list[tuple[Place, int, int]]:
    """The places with a tile, counted from the first column and row that has one."""
    tiled = [(p, p.tile.column, p.tile.row) for p in each.places if p.tile]
    first_column = min((column for _, column, _ in tiled), default=0)
    first_row = min((row for _, _, row in tiled), default=0)
    return [(place, column - first_column, row - first_row) for place, column, row in tiled]


def _extent(each: Map) -> tuple[int, int]:
    tiled = _tiled(each)
    return max((c + 1 for _, c, _ in tiled), default=1), max((r + 1 for _, _, r in tiled), default=0)


def _map(each: Map, left: float, top: float) -> Iterator[Shape]:
    tiled = _tiled(each)
    for place, column, row in tiled:
        yield from _tile(place, left + column * SIDE, top + row * SIDE)
    regions = {(column, row): place.region for place, column, row in tiled}
    for (column, row), region in regions.items():
        x, y = left + column * SIDE, top + row * SIDE
        if regions.get((column, row - 1)) != region:
            yield Line(x, y, x + SIDE, y, "ink", "solid", 2.6)
        if regions.get((column - 1, row)) != region:
            yield Line(x, y, x, y + SIDE, "ink", "solid", 2.6)
        if (column, row + 1) not in regions:
            yield Line(x, y + SIDE, x + SIDE, y + SIDE, "ink", "solid", 2.6)
        if (column + 1, row) not in regions:
            yield Line(x + SIDE, y, x + SIDE, y + SIDE, "ink", "solid", 2.6)


def _tile(place: Place, x: float, y: float) -> Iterator[Shape]:
    """A band with the shade above the name; of what was not asked for only the outline."""
    yield Box(x, y, SIDE, SIDE, "faint", "open")
    if not place.inside:
        return
    tone, pattern = LOOKS[place.shade]
    yield Box(x + 4, y + 4, SIDE - 8, BAND, tone, pattern, "dashed" if place.maybe else "solid")
    if place.maybe:
        yield Box(x + SIDE - 22, y + 6, 16, BAND - 4, "quiet", "open", "none")
        yield Label(x + SIDE - 14, y + BAND - 3, "?", 14, "middle", bold=True)
    names = wrapped(place.municipality.name.replace("-", "- "), SIDE - 6, 10.5, 3)
    for line, words in enumerate(names):
        yield Label(x + SIDE / 2, y + BAND + 18 + line * 12, words.replace("- ", "-"), 10.5, "middle")


def _legend(maps: Sequence[Map], say: Say, top: float, width: float) -> Iterator[Shape]:
    x, y = MARGIN, top
    entries = [(shade, say(f"map.shade.{shade}")) for shade in _shades(maps)]
    for shade, words in entries:
        room = 44 + width_of(words) + 24
        if x + room > width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + 26
        tone, pattern = LOOKS[shade]
        yield Box(x, y - 12, 34, 16, tone, pattern)
        yield Label(x + 42, y + 1, words)
        x += room
    if any(place.maybe for each in maps for place in each.shown):
        yield Label(MARGIN, y + 26, say("map.maybe"))
    untiled = [p.municipality.name for p in maps[0].shown if p.tile is None]
    if untiled:
        yield Label(MARGIN, y + 50, say("map.untiled", names=say.listing(untiled)))


def _shades(maps: Sequence[Map]) -> list[str]:
    used = {place.shade for each in maps for place in each.shown}
    return [shade for shade in SHADES[maps[0].by] if shade in used]


def _told(each: Map, heading: str, say: Say) -> str:
    """The map in words: how many of each shade."""
    counts = [
        say("map.counted", shade=say(f"map.shade.{shade}"), number=sum(p.shade == shade for p in each.shown))
        for shade in _shades([each])
    ]
    return say("map.alternative", title=heading, counts="; ".join(counts))


def _plain(each: Map, heading: str, say: Say, titled: bool) -> Iterator[tuple[tuple[str, Tone], ...]]:
    """The map for a terminal: a short name and a letter on each place."""
    tiled = {(column, row): place for place, column, row in _tiled(each)}
    columns, rows = _extent(each)
    if titled:
        yield ((heading, "ink"),)
    for row in range(rows):
        yield tuple(_cell(tiled.get((column, row)), say) for column in range(columns))
    for shade in _shades([each]):
        yield ((f"{_letter(shade, say)}  {say(f'map.shade.{shade}')}", LOOKS[shade][0]),)
    if any(place.maybe for place in each.shown):
        yield ((f"?  {say('map.maybe')}", "quiet"),)


def _cell(place: Place | None, say: Say) -> tuple[str, Tone]:
    if place is None:
        return "       ", "quiet"
    if not place.inside:
        return f"{place.short:3}    ", "quiet"
    mark = _letter(place.shade, say) + ("?" if place.maybe else "")
    return f"{place.short:3} {mark:<3}", LOOKS[place.shade][0]


def _letter(shade: str, say: Say) -> str:
    return say(f"map.letter.{shade}")
