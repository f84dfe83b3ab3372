"""A data folder as it stands: what is kept of it, after it was proved, and what changed since."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amk.errors import Lost
from amk.kept.folder import forget_oldest, is_own, made_folder, place_of
from amk.kept.register import KeptPaths, KeptRegister
from amk.kept.states import Seen, State, look
from amk.kept.store import Store, unpickled
from amk.knowledge import KnowledgeBase
from amk.loaded import NO_MANIFEST, Loaded, unread_of
from amk.problems import Problem
from amk.tree import MANIFEST, Blobs, Tree, Unreadable, raw_of, text_of, working_tree
from amk.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class Working(Value):
    """A data folder that was read: its texts and its records; where it is kept, the store."""

    tree: Tree
    loaded: Loaded
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


def read_working(root: Path, shipped: bool = False, processes: int = 1) -> Working:
    """Read a data folder, or what is kept of it where that is proved to be the same.

    `processes` is how many may read; more than one start the program that calls this anew.
    """
    place = place_of(str(root.resolve()), "kept")
    if place is not None:
        with suppress(OSError, ValueError, sqlite3.Error, Lost):
            return _kept(root, place, shipped, processes)
        with suppress(OSError):
            place.unlink(missing_ok=True)
    return read_anew(root, shipped)


def read_anew(root: Path, shipped: bool = False) -> Working:
    """Read a data folder, and believe nothing that is kept."""
    # The YAML reader and pydantic take longer to import than all that is kept takes to read.
    from amk.load import load

    tree = working_tree(root, shipped)
    return Working(tree, load(tree))


def _kept(root: Path, place: Path, shipped: bool, processes: int) -> Working:
    if place.exists() and not is_own(place):
        raise Lost("somebody else left this")
    made_folder(place)
    store = Store(place)
    seen = look(root)
    if not store.is_of(seen):
        _refresh(store, root, seen, processes)
        forget_oldest(place.parent, "kept")
    return _of(store, root, seen, shipped)


def _refresh(store: Store, root: Path, seen: Seen, processes: int) -> None:
    """Read what is new, what changed, and what may have changed."""
    from amk.kept.readings import read_all
    from amk.kept.taking import take

    known = store.files()
    doubtful = [path for path, state in seen.items() if not _is_proved(known.get(path), state)]
    digests = {path: kept[2] for path in doubtful if (kept := known.get(path))}
    readings = read_all(root, doubtful, digests, processes)
    news = (r for r in readings if r.content or known[r.path][:2] != (r.state, r.settled))
    take(store, news, known.keys() - seen.keys(), seen)


def _is_proved(kept: tuple[State | None, bool, bytes] | None, state: State | None) -> bool:
    return kept is not None and kept[1] and state is not None and kept[0] == state


def _of(store: Store, root: Path, seen: Mapping[str, Any], shipped: bool) -> Working:
    unreadable = {path: _unreadable(root, path) for path in _unreadable_paths(store)}
    texts = Texts(root, [path for path in seen if path not in unreadable])
    return Working(Tree(root, texts, unreadable, shipped), loaded_of(store), store)


def loaded_of(store: Store) -> Loaded:
    """What was read, as it is kept in a store."""
    problems = _problems(store, "problems")
    records = KeptRegister(store)
    paths = KeptPaths(records)
    manifest = store.rows("select pickled, checksum from records where path = ?", MANIFEST)
    said = unpickled(*manifest[0]) if manifest else NO_MANIFEST
    base = KnowledgeBase(records, records, said, paths, unread=frozenset(unread_of(problems, paths)))
    return Loaded(base, problems)


def _problems(store: Store, column: str) -> tuple[Problem, ...]:
    rows = store.rows(f"select {column} from files where {column} is not null order by path")
    return tuple(problem for (pickled,) in rows for problem in pickle.loads(pickled))


def _unreadable_paths(store: Store) -> list[str]:
    return [path for (path,) in store.rows("select path from files where unreadable order by path")]


def _unreadable(root: Path, path: str) -> Unreadable:
    read = _text(root, path)
    if isinstance(read, str):
        raise Lost(path)
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
                raise Lost(path)
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
