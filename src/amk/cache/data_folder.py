"""A data folder as it stands: what is kept of it, after it was proved, and what changed since."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from amk.cache.encoding import decode_problems, decode_record
from amk.cache.fingerprints import Fingerprint, Fingerprints, look
from amk.cache.location import cache_path, discard, evict_oldest, is_own, make_folder
from amk.cache.records import CachedPaths, CachedRecords
from amk.cache.store import Store
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem
from amk.storage.data_folder import MANIFEST, Blobs, Tree, Unreadable, raw_of, text_of, working_tree
from amk.storage.loaded import NO_MANIFEST, LoadResult, incomplete_of, unread_of
from amk.values.errors import CacheCorrupt
from amk.values.frozen import frozen


@frozen
class CachedFolder:
    """A data folder that was read: its texts and its records; where it is kept, the store."""

    tree: Tree
    loaded: LoadResult
    store: Store | None = None

    def blobs(self) -> Blobs | None:
        """The names that git would give to what the files hold, where they are known."""
        if self.store is None:
            return None
        return {path: tuple(told.split()) for path, told in self.store.rows("select path, blobs from files")}

    def alone(self) -> tuple[Problem, ...]:
        """The problems that records have whatever others say, as far as they are kept."""
        return _problems(self.store, "alone") if self.store else ()

    def others(self) -> tuple[Problem, ...]:
        """The problems that records have because of others, as far as they are kept."""
        return _problems(self.store, "others") if self.store else ()


def read_cached(root: Path, shipped: bool = False, processes: int = 1) -> CachedFolder:
    """Read a data folder, or what is kept of it where that is proved to be the same.

    `processes` is how many may read; more than one start the program that calls this anew.
    """
    place = cache_path(str(root.resolve()), "kept")
    if place is not None:
        with suppress(OSError, ValueError, sqlite3.Error, CacheCorrupt):
            return _kept(root, place, shipped, processes)
        with suppress(OSError):
            discard(place)
    return read_anew(root, shipped)


def read_anew(root: Path, shipped: bool = False) -> CachedFolder:
    """Read a data folder, and believe nothing that is kept."""
    # The YAML reader and pydantic take longer to import than all that is kept takes to read.
    from amk.storage.loading import load

    tree = working_tree(root, shipped)
    return CachedFolder(tree, load(tree))


def _kept(root: Path, place: Path, shipped: bool, processes: int) -> CachedFolder:
    make_folder(place)
    if os.path.lexists(place) and not is_own(place):
        raise CacheCorrupt("somebody else left this")
    store = Store(place)
    seen = look(root)
    if not store.is_of(seen):
        _refresh(store, root, seen, processes)
        evict_oldest(place.parent, "kept")
    return _of(store, root, seen, shipped)


def _refresh(store: Store, root: Path, seen: Fingerprints, processes: int) -> None:
    """Read what is new, what changed, and what may have changed."""
    from amk.cache.reader import read_all
    from amk.cache.refresh import refresh

    known = store.files()
    doubtful = [path for path, state in seen.items() if not _is_proved(known.get(path), state)]
    digests = {path: kept[2] for path in doubtful if (kept := known.get(path))}
    readings = read_all(root, doubtful, digests, processes)
    news = (r for r in readings if r.content or known[r.path][:2] != (r.state, r.racy))
    refresh(store, news, known.keys() - seen.keys(), seen)


def _is_proved(kept: tuple[Fingerprint | None, bool, bytes] | None, state: Fingerprint | None) -> bool:
    return kept is not None and not kept[1] and state is not None and kept[0] == state


def _of(store: Store, root: Path, seen: Mapping[str, Any], shipped: bool) -> CachedFolder:
    unreadable = {path: _unreadable(root, path) for path in _unreadable_paths(store)}
    texts = Texts(root, [path for path in seen if path not in unreadable])
    return CachedFolder(Tree(root, texts, unreadable, shipped), loaded_of(store), store)


def loaded_of(store: Store) -> LoadResult:
    """What was read, as it is kept in a store."""
    problems = _problems(store, "problems")
    records = CachedRecords(store)
    paths = CachedPaths(records)
    manifest = store.rows("select kind, record, checksum from records where path = ?", MANIFEST)
    said = decode_record(*manifest[0]) if manifest else NO_MANIFEST
    unread, incomplete = unread_of(problems, paths), incomplete_of(problems, paths)
    base = KnowledgeBase(records, records, said, paths, unread=unread, incomplete=incomplete)
    return LoadResult(base, problems)


def _problems(store: Store, column: str) -> tuple[Problem, ...]:
    rows = store.rows(f"select {column} from files where {column} is not null order by path")
    return tuple(problem for (raw,) in rows for problem in decode_problems(raw))


def _unreadable_paths(store: Store) -> list[str]:
    return [path for (path,) in store.rows("select path from files where unreadable order by path")]


def _unreadable(root: Path, path: str) -> Unreadable:
    read = _text(root, path)
    if isinstance(read, str):
        raise CacheCorrupt(path)
    return read


def _text(root: Path, path: str) -> str | Unreadable:
    raw = raw_of(str(root / path), root)
    return text_of(raw) if isinstance(raw, bytes) else raw


class Texts(Mapping[str, str]):
    """The texts of a data folder, read as they are asked for."""

    def __init__(self, root: Path, paths: list[str]) -> None:
        self._root = root
        self._texts: dict[str, str | None] = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> str:
        """The text of a file. Raises KeyError when it has none, and Lost when it is gone meanwhile."""
        known = self._texts[path]
        if known is None:
            read = _text(self._root, path)
            if isinstance(read, Unreadable):
                raise CacheCorrupt(path)
            known = self._texts[path] = read
        return known

    def __contains__(self, path: object) -> bool:
        """Whether a file has a text; it is not read for this."""
        return path in self._texts

    def __iter__(self) -> Iterator[str]:
        """The paths, in order."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._texts)
