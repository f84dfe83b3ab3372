"""Which record, and which piece of it, a row of a sheet is of: there already, or new."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from amk.authoring.workbook.found import Import, ImportIssue
from amk.authoring.workbook.grids import Originals, SheetCell, SheetData
from amk.authoring.workbook.heads import Head
from amk.authoring.workbook.sheets import Sheet, SheetRow, rows_of, teller
from amk.language import Phrases
from amk.model.filters import find_by_name
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Municipality
from amk.storage.loading import as_id
from amk.values.parsed import FieldPath

Key = tuple[str, str]
"""A row's reference and item."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid: its number and cells, what it is of, how that stands now and as amk wrote it."""

    number: int
    cells: tuple[str, ...]
    ref: str
    key: Key
    field_path: FieldPath
    current: SheetRow | None
    original: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row is not understood, and the record that it seems to be of."""

    issue: ImportIssue
    ref: str = ""


class Rows:
    """The rows of a grid against those that the sheet would have now."""

    def __init__(
        self, base: KnowledgeBase, phrases: Phrases, grid: SheetData, head: Head, found: Import
    ) -> None:
        self.base, self.grid, self.head, self.found = base, grid, head, found
        self.sheet: Sheet = head.sheet
        self.originals: Originals = grid.originals or {}
        tell = teller(base, phrases)
        whole = (record for record in base.all(self.sheet.kind) if record.ref not in base.incomplete)
        rows = [row for record in whole for row in rows_of(self.sheet, record, tell)]
        self.now = {(row.ref, row.item): row for row in rows}
        self.pieces: dict[str, list[SheetRow]] = defaultdict(list)
        for row in rows:
            self.pieces[row.ref].append(row)
        self.seen: dict[Key, int] = {}
        self._names = {column.name: at for at, column in head.columns}
        self._codes = {r.code: r.ref for r in base.known_of(Municipality) if r.code}

    def read(self, number: int, cells: tuple[str, ...]) -> Row | Refused:
        """What a row is of, or why that cannot be told."""
        ref = self._ref_of(number, cells)
        if isinstance(ref, Refused):
            return ref
        if ref in self.base.unread or ref in self.base.incomplete:
            return self._refused(number, 0, "import.unreadable", ref, ref)
        key = (ref, at(cells, self.head.item_at) if self.sheet.field else "")
        current, original = self.now.get(key), self.originals.get(key)
        if original and current and original != current.cells:
            current = self._moved(ref, original) or current
        if original and not current:
            return self._refused(number, 0, "import.gone", ref, ref)
        if self._is_again(key, number):
            return self._refused(number, 0, "import.same-row", ref, ref, first=str(self.seen[key]))
        field_path = self._path_of(ref, current.item if current else key[1])
        if field_path is None:
            return self._refused(number, 0, "import.no-key", "", ref)
        return Row(number, cells, ref, key, field_path, current, original)

    def gone(self) -> list[Key]:
        """What amk wrote in this sheet, is there still, and has no row any more."""
        return [key for key in self.originals if key not in self.seen and key in self.now]

    def _refused(
        self, number: int, column: int, phrase: str, text: str, ref: str = "", **values: str
    ) -> Refused:
        cell = SheetCell(self.grid.name, number, column)
        return Refused(ImportIssue(cell, phrase, {"found": text, **values}), ref)

    def _is_again(self, key: Key, number: int) -> bool:
        """Whether an earlier row is of the same; a piece without a number is a new one each time."""
        if self.sheet.field and not key[1]:
            return False
        return self.seen.setdefault(key, number) != number

    def _ref_of(self, number: int, cells: tuple[str, ...]) -> str | Refused:
        """The reference of the record that a row is of, there already or new."""
        kind, named = self.sheet.kind, at(cells, self.head.id_at)
        column = self.head.id_at + 1 if self.head.id_at is not None and named else 0
        mark = self.grid.marks.get((number, column))
        if mark:
            return self._refused(number, column, f"import.{mark}", named)
        ref = f"{kind.kind}/{named}"
        if named and (ref in self.base.known or ref in self.found.added):
            return ref
        name = named or ("" if self.sheet.field else self._name_in(cells))
        there = [] if named else self._by_code(cells)
        if name and not there:
            there = [record.ref for record in find_by_name(self.base, name, (kind,))]
        if len(there) > 1:
            return self._refused(number, column, "import.several", name, known=", ".join(there))
        new = f"{kind.kind}/{as_id(name)}"
        if not there and (not as_id(name) or (self.sheet.field and new not in self.found.added)):
            return self._refused(number, column, "import.no-record", named)
        return there[0] if there else new

    def _name_in(self, cells: tuple[str, ...]) -> str:
        return next((t for each in ("name", "title") if (t := at(cells, self._names.get(each)))), "")

    def _by_code(self, cells: tuple[str, ...]) -> list[str]:
        code = at(cells, self._names.get("code"))
        return [self._codes[code]] if self.sheet.kind is Municipality and code in self._codes else []

    def _moved(self, ref: str, original: tuple[str, ...]) -> SheetRow | None:
        """The piece that a row was of, where others came before it since."""
        same = [row for row in self.pieces[ref] if row.cells == original]
        return same[0] if self.sheet.field and len(same) == 1 else None

    def _path_of(self, ref: str, item: str) -> FieldPath | None:
        """The path to a piece: the one there is, else the one after the last; None for a key that lacks."""
        if not self.sheet.field:
            return ()
        if self.sheet.keyed:
            return (self.sheet.field, item) if item else None
        if (ref, item) in self.now:
            return self.sheet.field, int(item) - 1
        return self.sheet.field, len(self.pieces[ref]) + self.found.pieces[ref, self.sheet.field]


def at(cells: tuple[str, ...], index: int | None) -> str:
    """The cell that stands there; nothing where the row is shorter."""
    return cells[index] if index is not None and index < len(cells) else ""
