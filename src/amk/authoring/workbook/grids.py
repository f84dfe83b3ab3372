"""A sheet as it was read: rows of text, and what a cell was where its text alone cannot say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["formula", "error", "date", "digits", "long", "lost"]
"""What is to be known of a cell: a formula without a value, an error, a day that the program made of what
was typed, more digits than it keeps, a text too long to be read, or one with characters that were lost."""

Originals = dict[tuple[str, str], tuple[str, ...]]
"""The cells as amk wrote them, by reference and item."""

ERROR = re.compile(r"#(N/[ABV]|[A-Z][A-Z_]{2,14}[!?]|(DIV|DEEL)/0!)")
"""An error in the words of a spreadsheet: #N/A, #N/B, #REF!, #VERW!, #NAME?."""

NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPACES = re.compile("[\u00a0\u2007\u202f]")


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet as it was read: its name, and its rows of text with their numbers, the heading first.

    `originals` are None where amk did not write the sheet; `marks` are by row and column, from 1.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    originals: Originals | None = None
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    in_workbook: bool = False


@dataclass(frozen=True, slots=True)
class SheetCell:
    """Where something stands in a workbook; rows and columns count from 1, column 0 is the whole row."""

    sheet: str
    row: int
    column: int = 0


def place_of(cell: SheetCell) -> str:
    """A cell as spreadsheets call it: `Beleid!C5`; the row alone where column is 0."""
    if cell.column:
        return f"{cell.sheet}!{letter_of(cell.column)}{cell.row}"
    return f"{cell.sheet}!{cell.row}" if cell.row else cell.sheet


def letter_of(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_cell(text: str) -> str:
    """A text as it comes back from a cell: one sort of line end and of space, none at the ends."""
    text = NOT_IN_CELLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACES.sub(" ", text).strip()
