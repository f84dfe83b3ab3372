"""A checksum of all that a file holds, kept beside it: what changed by accident is not believed.

A database is sealed after it was written, while its lock is held for reading; who finds another count of
changes than the seal speaks of waits for that.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from amk.cache.location import SEAL, create, partly

PATIENCE = 1.0
"""Seconds to wait for another amk that writes to the same file; then this one keeps nothing."""

_PIECE = 1 << 20


class SealedConnection(sqlite3.Connection):
    """A database in a file that is kept, with its seal."""

    place: Path
    file: BinaryIO

    def is_whole(self) -> bool:
        """Whether the file holds what it was sealed with; asked while it is locked for reading."""
        return is_whole(self.place, self.file)

    def seal(self) -> None:
        """Seal the file as it is; asked while it is locked for reading."""
        with suppress(OSError):
            seal(self.place, self.file)

    def close(self) -> None:
        """Let go of the database, and only then of the file: closing that would end SQLite's locks."""
        super().close()
        self.file.close()


def open_sealed(place: Path, **settings: Any) -> SealedConnection:
    """A connection to a database that is kept, made for the user alone where there is none.

    Raises OSError or sqlite3.Error where that cannot be.
    """
    create(place)
    file = place.open("rb")
    try:
        connection = sqlite3.connect(place, timeout=PATIENCE, factory=SealedConnection, **settings)
    except BaseException:
        file.close()
        raise
    connection.place, connection.file = place, file
    return connection


def seal(place: Path, file: BinaryIO) -> None:
    """Keep the checksum of a file beside it. Raises OSError where that cannot be."""
    beside = partly(_seal_of(place))
    create(beside)
    beside.write_text(_told(file), encoding="ascii")
    beside.replace(_seal_of(place))


def is_whole(place: Path, file: BinaryIO) -> bool:
    """Whether a file holds what it was sealed with."""
    told, until = _told(file), time.monotonic() + PATIENCE
    while (sealed := _sealed(place)) != told:
        if _changes(sealed) == _changes(told) or time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _seal_of(place: Path) -> Path:
    return place.with_name(place.name + SEAL)


def _sealed(place: Path) -> str:
    try:
        return _seal_of(place).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _changes(told: str) -> str:
    return told.partition(" ")[0]


def _told(file: BinaryIO) -> str:
    """How often a file was changed, as SQLite counts it in the head, and the checksum of all of it."""
    file.seek(0)
    checksum, head = 0, b""
    while piece := file.read(_PIECE):
        head = head or piece
        checksum = crc32(piece, checksum)
    return f"{int.from_bytes(head[24:28], 'big')} {checksum}"
