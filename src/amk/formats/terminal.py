"""A document on a terminal, or as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile, zip_longest

from amk.document.blocks import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Facts,
    Footnote,
    Heading,
    ItemList,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
    Text,
    number_notes,
    plain,
    runs,
)
from amk.document.drawing import Drawing, Sketch
from amk.formats.terminal_layout import (
    BOLD,
    ITALIC,
    TYPED,
    bare,
    columns_of,
    longest_words,
    padded,
    painted,
    widths_of,
    wrapped,
)
from amk.values.control_characters import sanitize

PROSE = 100
"""The widest a line of prose gets, in columns."""

NARROWEST = 8
"""The fewest columns that are left to what lies deep in lists and quotes."""

Notes = Mapping[Text, int]
StyledLine = tuple[tuple[str, str], ...]
"""A line in pieces: words, and the style they are shown in."""


def write(document: Document, width: int = PROSE, colour: bool = False) -> str:
    """The document as text of this many columns, with colour or without."""
    width = max(width, 20)
    show: Callable[[str, str], str] = painted if colour else lambda words, style: bare(words)
    lines = ("".join(show(words, style) for words, style in line) for line in _page(document, width))
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _page(document: Document, width: int) -> Iterator[StyledLine]:
    notes = number_notes(document)
    first = document.blocks[0] if document.blocks else None
    if not (isinstance(first, Heading) and first.level == 1):
        yield from _block(Heading(document.title, level=1), notes, width)
    for block in document.blocks:
        yield from _block(block, notes, width)
    if notes:
        yield from _block(Heading(document.notes_title), notes, width)
        for text, number in notes.items():
            yield from _hanging(f"[{number}]", _text(text, notes), width)


def _block(block: Block, notes: Notes, width: int) -> Iterator[StyledLine]:
    match block:
        case Heading(text, level):
            yield ()
            yield from _styled(_text(text, notes), width, "bold underline" if level == 1 else "bold")
        case Paragraph(text, quiet):
            yield ()
            yield from _styled(_text(text, notes), min(width, PROSE), "dim" if quiet else "")
        case Bullets(items, boxes):
            for item in items:
                yield from _hanging("[ ]" if boxes else "-", _text(item, notes), width)
        case Table(columns, rows, caption):
            yield ()
            titles = [sanitize(column) for column in columns]
            cells = [[_text(cell, notes) for cell in row] for row in rows]
            fits = sum(longest_words(titles, cells)) + 3 * len(columns) <= width
            yield from (_table if fits else _stacked)(titles, cells, sanitize(caption), width)
        case Facts(rows):
            yield from _facts([(sanitize(label), _text(text, notes)) for label, text in rows], width)
        case Drawing(alternative=alternative, sketches=sketches):
            yield ()
            drawn = next((sketch for sketch in sketches if _columns_of(sketch) <= width), ())
            yield from (
                map(_drawn, drawn) if drawn else _styled(sanitize(alternative), min(width, PROSE), "dim")
            )
        case ItemList(items, first):
            for number, blocks in enumerate(items):
                mark = "- " if first is None else f"{first + number}. "
                yield from _within(mark, " " * len(mark), blocks, notes, width)
        case Quote(inside):
            yield ()
            yield from _within("│ ", "│ ", inside, notes, width)
        case CodeBlock(lines):
            yield ()
            yield from (((f"  {line}", ""),) for line in wrapped(sanitize(lines.expandtabs(4)), width - 2))


def _within(
    mark: str, below: str, blocks: tuple[Block, ...], notes: Notes, width: int
) -> Iterator[StyledLine]:
    """Blocks beside a mark, and beside what stands below it."""
    room = max(width - len(mark), NARROWEST)
    lines = dropwhile(
        lambda line: not line, (line for block in blocks for line in _block(block, notes, room))
    )
    first = next(lines, ())
    yield ((mark, ""), *first)
    yield from (((below, ""), *line) for line in lines)


def _styled(text: str, width: int, style: str) -> Iterator[StyledLine]:
    yield from (((line, style),) for line in wrapped(text, width))


_COLOURS = {"first": "blue", "second": "red", "third": "cyan", "quiet": "dim", "faint": "dim"}


def _columns_of(sketch: Sketch) -> int:
    return max((len("".join(words for words, _ in row).rstrip()) for row in sketch), default=0)


def _drawn(row: StyledLine) -> StyledLine:
    """A line of a drawing that letters make."""
    return tuple((sanitize(words), _COLOURS.get(tone, "")) for words, tone in row)


def _hanging(mark: str, text: str, width: int) -> Iterator[StyledLine]:
    """A text that hangs beside a mark."""
    wide = columns_of(mark)
    for index, line in enumerate(wrapped(text, min(width, PROSE) - wide - 1)):
        yield ((padded("" if index else mark, wide + 1) + line, ""),)


def _facts(rows: Sequence[tuple[str, str]], width: int) -> Iterator[StyledLine]:
    """Each fact beside its label."""
    widest = max((columns_of(label) for label, _ in rows), default=0)
    wide = min(widest, max(10, width // 3))
    for label, text in rows:
        yield from _beside((label, text), (wide, min(width, PROSE) - wide - 1), ("dim", ""), " ")


def _beside(
    cells: Sequence[str], widths: Sequence[int], styles: Sequence[str], between: str
) -> Iterator[StyledLine]:
    """Cells side by side, each broken to its own width."""
    lines = [wrapped(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    for row in zip_longest(*lines, fillvalue=""):
        pieces: list[tuple[str, str]] = []
        for text, wide, style in zip(row, widths, styles, strict=True):
            pieces += [(text, style), (" " * (wide - columns_of(text)) + between, "")]
        yield tuple(pieces)


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str, width: int
) -> Iterator[StyledLine]:
    widths = widths_of(columns, rows, width)
    total = sum(widths) + 3 * (len(widths) - 1)
    if caption:
        yield from _styled(caption, total + 2, "italic")
        yield ()
    tall = max(len(wrapped(column, wide)) for column, wide in zip(columns, widths, strict=True))
    heads = [_low(column, wide, tall) for column, wide in zip(columns, widths, strict=True)]
    yield from _indented(_beside(heads, widths, ["bold"] * len(columns), "   "))
    yield ((f" {'─' * total}", ""),)
    for row in rows:
        yield from _indented(_beside(row, widths, [""] * len(row), "   "))
    yield ()


def _low(text: str, width: int, tall: int) -> str:
    """A head of a column that stands at the bottom of its row."""
    return "\n" * (tall - len(wrapped(text, width))) + text


def _indented(lines: Iterable[StyledLine]) -> Iterator[StyledLine]:
    yield from (((" ", ""), *line) for line in lines)


def _stacked(
    columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str, width: int
) -> Iterator[StyledLine]:
    """A table on a terminal too narrow for it: each row under its name, a line for each column."""
    if caption:
        yield from _styled(caption, width, "italic")
    for name, *rest in rows:
        yield from _styled(name, width, "bold")
        for label, cell in zip(columns[1:], rest, strict=True):
            if cell:
                yield from _hanging(" ", f"{label}: {cell}", width)


def _text(text: Text, notes: Notes) -> str:
    return "".join(_run(run, notes) for run in runs(text))


def _run(run: Run, notes: Notes) -> str:
    match run:
        case str():
            return sanitize(run)
        case Footnote(text):
            return f" [{notes[text]}]"
        case Strong(words):
            return f"{BOLD}{_text(words, notes)}{BOLD}"
        case Emphasis(words):
            return f"{ITALIC}{_text(words, notes)}{ITALIC}"
        case Code(words):
            return f"{TYPED}{sanitize(words)}{TYPED}"
        case LineBreak():
            return "\n"
        case Link(words, address):
            leads = "" if plain(words) == address else f" <{sanitize(address)}>"
            return f"{_text(words, notes)}{leads}"
