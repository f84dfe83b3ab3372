"""The index of search of a data folder: one file, kept and brought up to date in one transaction.

While it is open it is of one moment, as the store is.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from amk.index import told_about
from amk.kept.folder import forget_oldest, is_own, made_folder, place_of
from amk.kept.following import follow, is_current
from amk.kept.store import PATIENCE, Store
from amk.kept.working import Working
from amk.knowledge import KnowledgeBase


def open_index(working: Working) -> sqlite3.Connection:
    """The index of a data folder: the one kept, brought up to date; in memory where it cannot be kept."""
    base, store = working.loaded.base, working.store
    place = place_of(str(working.tree.root.resolve()), "index") if store else None
    if store is None or place is None:
        return _anew(base)
    with suppress(OSError):
        made_folder(place)
    if place.exists() and not is_own(place):
        return _anew(base)
    for _ in range(2):
        try:
            return _opened(place, base, store)
        except sqlite3.OperationalError:
            break
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            # It is not whole, and what SQLite says of it may not be a text: once more, from nothing.
            with suppress(OSError):
                place.unlink(missing_ok=True)
    return _anew(base)


def _anew(base: KnowledgeBase) -> sqlite3.Connection:
    from amk.indexing import index_of

    return index_of(base)


def _opened(place: Path, base: KnowledgeBase, store: Store) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("begin")
        if is_current(connection, store):
            return connection
        with suppress(sqlite3.OperationalError):
            return _followed_there(connection, place, base, store)
        # The disk is full, or nothing may be written, or another amk is writing.
        return _followed_in_memory(connection, base, store)
    except BaseException:
        connection.close()
        raise


def _followed_there(
    connection: sqlite3.Connection, place: Path, base: KnowledgeBase, store: Store
) -> sqlite3.Connection:
    """The index, brought up to date in the file that it is kept in. Raises OperationalError else."""
    # What is written on the way stays in memory as long as it can: others may read meanwhile.
    connection.execute("pragma cache_size = -16000")
    follow(connection, base, store)
    try:
        connection.execute("commit")
    except sqlite3.OperationalError:
        # Another amk reads: what was written can be read here, and is not kept.
        if not connection.in_transaction:
            raise
        return connection
    with suppress(OSError):
        forget_oldest(place.parent, "index")
    connection.execute("begin")
    if not is_current(connection, store):
        raise sqlite3.OperationalError("another amk was there in between")
    return connection


def _followed_in_memory(
    connection: sqlite3.Connection, base: KnowledgeBase, store: Store
) -> sqlite3.Connection:
    """A copy of the index, brought up to date, for this process only."""
    if connection.in_transaction:
        connection.execute("rollback")
    # What is read within a transaction is copied without waiting for anybody.
    connection.execute("begin")
    told_about(connection, "content")
    memory = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(memory)
    connection.close()
    memory.execute("begin")
    follow(memory, base, store)
    return memory
