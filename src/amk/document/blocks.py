"""What amk tells, before a format is chosen: headings, paragraphs, lists, tables with notes, drawings.

No colours and no markup: a format decides what a heading looks like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from amk.document.drawing import Drawing
from amk.values.control_characters import CONTROL_CHARACTERS, sanitize
from amk.values.frozen import frozen


@frozen
class Footnote:
    """A footnote at this place of a text. Notes that say the same share one number."""

    text: Text


@frozen
class Link:
    """Words that lead to an address."""

    words: Text
    address: str


@frozen
class Strong:
    """Words that stand out, such as those that were looked for."""

    words: Text


@frozen
class Emphasis:
    """Words that are stressed."""

    words: Text


@frozen
class Code:
    """Words to be typed or read letter by letter."""

    words: str


@frozen
class LineBreak:
    """The end of a line that its writer wanted there, as in an address."""


Run = str | Footnote | Link | Strong | Emphasis | Code | LineBreak
Text = str | tuple[Run, ...]
"""A text: plain, or runs of words with notes, links and words that stand out between them."""


@frozen
class Heading:
    """A heading; level 1 is the title of the document."""

    text: Text
    level: int = 2


@frozen
class Paragraph:
    """A paragraph; `quiet` for what a reader may pass over, such as how the answer was made."""

    text: Text
    quiet: bool = False


@frozen
class Bullets:
    """A list of points; with `boxes`, of things to be ticked off."""

    items: tuple[Text, ...]
    boxes: bool = False


@frozen
class Table:
    """A table: the first column names the row. `caption` says what it shows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""


@frozen
class Facts:
    """Labelled values, a row each: what a card says of a record."""

    rows: tuple[tuple[str, Text], ...]


@frozen
class ItemList:
    """A list of which an item holds blocks, such as another list; `first` is its number, if it has one."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


@frozen
class Quote:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@frozen
class CodeBlock:
    """Lines that stay as they are; `info` is what its writer said of them, such as a language."""

    lines: str
    info: str = ""


Block = Heading | Paragraph | Bullets | Table | Facts | Drawing | ItemList | Quote | CodeBlock


@frozen
class Document:
    """What amk tells in answer to a question, in one language.

    `contents` is false where a table of contents has no place, however long it is, as in a letter.
    Whatever a file or a user says, no text of a document steers the terminal that shows it.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    notes_title: str = ""
    contents: bool = True

    def __post_init__(self) -> None:
        for part in fields(self):
            object.__setattr__(self, part.name, _harmless(getattr(self, part.name)))


def _harmless(value: Any) -> Any:
    """A text, block or piece of one without characters that steer."""
    if isinstance(value, str):
        return sanitize(value) if CONTROL_CHARACTERS.search(value) else value
    if isinstance(value, tuple):
        return tuple(map(_harmless, value))
    if is_dataclass(value) and not isinstance(value, type):
        kind: Any = type(value)
        return kind(**{part.name: _harmless(getattr(value, part.name)) for part in fields(value)})
    return value


def runs(text: Text) -> tuple[Run, ...]:
    """A text as runs."""
    return (text,) if isinstance(text, str) else text


def runs_in(text: Text) -> Iterator[Run]:
    """The runs of a text with those inside them, in reading order."""
    for run in runs(text):
        yield run
        if isinstance(run, Link | Strong | Emphasis):
            yield from runs_in(run.words)


def plain(text: Text) -> str:
    """The words of a text alone."""
    return "".join(_words(run) for run in runs_in(text))


def _words(run: Run) -> str:
    match run:
        case str(words) | Code(words):
            return words
        case LineBreak():
            return " "
        case Link() | Strong() | Emphasis() | Footnote():
            return ""


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with those inside them, in reading order."""
    for block in blocks:
        yield block
        match block:
            case Quote(inside):
                yield from every_block(inside)
            case ItemList(items):
                yield from every_block(inner for item in items for inner in item)


def texts_of(block: Block) -> Iterator[Text]:
    """Every text in a block but those of the blocks inside it, in reading order."""
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case Bullets(items):
            yield from items
        case Table(_, rows):
            for row in rows:
                yield from row
        case Facts(rows):
            for _, text in rows:
                yield text
        case CodeBlock(lines):
            yield lines
        case Drawing() | ItemList() | Quote():
            return


def number_notes(document: Document) -> dict[Text, int]:
    """Each footnote of a document by its text, numbered from 1 in reading order."""
    numbers: dict[Text, int] = {}
    for block in every_block(document.blocks):
        for text in texts_of(block):
            for run in runs_in(text):
                if isinstance(run, Footnote):
                    numbers.setdefault(run.text, len(numbers) + 1)
    return numbers
