"""What searches a data folder, kept in a file of its own until a text differs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from amk.index import index_of
from amk.kept.folder import forget_oldest, is_own, made_folder, place_of
from amk.knowledge import KnowledgeBase


def open_index(content: str, base: KnowledgeBase) -> sqlite3.Connection:
    """The index of a base whose texts have this digest: the one kept, else made anew and kept."""
    place = place_of(content, "index")
    kept = _opened(place) if place else None
    if kept is not None:
        return kept
    made = _made(place, base) if place else None
    return made if made is not None else index_of(base)


def _opened(place: Path) -> sqlite3.Connection | None:
    """The index kept there; None when there is none, or it is not whole, or not one's own."""
    if not is_own(place):
        return None
    try:
        connection = sqlite3.connect(f"{place.as_uri()}?mode=ro&immutable=1", uri=True)
    except (ValueError, sqlite3.Error):
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
        made_folder(place)
        beside.unlink(missing_ok=True)
        index_of(base, str(beside)).close()
        beside.replace(place)
        forget_oldest(place.parent, "index")
    except (OSError, sqlite3.Error):
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        return None
    return _opened(place)
