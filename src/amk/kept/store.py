"""The readings of a data folder in one file: records by reference, kind, name, and by what they name."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import finalize
from zlib import crc32

from amk.errors import Lost
from amk.kept.given import Content, Reading
from amk.kept.states import Seen, State, stamp_of

PATIENCE = 1.0
"""Seconds to wait for another amk that writes to the same file; then this one keeps nothing."""

_TABLES = """
pragma synchronous = normal;
create table if not exists files (
  path text primary key, size int, modified int, changed int, inode int,
  settled int, digest blob, blobs text, unreadable int, problems blob, alone blob
) without rowid;
create table if not exists records (
  path text primary key, ref text unique, kind text, sorting text, pickled blob, checksum int
);
create index if not exists records_of_kind on records (kind, sorting, path);
create table if not exists naming (
  named text, kind text, field text, path text, primary key (named, kind, field, path)
) without rowid;
create index if not exists naming_by on naming (path);
create table if not exists names (name text, path text, primary key (name, path)) without rowid;
create index if not exists names_of on names (path);
create table if not exists made (name text primary key, value blob) without rowid;
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
        if not self.rows("select 1 from sqlite_master where name = 'names_of'"):
            self._connection.executescript(_TABLES)
        self._connection.execute("begin")

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def is_of(self, seen: Seen) -> bool:
        """Whether every file is as it was when it was read, without any doubt."""
        return self.made("stamp") == stamp_of(seen).encode()

    def files(self) -> Mapping[str, Kept]:
        """What is known of each file."""
        rows = self.rows("select path, size, modified, changed, inode, settled, digest from files")
        return {r[0]: (None if r[1] is None else State(*r[1:5]), bool(r[5]), r[6]) for r in rows}

    def take(self, readings: Iterable[Reading], gone: Iterable[str], seen: Seen) -> None:
        """Keep new readings instead of older ones, and nothing of files that are gone.

        Where another amk is reading, it is kept for this process only. Raises sqlite3.Error where
        it cannot be kept at all.
        """
        changed = [self._drop(path) for path in gone] + [self._keep(reading) for reading in readings]
        run = self._connection.execute
        if any(changed):
            run("delete from made")
            run("insert into made values ('content', ?)", (self._content(),))
        doubtful = self.rows("select 1 from files where not settled limit 1")
        stamp = b"" if doubtful else stamp_of(seen).encode()
        run("insert or replace into made values ('stamp', ?)", (stamp,))
        self._commit()

    def _commit(self) -> None:
        try:
            self._connection.execute("commit")
        except sqlite3.OperationalError:
            # Busy: the transaction stays open, and what was taken can be read in it until the process ends.
            if not self._connection.in_transaction:
                raise
            return
        self._connection.execute("begin")

    def _content(self) -> bytes:
        """A digest of what all files hold."""
        digest = sha256()
        for path, each in self.rows("select path, digest from files order by path"):
            digest.update(f"{len(path.encode())} {path}".encode() + each)
        return digest.hexdigest().encode()

    def _drop(self, path: str) -> bool:
        self._forget(path)
        self._connection.execute("delete from files where path = ?", (path,))
        return True

    def _forget(self, path: str) -> None:
        for table in ("naming", "names", "records"):
            self._connection.execute(f"delete from {table} where path = ?", (path,))

    def _keep(self, reading: Reading) -> bool:
        run = self._connection.execute
        state = reading.state or (None,) * 4
        proof = (*state, reading.settled, reading.digest, " ".join(reading.blobs), reading.unreadable)
        if reading.content is None:
            columns = "size, modified, changed, inode, settled, digest, blobs, unreadable"
            values = "?, ?, ?, ?, ?, ?, ?, ?"
            run(f"update files set ({columns}) = ({values}) where path = ?", (*proof, reading.path))
            return False
        self._forget(reading.path)
        found = (reading.content.problems, reading.content.alone)
        problems = (pickle.dumps(each) if each else None for each in found)
        marks = ", ".join("?" * 11)
        run(f"insert or replace into files values ({marks})", (reading.path, *proof, *problems))
        if reading.content.kind:
            self._keep_record(reading.path, reading.content)
        return True

    def _keep_record(self, path: str, content: Content) -> None:
        run, many = self._connection.execute, self._connection.executemany
        row = (path, content.ref, content.kind, content.sorting, content.pickled, content.checksum)
        run("insert into records values (?, ?, ?, ?, ?, ?)", row)
        many("insert into names values (?, ?)", ((name, path) for name in content.names))
        rows = ((ref, content.kind, field, path) for field, ref in content.naming)
        many("insert into naming values (?, ?, ?, ?)", rows)

    def made(self, name: str) -> bytes | None:
        """Something that was made of all files, since the last time that any of them changed."""
        rows = self.rows("select value from made where name = ?", name)
        return rows[0][0] if rows else None

    def make(self, name: str, value: bytes) -> None:
        """Keep something that was made of all files. Raises sqlite3.Error where it cannot be kept."""
        self._connection.execute("insert or replace into made values (?, ?)", (name, value))
        self._commit()

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """The rows that a question gives. Raises Lost where the file is not whole."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise Lost(str(error)) from error


def unpickled(pickled: bytes, checksum: int) -> Any:
    """The record that was kept. Raises Lost where it is not what was kept."""
    if crc32(pickled) != checksum:
        raise Lost("a record that was kept is not whole")
    return pickle.loads(pickled)
