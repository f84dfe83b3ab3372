"""`amk query`: a question in SQL over the tables of the knowledge base; nothing can be changed."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Annotated

import typer

from amk.cli.opening import opened
from amk.cli.options import AsOf, At, Data, Format, Json, Lang, Output, Style, Today
from amk.cli.progress import at_work
from amk.cli.showing import DOCUMENTS, chosen_format, put, written, written_data
from amk.databases import sqlite_of
from amk.document import Document, Table
from amk.errors import Stop
from amk.kept.databases import open_kept, whole
from amk.selecting import SECONDS, ask
from amk.tables import TABLES, Value

FORMATS = (*DOCUMENTS, "json", "jsonl", "csv")

Statement = Annotated[str | None, typer.Argument(metavar="[SQL]", help="A SELECT; SQLite's own SQL.")]
ListTables = Annotated[bool, typer.Option("--tables", help="The tables, their columns and what they mean.")]

Timeout = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long the question may take.")
]


def run(
    statement: Statement = None,
    tables: ListTables = False,
    timeout: Timeout = SECONDS,
    as_of: AsOf = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
    style: Style = None,
) -> None:
    """Ask in SQL: SELECT over records, milestones, participants, evidence, borders and more."""
    format = chosen_format(format, output, json, FORMATS, style=style)
    if tables:
        columns: tuple[str, ...] = ("table", "column", "type", "meaning")
        found: list[tuple[Value, ...]] = [
            (t.name, c.name, c.type, c.meaning) for t in TABLES for c in t.columns
        ]
        language = lang or "en"
    elif statement is None:
        raise Stop("stop.no-statement")
    else:
        here = opened(data, as_of, today, lang, at)
        subject = f"{here.content()} {here.day} {here.asked_day}"
        with at_work("work.answering"):
            kept = open_kept(subject, "tables", partial(sqlite_of, here.base, here.day))
        with at_work("work.answering"), closing(kept) as database, whole():
            columns, found = ask(database, statement, timeout)
        language = here.say.language
    if format in DOCUMENTS:
        cells = tuple(tuple("" if value is None else str(value) for value in row) for row in found)
        put(written(Document("amk query", language, (Table(columns, cells),)), format, output, style), output)
    else:
        put(written_data([dict(zip(columns, row, strict=True)) for row in found], format, columns), output)
