"""Questions in SQL: read only, within a time, and told with the nearest name where one is wrong."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from itertools import count

from amk.errors import Stop
from amk.nearest import nearest
from amk.tables import TABLES, Value

SECONDS = 60.0
"""How long a question may take where nothing else is asked."""

VALUES = 5_000_000
"""How many values an answer may have, in all its rows and columns; `amk export` is for more."""

_AT_ONCE = 10_000

_STEPS = 20_000
"""After so many steps of SQLite the clock is looked at, and Ctrl-C is heard: some milliseconds."""

_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_NOT_WHOLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNKNOWN = re.compile(r"no such (?:table|column): (?:\w+\.)?(\w+)$")

Row = tuple[object, ...]
Answer = tuple[tuple[str, ...], list[tuple[Value, ...]]]


def ask(connection: sqlite3.Connection, statement: str, seconds: float = SECONDS) -> Answer:
    """The names of the columns and the rows of a question in SQL; nothing but a question is allowed.

    Raises Stop for any other statement, for one that is wrong, and for one that takes or gives too much.
    """
    connection.set_authorizer(_allowed)
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        cursor = connection.execute(statement)
        if cursor.description is None:
            raise Stop("stop.no-question", found=statement[:100])
        rows = _rows(cursor)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_WHOLE:
            raise
        raise _told(str(error), statement, seconds if time.monotonic() > until else None) from error
    finally:
        connection.set_progress_handler(None, 0)
    return tuple(_apart(column[0] for column in cursor.description)), [tuple(map(_plain, r)) for r in rows]


def _rows(cursor: sqlite3.Cursor) -> list[Row]:
    rows: list[Row] = []
    while more := cursor.fetchmany(_AT_ONCE):
        rows += more
        if len(rows) * len(cursor.description) > VALUES:
            raise Stop("stop.sql-rows", most=f"{VALUES // 1_000_000}")
    return rows


def _allowed(action: int, about: str | None, *_: object) -> int:
    """Whether a part of a statement only reads; full text search asks whether its data changed."""
    searching = action == sqlite3.SQLITE_PRAGMA and about == "data_version"
    return sqlite3.SQLITE_OK if searching or action in _ALLOWED else sqlite3.SQLITE_DENY


def _told(reason: str, statement: str, late_after: float | None) -> BaseException:
    if reason == "interrupted":
        # What stops SQLite before its time is Ctrl-C, heard while the clock was looked at.
        late = late_after is not None
        return Stop("stop.sql-late", seconds=f"{late_after:g}") if late else KeyboardInterrupt()
    if "not authorized" in reason or "prohibited" in reason:
        return Stop("stop.no-question", found=statement[:100])
    unknown = _UNKNOWN.search(reason)
    near = nearest(unknown[1], _names("column" in reason)) if unknown else ""
    return Stop("stop.sql", reason=reason.rstrip("."), nearest=near)


def _names(columns: bool) -> list[str]:
    if columns:
        return sorted({column.name for table in TABLES for column in table.columns})
    return [*(table.name for table in TABLES), "search"]


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


def _plain(value: object) -> Value:
    """A value that every format can hold: bytes in hexadecimal, and what is beyond numbers as text."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float) else None
