"""What sheets ask for: changes by record, and what is wrong with a cell, a row or a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from amk.authoring.change import FieldChange
from amk.authoring.workbook.grids import SheetCell
from amk.model.records import AnyRecord
from amk.values.parsed import FieldPath


@dataclass(frozen=True, slots=True)
class ImportIssue:
    """What is to be told of a cell: a phrase and its values."""

    cell: SheetCell
    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Import:
    """What sheets ask for: wishes by record, new records, records to remove, and what is wrong.

    `cells` leads from a place in a record back to the cell that asked for it. `objections` stop an
    import; `notices` only tell what it leaves alone. `unclear` are records with a row that
    was not understood; `pieces` counts the new pieces in a field of a record.
    """

    wishes: dict[str, list[FieldChange]] = field(default_factory=dict)
    added: dict[str, type[AnyRecord]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    cells: dict[str, dict[FieldPath, SheetCell]] = field(default_factory=dict)
    objections: list[ImportIssue] = field(default_factory=list)
    notices: list[ImportIssue] = field(default_factory=list)
    unclear: dict[str, None] = field(default_factory=dict)
    pieces: Counter[tuple[str, str]] = field(default_factory=Counter)

    def object_to(self, cell: SheetCell, phrase: str, **values: str) -> None:
        """Tell what is wrong with a cell."""
        self.objections.append(ImportIssue(cell, phrase, values))

    def notice(self, cell: SheetCell, phrase: str, **values: str) -> None:
        """Tell what is left alone."""
        self.notices.append(ImportIssue(cell, phrase, values))
