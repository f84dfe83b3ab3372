"""A validation of a data folder, kept until a file, a rule or the day differs."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Collection
from contextlib import suppress
from datetime import date

from amk.kept.store import Store
from amk.kept.working import Working
from amk.questions.validation import Validation, find_problems, problems_of, told_of


def find_kept_problems(working: Working, today: date, only: Collection[str] = ()) -> Validation:
    """The same as `find_problems`, at once when the same was asked before."""
    if working.store is None:
        return find_problems(working.tree, today, only)
    return told_of(_kept(working, working.store, today), only)


def _kept(working: Working, store: Store, today: date) -> Validation:
    # The rules need no name here: what is kept belongs to the rules that made it.
    name = f"validation {today.isoformat()}"
    kept = store.made(name)
    if kept is not None:
        found: Validation = pickle.loads(kept)
        return found
    found = problems_of(working.loaded, working.tree, working.alone(), today)
    with suppress(sqlite3.Error):
        store.make(name, pickle.dumps(found))
    return found
