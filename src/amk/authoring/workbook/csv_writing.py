"""One sheet as CSV: for programs, or as a Dutch Excel opens it on a double click."""

from __future__ import annotations

import csv
import io

from amk.authoring.workbook.sheets import Sheet, cells_of, headings_of
from amk.authoring.workbook.xlsx import refuse_long
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.values.formula_guard import guarded


def write_csv(sheet: Sheet, base: KnowledgeBase, phrases: Phrases, for_excel: bool = False) -> str:
    """A sheet as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe.

    Raises UserError for a text that a cell does not hold, where it is for Excel.
    """
    out = io.StringIO()
    rows = (headings_of(sheet, phrases), *(cells_of(sheet, row, base) for row in sheet.rows))
    if for_excel:
        refuse_long(sheet.title, rows)
        out.write("\ufeff")
    delimiter, line_end = (";", "\r\n") if for_excel else (",", "\n")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerows(map(guarded, cells) for cells in rows)
    return out.getvalue()
