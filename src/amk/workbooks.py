"""Workbooks: sheets to a file that Excel and LibreOffice edit, and back. Only here: openpyxl and csv."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from amk.errors import Stop
from amk.importing import Grid
from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.meanings import choice_called, words_for_fields
from amk.records import Of
from amk.shapes import Choice, Shape
from amk.sheets import Row, Sheet

ORIGINALS, LISTS = "_amk", "_lists"
"""Hidden sheets: the cells as they were written, and the lists to choose from."""

Originals = Mapping[tuple[str, str], tuple[str, ...]]

LARGEST = 50 * 1024 * 1024
"""The largest file that is read, in bytes; and unpacked, ten times as many."""

WIDEST, NARROWEST = 60, 8
"""The width of columns, in characters."""

_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_workbook(sheets: Sequence[Sheet], base: KnowledgeBase, say: Say) -> bytes:
    """Sheets as a workbook; the same sheets give the same bytes. Raises Stop without openpyxl."""
    openpyxl = _library()
    book = openpyxl.Workbook()
    book.remove(book.active)
    lists = _Lists(base, say)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, base, say, lists)
    _write_hidden(book, sheets, lists)
    raw = io.BytesIO()
    book.save(raw)
    return _settled(raw.getvalue())


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise Stop("stop.no-library", format="xlsx", extra="sheets") from error
    return openpyxl


class _Lists:
    """The lists to choose from, each a column of the hidden sheet."""

    def __init__(self, base: KnowledgeBase, say: Say) -> None:
        self.base, self.say = base, say
        self.columns: dict[str, list[str]] = {}

    def range_of(self, shape: Shape) -> str | None:
        """Where the words that a column may hold stand; None where anything will do."""
        words = self._words(shape)
        if not words:
            return None
        name = shape.vocabulary if isinstance(shape, Of) else "/".join(words)
        self.columns.setdefault(name, words)
        letter = _letter(list(self.columns).index(name) + 1)
        return f"{LISTS}!${letter}$1:${letter}${len(words)}"

    def _words(self, shape: Shape) -> list[str]:
        language = self.say.language
        match shape:
            case Of(vocabulary):
                known = (c for (name, _), c in self.base.concepts.items() if name == vocabulary)
                return sorted({c.labels.in_language(language) for c in known})
            case Choice(words):
                labels = words_for_fields(language)
                return [choice_called(shape, word, labels) for word in words]
            case "yes-no":
                return [self.say("sheet.yes"), self.say("sheet.no")]
        return []


def headings_of(sheet: Sheet, say: Say) -> tuple[str, ...]:
    """The heading of each column: what identifies a row first."""
    own = (
        ("id", say("sheet.record"), say("sheet.key" if sheet.keyed else "sheet.number"))
        if sheet.field
        else ("id",)
    )
    return (*own, *(column.heading for column in sheet.columns))


def cells_of(sheet: Sheet, row: Row, base: KnowledgeBase) -> tuple[str, ...]:
    """The cells of a row: what identifies it first."""
    id = row.ref.partition("/")[2]
    own = (id, base.name(row.ref), row.item) if sheet.field else (id,)
    return (*own, *row.cells)


def _write_sheet(page: Any, sheet: Sheet, base: KnowledgeBase, say: Say, lists: _Lists) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    headings = headings_of(sheet, say)
    rows = [headings, *(cells_of(sheet, row, base) for row in sheet.rows)]
    top = Alignment(vertical="top", wrap_text=True)
    for number, cells in enumerate(rows, 1):
        for at, text in enumerate(cells, 1):
            _put(page.cell(number, at), text)
            page.cell(number, at).alignment = top
    for at in range(1, len(headings) + 1):
        page.cell(1, at).font = Font(bold=True)
        longest = max(len(row[at - 1]) for row in rows)
        page.column_dimensions[_letter(at)].width = max(NARROWEST, min(WIDEST, longest + 2))
    page.freeze_panes = "C2" if sheet.field else "B2"
    page.auto_filter.ref = f"A1:{_letter(len(headings))}{len(rows)}"
    page.print_title_rows = "1:1"
    lead = len(headings) - len(sheet.columns)
    for index, column in enumerate(sheet.columns, lead + 1):
        choices = lists.range_of(column.shape)
        if choices:
            rule = DataValidation("list", formula1=f"={choices}", allow_blank=True, showErrorMessage=False)
            rule.add(f"{_letter(index)}2:{_letter(index)}{len(rows) + 1000}")
            page.add_data_validation(rule)


def _put(cell: Any, text: str) -> None:
    """A text as a text: never a formula, a number or a date of the program that opens it."""
    cell.value = _ILLEGAL.sub("", text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    cell.number_format = "@"


def _write_hidden(book: Any, sheets: Sequence[Sheet], lists: _Lists) -> None:
    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    for at, words in enumerate(lists.columns.values(), 1):
        for line, word in enumerate(words, 1):
            _put(page.cell(line, at), word)
    page = book.create_sheet(ORIGINALS)
    page.sheet_state = "hidden"
    number = 0
    for sheet in sheets:
        for row in sheet.rows:
            number += 1
            for at, text in enumerate((sheet.title, row.ref, row.item, *_parts(row.cells)), 1):
                _put(page.cell(number, at), text)


def _parts(cells: tuple[str, ...]) -> Iterator[str]:
    """Cells as JSON, in parts of a length that a cell may have."""
    told = json.dumps(cells, ensure_ascii=True)
    yield from (told[start : start + 30_000] for start in range(0, len(told), 30_000))


def _letter(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(sheet: str, row: int, column: int) -> str:
    """A cell as spreadsheets call it: `Beleid!C5`; the row alone where column is 0."""
    return f"{sheet}!{_letter(column)}{row}" if column else f"{sheet}!{row}" if row else sheet


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


def write_csv(sheet: Sheet, base: KnowledgeBase, say: Say) -> str:
    """One sheet as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings_of(sheet, say))
    for row in sheet.rows:
        writer.writerow(
            f"'{text}" if text[:1] in tuple("=+-@") else text for text in cells_of(sheet, row, base)
        )
    return out.getvalue()


def read_grids(path: Path) -> tuple[Grid, ...]:
    """The sheets of a workbook, or the one of a CSV file.

    Raises Stop for a file that is not there, too large, or neither.
    """
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= LARGEST and path.is_file() else None
    except OSError as error:
        raise Stop("stop.no-input", found=str(path), reason=error.strerror or "") from error
    if raw is None:
        raise Stop("stop.no-input", found=str(path), reason=f"> {LARGEST // 1024**2} MB")
    return _read_workbook(path, raw) if raw[:2] == b"PK" else (_read_csv(path, raw),)


def _read_csv(path: Path, raw: bytes) -> Grid:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Stop("stop.no-workbook", found=str(path)) from error
    told = ((number, tuple(_bare(cell) for cell in row)) for number, row in enumerate(rows, 1) if any(row))
    return Grid(path.stem, tuple(told))


def _bare(text: str) -> str:
    """A cell without the apostrophe that kept it from being a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def _read_workbook(path: Path, raw: bytes) -> tuple[Grid, ...]:
    openpyxl = _library()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > 10 * LARGEST:
                raise Stop("stop.no-input", found=str(path), reason=f"> {10 * LARGEST // 1024**2} MB")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        pages = {page.title: tuple(_page_rows(page)) for page in book.worksheets}
    except Stop:
        raise
    except (
        Exception
    ) as error:  # openpyxl lets what lies below it through: KeyError, BadZipFile, ParseError, …
        raise Stop("stop.no-workbook", found=str(path)) from error
    kept = pages.pop(ORIGINALS, None)
    try:
        originals = _originals(kept)
    except ValueError as error:
        raise Stop("stop.no-workbook", found=str(path)) from error
    pages.pop(LISTS, None)
    empty: Originals | None = {} if kept is not None else None
    return tuple(Grid(title, rows, originals.get(title, empty)) for title, rows in pages.items())


def _page_rows(page: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in enumerate(page.iter_rows(values_only=True), 1):
        cells = tuple(_text(value) for value in row)
        if any(cells):
            yield number, cells


def _text(value: Any) -> str:
    """What somebody typed, as text: a day that the program made a date of is a day again."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case float() if value.is_integer():
            return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _originals(rows: tuple[tuple[int, tuple[str, ...]], ...] | None) -> Mapping[str, Originals]:
    """The cells as amk wrote them, by the title of their sheet."""
    found: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {}
    for _, (title, ref, item, *parts) in rows or ():
        cells = json.loads("".join(parts))
        found.setdefault(title, {})[ref, item] = tuple(str(cell) for cell in cells)
    return found
