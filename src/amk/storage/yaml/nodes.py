"""A YAML text as pieces that can be put in another order, each with where it stands.

Only here, in `yamlevents` and in `yamlfaults`: yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from yaml.events import (
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from amk.storage.yaml.events import events_of


@dataclass(slots=True)
class Node:
    """A key with its value, an item of a list, or the whole text.

    `value` is a text, or the pieces of a list or a mapping. `above` holds comments and, as "",
    blank lines; `beside` a comment on its line; `below` comments at the end of what it holds.
    Lines and columns count from 0; `indent` is the column of what a list or a mapping holds;
    `quoted` tells a text that was not written plainly, `flow` a list or mapping in brackets.
    """

    key: str | None = None
    value: str | list[Node] = ""
    listed: bool = False
    line: int = 0
    column: int = 0
    indent: int = 0
    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)
    quoted: bool = False
    flow: bool = False

    @property
    def inside(self) -> list[Node]:
        """The pieces it holds; none for a text."""
        return self.value if isinstance(self.value, list) else []


@dataclass(frozen=True, slots=True)
class Span:
    """Where a text stands: from its first line and column to its last, that one left out."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(slots=True)
class Layout:
    """A text in pieces: all of them in reading order, its spans, and where a bracket closes what."""

    root: Node = field(default_factory=Node)
    order: list[Node] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    closed: dict[int, Node] = field(default_factory=dict)


def layout_of(text: str) -> Layout:
    """The pieces of a text without faults (see `parse_yaml`), comments still to be given."""
    lines = text.split("\n")
    layout = Layout()
    still_open: list[Node] = []
    key: ScalarEvent | None = None
    for event in events_of(text):
        if isinstance(event, ScalarEvent):
            layout.spans.append(_span(event, lines))
            if still_open and not still_open[-1].listed and key is None:
                key = event
                continue
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            piece = _piece(event, key)
            key = None
            _add(layout, still_open, piece)
            if piece.value == []:
                still_open.append(piece)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            piece = still_open.pop()
            if _on_a_bracket(event):
                piece.flow = True
                layout.closed[_mark(event.end_mark)[0]] = piece
    return layout


def _piece(event: Event, key: ScalarEvent | None) -> Node:
    at: Any = (key or event).start_mark
    value: str | list[Node] = event.value if isinstance(event, ScalarEvent) else []
    listed = isinstance(event, SequenceStartEvent)
    indent = event.start_mark.column if event.start_mark else 0
    quoted = isinstance(event, ScalarEvent) and bool(event.style)
    name = key.value if key else None
    return Node(name, value, listed, at.line, at.column, indent, quoted=quoted)


def _add(layout: Layout, still_open: list[Node], piece: Node) -> None:
    if not still_open:
        layout.root = piece
        return
    holder = still_open[-1]
    holder.inside.append(piece)
    if holder.listed:
        piece.column = holder.indent
    layout.order.append(piece)


def _span(event: ScalarEvent, lines: Sequence[str]) -> Span:
    start, end = _mark(event.start_mark), _mark(event.end_mark)
    if event.style not in ("|", ">"):
        return Span(start, end)
    below = start[0] + 1
    return Span((below, 0), (_end_of_block(event.value, below, end[0] + (end[1] > 0), lines), 0))


def _end_of_block(value: str, first: int, last: int, lines: Sequence[str]) -> int:
    """The line after the last that a block holds.

    The parser counts the blank lines below it as well; only a block that keeps them (`|+`) holds those.
    """
    if value.endswith("\n\n") or value == "\n":
        return last
    return next((n for n in range(last, first, -1) if lines[n - 1].strip(" ")), first)


def _mark(mark: Any) -> tuple[int, int]:
    """The line and the column of a mark, which every event of a text has."""
    return mark.line, mark.column


def _on_a_bracket(event: Event) -> bool:
    """Whether a list or mapping ends on a bracket: a block ends where the next piece begins."""
    start, end = event.start_mark, event.end_mark
    return bool(start and end and end.index > start.index)


def all_comments(piece: Node) -> Iterator[str]:
    """Every comment of a piece and of all that it holds."""
    yield from filter(None, (*piece.above, piece.beside, *piece.below))
    for inside in piece.inside:
        yield from all_comments(inside)
