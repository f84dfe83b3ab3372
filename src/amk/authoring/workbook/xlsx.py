"""Sheets as a workbook that Excel and LibreOffice edit. Only here: writing with openpyxl."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from amk.authoring.workbook.choices import LISTS, Choices
from amk.authoring.workbook.grids import NOT_IN_CELLS, SheetCell, letter_of, place_of
from amk.authoring.workbook.sheets import Sheet, cells_of, headings_of
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.values.errors import UserError, library

ORIGINALS = "_amk"
"""The hidden sheet with the cells as they were written."""

DERIVED = "_derived"
"""What the hidden sheet calls a sheet that only tells, and is not read back."""

LONGEST = 32_767
"""The longest text that a cell holds, in the units in which spreadsheets count."""

WIDEST, NARROWEST = 60, 8
"""The width of columns, in characters."""

_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DerivedSheet:
    """A sheet that tells what follows from the others, and is not read back: its rows, the head first."""

    title: str
    rows: tuple[Cells, ...]


def write_workbook(
    sheets: Sequence[Sheet], base: KnowledgeBase, phrases: Phrases, derived: Sequence[DerivedSheet] = ()
) -> bytes:
    """Sheets as a workbook; the same sheets give the same bytes.

    Raises UserError without openpyxl, and for a text that a cell does not hold.
    """
    openpyxl = library("openpyxl", "xlsx", "sheets")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for told in derived:
        page = book.create_sheet(told.title)
        _write_rows(page, told.rows)
        page.freeze_panes = "B2"
        page.protection.sheet = True
    choices = Choices(base, phrases)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, base, phrases, choices)
    _write_hidden(book, LISTS, list(_columns_as_rows(choices)))
    _write_hidden(book, ORIGINALS, [*((DERIVED, told.title, "", "[]") for told in derived), *_kept(sheets)])
    raw = io.BytesIO()
    book.save(raw)
    return _settled(raw.getvalue())


def _write_sheet(page: Any, sheet: Sheet, base: KnowledgeBase, phrases: Phrases, choices: Choices) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    headings = headings_of(sheet, phrases)
    rows = (headings, *(cells_of(sheet, row, base) for row in sheet.rows))
    refuse_long(sheet.title, rows)
    _write_rows(page, rows)
    page.freeze_panes = "C2" if sheet.field else "B2"
    lead = len(headings) - len(sheet.columns)
    for index, column in enumerate(sheet.columns, lead + 1):
        words = choices.range_of(column.field_type)
        if words:
            rule = DataValidation("list", formula1=f"={words}", allow_blank=True, showErrorMessage=False)
            rule.add(f"{letter_of(index)}2:{letter_of(index)}{len(rows) + 1000}")
            page.add_data_validation(rule)


def refuse_long(title: str, rows: Sequence[Cells]) -> None:
    """Refuse texts that a cell does not hold: a spreadsheet would cut them off. Raises UserError."""
    long = [
        (place_of(SheetCell(title, number, at)), length)
        for number, cells in enumerate(rows, 1)
        for at, text in enumerate(cells, 1)
        if (length := len(text.encode("utf-16-le", "surrogatepass")) // 2) > LONGEST
    ]
    if long:
        places = ", ".join(place for place, _ in long[:10])
        raise UserError(
            "stop.cell-limit", found=places, count=str(max(n for _, n in long)), most=str(LONGEST)
        )


def _write_rows(page: Any, rows: Sequence[Cells]) -> None:
    """Rows with a head that stays in view and on every printed page, and columns as wide as they need."""
    from openpyxl.styles import Alignment, Font

    top = Alignment(vertical="top", wrap_text=True)
    for number, cells in enumerate(rows, 1):
        for at, text in enumerate(cells, 1):
            _put(page.cell(number, at), text)
            page.cell(number, at).alignment = top
    for at in range(1, len(rows[0]) + 1):
        page.cell(1, at).font = Font(bold=True)
        longest = max(len(row[at - 1]) for row in rows if len(row) == len(rows[0]))
        page.column_dimensions[letter_of(at)].width = max(NARROWEST, min(WIDEST, longest + 2))
    page.auto_filter.ref = f"A1:{letter_of(len(rows[0]))}{len(rows)}"
    page.print_title_rows = "1:1"


def _put(cell: Any, text: str) -> None:
    """A text as a text: never a formula, a number or a date of the program that opens it."""
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", NOT_IN_CELLS.sub("", text)) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    cell.number_format = "@"


def _write_hidden(book: Any, title: str, rows: Sequence[Cells]) -> None:
    page = book.create_sheet(title)
    page.sheet_state = "hidden"
    for number, cells in enumerate(rows, 1):
        for at, text in enumerate(cells, 1):
            _put(page.cell(number, at), text)


def _columns_as_rows(choices: Choices) -> Iterator[Cells]:
    lists = list(choices.columns.values())
    for line in range(max(map(len, lists), default=0)):
        yield tuple(words[line] if line < len(words) else "" for words in lists)


def _kept(sheets: Sequence[Sheet]) -> Iterator[Cells]:
    for sheet in sheets:
        yield from ((sheet.title, row.ref, row.item, *_parts(row.cells)) for row in sheet.rows)


def _parts(cells: Cells) -> Iterator[str]:
    """Cells as JSON, in parts of a length that a cell may have."""
    told = json.dumps(cells, ensure_ascii=True)
    yield from (told[start : start + 30_000] for start in range(0, len(told), 30_000))


def _settled(raw: bytes) -> bytes:
    """A workbook without the clock in it."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
