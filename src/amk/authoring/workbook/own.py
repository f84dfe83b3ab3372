"""The sheets and columns of one's own in a workbook: what overwriting the file would remove."""

from __future__ import annotations

from pathlib import Path

from amk.authoring.workbook.found import Import
from amk.authoring.workbook.grids import letter_of
from amk.authoring.workbook.heads import Sheets, find_head, find_sheet
from amk.authoring.workbook.reading import read_grids
from amk.language import Phrases
from amk.values.errors import UserError


def refuse_own(path: Path, phrases: Phrases) -> None:
    """Raises UserError where a workbook has sheets or columns of one's own."""
    try:
        grids = read_grids(path) if path.is_file() else ()
    except UserError:  # no workbook: whoever named it wants another file in its place
        return
    sheets, found = Sheets(phrases), Import()
    for grid in grids:
        sheet = find_sheet(sheets, grids, grid, None, found) if grid.rows else None
        if sheet:
            find_head(sheets, sheet, grid, found)
    cells = [issue.cell for issue in (*found.notices, *found.objections)]
    if cells:
        own = dict.fromkeys(f"{c.sheet}!{letter_of(c.column)}" if c.column else c.sheet for c in cells)
        raise UserError("stop.own-in-workbook", found=path.name, own=", ".join(own))
