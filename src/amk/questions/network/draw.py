"""The network drawn: municipalities by region on the left, collaborations on the right, lines between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amk.document.drawing import Box, Drawing, Label, Line, Mark, Shape, Tone, wrapped
from amk.language import Phrases
from amk.model.records import Collaboration, Municipality, Organisation
from amk.questions.network.find import Network

WIDTH, MARGIN, ROW, GAP = 900.0, 20.0, 19.0, 12.0
LEFT, RIGHT, ROOM = 250.0, 560.0, 310.0
"""Where the marks of municipalities and those of collaborations stand, and the room for a name."""

TONES: tuple[Tone, ...] = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class _Left:
    """The left column: where each municipality and each region stands, and its shapes."""

    places: Mapping[str, float]
    shapes: tuple[Shape, ...]
    bottom: float


def draw_network(network: Network, phrases: Phrases, title: str) -> Drawing:
    """The network as a drawing; who is in nothing stands there without a line."""
    left = _left(network, phrases)
    rows = _right(network, left)
    bottom = max((left.bottom, *(y + ROW * 2 for _, y in rows)))
    lines = tuple(line for index, (c, y) in enumerate(rows) for line in _lines(network, c, y, left, index))
    names = tuple(shape for index, (c, y) in enumerate(rows) for shape in _collaboration(c, y, index))
    legend = tuple(_legend(phrases, bottom + GAP))
    return Drawing(
        WIDTH,
        round(bottom + 4 * ROW),
        (*lines, *left.shapes, *names, *legend),
        title,
        _told(network, phrases),
    )


def _left(network: Network, phrases: Phrases) -> _Left:
    places: dict[str, float] = {}
    shapes: list[Shape] = []
    y = MARGIN
    for ref, name, members in _groups(network, phrases):
        y += ROW
        shapes.append(Label(MARGIN, y, wrapped(name, LEFT - MARGIN, 13, 1, True)[0], bold=True))
        places[ref] = y - 4
        for member_ref, member in members:
            y += ROW
            shapes.append(Label(LEFT - 12, y, wrapped(member, LEFT - MARGIN - 20, 13, 1)[0], align="right"))
            shapes.append(Mark(LEFT, y - 4, "circle", 4, "ink"))
            places[member_ref] = y - 4
        y += GAP
    return _Left(places, tuple(shapes), y)


def _groups(network: Network, phrases: Phrases) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each region with its municipalities; then those of no region, organisations, and regions apart."""
    by_region: dict[str, list[Municipality]] = {}
    for municipality in network.municipalities:
        first = next(iter(network.region_of.get(municipality.id, ())), None)
        by_region.setdefault(first.id if first else "", []).append(municipality)
    named = {ref for tie in network.ties for ref in (tie.ref,)}
    for region in network.base.regions:
        if region.id in by_region:
            yield region.ref, region.name, [(m.ref, m.name) for m in by_region[region.id]]
    if "" in by_region:
        yield "", phrases("network.no-region"), [(m.ref, m.name) for m in by_region[""]]
    others = [(r.ref, r.name) for r in network.base.regions if r.ref in named and r.id not in by_region]
    if others:
        yield " regions", phrases("network.regions"), others
    acting = [(r.ref, r.name) for r in network.base.known_of(Organisation) if r.ref in named]
    if acting:
        yield " organisations", phrases("network.organisations"), acting


def _right(network: Network, left: _Left) -> list[tuple[Collaboration, float]]:
    """The collaborations at the height of those they connect, none over another."""
    wished = []
    for collaboration in network.collaborations:
        ties = [t for t in network.ties if t.collaboration == collaboration.id]
        heights = [left.places[t.ref] for t in ties if t.ref in left.places]
        wished.append((sum(heights) / len(heights) if heights else left.bottom, collaboration))
    rows: list[tuple[Collaboration, float]] = []
    y = MARGIN
    for wish, collaboration in sorted(wished, key=lambda pair: (pair[0], pair[1].name)):
        y = max(y + 2.4 * ROW, wish)
        rows.append((collaboration, y))
    return _settled(rows, left.bottom)


def _settled(rows: list[tuple[Collaboration, float]], bottom: float) -> list[tuple[Collaboration, float]]:
    """Rows pushed up again where the last of them hang below the column beside them."""
    found: list[tuple[Collaboration, float]] = []
    limit = max(bottom, MARGIN + 2.4 * ROW * len(rows))
    for collaboration, y in reversed(rows):
        limit = min(limit, y + 0.0) if y <= limit else limit
        found.insert(0, (collaboration, limit))
        limit -= 2.4 * ROW
    return found


def _lines(
    network: Network, collaboration: Collaboration, y: float, left: _Left, index: int
) -> Iterator[Shape]:
    for tie in network.ties:
        if tie.collaboration == collaboration.id and tie.ref in left.places:
            start = left.places[tie.ref]
            stroke = "dotted" if not tie.named else "solid" if tie.holds == "yes" else "dashed"
            at = LEFT if tie.named or tie.ref.startswith("municipality/") else LEFT - 6
            yield Line(at, start, RIGHT, y, TONES[index % len(TONES)], stroke, 1.2)  # type: ignore[arg-type] # one of the strokes


def _collaboration(collaboration: Collaboration, y: float, index: int) -> Iterator[Shape]:
    yield Box(RIGHT - 6, y - 6, 12, 12, TONES[index % len(TONES)])
    words = wrapped(collaboration.name, ROOM, 13, 2)
    top = y + 4 - (len(words) - 1) * 8
    yield from (Label(RIGHT + 14, top + line * 16, text) for line, text in enumerate(words))


def _legend(phrases: Phrases, y: float) -> Iterator[Shape]:
    x = MARGIN
    for key, stroke in (("yes", "solid"), ("maybe", "dashed"), ("about", "dotted")):
        yield Line(x, y + ROW, x + 40, y + ROW, "ink", stroke, 1.4)  # type: ignore[arg-type] # one of the strokes
        yield Label(x + 48, y + ROW + 4, phrases(f"network.line.{key}"))
        x += 290


def _told(network: Network, phrases: Phrases) -> str:
    connected = {t.ref for t in network.ties if t.named}
    alone = [m.name for m in network.municipalities if m.ref not in connected]
    told = phrases(
        "network.alternative", collaborations=len(network.collaborations),
        municipalities=len(network.municipalities) - len(alone),
    )  # fmt: skip
    return f"{told} {phrases('network.alone', names=phrases.listing(alone))}" if alone else told
