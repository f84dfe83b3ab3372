"""The head of a sheet: which sheet of amk's it is, and which of its columns stand where.

Columns and sheets of one's own are left alone; one that is probably misspelt is not taken for one's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from amk.authoring.workbook.found import Import
from amk.authoring.workbook.grids import SheetCell, SheetData, letter_of
from amk.authoring.workbook.sheets import SHEETED, Sheet, SheetColumn, sheets_for
from amk.language import LANGUAGES, Phrases, phrases_in
from amk.model.knowledge_base import folded
from amk.model.records import AnyRecord
from amk.values.suggestions import nearest

FIXED = {"id": "id", "nr": "item", "no": "item", "key": "item", "sleutel": "item", "record": "record"}
"""The headings of what identifies a row, folded. `record` repeats the name for readers."""

_ABOVE = 20
"""How many rows are looked at for a head that is not the first."""


@dataclass(frozen=True, slots=True)
class Head:
    """The sheet that a grid is, and where its columns, the id and the item stand, counted from 0.

    `unnamed` are where a cell would lie under no heading; `width` is how far the head reaches.
    """

    sheet: Sheet
    columns: tuple[tuple[int, SheetColumn], ...]
    id_at: int | None
    item_at: int | None
    unnamed: frozenset[int]
    width: int


class Sheets:
    """The sheets that amk knows, in every language."""

    def __init__(self, phrases: Phrases) -> None:
        others = (phrases_in(lang).with_topic("workbook") for lang in LANGUAGES if lang != phrases.language)
        self.all = [s for words in (phrases, *others) for kind in SHEETED for s in sheets_for(kind, words)]

    def called(self, title: str) -> Sheet | None:
        """The sheet with a name or title."""
        wanted = folded(title)
        return next((s for s in self.all if wanted in (folded(s.name), folded(s.title))), None)

    def of(self, kind: type[AnyRecord]) -> Sheet:
        """The sheet of a kind's records."""
        return next(s for s in self.all if s.kind is kind and not s.field)

    def meanings(self, sheet: Sheet, heading: str) -> Iterator[str | SheetColumn]:
        """What a heading may stand for: a column, or what identifies a row; what is spelt alike first."""
        wanted, same = folded(heading), (s for s in self.all if s.name == sheet.name)
        columns = (c for s in same for c in s.columns if wanted in (folded(c.heading), folded(c.name)))
        column, fixed = next(columns, None), FIXED.get(wanted)
        fixed = fixed if sheet.field or fixed == "id" else None
        both = [meaning for meaning in (fixed, column) if meaning]
        yield from both if heading == wanted else reversed(both)


def find_sheet(
    sheets: Sheets, grids: Sequence[SheetData], grid: SheetData, kind: type[AnyRecord] | None, found: Import
) -> Sheet | None:
    """The sheet that a grid is; None for one of the user's own, which is told and left alone."""
    sheet = sheets.called(grid.name)
    known = {s.name for g in grids if (s := sheets.called(g.name))}
    if sheet or (kind and not (grid.in_workbook and known)):
        return sheet or (sheets.of(kind) if kind else None)
    near = sheets.called(nearest(grid.name, {s.title for s in sheets.all}))
    misspelt = near is not None and near.name not in known
    if known and not misspelt:
        found.notice(SheetCell(grid.name, 0), "import.own-sheet")
    else:
        found.object_to(
            SheetCell(grid.name, 0), "import.no-sheet", found=grid.name, nearest=near.title if near else ""
        )
    return None


def find_head(sheets: Sheets, sheet: Sheet, grid: SheetData, found: Import) -> Head | None:
    """The head of a grid; None where it has none, or not all of it is understood, which is told."""
    known = [
        sum(1 for c in cells if next(sheets.meanings(sheet, c), None)) for _, cells in grid.rows[:_ABOVE]
    ]
    row, headings = grid.rows[0]
    best = max(range(len(known)), key=known.__getitem__)
    if known[0] < 2 <= known[best]:
        found.object_to(SheetCell(grid.name, row, 1), "import.above-head", row=str(grid.rows[best][0]))
        return None
    if not known[0]:
        near = nearest(headings[0], [column.heading for column in sheet.columns])
        found.object_to(SheetCell(grid.name, row, 1), "import.no-head", found=headings[0], nearest=near)
        return None
    before = len(found.objections)
    head = _head(sheets, sheet, grid, found)
    return head if len(found.objections) == before else None


def _head(sheets: Sheets, sheet: Sheet, grid: SheetData, found: Import) -> Head:
    row, headings = grid.rows[0]
    head = Head(sheet, (), None, None, frozenset(), len(headings))
    taken: dict[str, int] = {}
    unknown = []
    for at, heading in enumerate(headings):
        meaning = next((m for m in sheets.meanings(sheet, heading) if _name(m) not in taken), None)
        again = next(sheets.meanings(sheet, heading), None) if meaning is None else None
        if again:
            first = f"{letter_of(taken[_name(again)] + 1)}{row}"
            cell = SheetCell(grid.name, row, at + 1)
            found.object_to(cell, "import.same-column", found=heading, first=first)
        elif meaning:
            taken[_name(meaning)] = at
            head = _with(head, at, meaning)
        elif heading:
            unknown.append((at, heading))
        else:
            head = replace(head, unnamed=head.unnamed | {at})
    for at, heading in unknown:
        _tell_unknown(sheet, SheetCell(grid.name, row, at + 1), heading, taken, found)
    return head


def _with(head: Head, at: int, meaning: str | SheetColumn) -> Head:
    if isinstance(meaning, SheetColumn):
        return replace(head, columns=(*head.columns, (at, meaning)))
    return (
        replace(head, id_at=at)
        if meaning == "id"
        else replace(head, item_at=at)
        if meaning == "item"
        else head
    )


def _tell_unknown(sheet: Sheet, cell: SheetCell, heading: str, taken: dict[str, int], found: Import) -> None:
    """A column that amk does not know: misspelt where one that lacks is nearly called so, else one's own."""
    lacking = {c.heading: c for c in sheet.columns if c.name not in taken}
    lacking |= {c.name: c for c in lacking.values()}
    near = nearest(heading, lacking)
    if near:
        found.object_to(cell, "import.no-column", found=heading, nearest=near)
    else:
        found.notice(cell, "import.own-column", found=heading)


def _name(meaning: str | SheetColumn) -> str:
    return meaning.name if isinstance(meaning, SheetColumn) else f"={meaning}"
