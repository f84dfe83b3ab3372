"""A drawing as SVG that a screen reader can read, and that can be read in black and white.

Tones have a contrast of at least 4.5 to 1 on paper; the grid alone, which repeats what the words
say, is fainter. The three that tell apart stay apart for eyes that see red, green or blue otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from amk.document.blocks import Document
from amk.document.drawing import Align, Box, Drawing, Figure, Label, Line, Mark, Pattern, Shape, Stroke, Tone

TONES: dict[Tone, str] = {
    "ink": "#1b1b1f",
    "quiet": "#55555f",
    "faint": "#dadae2",
    "first": "#004488",
    "second": "#bb4f00",
    "third": "#00856f",
    "paper": "#ffffff",
}
DARK_TONES: dict[Tone, str] = {
    "ink": "#ececf1",
    "quiet": "#b9b9c4",
    "faint": "#3d3d47",
    "first": "#79aefc",
    "second": "#f2a35e",
    "third": "#c3eedd",
    "paper": "#17171b",
}
"""The same on a dark screen."""

PATTERNS: dict[Pattern, str] = {
    "hatched": '<path d="M0,6 L6,0 M-1,1 L1,-1 M5,7 L7,5" stroke="{colour}" stroke-width="1.1"/>',
    "dotted": '<path d="M1.5,.5 v2 M4.5,3.5 v2" stroke="{colour}" stroke-width="2"/>',
    "crossed": '<path d="M0,3 H6 M3,0 V6" stroke="{colour}" stroke-width="1"/>',
    "netted": '<path d="M0,0 L6,6 M0,6 L6,0" stroke="{colour}" stroke-width="1.1"/>',
    "backward": '<path d="M0,0 L6,6 M-1,5 L1,7 M5,-1 L7,1" stroke="{colour}" stroke-width="1.1"/>',
    "upright": '<path d="M3,0 V6" stroke="{colour}" stroke-width="1.4"/>',
    "light": '<path d="M0,3 H6" stroke="{colour}" stroke-width=".8"/>',
}
"""What is drawn in a square of six by six, over paper, for each pattern that is neither solid nor open."""

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"

_ANCHORS: dict[Align, str] = {"left": "start", "middle": "middle", "right": "end"}
_DASHES: dict[Stroke, str] = {
    "dashed": ' stroke-dasharray="4 3"',
    "dotted": ' stroke-dasharray="1.5 2.5"',
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")


def write(document: Document) -> str:
    """The first drawing of a document as a file of its own."""
    drawing = next(block for block in document.blocks if isinstance(block, Drawing))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}{picture_of(drawing, document.language, 'drawing')}\n"


def picture_of(drawing: Drawing, language: str, id: str) -> str:
    """A drawing as an `svg` element; `id` keeps its names apart from those of other drawings."""
    width, height = _number(drawing.width), _number(drawing.height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" xml:lang="{_text(language)}" '
        f'aria-labelledby="{id}-title {id}-desc" font-family="{FONT}">',
        f'<title id="{id}-title">{_text(drawing.title)}</title>',
        f'<desc id="{id}-desc">{_text(drawing.alternative)}</desc>',
        "<defs>",
        *_definitions(drawing, id),
        "</defs>",
        f'<rect width="{width}" height="{height}" fill="{TONES["paper"]}"/>',
        *(_shape(shape, id) for shape in drawing.shapes),
        "</svg>",
    ]
    return "\n".join(parts)


def _definitions(drawing: Drawing, id: str) -> Iterator[str]:
    """Each pattern and each arrow head that the drawing uses, once."""
    filled = {(s.pattern, s.tone) for s in drawing.shapes if isinstance(s, Box | Mark)}
    for pattern, tone in sorted(filled):
        if pattern in PATTERNS:
            yield (
                f'<pattern id="{id}-{pattern}-{tone}" width="6" height="6" patternUnits="userSpaceOnUse">'
                f'<rect width="6" height="6" fill="{TONES["paper"]}"/>'
                f"{PATTERNS[pattern].format(colour=TONES[tone])}</pattern>"
            )
    for tone in sorted({s.tone for s in drawing.shapes if isinstance(s, Line) and s.arrow}):
        yield (
            f'<marker id="{id}-arrow-{tone}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" '
            f'markerHeight="6" orient="auto"><path d="M0,0 L8,4 L0,8 Z" fill="{TONES[tone]}"/></marker>'
        )


def _shape(shape: Shape, id: str) -> str:
    match shape:
        case Line():
            return _line(shape, id)
        case Box(x, y, width, height):
            corner = f' rx="{_number(shape.round)}"' if shape.round else ""
            where = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
            return f"<rect {where}{corner} {_look(shape, id)}/>"
        case Mark(x, y):
            return _mark(shape, id)
        case Label():
            return _label(shape)


def _line(line: Line, id: str) -> str:
    head = f' marker-end="url(#{id}-arrow-{line.tone})"' if line.arrow else ""
    ends = " ".join(f'{name}="{_number(getattr(line, name))}"' for name in ("x1", "y1", "x2", "y2"))
    dashes = _DASHES.get(line.stroke, "")
    return f'<line {ends} stroke="{TONES[line.tone]}" stroke-width="{_number(line.width)}"{dashes}{head}/>'


def _label(label: Label) -> str:
    weight = ' font-weight="bold"' if label.bold else ""
    anchor = f' text-anchor="{_ANCHORS[label.align]}"' if label.align != "left" else ""
    where = f'x="{_number(label.x)}" y="{_number(label.y)}" font-size="{_number(label.size)}"'
    return f'<text {where}{anchor}{weight} fill="{TONES[label.tone]}">{_text(label.words)}</text>'


def _mark(mark: Mark, id: str) -> str:
    if mark.figure == "circle":
        where = f'cx="{_number(mark.x)}" cy="{_number(mark.y)}" r="{_number(mark.size)}"'
        return f"<circle {where} {_look(mark, id)}/>"
    corners = ((mark.x + dx * mark.size, mark.y + dy * mark.size) for dx, dy in _CORNERS[mark.figure])
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
    return f'<polygon points="{points}" {_look(mark, id)}/>'


_CORNERS: dict[Figure, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle-left": ((-1, 0), (0.6, -1), (0.6, 1)),
    "triangle-right": ((1, 0), (-0.6, -1), (-0.6, 1)),
}


def _look(shape: Box | Mark, id: str) -> str:
    colour = TONES[shape.tone]
    fill = {"solid": colour, "open": TONES["paper"]}.get(shape.pattern)
    fill = fill or f"url(#{id}-{shape.pattern}-{shape.tone})"
    if shape.stroke == "none":
        return f'fill="{fill}"'
    return f'fill="{fill}" stroke="{colour}" stroke-width="1.3"{_DASHES.get(shape.stroke, "")}'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    """Words as XML may hold them: no mark-up, no letters that XML or a reader of it refuses."""
    return escape(_NOT_XML.sub("\ufffd", text))
