"""The tables in a database: SQLite in memory or in a file, DuckDB, Parquet, PostgreSQL.

Only here: sqlite3 for tables, duckdb and psycopg.
"""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from amk.model.knowledge_base import KnowledgeBase
from amk.questions.sql.tables import TABLES, SqlTable, SqlValue
from amk.values.errors import UserError, library

SCHEMA = "amk"
"""The schema in PostgreSQL that the tables stand in; what stood in it before is replaced."""

NOTHING = "\\N"


def sqlite_of(base: KnowledgeBase, day: date, path: str = ":memory:") -> sqlite3.Connection:
    """The tables in SQLite, in memory or in a file that is not there yet; `search` is their full text."""
    connection = sqlite3.connect(path)
    try:
        for table in TABLES:
            connection.execute(_created(table))
            marks = ", ".join("?" for _ in table.columns)
            connection.executemany(f"insert into {table.name} values ({marks})", table.rows(base, day))
        connection.execute("create virtual table search using fts5(ref unindexed, field unindexed, text)")
        connection.execute("insert into search select ref, field, text from texts")
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _created(table: SqlTable, schema: str = "") -> str:
    columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
    return f"create table {schema}{table.name} ({columns})"


def sqlite_file(base: KnowledgeBase, day: date) -> bytes:
    """The tables as the bytes of an SQLite file."""
    with closing(sqlite_of(base, day)) as connection:
        return connection.serialize()


def write_duckdb(base: KnowledgeBase, day: date, target: Path) -> None:
    """The tables as a DuckDB file, put in place when it is whole. Raises UserError without duckdb."""
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    with _refusing(target, beside):
        connection = _duckdb_of(base, day, str(beside))
    connection.close()
    beside.replace(target)


def write_parquet(base: KnowledgeBase, day: date, folder: Path) -> None:
    """The tables as a folder with a Parquet file for each. Raises UserError without duckdb."""
    connection = _duckdb_of(base, day, ":memory:")
    folder.mkdir(exist_ok=True)
    with _refusing(folder), closing(connection):
        for table in TABLES:
            target = str(folder / f"{table.name}.parquet").replace("'", "''")
            connection.execute(f"copy {table.name} to '{target}' (format parquet)")


@contextmanager
def _refusing(target: Path, *half: Path) -> Iterator[None]:
    """Raises UserError where DuckDB cannot write, and leaves nothing half-made."""
    duckdb = library("duckdb", "duckdb, parquet", "duckdb")
    try:
        yield
    except duckdb.Error as error:
        for each in half:
            each.unlink(missing_ok=True)
            each.with_name(f"{each.name}.wal").unlink(missing_ok=True)
        reason = str(error).splitlines()[0]
        raise UserError("stop.no-output", found=str(target), reason=reason) from error


def _duckdb_of(base: KnowledgeBase, day: date, place: str) -> Any:
    duckdb = library("duckdb", "duckdb, parquet", "duckdb")
    connection = duckdb.connect(place)
    with tempfile.TemporaryDirectory() as folder:
        for table in TABLES:
            path = Path(folder) / f"{table.name}.csv"
            _write_csv(path, table.rows(base, day))
            connection.execute(_created(table))
            options = f"header false, nullstr '{NOTHING}', quote '\"', escape '\"', delimiter ','"
            connection.execute(f"copy {table.name} from '{path}' ({options}, auto_detect false)")
    return connection


def _write_csv(path: Path, rows: Iterable[Sequence[SqlValue]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([NOTHING if value is None else value for value in row] for row in rows)


def write_postgresql(base: KnowledgeBase, day: date, address: str) -> None:
    """The tables into a PostgreSQL database, in one transaction. Raises UserError where that fails."""
    psycopg = library("psycopg", "PostgreSQL", "postgresql")
    try:
        with psycopg.connect(address, connect_timeout=10) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop schema if exists {SCHEMA} cascade")
            cursor.execute(f"create schema {SCHEMA}")
            for table in TABLES:
                cursor.execute(_created(table, f"{SCHEMA}.").replace(" real", " double precision"))
                with cursor.copy(f"copy {SCHEMA}.{table.name} from stdin") as copy:
                    for row in table.rows(base, day):
                        copy.write_row(row)
                for column in table.columns:
                    meaning = column.meaning.replace("'", "''")
                    cursor.execute(
                        f"comment on column {SCHEMA}.{table.name}.\"{column.name}\" is '{meaning}'"
                    )
    except psycopg.Error as error:
        raise UserError("stop.postgresql", reason=" ".join(str(error).split())) from error
