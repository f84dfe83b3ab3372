"""`amk export`: the records as a workbook that comes back whole, or as tables for other engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from amk.authoring.workbook.csv_writing import write_csv
from amk.authoring.workbook.own import refuse_own
from amk.authoring.workbook.sheets import SHEETED, Sheet, sheets_of
from amk.authoring.workbook.xlsx import DerivedSheet, write_workbook
from amk.cli.arguments import Area, Kinds, filters_of, kinds_of
from amk.cli.messages import talk
from amk.cli.options import (
    At,
    Data,
    ForExcel,
    Format,
    Lang,
    MunicipalityName,
    OverWrite,
    RegionNames,
    Today,
    option,
)
from amk.cli.output import chosen_format, put
from amk.cli.progress import at_work
from amk.cli.session import Session, find_folder, open_session
from amk.document.blocks import Table, plain
from amk.model.filters import Filters, narrowed
from amk.model.records import AnyRecord, Municipality
from amk.values.errors import UserError

FORMATS = ("xlsx", "csv", "sqlite", "duckdb", "parquet")

TABLED = ("sqlite", "duckdb", "parquet")

To = Annotated[str | None, option("--output -o FILE", "x.xlsx, x.csv, x.sqlite, x.duckdb or x.parquet.")]
Into = Annotated[str | None, option("--to ADDRESS", "A database: postgresql://user@host/name.")]


def run(
    kinds: Kinds = None,
    region: RegionNames = None,
    municipality: MunicipalityName = None,
    to: Into = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    output: To = None,
    for_excel: ForExcel = False,
    force: OverWrite = False,
) -> None:
    """Write records to a workbook or a CSV file that amk import reads back, or to a database."""
    if output is None and to is None:
        raise UserError("stop.export-where")
    format = chosen_format(format, output, False, FORMATS) if output else ""
    if for_excel and format != "csv":
        raise UserError("stop.for-excel")
    session = open_session(find_folder(data), lang, at, today)
    filters = filters_of(session, Area(region, municipality))
    if to or format in TABLED:
        narrow = replace(session, base=narrowed(session.base, filters))
        _export_tables(narrow, format, output, to, force)
        return
    phrases = session.phrases.with_topic("workbook")
    asked = kinds_of(kinds, SHEETED)
    sheets = _sheets(session, filters, asked)
    if format == "csv":
        main = [sheet for sheet in sheets if not sheet.field]
        if len(main) != 1:
            raise UserError("stop.one-sheet")
        sheets = (main[0],)
        put(write_csv(main[0], session.base, phrases, for_excel), output, force)
    else:
        with at_work("work.exporting"):
            if output not in (None, "-"):
                refuse_own(Path(str(output)), phrases)
            workbook = workbook_of(session, filters, asked)
        put(workbook, output, force)
    if output not in (None, "-"):
        told = {"sheets": str(len(sheets)), "rows": str(sum(len(s.rows) for s in sheets))}
        phrase = "export.csv" if format == "csv" else "export.written"
        talk(phrases.fill(phrase, {**told, "file": Path(str(output)).name}))


def workbook_of(session: Session, filters: Filters, asked: Sequence[type[AnyRecord]]) -> bytes:
    """The records of some kinds as a workbook, with an overview of how far each municipality is."""
    phrases = session.phrases.with_topic("workbook")
    overview = _overview(session, filters) if Municipality in asked else ()
    return write_workbook(_sheets(session, filters, asked), session.base, phrases, overview)


def _sheets(session: Session, filters: Filters, asked: Sequence[type[AnyRecord]]) -> tuple[Sheet, ...]:
    # A record that was read in part would come back as if the rest had been taken away.
    whole = session.base.where(lambda record: record.ref not in session.base.incomplete)
    return sheets_of(narrowed(whole, filters), asked, session.phrases.with_topic("workbook"))


def _overview(session: Session, filters: Filters) -> tuple[DerivedSheet, ...]:
    """How far each municipality is, as a sheet to read: what it says follows from the others."""
    from amk.questions.report.find import find_briefing
    from amk.questions.report.tell import per_municipality

    phrases = session.phrases.with_topic("report")
    briefing = find_briefing(session.base, session.day, filters.regions, filters.municipality)
    tables = [block for block in per_municipality(briefing, phrases) if isinstance(block, Table)]
    title = session.phrases.with_topic("workbook")("sheet.overview")
    told = session.phrases("cover.today", day=session.phrases.day(session.day))
    return tuple(
        DerivedSheet(title, (t.columns, *(tuple(map(plain, row)) for row in t.rows), (told,))) for t in tables
    )


def _export_tables(session: Session, format: str, output: str | None, to: str | None, force: bool) -> None:
    """The tables of `amk query`, to a file, a folder or a database."""
    target = Path(str(output))
    try:
        with at_work("work.exporting"):
            file = _written_tables(session, format, target, to)
        if file is not None:
            put(file, output, force)
    except OSError as error:
        raise UserError("stop.no-output", found=str(output), reason=error.strerror or "") from error
    if output != "-":
        place = "PostgreSQL" if to else target.name
        phrases = session.phrases.with_topic("workbook")
        talk(phrases.fill("export.tables", {"records": str(len(session.base.records)), "file": place}))


def _written_tables(session: Session, format: str, target: Path, to: str | None) -> bytes | None:
    """Write the tables where they belong; a database of one file is given back."""
    from amk.questions.sql import databases

    if to:
        databases.write_postgresql(session.base, session.day, to)
    elif format == "sqlite":
        return databases.sqlite_file(session.base, session.day)
    elif format == "duckdb":
        databases.write_duckdb(session.base, session.day, target)
    else:
        databases.write_parquet(session.base, session.day, target)
    return None
