"""What somebody changed in sheets, as the wishes that change records.

Only cells that were changed count. A cell that somebody changed in the sheet and somebody else
in the record since is a problem; what is not in the sheet stays as it is. What is not understood
is told with its cell, and stops the whole import.
"""

from __future__ import annotations

from collections.abc import Sequence

from amk.authoring.change import FieldChange
from amk.authoring.workbook.cells import refusal_of, wishes_of
from amk.authoring.workbook.found import Import
from amk.authoring.workbook.grids import SheetCell, SheetData, as_cell
from amk.authoring.workbook.heads import Head, Sheets, find_head, find_sheet
from amk.authoring.workbook.rows import Key, Refused, Row, Rows, at
from amk.authoring.workbook.sheets import SheetColumn
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord


def find_import(
    base: KnowledgeBase,
    grids: Sequence[SheetData],
    phrases: Phrases,
    kind: type[AnyRecord] | None = None,
    delete: bool = False,
) -> Import:
    """What the grids ask for. A grid without a known name is of `kind`, where one is given."""
    found = Import()
    sheets = Sheets(phrases)
    for grid in grids:
        sheet = find_sheet(sheets, grids, grid, kind, found) if grid.rows else None
        head = find_head(sheets, sheet, grid, found) if sheet else None
        if head:
            _Reading(base, phrases, grid, head, found).read(delete)
    return found


class _Reading:
    """A grid, its head, and its rows against the records."""

    def __init__(
        self, base: KnowledgeBase, phrases: Phrases, grid: SheetData, head: Head, found: Import
    ) -> None:
        self.base, self.phrases, self.grid, self.head, self.found = base, phrases, grid, head, found
        self.rows = Rows(base, phrases, grid, head, found)
        self._wished = 0
        self.index = {column.name: index for index, column in enumerate(head.sheet.columns)}

    def read(self, delete: bool) -> None:
        """Add what the rows ask for to what was found."""
        understood = True
        for number, cells in self.grid.rows[1:]:
            if any(cells):
                understood = self._read_row(number, cells) and understood
        # A row that was not understood may be any of those that seem to be gone.
        gone = self.rows.gone() if understood else []
        for key in gone if delete else ():
            self._remove(key)
        if gone and not delete:
            told = self.phrases.listing(self._told(key) for key in gone[:7])
            self.found.notice(
                SheetCell(self.grid.name, 0), "import.row-gone", found=told, count=str(len(gone))
            )

    def _told(self, key: Key) -> str:
        ref, item = key
        return f"{ref} {item}".strip()

    def _remove(self, key: Key) -> None:
        ref, item = key
        sheet = self.head.sheet
        if not sheet.field:
            self.found.removed.append(ref)
            return
        last: str | int = item if sheet.keyed else int(item) - 1
        self.found.wishes.setdefault(ref, []).append(FieldChange((sheet.field, last), "=", ""))

    def _read_row(self, number: int, cells: tuple[str, ...]) -> bool:
        """Add what one row asks for; whether it was understood."""
        before, wished = len(self.found.objections), self._wished
        row = self.rows.read(number, cells)
        for index, text in enumerate(cells):
            if text and (index >= self.head.width or index in self.head.unnamed):
                cell = SheetCell(self.grid.name, number, index + 1)
                self.found.object_to(cell, "import.beyond-head", found=text[:60])
        if isinstance(row, Refused):
            self.found.objections.append(row.issue)
            self.found.unclear |= {row.ref: None} if row.ref else {}
            return False
        if row.current is None and not self.head.sheet.field:
            self.found.added[row.ref] = self.head.sheet.kind
        for index, column in self.head.columns:
            self._read_cell(row, index, column)
        if row.current is None and self._wished > wished:
            self.found.pieces[row.ref, self.head.sheet.field] += 1
        if len(self.found.objections) > before:
            self.found.unclear[row.ref] = None
            return False
        return True

    def _read_cell(self, row: Row, index: int, column: SheetColumn) -> None:
        after, place = at(row.cells, index), self.index[column.name]
        now = row.current.cells[place] if row.current else ""
        before = row.original[place] if row.original else as_cell(now)
        if after in (before, as_cell(now)) or (not after and row.original is None):
            return
        cell = SheetCell(self.grid.name, row.number, index + 1)
        refusal = refusal_of(column, after, self.grid.marks.get((row.number, index + 1)))
        if refusal:
            self.found.object_to(cell, refusal, found=after[:60])
        elif row.original and as_cell(now) != before:
            self.found.object_to(cell, "import.conflict", found=after, now=now or "–")
        else:
            self._wish(row, column, cell, now, after)

    def _wish(self, row: Row, column: SheetColumn, cell: SheetCell, now: str, after: str) -> None:
        record = self.base.known.get(row.ref)
        for wish in wishes_of(self.base, self.phrases, record, row.field_path, column, now, after):
            self.found.wishes.setdefault(row.ref, []).append(wish)
            self.found.cells.setdefault(row.ref, {})[wish.field_path] = cell
            self._wished += 1
