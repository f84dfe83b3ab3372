"""A document's tables as CSV that Excel in Dutch opens on a double click: in words, with semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from amk.document.blocks import (
    Bullets,
    CodeBlock,
    Document,
    Emphasis,
    Facts,
    Footnote,
    Heading,
    Link,
    Paragraph,
    Run,
    Strong,
    Table,
    Text,
    every_block,
    number_notes,
    plain,
    runs,
)
from amk.formats.data import harmless

Row = tuple[str, ...]


def write(document: Document) -> str:
    """The tables of a document, with a byte order mark; a head in the first row where there is one table.

    What else it says stands below, its notes last. Without a table, a paragraph and its points are a row.
    """
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(map(harmless, row) for row in _rows(document))
    return out.getvalue()


def _rows(document: Document) -> Iterator[Row]:
    notes = number_notes(document)
    tables = [block for block in every_block(document.blocks) if isinstance(block, Table | Facts)]
    alone = len(tables) == 1
    if not tables:
        yield from _paragraphs(document, notes)
    if alone:
        yield from _table(tables[0], notes)
    for block in every_block(document.blocks if tables else ()):
        match block:
            case Table() | Facts() if not alone:
                yield from _table(block, notes)
            case Heading(text, level) if not alone and level > 1:
                yield ()
                yield (_cell(text, notes),)
            case Paragraph(text):
                yield ()
                yield (_cell(text, notes),)
            case Bullets(items):
                yield from ((_cell(item, notes),) for item in items)
            case CodeBlock(lines):
                yield (lines,)
    if notes:
        yield ()
        yield from ((f"[{number}] {_cell(text, notes)}",) for text, number in notes.items())


def _paragraphs(document: Document, notes: Mapping[Text, int]) -> Iterator[Row]:
    row: Row = ()
    for block in every_block(document.blocks):
        if isinstance(block, Bullets):
            row = (*row, *(_cell(item, notes) for item in block.items))
        elif isinstance(block, Paragraph):
            yield from (row,) if row else ()
            row = (_cell(block.text, notes),)
    yield row


def _table(table: Table | Facts, notes: Mapping[Text, int]) -> Iterator[Row]:
    if isinstance(table, Table):
        yield table.columns
        yield from (tuple(_cell(cell, notes) for cell in row) for row in table.rows)
    else:
        yield from ((label, _cell(text, notes)) for label, text in table.rows)


def _cell(text: Text, notes: Mapping[Text, int]) -> str:
    return "".join(_words(run, notes) for run in runs(text))


def _words(run: Run, notes: Mapping[Text, int]) -> str:
    match run:
        case Footnote(text):
            return f"[{notes[text]}]"
        case Strong(words) | Emphasis(words) | Link(words):
            return _cell(words, notes)
    return plain((run,))
