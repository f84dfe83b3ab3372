"""`amk query`: a question in SQL over the tables of the knowledge base; nothing can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import Annotated

from amk.cache.databases import cached_database, whole
from amk.cli.answer import Answer
from amk.cli.options import Ended, argument, option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.document.blocks import Table
from amk.language import table_meanings_in
from amk.questions.sql.databases import sqlite_of
from amk.questions.sql.select import SECONDS, ask
from amk.questions.sql.tables import TABLES, SqlValue
from amk.values.errors import UserError

SqlRows = Sequence[tuple[SqlValue, ...]]

Statement = Annotated[str | None, argument("[SQL]", "A SELECT; SQLite's own SQL.")]
ListTables = Annotated[bool, option("--tables", "The tables, their columns and what they mean.")]

Timeout = Annotated[float, option("--timeout SECONDS", "How long the question may take.", min=0.1)]


def _tables(statement: str | None, tables: bool, lang: str | None = None, **_: object) -> Answer | None:
    """What the tables are, which needs no data. Raises UserError where nothing is asked."""
    if tables:
        said = table_meanings_in(lang or "en")
        meanings = [
            (t.name, c.name, c.type, said.get(c.meaning, c.meaning)) for t in TABLES for c in t.columns
        ]
        return _answer(("table", "column", "type", "meaning"), meanings)
    if statement is None:
        raise UserError("stop.no-statement")
    return None


@reads(formats=(*DOCUMENTS, "json", "jsonl", "csv"), before=_tables)
def run(
    session: Session,
    statement: Statement = None,
    tables: ListTables = False,
    timeout: Timeout = SECONDS,
    ended: Ended = False,
) -> Answer:
    """Ask in SQL: SELECT over records, milestones, participants, evidence, borders and more."""
    base = session.base if ended else session.on_the_day().base
    subject = f"{session.content()} {session.day} {ended}"
    kept = cached_database(subject, "tables", partial(sqlite_of, base, session.day))
    with closing(kept) as database, whole():
        return _answer(*ask(database, str(statement), timeout))


def _answer(columns: Sequence[str], found: SqlRows) -> Answer:
    """Columns and rows, as a table or as data."""
    cells = tuple(tuple("" if value is None else str(value) for value in row) for row in found)
    return Answer(
        title="amk query",
        tell=lambda: (Table(tuple(columns), cells),),
        rows=lambda: [dict(zip(columns, row, strict=True)) for row in found],
        keys=columns,
    )
