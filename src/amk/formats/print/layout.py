"""What a document on paper is like: its title, whether it is long, how wide its columns are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from amk.document.blocks import (
    Block,
    Document,
    Heading,
    Link,
    Run,
    Table,
    Text,
    every_block,
    plain,
    runs,
    texts_of,
)
from amk.document.drawing import Drawing
from amk.formats.print.split_drawing import sheets_of

LONG_WORDS, LONG_HEADINGS = 700, 4
"""From so many words, under so many headings, a document has a table of contents."""

SHORT_CHAPTER = 600
"""Up to how many words a first chapter stands before the table of contents."""

UPRIGHT, LYING = 92, 140
"""About how many letters of a table fit beside each other on a sheet, upright and on its side."""

TALL, TALL_LYING = 1.35, 0.56
"""How tall a drawing may be on a sheet, upright and on its side, in times the width of the sheet."""

_PARTS = re.compile(r"[^\s-]+-?")
"""What stays together where a line ends."""

BROAD = 1100.0
"""A drawing that is wider than this, in its own units, asks for a broad sheet."""

TALLEST = 1.75
"""A drawing up to so many times taller than wide is made smaller to fit on a sheet; a taller one is cut."""

WHOLE, WHOLE_LYING = 740.0, 1130.0
"""How wide a drawing is, in its own units, when it takes the whole width of a sheet, or more."""

LOCALES = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a table of contents: its level, 1 or 2, and the anchor of its heading."""

    words: str
    level: int
    anchor: str


def titled(document: Document) -> tuple[Block, ...]:
    """The blocks of a document: first its title, and no heading that skips a level."""
    first = document.blocks[:1]
    has_title = any(isinstance(block, Heading) and block.level == 1 for block in first)
    head = () if has_title else (Heading(document.title, level=1),)
    return tuple(_stepwise((*head, *document.blocks)))


def _stepwise(blocks: Iterable[Block]) -> Iterator[Block]:
    deepest = 0
    for block in blocks:
        if isinstance(block, Heading):
            block = replace(block, level=min(block.level, deepest + 1))
            deepest = block.level
        yield block


def fitting(blocks: Iterable[Block], lying: bool) -> Iterator[Block]:
    """The blocks with every drawing that is taller than a sheet in pieces that fit on one."""
    tallest = TALL_LYING if lying else TALL
    for block in blocks:
        if isinstance(block, Drawing) and block.height > block.width * TALLEST:
            yield from sheets_of(block, block.width * tallest)
        else:
            yield block


def share_of(drawing: Drawing, lying: bool) -> float:
    """The part of the width of a sheet that a drawing takes: never blown up, never taller than the sheet."""
    tallest, whole = (TALL_LYING, WHOLE_LYING) if lying else (TALL, WHOLE)
    return min(1.0, drawing.width / whole, tallest * drawing.width / max(drawing.height, 1.0))


def is_long(document: Document) -> bool:
    """Whether a reader wants to see what there is; a letter has no table of contents."""
    if not document.contents:
        return False
    headings = sum(isinstance(block, Heading) and block.level == 2 for block in document.blocks)
    return headings >= LONG_HEADINGS and word_count(document.blocks) >= LONG_WORDS


def after_contents(document: Document) -> ContentsEntry | None:
    """The chapter before which the table of contents stands: the second, where the first is short.

    Who reads no further than the first has then read what matters; None for the very beginning.
    """
    starts = [n for n, b in enumerate(document.blocks) if isinstance(b, Heading) and b.level == 2]
    if len(starts) < 2 or word_count(document.blocks[: starts[1]]) > SHORT_CHAPTER:
        return None
    return [entry for entry in entries_of(document) if entry.level == 1][1]


def word_count(blocks: Iterable[Block]) -> int:
    """How many words blocks have, without their notes."""
    texts = (text for block in every_block(blocks) for text in texts_of(block))
    return sum(len(plain(text).split()) for text in texts)


def entries_of(document: Document) -> tuple[ContentsEntry, ...]:
    """The table of contents: every heading of the two levels below the title, with its place in the order."""
    headings = [block for block in titled(document)[1:] if isinstance(block, Heading)]
    numbered = (
        (plain(heading.text), max(heading.level - 1, 1), n) for n, heading in enumerate(headings, start=1)
    )
    return tuple(ContentsEntry(text, level, f"contents{n}") for text, level, n in numbered if level <= 2)


def is_wide(document: Document) -> bool:
    """Whether a table or a drawing asks for sheets that lie on their side."""
    if any(isinstance(block, Drawing) and is_broad(block) for block in document.blocks):
        return True
    tables = (block for block in every_block(document.blocks) if isinstance(block, Table))
    return any(sum(_room(t, n)[0] for n in range(len(t.columns))) > UPRIGHT for t in tables)


def is_broad(drawing: Drawing) -> bool:
    """Whether a drawing is too wide for an upright sheet, such as two maps side by side."""
    return drawing.width > BROAD


def widths_in(document: Document) -> dict[tuple[str, ...], tuple[float, ...]]:
    """For the columns of each table, the part of the width that each takes.

    Enough for its longest word, then by what it says. Tables with the same columns are alike in this,
    so that a row of them reads as one.
    """
    alike: dict[tuple[str, ...], list[tuple[Text, ...]]] = {}
    for block in every_block(document.blocks):
        if isinstance(block, Table):
            alike.setdefault(block.columns, []).extend(block.rows)
    room = LYING if is_wide(document) else UPRIGHT
    return {columns: _widths(Table(columns, tuple(rows)), room) for columns, rows in alike.items()}


def _widths(table: Table, room: float) -> tuple[float, ...]:
    asked = [_room(table, column) for column in range(len(table.columns))]
    more = [max(wish - least, 1.0) for least, wish in asked]
    left = max(room - sum(least for least, _ in asked), 0)
    wanted = [least + left * part / sum(more) for (least, _), part in zip(asked, more, strict=True)]
    return tuple(round(width / sum(wanted), 4) for width in wanted)


def leads(run: Link) -> bool:
    """Whether a link goes to the web; nothing else is followed from a document."""
    return run.address.startswith(("https://", "http://"))


def words_of(text: Text) -> tuple[Run, ...]:
    """A text as runs on one line: what data call a line break is a space."""
    return tuple(_on_one_line(run) if isinstance(run, str) else run for run in runs(text))


def _on_one_line(words: str) -> str:
    before, after = (" " if words[:1].isspace() else ""), (" " if words[-1:].isspace() else "")
    inside = " ".join(words.split())
    return f"{before}{inside}{after}" if inside else before


def _room(table: Table, column: int) -> tuple[float, float]:
    """How many letters a column takes at least, and how many it would like."""
    cells = [table.columns[column], *(plain(row[column]) for row in table.rows if column < len(row))]
    longest = max((len(word) for cell in cells for word in _PARTS.findall(cell)), default=1)
    usual = sum(map(len, cells)) / len(cells)
    return min(longest, 20) + 2, min(1.2 * usual, 45) + min(max(map(len, cells)) / 12, 15)
