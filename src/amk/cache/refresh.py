"""New readings into the store, and what has to be checked again because of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from amk.cache.encoding import encode_problems
from amk.cache.fingerprints import Fingerprints, fingerprint_of
from amk.cache.reader import FileContent, FileReading
from amk.cache.store import Store
from amk.model.problems import Problem
from amk.storage.data_folder import MANIFEST
from amk.storage.loaded import ref_of

AT_ONCE = 500
"""How many readings are written at a time: enough to be fast, few enough to hold."""

FEW = 0.1
"""The share of files up to which it is worth finding out what a change of them can touch."""

FOR_ALL = ("vocabulary/", MANIFEST)
"""How the paths begin of what every record may depend on."""

SqlRow = tuple[Any, ...]


def refresh(store: Store, readings: Iterable[FileReading], gone: Iterable[str], seen: Fingerprints) -> None:
    """Keep new readings instead of older ones, and nothing of files that are gone.

    Raises sqlite3.Error where it cannot be kept.
    """
    ids = dict(store.rows("select path, id from files"))
    changed = set(gone)
    _forget(store, [ids.pop(path) for path in changed])
    for some in _portions(readings):
        changed.update(_keep(store, some, ids))
    if changed:
        store.write("delete from made", [()])
        store.make("content", _content(store))
        _uncheck(store, changed, len(ids))
    doubtful = store.rows("select 1 from files where racy limit 1")
    store.make("fingerprint", b"" if doubtful else fingerprint_of(seen).encode())
    store.commit()


def _portions(readings: Iterable[FileReading]) -> Iterator[list[FileReading]]:
    waiting = iter(readings)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _forget(store: Store, ids: Sequence[int]) -> None:
    """Forget files, and all that they gave."""
    if not ids:
        return
    store.index_by_file()
    for table in ("naming", "names", "keys", "records"):
        store.write(f"delete from {table} where file = ?", ((id,) for id in ids))
    store.write("delete from files where id = ?", ((id,) for id in ids))


def _keep(store: Store, readings: Sequence[FileReading], ids: dict[str, int]) -> Iterable[str]:
    """Keep some readings; the paths of those that gave something else than before."""
    same = [(*_proof(reading), reading.path) for reading in readings if reading.content is None]
    columns = "size, modified, changed, inode, racy, digest, blobs, unreadable"
    store.write(f"update files set ({columns}) = (?, ?, ?, ?, ?, ?, ?, ?) where path = ?", same)
    given = [(reading, reading.content) for reading in readings if reading.content is not None]
    _forget(store, [ids[reading.path] for reading, _ in given if reading.path in ids])
    free = max(ids.values(), default=0) + 1
    numbered = [(ids.setdefault(r.path, free + n), r, content) for n, (r, content) in enumerate(given)]
    _put(store, "files", [_file(id, reading, content) for id, reading, content in numbered])
    records = [(id, reading.path, content) for id, reading, content in numbered if content.kind]
    _put(store, "records", [_record(*each) for each in records])
    _put(store, "naming", [(to, c.kind, field, id) for id, _, c in records for field, to in c.naming])
    _put(store, "names", [(name, id) for id, _, c in records for name in c.names])
    _put(store, "keys", [(key, id) for id, _, c in records for key in c.keys])
    return (reading.path for reading, _ in given)


def _put(store: Store, table: str, rows: list[SqlRow]) -> None:
    """Rows into a table, in its order: that is faster."""
    if rows:
        rows.sort(key=lambda row: row[0])
        store.write(f"insert into {table} values ({', '.join('?' for _ in rows[0])})", rows)


def _proof(reading: FileReading) -> SqlRow:
    state = reading.state or (None,) * 4
    return *state, reading.racy, reading.digest, " ".join(reading.blobs), reading.unreadable


def _file(id: int, reading: FileReading, content: FileContent) -> SqlRow:
    problems = (_encoded(content.problems), _encoded(content.alone))
    return id, reading.path, *_proof(reading), *problems, None, True


def _encoded(problems: Sequence[Problem]) -> bytes | None:
    return encode_problems(problems) if problems else None


def _record(id: int, path: str, content: FileContent) -> SqlRow:
    named = (content.ref, content.kind, content.sorting)
    return id, path, *named, content.waives, content.speaks, content.renamed, content.record, content.checksum


def _content(store: Store) -> bytes:
    """A digest of what all files hold."""
    digest = sha256()
    for path, each in store.rows("select path, digest from files order by path"):
        digest.update(f"{len(path.encode())} {path}".encode() + each)
    return digest.hexdigest().encode()


def _uncheck(store: Store, changed: Collection[str], count: int) -> None:
    """Say of what records the problems are to be found anew that they have because of others.

    They are those that changed and those that name one that did; all where all may depend on it. And
    those that have such problems: what is told of them may be of a record that they do not name, such
    as the one that is nearest to a name that leads nowhere.
    """
    if len(changed) > FEW * count or any(path.startswith(FOR_ALL) for path in changed):
        store.write("update files set unchecked = 1", [()])
        return
    store.write(
        "update files set unchecked = 1 where id in (select file from naming where named = ?)",
        ((ref_of(path),) for path in changed),
    )
    store.write("update files set unchecked = 1 where others is not null", [()])


def unchecked(store: Store) -> Sequence[str]:
    """The references of the records whose problems because of others are to be found."""
    which = "select id from files where unchecked"
    return [ref for (ref,) in store.rows(f"select ref from records where file in ({which}) order by path")]


def keep_checked(store: Store, found: Iterable[Problem]) -> None:
    """Keep the problems that records have because of others, of which some were found anew."""
    by_path: dict[str, list[Problem]] = {}
    for problem in found:
        by_path.setdefault(problem.path, []).append(problem)
    store.write("update files set others = null, unchecked = 0 where unchecked", [()])
    rows = ((_encoded(problems), path) for path, problems in by_path.items())
    store.write("update files set others = ? where path = ?", rows)
