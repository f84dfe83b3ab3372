"""`amk export`: the records as a workbook that colleagues edit, and that comes back whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amk.cli.filtering import Kinds, kinds_of
from amk.cli.opening import named_municipality, named_region, opened, talk
from amk.cli.options import At, Data, Format, Lang, MunicipalityName, RegionName
from amk.cli.showing import chosen_format, put
from amk.errors import Stop
from amk.query import Filters, narrowed
from amk.sheets import SHEETED, sheets_of
from amk.workbooks import write_csv, write_workbook

FORMATS = ("xlsx", "csv")

To = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="The file: kennisbank.xlsx or beleid.csv."),
]


def run(
    kinds: Kinds = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    at: At = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    output: To = None,
) -> None:
    """Write records to a workbook or a CSV file that can be edited and read back with amk import."""
    if output is None:
        raise Stop("stop.export-where")
    format = chosen_format(format, output, False, FORMATS)
    here = opened(data, None, None, lang, at)
    filters = Filters(named_region(here, region), named_municipality(here, municipality))
    say = here.say.also("sheets")
    sheets = sheets_of(narrowed(here.base, filters), kinds_of(kinds, SHEETED), say)
    if format == "csv":
        main = [sheet for sheet in sheets if not sheet.field]
        if len(main) != 1:
            raise Stop("stop.one-sheet")
        put(write_csv(main[0], here.base, say), output)
    else:
        put(write_workbook(sheets, here.base, say), output)
    if output != "-":
        told = {"sheets": str(len(sheets)), "rows": str(sum(len(s.rows) for s in sheets))}
        talk(say.fill("export.written", {**told, "file": Path(output).name}))
