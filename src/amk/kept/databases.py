"""SQLite files that were made of all texts, kept until a text differs: what searches, and tables for SQL."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from amk.errors import Lost
from amk.kept.folder import forget_oldest, is_own, made_folder, place_of

Make = Callable[[str], sqlite3.Connection]
"""Makes a database at a path that is not there yet, or in memory."""


def open_kept(subject: str, suffix: str, make: Make) -> sqlite3.Connection:
    """The database that was made of a subject: the one kept, else made anew and kept."""
    place = place_of(subject, suffix)
    kept = _opened(place) if place else None
    if kept is not None:
        return kept
    made = _made(place, make) if place else None
    return made if made is not None else make(":memory:")


@contextmanager
def whole() -> Iterator[None]:
    """For asking a database that is kept. Raises Lost where it turns out not to be whole."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # A text that is no text is told by Python, which gives no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise Lost(str(error)) from error
        raise


def _opened(place: Path) -> sqlite3.Connection | None:
    """The database kept there; None when there is none, or it is not whole, or not one's own."""
    if not (is_own(place) and _is_as_long_as_it_says(place)):
        return None
    try:
        connection = sqlite3.connect(f"{place.as_uri()}?mode=ro&immutable=1", uri=True)
    except (ValueError, sqlite3.Error):
        return None
    try:
        # Full text is made ready here: where only reading is allowed, it can no longer be.
        found = connection.execute("select name from sqlite_master where sql like 'create virtual table %'")
        for (name,) in found.fetchall():
            connection.execute(f'select 1 from "{name}" limit 0')
    except sqlite3.Error:
        connection.close()
        return None
    return connection


def _is_as_long_as_it_says(place: Path) -> bool:
    """Whether a file has all the pages that its head speaks of (https://sqlite.org/fileformat.html, 1.3)."""
    with suppress(OSError), place.open("rb") as file:
        head = file.read(32)
        size, pages = (int.from_bytes(part, "big") for part in (head[16:18], head[28:32]))
        # A page of 65,536 bytes is written as 1.
        return place.stat().st_size == (65_536 if size == 1 else size) * pages
    return False


def _made(place: Path, make: Make) -> sqlite3.Connection | None:
    """Make a database and keep it, whole or not at all; None where it cannot be kept."""
    beside = place.with_suffix(f".{os.getpid()}")
    try:
        made_folder(place)
        beside.unlink(missing_ok=True)
        make(str(beside)).close()
        beside.replace(place)
        forget_oldest(place.parent, place.suffix.removeprefix("."))
    except (OSError, sqlite3.Error):
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        return None
    return _opened(place)
