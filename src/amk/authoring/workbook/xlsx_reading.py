"""Sheets from a workbook that Excel, LibreOffice or a script saved. Only here: reading with openpyxl."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from amk.authoring.workbook.choices import LISTS
from amk.authoring.workbook.grids import ERROR, Mark, Originals, SheetData, as_cell
from amk.authoring.workbook.xlsx import DERIVED, ORIGINALS
from amk.values.errors import UserError, library

DIGITS = 15
"""How many digits of a number a spreadsheet keeps."""

LONGEST = 1_000_000
"""The longest text in a workbook that is read, in bytes; a cell of Excel holds 32,767 characters."""

_PIECE = 1 << 20
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s>/]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PADDED = re.compile(r"0+")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Read = tuple[tuple[tuple[int, tuple[str, ...]], ...], dict[tuple[int, int], Mark]]
"""The rows of a page, and the marks of its cells."""


def read_workbook(name: str, raw: bytes, largest: int) -> tuple[SheetData, ...]:
    """The sheets of a workbook but those that amk hides or derives in it.

    Raises UserError for what is no workbook, or is larger than so many bytes when unpacked.
    """
    openpyxl = library("openpyxl", "xlsx", "sheets")
    try:
        formulas = _has_formulas(name, raw, largest)
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        asked = _formulas_in(openpyxl, raw) if formulas else {}
        kept = ORIGINALS in book.sheetnames
        originals = _originals(book[ORIGINALS]) if kept else {}
        own = {LISTS, ORIGINALS, *(title for title, _ in originals.get(DERIVED, {}))}
        pages = {p.title: _page(p, asked.get(p.title, {})) for p in book.worksheets if p.title not in own}
    except UserError:
        raise
    except Exception as error:  # openpyxl lets what lies below it through: KeyError, ParseError, …
        raise UserError("stop.no-workbook", found=name) from error
    nothing: Originals | None = {} if kept else None
    return tuple(
        SheetData(title, rows, originals.get(title, nothing), marks, in_workbook=True)
        for title, (rows, marks) in pages.items()
    )


def _has_formulas(name: str, raw: bytes, largest: int) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > largest:
            raise UserError("stop.no-input", found=name, reason=f"> {largest // 1024**2} MB")
        for entry in packed.namelist():
            if _longest(packed, entry) > LONGEST:
                raise UserError("stop.long-cell", found=name, most=str(LONGEST))
        sheets = (entry for entry in packed.namelist() if entry.startswith("xl/worksheets/"))
        return any(_FORMULA.search(packed.read(entry)) for entry in sheets)


def _longest(packed: zipfile.ZipFile, entry: str) -> int:
    """The longest stretch without a tag in a part of a workbook: what openpyxl would hold several times."""
    longest = since = 0
    with packed.open(entry) as part:
        while entry.endswith(".xml") and longest <= LONGEST and (piece := part.read(_PIECE)):
            first, *others = map(len, piece.split(b"<"))
            longest = max(longest, since + first, *others)
            since = others[-1] if others else since + first
    return longest


def _formulas_in(openpyxl: Any, raw: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """The formulas of a workbook, by sheet and by row and column."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    return {page.title: dict(_formulas_on(page)) for page in book.worksheets}


def _formulas_on(page: Any) -> Iterator[tuple[tuple[int, int], str]]:
    page.reset_dimensions()
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                yield (cell.row, cell.column), str(getattr(cell.value, "text", None) or cell.value or "=")


def _page(page: Any, formulas: Mapping[tuple[int, int], str]) -> Read:
    # What a file says of its own size is not always so, and whatever lies beyond would not be read.
    page.reset_dimensions()
    rows: list[tuple[int, tuple[str, ...]]] = []
    marks: dict[tuple[int, int], Mark] = {}
    for number, row in enumerate(page.iter_rows(), 1):
        cells = []
        for at, cell in enumerate(row, 1):
            text, mark = _read(cell)
            if not text and (number, at) in formulas:
                text, mark = formulas[number, at], "formula"
            cells.append(text)
            if mark:
                marks[number, at] = mark
        if any(cells):
            rows.append((number, tuple(cells)))
    return tuple(rows), marks


def _read(cell: Any) -> tuple[str, Mark | None]:
    """What somebody typed, as text, and what the program made of it."""
    value = cell.value
    match value:
        case None:
            return "", None
        case bool():
            return "true" if value else "false", None
        case datetime() | date():
            return _day(value, cell.number_format), "date"
        case time() | timedelta():
            return str(value), "date"
        case int() | float():
            return _number(value, cell.number_format)
    text = as_cell(_unescaped(str(value)))
    if cell.data_type == "e" or ERROR.fullmatch(text):
        return text, "error"
    return text, "lost" if "\ufffd" in text else None


def _unescaped(text: str) -> str:
    """A text with the characters that a workbook writes by their code: `_x005F_` is a line below."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _day(value: datetime | date, format: str) -> str:
    """A day as exactly as the cell shows it: where only a month is seen, only a month was meant."""
    seen = _QUOTED.sub("", format or "").lower()
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat()
    if "d" in seen or not ({"y", "j"} & set(seen)):
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m" if "m" in seen else "%Y")


def _number(value: float, format: str) -> tuple[str, Mark | None]:
    """A number as the cell shows it, with the zeros before it that its format asks for."""
    text = str(int(value)) if float(value).is_integer() else f"{value:.{DIGITS}g}"
    if _PADDED.fullmatch(format or "") and text.isdigit():
        text = text.zfill(len(format))
    return text, "digits" if len(text.lstrip("-0").replace(".", "")) > DIGITS else None


def _originals(page: Any) -> dict[str, Originals]:
    """The cells as amk wrote them, by the title of their sheet."""
    found: dict[str, Originals] = {}
    page.reset_dimensions()
    for row in page.iter_rows(values_only=True):
        title, ref, item, *parts = (_unescaped(str(value)) if value is not None else "" for value in row)
        cells = json.loads("".join(parts))
        found.setdefault(title, {})[ref, item] = tuple(as_cell(str(cell)) for cell in cells)
    return found
