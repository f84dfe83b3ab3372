"""A document on a terminal, or as plain text. The only room that knows rich."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from amk.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Link,
    Note,
    Paragraph,
    Run,
    Strong,
    Table,
    Text,
    number_notes,
    runs,
)
from amk.drawing import Drawing, Sketch
from amk.steering import harmless

PROSE = 100
"""The widest a line of prose gets, in columns."""


def write(document: Document, width: int = PROSE, colour: bool = False) -> str:
    """The document as text of this many columns, with colour or without."""
    from rich.console import Console

    page = StringIO()
    console = Console(
        file=page, width=max(width, 20), force_terminal=colour, no_color=not colour,
        color_system="standard" if colour else None, highlight=False, markup=False,
        emoji=False, legacy_windows=False, soft_wrap=False,
    )  # fmt: skip
    notes = number_notes(document)
    for item in _items(document, notes, width):
        console.print(item)
    lines = page.getvalue().split("\n")
    return "\n".join(line.rstrip() if not colour else line for line in lines).strip("\n") + "\n"


def _items(document: Document, notes: Mapping[str, int], width: int) -> Iterable[Any]:
    first = document.blocks[0] if document.blocks else None
    if not (isinstance(first, Heading) and first.level == 1):
        yield from _block(Heading(document.title, level=1), notes, width)
    for block in document.blocks:
        yield from _block(block, notes, width)
    if notes:
        yield from _block(Heading(document.notes_title), notes, width)
        for text, number in notes.items():
            yield _hanging(f"[{number}]", harmless(text), width)


def _block(block: Block, notes: Mapping[str, int], width: int) -> Iterable[Any]:
    from rich.text import Text as Line

    match block:
        case Heading(text, level):
            yield ""
            yield Line(harmless(text), style="bold underline" if level == 1 else "bold")
        case Paragraph(text, quiet):
            yield ""
            yield _prose(_text(text, notes), width, "dim" if quiet else "")
        case Bullets(items, boxes):
            for item in items:
                yield _hanging("[ ]" if boxes else "-", _text(item, notes), width)
        case Table(columns, rows, caption):
            yield ""
            cells = [[_text(cell, notes) for cell in row] for row in rows]
            if _needed(columns, cells) <= width:
                yield _table(columns, cells, caption, width)
            else:
                yield from _stacked(columns, cells, caption, width)
        case Facts(rows):
            yield _facts([(harmless(label), _text(text, notes)) for label, text in rows], width)
        case Drawing(alternative=alternative, sketches=sketches):
            yield ""
            fitting = (sketch for sketch in sketches if _columns_of(sketch) <= width)
            drawn = next(fitting, ())
            yield from map(_drawn, drawn) if drawn else (_prose(harmless(alternative), width, "dim"),)


_BOLD, _PLAIN = "\ue010", "\ue011"
"""Where words that stand out begin and end, until the line that they are on is made."""


def _styled(text: str, style: str = "") -> Any:
    """A line in which what stands out does."""
    from rich.text import Text as Line

    line = Line(style=style)
    for index, piece in enumerate(text.replace(_PLAIN, _BOLD).split(_BOLD)):
        line.append(piece, style="bold" if index % 2 else None)
    return line


_COLOURS = {"first": "blue", "second": "red", "third": "cyan", "quiet": "dim", "faint": "dim"}


def _columns_of(sketch: Sketch) -> int:
    return max((len("".join(words for words, _ in row).rstrip()) for row in sketch), default=0)


def _drawn(row: tuple[tuple[str, str], ...]) -> Any:
    """A line of a drawing that letters make."""
    from rich.text import Text as Line

    line = Line(no_wrap=True)
    for words, tone in row:
        line.append(harmless(words), style=_COLOURS.get(tone))
    return line


def _prose(text: str, width: int, style: str) -> Any:
    from rich.padding import Padding

    return Padding(_styled(text, style), (0, max(0, width - PROSE), 0, 0))


def _grid(width: int) -> Any:
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 1))
    grid.width = min(width, PROSE)
    return grid


def _hanging(mark: str, text: str, width: int) -> Any:
    from rich.text import Text as Line

    grid = _grid(width)
    grid.add_column(no_wrap=True, width=len(mark))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Line(mark), _styled(text))
    return grid


def _facts(rows: list[tuple[str, str]], width: int) -> Any:
    from rich.text import Text as Line

    grid = _grid(width)
    grid.add_column(max_width=max(10, width // 3), overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    for label, text in rows:
        grid.add_row(Line(label, style="dim"), _styled(text))
    return grid


def _table(columns: tuple[str, ...], rows: list[list[str]], caption: str, width: int) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text as Line

    table = Grid(box=SIMPLE_HEAD, pad_edge=False, title=caption or None, title_justify="left")
    for column, columns_wide in zip(columns, _widths(columns, rows, width), strict=True):
        table.add_column(Line(harmless(column)), overflow="fold", width=columns_wide)
    for row in rows:
        table.add_row(*(_styled(cell) for cell in row))
    return table


def _stacked(columns: tuple[str, ...], rows: list[list[str]], caption: str, width: int) -> Iterable[Any]:
    """A table on a terminal too narrow for it: each row under its name, a line for each column."""
    from rich.text import Text as Line

    if caption:
        yield Line(harmless(caption), style="italic")
    for name, *rest in rows:
        yield Line(name, style="bold")
        labelled = zip(columns[1:], rest, strict=True)
        for label, cell in labelled:
            if cell:
                yield _hanging(" ", f"{harmless(label)}: {cell}", width)


def _widths(columns: tuple[str, ...], rows: list[list[str]], width: int) -> list[int]:
    """How wide each column is: its longest word, and a fair part of what is left up to its longest cell."""
    from rich.cells import cell_len

    texts = [[column, *(row[index] for row in rows)] for index, column in enumerate(columns)]
    wanted = [max(map(cell_len, column)) for column in texts]
    given = _longest_words(columns, rows)
    left = width - 3 * len(columns) - sum(given)
    while left > 0:
        narrowest = max(range(len(given)), key=lambda i: wanted[i] / max(1, given[i]))
        if given[narrowest] >= wanted[narrowest]:
            break
        given[narrowest] += 1
        left -= 1
    return given


def _needed(columns: tuple[str, ...], rows: list[list[str]]) -> int:
    """The columns a table needs when no word of it is broken."""
    return sum(_longest_words(columns, rows)) + 3 * len(columns)


def _longest_words(columns: tuple[str, ...], rows: list[list[str]]) -> list[int]:
    """The longest word of each column; words longer than any table allows are broken after all."""
    from rich.cells import cell_len

    texts = [[column, *(row[index] for row in rows)] for index, column in enumerate(columns)]
    return [
        min(26, max((cell_len(word) for text in column for word in text.split()), default=1))
        for column in texts
    ]


def _text(text: Text, notes: Mapping[str, int]) -> str:
    return "".join(_run(run, notes) for run in runs(text))


def _run(run: Run, notes: Mapping[str, int]) -> str:
    match run:
        case str():
            return harmless(run)
        case Note(text):
            return f" [{notes[text]}]"
        case Strong(words):
            return f"{_BOLD}{harmless(words)}{_PLAIN}"
        case Link(words, address):
            return harmless(words if words == address else f"{words} <{address}>")
