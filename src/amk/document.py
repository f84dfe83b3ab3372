"""What amk tells, before a format is chosen: headings, paragraphs, lists, tables with notes, drawings.

No colours and no markup: a format decides what a heading looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from amk.drawing import Drawing
from amk.steering import STEERING, harmless
from amk.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class Note(Value):
    """A footnote at this place of a text. Notes that say the same share one number."""

    text: str


@dataclass(frozen=True, eq=False, repr=False)
class Link(Value):
    """Words that lead to an address."""

    words: str
    address: str


@dataclass(frozen=True, eq=False, repr=False)
class Strong(Value):
    """Words that stand out, such as those that were looked for."""

    words: str


Run = str | Note | Link | Strong
Text = str | tuple[Run, ...]
"""A text: plain, or runs of words with notes, links and words that stand out between them."""


@dataclass(frozen=True, eq=False, repr=False)
class Heading(Value):
    """A heading; level 1 is the title of the document."""

    text: str
    level: int = 2


@dataclass(frozen=True, eq=False, repr=False)
class Paragraph(Value):
    """A paragraph; `quiet` for what a reader may pass over, such as how the answer was made."""

    text: Text
    quiet: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Bullets(Value):
    """A list of points; with `boxes`, of things to be ticked off."""

    items: tuple[Text, ...]
    boxes: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Table(Value):
    """A table: the first column names the row. `caption` says what it shows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Facts(Value):
    """Labelled values, a row each: what a card says of a record."""

    rows: tuple[tuple[str, Text], ...]


Block = Heading | Paragraph | Bullets | Table | Facts | Drawing


@dataclass(frozen=True, eq=False, repr=False)
class Document(Value):
    """What amk tells in answer to a question, in one language.

    Whatever a file or a user says, no text of a document steers the terminal that shows it.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    notes_title: str = ""

    def __post_init__(self) -> None:
        for part in fields(self):
            object.__setattr__(self, part.name, _harmless(getattr(self, part.name)))


def _harmless(value: Any) -> Any:
    """A text, block or piece of one without characters that steer."""
    if isinstance(value, str):
        return harmless(value) if STEERING.search(value) else value
    if isinstance(value, tuple):
        return tuple(map(_harmless, value))
    if is_dataclass(value) and not isinstance(value, type):
        kind: Any = type(value)
        return kind(**{part.name: _harmless(getattr(value, part.name)) for part in fields(value)})
    return value


def runs(text: Text) -> tuple[Run, ...]:
    """A text as runs."""
    return (text,) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """The words of a text alone."""
    return "".join(_words(run) for run in runs(text))


def _words(run: Run) -> str:
    match run:
        case str():
            return run
        case Link(words, _) | Strong(words):
            return words
        case Note():
            return ""


def texts_of(block: Block) -> Iterator[Text]:
    """Every text in a block, in reading order."""
    match block:
        case Heading(text):
            yield text
        case Paragraph(text):
            yield text
        case Bullets(items):
            yield from items
        case Table(_, rows):
            for row in rows:
                yield from row
        case Facts(rows):
            for _, text in rows:
                yield text
        case Drawing():
            return


def number_notes(document: Document) -> dict[str, int]:
    """Each footnote of a document by its text, numbered from 1 in reading order."""
    numbers: dict[str, int] = {}
    for block in document.blocks:
        for text in texts_of(block):
            for run in runs(text):
                if isinstance(run, Note):
                    numbers.setdefault(run.text, len(numbers) + 1)
    return numbers
