"""The index of a data folder, kept in the user's cache folder until a text differs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from amk.cache import forget_oldest, place_for
from amk.index import index_of
from amk.knowledge import KnowledgeBase
from amk.tree import Tree


def open_index(tree: Tree, base: KnowledgeBase) -> sqlite3.Connection:
    """The index of a base that was loaded from this tree: the one kept, else made anew and kept."""
    place = place_for(tree, "sqlite")
    kept = _opened(place) if place else None
    if kept is not None:
        return kept
    made = _made(place, base) if place else None
    return made if made is not None else index_of(base)


def _opened(place: Path) -> sqlite3.Connection | None:
    """The index kept there; None when there is none, or it is not whole, or not one's own."""
    try:
        if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
            return None
        connection = sqlite3.connect(f"{place.as_uri()}?mode=ro&immutable=1", uri=True)
    except (OSError, ValueError, sqlite3.Error):
        return None
    try:
        connection.execute("select count(*) from found where rowid = 1").fetchone()
    except sqlite3.Error:
        connection.close()
        return None
    return connection


def _made(place: Path, base: KnowledgeBase) -> sqlite3.Connection | None:
    """Make an index and keep it, whole or not at all; None where it cannot be kept."""
    beside = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.unlink(missing_ok=True)
        index_of(base, str(beside)).close()
        beside.replace(place)
        forget_oldest(place.parent, "sqlite")
    except (OSError, sqlite3.Error):
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        return None
    return _opened(place)
