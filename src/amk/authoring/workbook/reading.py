"""A file as sheets: a workbook, or one table as CSV."""

from __future__ import annotations

from pathlib import Path

from amk.authoring.workbook.csv_reading import read_csv
from amk.authoring.workbook.grids import SheetData
from amk.authoring.workbook.xlsx_reading import read_workbook
from amk.values.errors import UserError

LARGEST = 50 * 1024 * 1024
"""The largest file that is read, in bytes; and unpacked, ten times as many."""


def read_grids(path: Path) -> tuple[SheetData, ...]:
    """The sheets of a workbook, or the one of a CSV file.

    Raises UserError for a file that is not there, too large, empty, or neither.
    """
    try:
        raw = path.read_bytes() if path.is_file() and path.stat().st_size <= LARGEST else None
        if raw is None:
            path.stat()
    except (OSError, ValueError) as error:
        raise UserError(
            "stop.no-input", found=str(path), reason=getattr(error, "strerror", "") or ""
        ) from error
    if raw is None:
        reason = f"> {LARGEST // 1024**2} MB" if path.is_file() else "?"
        raise UserError("stop.no-input", found=str(path), reason=reason)
    return grids_of(path.name, raw)


def grids_of(name: str, raw: bytes) -> tuple[SheetData, ...]:
    """The sheets in the bytes of a file. Raises UserError as `read_grids` does."""
    if len(raw) > LARGEST:
        raise UserError("stop.no-input", found=name, reason=f"> {LARGEST // 1024**2} MB")
    if not raw.strip():
        raise UserError("stop.empty-input", found=name)
    if raw[:2] == b"PK":
        return read_workbook(name, raw, 10 * LARGEST)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise UserError("stop.no-workbook", found=name)
    return (read_csv(name, raw),)
