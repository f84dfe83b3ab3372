"""Making again what of the index of search is no longer so: the records that changed, and who names them.

The index says beside each record which file it was made of, by the digest of what that held. Who
names a record that goes by another name now is indexed anew too: that name counts as words of theirs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from amk.analysis import stemmed_by
from amk.index import Row, note, records_in, told_about
from amk.kept.store import Store
from amk.knowledge import KnowledgeBase
from amk.records import Vocabulary

AT_ONCE = 500
"""For how many names at a time it is asked who names them."""

PAYS = 0.5
"""From which share of changed records on all of it is made anew, which is less work then."""


def is_current(index: sqlite3.Connection, store: Store) -> bool:
    """Whether an index is of all files as they are now, and its stems are those of now."""
    told = told_about(index, "content"), told_about(index, "stemmer")
    return told == (_content(store), stemmed_by())


def follow(index: sqlite3.Connection, base: KnowledgeBase, store: Store) -> None:
    """Index what changed since; all anew where that is less work, or where labels may have changed."""
    # Imported where they are used: most questions find the index as it should be.
    from amk.indexing import bring_up, make

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


def _differs(row: Row | None, digest: bytes | None) -> bool:
    return (row.digest if row else None) != digest


def _is_renamed(base: KnowledgeBase, ref: str, row: Row | None) -> bool:
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
