"""`amk export`: the records as a workbook that comes back whole, or as tables for other engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from amk.cli.filtering import Kinds, kinds_of
from amk.cli.opening import Opened, named_municipality, named_region, opened
from amk.cli.options import At, Data, Format, Lang, MunicipalityName, RegionName, Today
from amk.cli.progress import at_work
from amk.cli.showing import chosen_format, put
from amk.cli.telling import talk
from amk.errors import Stop
from amk.query import Filters, narrowed
from amk.sheets import SHEETED, sheets_of
from amk.workbooks import write_csv, write_workbook

FORMATS = ("xlsx", "csv", "sqlite", "duckdb", "parquet")

TABLED = ("sqlite", "duckdb", "parquet")

To = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="x.xlsx, x.csv, x.sqlite, x.duckdb or x.parquet."),
]
Into = Annotated[
    str | None, typer.Option("--to", metavar="ADDRESS", help="A database: postgresql://user@host/name.")
]


def run(
    kinds: Kinds = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    to: Into = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    output: To = None,
) -> None:
    """Write records to a workbook or a CSV file that amk import reads back, or to a database."""
    if output is None and to is None:
        raise Stop("stop.export-where")
    format = chosen_format(format, output, False, FORMATS) if output else ""
    here = opened(data, None, today, lang, at)
    filters = Filters(named_region(here, region), named_municipality(here, municipality))
    if to or format in TABLED:
        _export_tables(replace(here, base=narrowed(here.base, filters)), format, output, to)
        return
    say = here.say.also("sheets")
    sheets = sheets_of(narrowed(here.base, filters), kinds_of(kinds, SHEETED), say)
    if format == "csv":
        main = [sheet for sheet in sheets if not sheet.field]
        if len(main) != 1:
            raise Stop("stop.one-sheet")
        put(write_csv(main[0], here.base, say), output)
    else:
        with at_work("work.exporting"):
            workbook = write_workbook(sheets, here.base, say)
        put(workbook, output)
    if output not in (None, "-"):
        told = {"sheets": str(len(sheets)), "rows": str(sum(len(s.rows) for s in sheets))}
        talk(say.fill("export.written", {**told, "file": Path(str(output)).name}))


def _export_tables(here: Opened, format: str, output: str | None, to: str | None) -> None:
    """The tables of `amk query`, to a file, a folder or a database."""
    target = Path(str(output))
    try:
        with at_work("work.exporting"):
            file = _written_tables(here, format, target, to)
        if file is not None:
            put(file, output)
    except OSError as error:
        raise Stop("stop.no-output", found=str(output), reason=error.strerror or "") from error
    if output != "-":
        place = "PostgreSQL" if to else target.name
        say = here.say.also("sheets")
        talk(say.fill("export.tables", {"records": str(len(here.base.records)), "file": place}))


def _written_tables(here: Opened, format: str, target: Path, to: str | None) -> bytes | None:
    """Write the tables where they belong; a database of one file is given back."""
    from amk import databases

    if to:
        databases.write_postgresql(here.base, here.day, to)
    elif format == "sqlite":
        return databases.sqlite_file(here.base, here.day)
    elif format == "duckdb":
        databases.write_duckdb(here.base, here.day, target)
    else:
        databases.write_parquet(here.base, here.day, target)
    return None
