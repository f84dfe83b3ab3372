"""SQLite files that were made of all texts, kept until a text differs: what searches, and tables for SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from amk.cache.location import cache_path, create, discard, evict_oldest, is_own, make_folder, partly
from amk.cache.sealing import is_whole, seal
from amk.values.errors import CacheCorrupt

Make = Callable[[str], sqlite3.Connection]
"""Makes a database at a path that is not there yet, or in memory."""


def cached_database(subject: str, suffix: str, make: Make) -> sqlite3.Connection:
    """The database that was made of a subject: the one kept, else made anew and kept."""
    place = cache_path(subject, suffix)
    kept = _opened(place) if place else None
    if kept is not None:
        return kept
    made = _made(place, make) if place else None
    return made if made is not None else make(":memory:")


@contextmanager
def whole() -> Iterator[None]:
    """For asking a database that is kept. Raises CacheCorrupt where it turns out not to be whole."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # A text that is no text is told by Python, which gives no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise CacheCorrupt(str(error)) from error
        raise


def _opened(place: Path) -> sqlite3.Connection | None:
    """The database kept there; None when there is none, or it is not whole, or not one's own."""
    if not (is_own(place) and _is_whole(place)):
        return None
    try:
        connection = sqlite3.connect(f"{place.as_uri()}?mode=ro&immutable=1", uri=True)
    except (ValueError, sqlite3.Error):
        return None
    try:
        # Full text is made ready here: where only reading is allowed, it can no longer be.
        tables = connection.execute("select name from sqlite_master where sql like 'create virtual table %'")
        for (name,) in tables.fetchall():
            connection.execute(f'select 1 from "{name}" limit 0')
    except sqlite3.Error:
        connection.close()
        return None
    return connection


def _is_whole(place: Path) -> bool:
    with suppress(OSError), place.open("rb") as file:
        return is_whole(place, file)
    return False


def _made(place: Path, make: Make) -> sqlite3.Connection | None:
    """Make a database and keep it, whole or not at all; None where it cannot be kept."""
    beside = partly(place)
    try:
        make_folder(place)
        discard(beside)
        create(beside)
        make(str(beside)).close()
        discard(place)
        with beside.open("rb") as file:
            seal(place, file)
        beside.replace(place)
        evict_oldest(place.parent, place.suffix.removeprefix("."))
    except (OSError, sqlite3.Error):
        with suppress(OSError):
            discard(beside)
        return None
    return _opened(place)
