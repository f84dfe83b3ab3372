"""The comments and blank lines of a YAML text, given to the pieces that they belong to.

A comment beside something belongs to it; one above, to what comes next; one further in than
what comes next, to the end of the list or mapping before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amk.storage.yaml.nodes import Layout, Node, Span, layout_of

_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
"""What YAML takes for the end of a line, besides what everybody does."""

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")
_BOUNDS = ("", "---", "...")
"""What stands on a line that holds no piece of a text: nothing, or where the text begins or ends."""

_WORD = "\ue000"
"""Stands for each character of a text, in which `#` begins no comment."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: whether it holds more than a comment, and its comment with the column it begins in."""

    number: int
    content: bool
    column: int = -1
    comment: str = ""


def pieces_of(text: str) -> Node:
    """A text without faults as one piece, with every comment in its place."""
    text = _BREAK.sub("\n", text)
    layout = layout_of(text)
    gap: list[_Line] = []
    for line in _lines(text, layout.spans):
        if not line.content:
            gap.append(line)
            continue
        _give_gap(layout, gap, line.number)
        gap = []
        if line.comment:
            _give_beside(layout, line)
    _give_gap(layout, gap, None)
    return layout.root


def _lines(text: str, spans: Iterable[Span]) -> Iterator[_Line]:
    covered = [list(line) for line in text.split("\n")]
    held: set[int] = set()
    for span in spans:
        for number, left, right in _covered(span, covered):
            covered[number][left:right] = _WORD * len(covered[number][left:right])
            held.add(number)
    for number, characters in enumerate(covered):
        line = "".join(characters)
        found = _COMMENT.search(line)
        before = line[: found.start() if found else None].strip()
        content = before not in _BOUNDS or number in held
        column, comment = (found.start(), found.group().rstrip()) if found else (-1, "")
        yield _Line(number, content, column, comment)


def _covered(span: Span, lines: list[list[str]]) -> Iterator[tuple[int, int, int]]:
    """The pieces of lines that a text covers: number, left and right."""
    (first, left), (last, right) = span.first, span.last
    for number in range(first, min(last + 1, len(lines))):
        begin = left if number == first else 0
        end = right if number == last else len(lines[number])
        if end > begin or number < last:
            yield number, begin, end


def _give_beside(layout: Layout, line: _Line) -> None:
    index = bisect_right(layout.order, line.number, key=_line_of)
    last = layout.order[index - 1] if index else layout.root
    owner = layout.closed.get(line.number, last)
    owner.beside = " ".join(filter(None, (owner.beside, line.comment)))


def _give_gap(layout: Layout, gap: list[_Line], number: int | None) -> None:
    """Give the lines before a line with content, or before the end."""
    if not gap:
        return
    index = len(layout.order) if number is None else bisect_left(layout.order, number, key=_line_of)
    following = layout.order[index] if index < len(layout.order) else None
    leading = gap if _opens(layout, index) else _end_what_is_before(layout, gap, following)
    if following:
        following.above += [line.comment for line in leading]


def _end_what_is_before(layout: Layout, gap: list[_Line], following: Node | None) -> list[_Line]:
    """Give what stands further in than what follows to the end of what is before it; the rest is left."""
    column = following.column if following else -1
    while any(line.column > column for line in gap if line.comment):
        first = next(index for index, line in enumerate(gap) if line.comment)
        holder = _holder(layout, gap[0].number, gap[first].column)
        if following is not None and any(piece is following for piece in holder.inside):
            return gap
        holder.below += [line.comment for line in gap[: first + 1]]
        gap = gap[first + 1 :]
    return gap


def _line_of(piece: Node) -> int:
    return piece.line


def _opens(layout: Layout, index: int) -> bool:
    """Whether a piece is the first of all, or the first that the one before it holds."""
    before = layout.order[index - 1] if index else layout.root
    return index < len(layout.order) and bool(before.inside) and before.inside[0] is layout.order[index]


def _holder(layout: Layout, number: int, column: int) -> Node:
    """The innermost list or mapping before a line that stands no further in than a column."""
    holder = layout.root
    while True:
        earlier = [piece for piece in holder.inside if piece.line < number]
        last = earlier[-1] if earlier else None
        if last is None or not last.inside or last.inside[0].column > column:
            return holder
        holder = last
