"""A drawing as plain values: lines, boxes, marks and words at places, in tones and patterns.

Places are in units of a drawing whose origin is at its top left; a format decides what a tone or
a pattern looks like. Timelines, tile maps and networks are drawn with the same few shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from amk.values.frozen import frozen

Tone = Literal["ink", "quiet", "faint", "first", "second", "third", "paper"]
"""`ink` for words, `quiet` for lines that matter less, `faint` for a grid; then tones to tell apart."""

Pattern = Literal["solid", "hatched", "dotted", "crossed", "netted", "upright", "light", "open", "backward"]
"""How a shape is filled; `open` shows the paper. Patterns tell apart what colours alone may not."""

Stroke = Literal["solid", "dashed", "dotted", "none"]
Figure = Literal["circle", "diamond", "square", "triangle-left", "triangle-right"]
Align = Literal["left", "middle", "right"]


@frozen
class Line:
    """A line, with an arrow at its end if wanted."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: Tone = "ink"
    stroke: Stroke = "solid"
    width: float = 1
    arrow: bool = False


@frozen
class Box:
    """A rectangle by its top left corner, with rounded corners if wanted."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone = "first"
    pattern: Pattern = "solid"
    stroke: Stroke = "solid"
    round: float = 0


@frozen
class Mark:
    """A small figure around a point."""

    x: float
    y: float
    figure: Figure = "circle"
    size: float = 5
    tone: Tone = "first"
    pattern: Pattern = "solid"
    stroke: Stroke = "solid"


@frozen
class Label:
    """Words; `y` is the line they stand on."""

    x: float
    y: float
    words: str
    size: float = 13
    align: Align = "left"
    tone: Tone = "ink"
    bold: bool = False


Shape = Line | Box | Mark | Label

Sketch = tuple[tuple[tuple[str, Tone], ...], ...]
"""Lines of letters that draw the same for a terminal: pieces of a line with their tones."""


@frozen
class Drawing:
    """Shapes on a sheet, in the order in which they are drawn.

    `alternative` says in words what the drawing shows, for whom cannot see it and for formats
    that cannot draw. It is never empty. `sketches` are the same with letters, the widest first: a
    terminal shows the first that fits.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    alternative: str
    sketches: tuple[Sketch, ...] = ()

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("a drawing says in words what it shows")


_NARROW, _SLIM, _BROAD, _BROADEST = "ijlI|.,:;'!‘’` ", 'ftr()[]-/\\"*', "mwABDEGHKNOPQRSUVXYZC&", "MW@%—"


def width_of(words: str, size: float = 13, bold: bool = False) -> float:
    """How wide words are at most, about, in a common sans serif."""
    return sum(map(_ems, words)) * size * (1.1 if bold else 1.0)


def _ems(letter: str) -> float:
    if letter in _NARROW:
        return 0.30
    if letter in _SLIM:
        return 0.40
    if letter in _BROADEST:
        return 0.97
    if letter in _BROAD:
        return 0.86 if letter == "m" else 0.76
    return 0.58 if ord(letter) < 0x2E80 else 1.0


def wrapped(words: str, room: float, size: float = 13, lines: int = 2, bold: bool = False) -> list[str]:
    """Words in at most so many lines of this width; what does not fit ends in an ellipsis."""
    told = list(_lines(words, room, size, bold))
    if len(told) <= lines:
        return told
    return [*told[: lines - 1], _cut(f"{told[lines - 1]} …", room, size, bold)]


def _lines(words: str, room: float, size: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, bold) > room:
            yield line
            longer = word
        while width_of(longer, size, bold) > room and len(longer) > 1:
            start = _start_of(longer, room, size, bold)
            yield f"{start.removesuffix('-')}-"
            longer = longer[len(start) :]
        line = longer
    if line:
        yield line


def _start_of(word: str, room: float, size: float, bold: bool) -> str:
    """As much of a word too long for a line as fits with a hyphen after it; at least a letter."""
    end = len(word) - 1
    while end > 1 and width_of(f"{word[:end]}-", size, bold) > room:
        end -= 1
    return word[:end]


def _cut(words: str, room: float, size: float, bold: bool) -> str:
    while width_of(words, size, bold) > room and len(words) > 2:
        words = f"{words.removesuffix(' …').removesuffix('…')[:-1].rstrip()}…"
    return words
