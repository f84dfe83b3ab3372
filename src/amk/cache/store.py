"""The readings of a data folder in one file: records by reference, kind, name, and by what they name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from weakref import finalize

from amk.cache.fingerprints import Fingerprint, Fingerprints, fingerprint_of
from amk.cache.sealing import open_sealed
from amk.values.errors import CacheCorrupt

_TABLES = """
pragma synchronous = normal;
pragma cache_size = -16000;
begin immediate;
create table if not exists files (
  id integer primary key, path text unique, size int, modified int, changed int, inode int,
  racy int, digest blob, blobs text, unreadable int, problems blob, alone blob,
  others blob, unchecked int
);
create index if not exists files_unchecked on files (id) where unchecked;
create table if not exists records (
  file integer primary key, path text, ref text unique, kind text, sorting text, waives int, speaks int,
  renamed int, record blob, checksum int
);
create index if not exists records_of_kind on records (kind, sorting, path);
create index if not exists records_waiving on records (file) where waives;
create index if not exists records_speaking on records (file) where speaks;
create index if not exists records_renamed on records (file) where renamed;
create table if not exists naming (
  named text, kind text, field text, file int, primary key (named, kind, field, file)
) without rowid;
create table if not exists names (name text, file int, primary key (name, file)) without rowid;
create table if not exists keys (key int, file int, primary key (key, file)) without rowid;
create table if not exists made (name text primary key, value blob) without rowid;
commit;
"""
"""`problems` are of the text, `alone` of the record by itself, `others` of what it names.

A record is `unchecked` while its `others` are to be found.
"""

_BY_FILE = {"naming_by": "naming", "names_of": "names", "keys_of": "keys"}
"""Indexes for forgetting what a file gave: made when the first file changes; many folders are read once."""

Kept = tuple[Fingerprint | None, bool, bytes]
"""The state of a file when it was read, whether that proves too little, and the digest of what it held."""


class Store:
    """Readings that are kept, in a file or in memory.

    What is read from it is of one moment: while it is open nobody else changes it.
    """

    def __init__(self, place: Path | None) -> None:
        """Open the store in a file, made when it is not there.

        Raises OSError or sqlite3.Error where that cannot be, and CacheCorrupt where the file is not whole.
        """
        settings: dict[str, Any] = {"isolation_level": None, "check_same_thread": False}
        self._sealed = open_sealed(place, **settings) if place else None
        self._connection = self._sealed or sqlite3.connect(":memory:", **settings)
        self._closing = finalize(self, self._connection.close)
        self._connection.execute("begin")
        if not self._holds_anything():
            self._connection.execute("commit")
            self._connection.executescript(_TABLES)
            self._begin_sealed()
        elif self._sealed and not self._sealed.is_whole():
            raise CacheCorrupt("the store is not what was kept")

    def _holds_anything(self) -> bool:
        """Whether there are tables; from this on the file is locked for reading."""
        return bool(self.rows("select 1 from sqlite_master"))

    def _begin_sealed(self) -> None:
        self._connection.execute("begin")
        if self._sealed and self._holds_anything():
            self._sealed.seal()

    def copied(self) -> Store:
        """The same in memory, to try something in.

        Raises sqlite3.Error where that cannot be, as while something is written that is not kept yet.
        """
        copy = Store(None)
        self._connection.backup(copy._connection, progress=_unless_busy)
        return copy

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """The rows that a question gives. Raises CacheCorrupt where the file is not whole."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise CacheCorrupt(str(error)) from error

    def index_by_file(self) -> None:
        """Make it fast to forget what a file gave. Raises as `write` does."""
        for name, table in _BY_FILE.items():
            self._connection.execute(f"create index if not exists {name} on {table} (file)")

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
        self._begin_sealed()

    def is_of(self, seen: Fingerprints) -> bool:
        """Whether every file is as it was when it was read, without any doubt."""
        return self.made("fingerprint") == fingerprint_of(seen).encode()

    def files(self) -> Mapping[str, Kept]:
        """What is known of each file."""
        rows = self.rows("select path, size, modified, changed, inode, racy, digest from files")
        return {r[0]: (None if r[1] is None else Fingerprint(*r[1:5]), bool(r[5]), r[6]) for r in rows}

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
