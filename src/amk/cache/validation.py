"""A validation of a data folder: kept until something differs, and then as far as it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256

from amk.cache.data_folder import CachedFolder, loaded_of
from amk.cache.encoding import decode, encode, plain_problem, problem_of
from amk.cache.reader import FileReading, content_of
from amk.cache.records import CachedRecords
from amk.cache.refresh import keep_checked, refresh, unchecked
from amk.cache.store import Store
from amk.checks import check, check_between, check_shared
from amk.checks.validation import Validation, caused_since, find_caused, told_of, validation_of
from amk.model.collection import InMemory
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem
from amk.storage.data_folder import Unreadable, blobs_of, text_of
from amk.storage.edits import Edit
from amk.storage.preview import tree_after
from amk.values.errors import CacheCorrupt

AT_ONCE = 500
"""How many records are checked at a time."""

MANY = 0.3
"""The share of the records from which it is faster to read and check all of them."""


def find_problems_cached(working: CachedFolder, today: date, only: Collection[str] = ()) -> Validation:
    """The same as `find_problems`, at once when the same was asked before."""
    if working.store is None:
        return told_of(validation_of(working.loaded, working.tree, check(working.loaded.base), today), only)
    return told_of(_kept(working, working.store, today), only)


def _kept(working: CachedFolder, store: Store, today: date) -> Validation:
    # The rules need no name here: what is kept belongs to the rules that made it.
    name = f"validation {today.isoformat()}"
    kept = store.made(name)
    if kept is not None:
        return _decoded(kept)
    base = working.loaded.base
    others = _because_of_others(working, store)
    between = (*others, *check_shared(base))
    validation = validation_of(working.loaded, working.tree, (*working.alone(), *between), today)
    with suppress(sqlite3.Error):
        keep_checked(store, others)
        store.make(name, _encoded(validation))
        store.commit()
    return validation


def _encoded(validation: Validation) -> bytes:
    problems = [plain_problem(problem) for problem in validation.problems]
    waivers = [[*waived, count] for waived, count in validation.waivers.items()]
    return encode([problems, validation.files, validation.waived, waivers])


def _decoded(raw: bytes) -> Validation:
    problems, files, waived, waivers = decode(raw)
    counts = {(code, reason): count for code, reason, count in waivers}
    return Validation(tuple(map(problem_of, problems)), files, waived, counts)


def _because_of_others(working: CachedFolder, store: Store) -> Sequence[Problem]:
    """The problems that records have because of others; found for those that a change can have touched."""
    touched = unchecked(store)
    if not touched:
        return working.others()
    base = working.loaded.base
    return [p for some in _portions(base, touched) for p in check_between(replace(base, records=some))]


def _portions(base: KnowledgeBase, refs: Sequence[str]) -> Iterable[InMemory]:
    """These records; all of them where that is faster, in portions, so that few are held at a time."""
    if isinstance(base.known, CachedRecords) and len(refs) > MANY * len(base.known):
        return base.known.portions(AT_ONCE)
    return [InMemory({ref: base.known[ref] for ref in refs})]


def preview_problems(
    working: CachedFolder, edits: Sequence[Edit], today: date, renamed: Mapping[str, str]
) -> Validation:
    """The problems that edits would cause, and those of before them; as `find_caused`, which reads all."""
    if working.store is not None:
        with suppress(sqlite3.Error, CacheCorrupt):
            # What is kept of before says what a change cannot touch: it is found first.
            before = find_problems_cached(working, today)
            after = find_problems_cached(_foreseen(working, working.store.copied(), edits), today)
            return caused_since(before.problems, before.waivers, after, renamed)
    return find_caused(working.tree, tree_after(working.tree, edits), today, renamed)


def _foreseen(working: CachedFolder, store: Store, edits: Sequence[Edit]) -> CachedFolder:
    """The data folder as it will be. Raises sqlite3.Error where that cannot be held."""
    gone = [edit.path for edit in edits if edit.after is None]
    refresh(store, _readings(edits), gone, {})
    return CachedFolder(tree_after(working.tree, edits), loaded_of(store), store)


def _readings(edits: Sequence[Edit]) -> Iterator[FileReading]:
    """What the files will give."""
    for edit in edits:
        if edit.after is not None:
            read = text_of(edit.after)
            digest, blobs = sha256(edit.after).digest(), blobs_of(edit.after)
            unreadable, content = isinstance(read, Unreadable), content_of(edit.path, read)
            yield FileReading(edit.path, None, True, digest, blobs, unreadable, content)
