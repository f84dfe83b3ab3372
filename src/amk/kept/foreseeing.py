"""What edits would do to a data folder, found from what is kept of it; nothing of this is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from hashlib import sha256

from amk.causing import tell_apart
from amk.edits import Edit
from amk.errors import Lost
from amk.foreseen import tree_after
from amk.kept.given import Reading
from amk.kept.readings import content_of
from amk.kept.store import Store
from amk.kept.taking import take
from amk.kept.validation import find_kept_problems
from amk.kept.working import Working, loaded_of
from amk.questions.validation import Validation, find_caused
from amk.tree import Unreadable, blobs_of, text_of


def find_foreseen(
    working: Working, edits: Sequence[Edit], today: date, renamed: Mapping[str, str]
) -> Validation:
    """The problems that edits would cause, and those of before them; as `find_caused`, which reads all."""
    if working.store is not None:
        with suppress(sqlite3.Error, Lost):
            # What is kept of before says what a change cannot touch: it is found first.
            before = find_kept_problems(working, today)
            after = find_kept_problems(_foreseen(working, working.store.copied(), edits), today)
            caused, there = tell_apart(before.problems, after.problems, renamed)
            return replace(after, problems=caused, earlier=there)
    return find_caused(working.tree, tree_after(working.tree, edits), today, renamed)


def _foreseen(working: Working, store: Store, edits: Sequence[Edit]) -> Working:
    """The data folder as it will be. Raises sqlite3.Error where that cannot be held."""
    gone = [edit.path for edit in edits if edit.after is None]
    take(store, _readings(edits), gone, {})
    return Working(tree_after(working.tree, edits), loaded_of(store), store)


def _readings(edits: Sequence[Edit]) -> Iterator[Reading]:
    """What the files will give."""
    for edit in edits:
        if edit.after is not None:
            read = text_of(edit.after)
            digest, blobs = sha256(edit.after).digest(), blobs_of(edit.after)
            unreadable, content = isinstance(read, Unreadable), content_of(edit.path, read)
            yield Reading(edit.path, None, False, digest, blobs, unreadable, content)
