"""Questions in SQL: read only, within a time, and told with the nearest name where one is wrong."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from itertools import count

from amk.model.records import KINDS
from amk.questions.sql.tables import TABLES, SqlValue
from amk.values.errors import UserError
from amk.values.suggestions import nearest

SECONDS = 60.0
"""How long a question may take where nothing else is asked."""

VALUES = 5_000_000
"""How many values an answer may have, in all its rows and columns; `amk export` is for more."""

LONGEST = 1_000_000
"""How many characters a value may have, also on the way to an answer."""

MOST = 100_000_000
"""How many characters an answer may have, in all its values."""

_STEPS = 20_000
"""After so many steps of SQLite the clock is looked at, and Ctrl-C is heard: some milliseconds."""

_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_NOT_WHOLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNKNOWN = re.compile(r"no such (?:table|column): (?:\w+\.)?(\w+)$")

SqlRow = tuple[object, ...]
QueryResult = tuple[tuple[str, ...], list[tuple[SqlValue, ...]]]


def ask(connection: sqlite3.Connection, statement: str, seconds: float = SECONDS) -> QueryResult:
    """The names of the columns and the rows of a question in SQL; nothing but a question is allowed.

    Raises UserError for any other statement, for one that is wrong, and for one that takes or gives too much.
    """
    connection.set_authorizer(_allowed)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        cursor = connection.execute(statement)
        if cursor.description is None:
            raise UserError("stop.no-question", found=statement[:100])
        rows = _rows(cursor)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_WHOLE:
            raise
        raise _told(str(error), statement, seconds if time.monotonic() > until else None) from error
    finally:
        connection.set_progress_handler(None, 0)
    return tuple(_apart(column[0] for column in cursor.description)), [tuple(map(_plain, r)) for r in rows]


def _rows(cursor: sqlite3.Cursor) -> list[SqlRow]:
    rows: list[SqlRow] = []
    most, size = VALUES // len(cursor.description), 0
    for row in cursor:
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(rows) > most:
            raise UserError("stop.sql-rows", most=f"{VALUES // 1_000_000}")
        if size > MOST:
            raise UserError("stop.sql-large", most=f"{MOST // 1_000_000}")
    return rows


def _allowed(action: int, about: str | None, function: str | None, *_: object) -> int:
    """Whether a part of a statement only reads; full text search asks whether its data changed."""
    if function == "fts3_tokenizer":  # tells where in memory something stands
        return sqlite3.SQLITE_DENY
    searching = action == sqlite3.SQLITE_PRAGMA and about == "data_version"
    return sqlite3.SQLITE_OK if searching or action in _ALLOWED else sqlite3.SQLITE_DENY


def _told(reason: str, statement: str, late_after: float | None) -> BaseException:
    if reason == "interrupted":
        # What stops SQLite before its time is Ctrl-C, heard while the clock was looked at.
        late = late_after is not None
        return UserError("stop.sql-late", seconds=f"{late_after:g}") if late else KeyboardInterrupt()
    if "not authorized" in reason or "prohibited" in reason:
        return UserError("stop.no-question", found=statement[:100])
    if "too big" in reason or "out of memory" in reason:
        return UserError("stop.sql-large", most=f"{LONGEST // 1_000_000}")
    unknown = _UNKNOWN.search(reason)
    near = (_column if "column" in reason else _table)(unknown[1]) if unknown else ""
    return UserError("stop.sql", reason=reason.rstrip("."), nearest=near)


def _column(name: str) -> str:
    """The tables that have a column of this name, else the column whose name is nearest."""
    having = [f"{table.name}.{name}" for table in TABLES if name in {each.name for each in table.columns}]
    return ", ".join(having) or nearest(name, sorted({c.name for table in TABLES for c in table.columns}))


def _table(name: str) -> str:
    """How to ask for records of a kind that goes by this name, else the table whose name is nearest."""
    kind = next((kind.kind for kind in KINDS if name in (kind.kind, kind.folder)), "")
    asked = f"records where kind = '{kind}'" if kind else ""
    return asked or nearest(name, [*(table.name for table in TABLES), "search"])


def _apart(names: Iterable[str]) -> Iterator[str]:
    """The names of columns, those that return with a number behind them."""
    seen: set[str] = set()
    for name in names:
        own = name
        for number in count(2):
            if own not in seen:
                break
            own = f"{name}_{number}"
        seen.add(own)
        yield own


def _plain(value: object) -> SqlValue:
    """A value that every format can hold: bytes in hexadecimal, and what is beyond numbers as text."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float) else None
