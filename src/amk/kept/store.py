"""The readings of a data folder in one file: records by reference, kind, name, and by what they name."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from weakref import finalize
from zlib import crc32

from amk.errors import Lost
from amk.kept.states import Seen, State, stamp_of

PATIENCE = 1.0
"""Seconds to wait for another amk that writes to the same file; then this one keeps nothing."""

_TABLES = """
pragma synchronous = normal;
create table if not exists files (
  id integer primary key, path text unique, size int, modified int, changed int, inode int,
  settled int, digest blob, blobs text, unreadable int, problems blob, alone blob,
  others blob, unchecked int
);
create index if not exists files_unchecked on files (id) where unchecked;
create table if not exists records (
  file integer primary key, path text, ref text unique, kind text, sorting text, waives int,
  pickled blob, checksum int
);
create index if not exists records_of_kind on records (kind, sorting, path);
create index if not exists records_waiving on records (file) where waives;
create table if not exists naming (
  named text, kind text, field text, file int, primary key (named, kind, field, file)
) without rowid;
create index if not exists naming_by on naming (file);
create table if not exists names (name text, file int, primary key (name, file)) without rowid;
create index if not exists names_of on names (file);
create table if not exists keys (key int, file int, primary key (key, file)) without rowid;
create index if not exists keys_of on keys (file);
create table if not exists made (name text primary key, value blob) without rowid;
"""
"""`problems` are of the text, `alone` of the record by itself, `others` of what it names.

A record is `unchecked` while its `others` are to be found.
"""

Kept = tuple[State | None, bool, bytes]
"""The state of a file when it was read, whether that proves it the same, and the digest of what it held."""


class Store:
    """Readings that are kept, in a file or in memory.

    What is read from it is of one moment: while it is open nobody else changes it.
    """

    def __init__(self, place: Path | None) -> None:
        """Open the store in a file, made when it is not there. Raises sqlite3.Error where that cannot be."""
        where = str(place) if place else ":memory:"
        self._connection = sqlite3.connect(
            where, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        self._closing = finalize(self, self._connection.close)
        if not self.rows("select 1 from sqlite_master where name = 'keys_of'"):
            self._connection.executescript(_TABLES)
        self._connection.execute("begin")

    def copied(self) -> Store:
        """The same in memory, to try something in.

        Raises sqlite3.Error where that cannot be, as while something is written that is not kept yet.
        """
        found = Store(None)
        self._connection.backup(found._connection, progress=_unless_busy)
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """The rows that a question gives. Raises Lost where the file is not whole."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise Lost(str(error)) from error

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Do a statement for each of some rows. Raises sqlite3.Error where that cannot be."""
        self._connection.executemany(statement, rows)

    def commit(self) -> None:
        """Keep what was written; for this process only where another amk is reading.

        Raises sqlite3.Error where it cannot be kept at all.
        """
        try:
            self._connection.execute("commit")
        except sqlite3.OperationalError:
            # Busy: the transaction stays open, and what was written can be read in it until the process ends.
            if not self._connection.in_transaction:
                raise
            return
        self._connection.execute("begin")

    def is_of(self, seen: Seen) -> bool:
        """Whether every file is as it was when it was read, without any doubt."""
        return self.made("stamp") == stamp_of(seen).encode()

    def files(self) -> Mapping[str, Kept]:
        """What is known of each file."""
        rows = self.rows("select path, size, modified, changed, inode, settled, digest from files")
        return {r[0]: (None if r[1] is None else State(*r[1:5]), bool(r[5]), r[6]) for r in rows}

    def made(self, name: str) -> bytes | None:
        """Something that was made of all files, since the last time that any of them changed."""
        rows = self.rows("select value from made where name = ?", name)
        return rows[0][0] if rows else None

    def make(self, name: str, value: bytes) -> None:
        """Keep something that was made of all files, once it is committed. Raises as `write` does."""
        self.write("insert or replace into made values (?, ?)", [(name, value)])


def _unless_busy(status: int, left: int, total: int) -> None:
    """Give up on a copy that cannot go on: SQLite would wait for this process itself, for ever."""
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("busy")


def unpickled(pickled: bytes, checksum: int) -> Any:
    """The record that was kept. Raises Lost where it is not what was kept."""
    if crc32(pickled) != checksum:
        raise Lost("a record that was kept is not whole")
    return pickle.loads(pickled)
