"""The index of search of a data folder: one file, kept and brought up to date in one transaction.

While it is open it is of one moment, as the store is. It says beside each record which file it was
made of, by the digest of what that held. Who names a record that goes by another name now is indexed
anew too: that name counts as words of theirs.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from amk.cache.data_folder import CachedFolder
from amk.cache.location import cache_path, discard, evict_oldest, is_own, make_folder
from amk.cache.sealing import SealedConnection, open_sealed
from amk.cache.store import Store
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Vocabulary
from amk.search.index_tables import IndexedRecord, note, records_in, told_about
from amk.search.text_analysis import stemmed_by
from amk.values.errors import CacheCorrupt

AT_ONCE = 500
"""For how many names at a time it is asked who names them."""

PAYS = 0.5
"""From which share of changed records on all of it is made anew, which is less work then."""


def open_index(working: CachedFolder) -> sqlite3.Connection:
    """The index of a data folder: the one kept, brought up to date; in memory where it cannot be kept."""
    base, store = working.loaded.base, working.store
    place = cache_path(str(working.tree.root.resolve()), "index") if store else None
    if store is None or place is None:
        return _anew(base)
    try:
        make_folder(place)
    except OSError:
        return _anew(base)
    if os.path.lexists(place) and not is_own(place):
        return _anew(base)
    for _ in range(2):
        try:
            return _opened(place, base, store)
        except (OSError, sqlite3.OperationalError):
            break
        except (CacheCorrupt, sqlite3.DatabaseError, UnicodeDecodeError):
            # It is not whole, and what SQLite says of it may not be a text: once more, from nothing.
            with suppress(OSError):
                discard(place)
    return _anew(base)


def _anew(base: KnowledgeBase) -> sqlite3.Connection:
    from amk.search.indexer import index_of

    return index_of(base)


def _opened(place: Path, base: KnowledgeBase, store: Store) -> sqlite3.Connection:
    connection = open_sealed(place, isolation_level=None)
    try:
        connection.execute("begin")
        if connection.execute("select 1 from sqlite_master").fetchone() and not connection.is_whole():
            raise CacheCorrupt("the index is not what was kept")
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
    connection: SealedConnection, place: Path, base: KnowledgeBase, store: Store
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
        evict_oldest(place.parent, "index")
    connection.execute("begin")
    if not is_current(connection, store):
        raise sqlite3.OperationalError("another amk was there in between")
    connection.seal()
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


def is_current(index: sqlite3.Connection, store: Store) -> bool:
    """Whether an index is of all files as they are now, and its stems are those of now."""
    made_of = told_about(index, "content"), told_about(index, "stemmer")
    return made_of == (_content(store), stemmed_by())


def follow(index: sqlite3.Connection, base: KnowledgeBase, store: Store) -> None:
    """Index what changed since; all anew where that is less work, or where labels may have changed."""
    # Imported where they are used: most questions find the index as it should be.
    from amk.search.indexer import bring_up, make

    digests = _digests(store)
    known = records_in(index) if told_about(index, "stemmer") == stemmed_by() else {}
    changed = {ref for ref in known.keys() | digests.keys() if _differs(known.get(ref), digests.get(ref))}
    if len(changed) > PAYS * len(digests) or any(ref.startswith(f"{Vocabulary.kind}/") for ref in changed):
        make(index, base, digests)
    else:
        renamed = (ref for ref in changed if _is_renamed(base, ref, known.get(ref)))
        stale = sorted(changed.union(_naming(store, renamed)))
        gone = (known[ref].id for ref in stale if ref in known)
        bring_up(index, base, gone, (base.known[ref] for ref in stale if ref in digests), digests)
    note(index, "content", _content(store))
    note(index, "stemmer", stemmed_by())


def _differs(row: IndexedRecord | None, digest: bytes | None) -> bool:
    return (row.digest if row else None) != digest


def _is_renamed(base: KnowledgeBase, ref: str, row: IndexedRecord | None) -> bool:
    """Whether who names a record tells another name than before; the reference where there is no record."""
    return base.name(ref) != (row.name if row else ref)


def _naming(store: Store, refs: Iterable[str]) -> Iterator[str]:
    """The records that name one of these; in a field for another kind too, where that is a mistake."""
    named = [text for ref in refs for text in (ref, f"?{ref}")]
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        which = f"where path in (select path from naming where named in ({', '.join('?' * len(some))}))"
        yield from (ref for (ref,) in store.rows(f"select ref from records {which}", *some))


def _content(store: Store) -> bytes:
    return store.made("content") or b""


def _digests(store: Store) -> Mapping[str, bytes]:
    """The digest of the file that each record was read from, by reference."""
    rows = "select ref, digest from records join files using (path) where kind != 'manifest'"
    return dict(store.rows(rows))
