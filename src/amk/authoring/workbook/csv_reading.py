"""A table of comma separated values, in whatever way a program or a colleague wrote it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from amk.authoring.workbook.grids import ERROR, Mark, SheetCell, SheetData, as_cell, place_of
from amk.values.errors import UserError
from amk.values.formula_guard import unguarded

LONGEST = 131_072
"""The longest cell that is read, in characters."""

DELIMITERS = ",;\t|"

_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*\r?\n?', re.IGNORECASE)


def read_csv(name: str, raw: bytes) -> SheetData:
    """The one sheet of a CSV file. Raises UserError for what is no table, with its place where it has one."""
    text = _decoded(name, raw)
    told = _SEPARATOR.match(text)
    body = text[told.end() :] if told else text
    # A limit on what is read is ours to tell with its place; the module tells its own without one.
    csv.field_size_limit(max(len(text) + 1, LONGEST))
    title = Path(name).stem
    rows = tuple(_rows(title, body, told[1] if told else _delimiter_of(body)))
    return SheetData(title, rows, marks=dict(_marks(rows)))


def _decoded(name: str, raw: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 as “Unicode text” of Excel is, or else Windows' own."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else _without_mark(raw)
    for each in (encoding, "cp1252") if encoding == "utf-8-sig" else (encoding,):
        try:
            text = raw.decode(each)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError("stop.no-workbook", found=name)


def _without_mark(raw: bytes) -> str:
    """The encoding of a text without a byte order mark: every other byte of UTF-16 is mostly nothing."""
    start = raw[:400]
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > len(start) // 4 else "utf-8-sig"


def _delimiter_of(text: str) -> str:
    """What stands between the cells: that which makes most of them in the first line."""
    lines = text.lstrip("\r\n").splitlines()
    return max(DELIMITERS, key=lambda each: len(next(csv.reader(lines[:1], delimiter=each), [])))


def _rows(name: str, text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    # Strict: a quote that is never closed would else take all that follows for one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise UserError("stop.csv-quotes", found=place_of(SheetCell(name, number))) from error
        if row is None:
            return
        cells = tuple(unguarded(as_cell(cell)) for cell in row)
        if any(cells):
            yield number, cells


def _marks(rows: tuple[tuple[int, tuple[str, ...]], ...]) -> Iterator[tuple[tuple[int, int], Mark]]:
    for number, cells in rows:
        for at, cell in enumerate(cells, 1):
            if len(cell) > LONGEST:
                yield (number, at), "long"
            elif "\ufffd" in cell:
                yield (number, at), "lost"
            elif cell[:1] == "#" and ERROR.fullmatch(cell):
                yield (number, at), "error"
