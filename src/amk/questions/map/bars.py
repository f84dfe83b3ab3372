"""Bars of status per region: the share of municipalities of each shade, by tone and pattern, with numbers."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Table
from amk.document.drawing import Box, Drawing, Label, Shape, width_of, wrapped
from amk.language import Phrases
from amk.questions.map.draw import LOOKS
from amk.questions.map.find import SHADES, Map, MapTile
from amk.questions.map.text_map import TextRow, legend_of, letter_of

NAMES, BAR, ROW, MARGIN = 190.0, 520.0, 34.0, 20.0
"""The room for names, the length of a whole bar, the height of a row, and the margin."""

BAR_COLUMNS = 60
"""The columns that a legend takes on a terminal."""


def bars_of(each: Map) -> dict[str, dict[str, int]]:
    """How many municipalities of each region have each shade; the region's name leads."""
    found: dict[str, dict[str, int]] = {}
    for place in sorted(each.shown, key=_region):
        counts = found.setdefault(each.base.name(f"region/{place.region}") if place.region else "", {})
        counts[place.shade] = counts.get(place.shade, 0) + 1
    return found


def _region(place: MapTile) -> str:
    return place.region or "~"


def tell_bars(each: Map, phrases: Phrases, caption: str) -> Table:
    """The bars as a table: a row per region, a column per shade."""
    bars = bars_of(each)
    used = [shade for shade in SHADES[each.by] if any(shade in counts for counts in bars.values())]
    columns = (phrases("map.region"), *(phrases(f"map.shade.{shade}") for shade in used))
    rows = tuple(
        (name or phrases("map.no-region"), *(str(counts.get(shade, 0)) for shade in used))
        for name, counts in bars.items()
    )
    return Table(columns, rows, caption)


def draw_bars(each: Map, phrases: Phrases, title: str, heading: str = "") -> Drawing:
    """The bars as a drawing: all of one length, since they tell shares; each piece has its number.

    `heading` stands on it when it stands alone.
    """
    bars = bars_of(each)
    lines = wrapped(heading, NAMES + BAR, 15, 3, bold=True)
    shapes: list[Shape] = [
        Label(MARGIN, MARGIN + 12 + 20 * n, words, 15, bold=True) for n, words in enumerate(lines)
    ]
    y = MARGIN + 20 * len(lines) + 4
    for name, counts in bars.items():
        shapes.append(Label(MARGIN, y + 17, wrapped(name or phrases("map.no-region"), NAMES - 8, 13, 1)[0]))
        shapes += _bar(each, counts, y)
        y += ROW
    legend = list(_legend(each, bars, phrases, y + 16))
    bottom = max((shape.y for shape in legend if isinstance(shape, Label)), default=y)
    told = "; ".join(
        f"{name or phrases('map.no-region')}: {_counted(each, counts, phrases)}"
        for name, counts in bars.items()
    )
    return Drawing(
        round(NAMES + BAR + 3 * MARGIN),
        round(bottom + MARGIN),
        (*shapes, *legend),
        title,
        f"{title}. {told}.",
        (tuple(_lettered(each, bars, phrases)),),
    )


def _lettered(each: Map, bars: dict[str, dict[str, int]], phrases: Phrases) -> Iterator[TextRow]:
    """The bars for a terminal: a letter for each municipality."""
    used = [shade for shade in SHADES[each.by] if any(shade in counts for counts in bars.values())]
    names = {name: name or phrases("map.no-region") for name in bars}
    room = max(map(len, names.values()), default=0) + 2
    for name, counts in bars.items():
        letters = ((letter_of(s, phrases) * counts[s], LOOKS[s][0]) for s in used if s in counts)
        yield ((f"{names[name]:{room}}", "ink"), *letters)
    yield ()
    yield from legend_of(
        [(letter_of(s, phrases), phrases(f"map.shade.{s}"), LOOKS[s][0]) for s in used], BAR_COLUMNS
    )


def _bar(each: Map, counts: dict[str, int], y: float) -> Iterator[Shape]:
    x, total = MARGIN + NAMES, sum(counts.values())
    for shade in SHADES[each.by]:
        number = counts.get(shade, 0)
        if number:
            width = BAR * number / total
            yield Box(x, y, width, ROW - 12, *LOOKS[shade])
            yield from _number(number, x, y, width)
            x += width


def _number(number: int, x: float, y: float, width: float) -> Iterator[Shape]:
    """A number on paper, in the middle of its piece; the table alone has it where the piece is too small."""
    room, middle = width_of(str(number), 12, bold=True) + 8, x + width / 2
    if room <= width:
        yield Box(middle - room / 2, y + 3, room, ROW - 18, "quiet", "open", "none")
        yield Label(middle, y + 16, str(number), 12, "middle", bold=True)


def _legend(each: Map, bars: dict[str, dict[str, int]], phrases: Phrases, top: float) -> Iterator[Shape]:
    x, y = MARGIN, top
    for shade in SHADES[each.by]:
        if any(shade in counts for counts in bars.values()):
            words = phrases(f"map.shade.{shade}")
            if x + 60 + width_of(words) > NAMES + BAR:
                x, y = MARGIN, y + 26
            yield Box(x, y - 12, 34, 16, *LOOKS[shade])
            yield Label(x + 42, y + 1, words)
            x += 68 + width_of(words)


def _counted(each: Map, counts: dict[str, int], phrases: Phrases) -> str:
    used = [shade for shade in SHADES[each.by] if shade in counts]
    return ", ".join(phrases("map.counted", shade=phrases(f"map.shade.{s}"), number=counts[s]) for s in used)
