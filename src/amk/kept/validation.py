"""A validation of a data folder: kept until something differs, and then as far as it holds."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from amk.checks import check_between, check_shared
from amk.kept.register import KeptRegister
from amk.kept.store import Store
from amk.kept.taking import keep_checked, unchecked
from amk.kept.working import Working
from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.questions.validation import Validation, find_problems, told_of, validation_of
from amk.register import Held

AT_ONCE = 500
"""How many records are checked at a time."""

MANY = 0.3
"""The share of the records from which it is faster to read and check all of them."""


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
        known: Validation = pickle.loads(kept)
        return known
    base = working.loaded.base
    others = _because_of_others(working, store)
    between = (*others, *check_shared(base))
    found = validation_of(working.loaded, working.tree, (*working.alone(), *between), today)
    with suppress(sqlite3.Error):
        keep_checked(store, others)
        store.make(name, pickle.dumps(found))
        store.commit()
    return found


def _because_of_others(working: Working, store: Store) -> Sequence[Problem]:
    """The problems that records have because of others; found for those that a change can have touched."""
    touched = unchecked(store)
    if not touched:
        return working.others()
    base = working.loaded.base
    return [p for some in _portions(base, touched) for p in check_between(replace(base, records=some))]


def _portions(base: KnowledgeBase, refs: Sequence[str]) -> Iterable[Held]:
    """These records; all of them where that is faster, in portions, so that few are held at a time."""
    if isinstance(base.known, KeptRegister) and len(refs) > MANY * len(base.known):
        return base.known.portions(AT_ONCE)
    return [Held({ref: base.known[ref] for ref in refs})]
