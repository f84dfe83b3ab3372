"""A validation, kept in the user's cache folder until a text, a rule or the day differs."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from amk.cache import forget_oldest, place_for
from amk.questions.validation import Validation, find_problems
from amk.tree import Tree


def find_kept_problems(tree: Tree, today: date) -> Validation:
    """The same as `find_problems` of the whole tree, at once when the same was asked before."""
    place = place_for(tree, f"{today.isoformat()}-{_rules()}.found")
    kept = _read(place) if place else None
    if kept is not None:
        return kept
    found = find_problems(tree, today)
    if place:
        _write(place, found)
    return found


def _rules() -> str:
    """When the rooms of the checks last changed: another rule must not meet an older finding."""
    here = Path(__file__).parent
    rooms = sorted((*(here / "checks").glob("*.py"), *(here / "questions").glob("validation.py")))
    state = " ".join(f"{room.name}:{room.stat().st_mtime_ns}" for room in rooms)
    return sha256(state.encode()).hexdigest()[:16]


def _read(place: Path) -> Validation | None:
    try:
        if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
            return None
        kept = pickle.loads(place.read_bytes())
    except Exception:  # a torn file can fail in any way, and all of them mean: look anew
        return None
    return kept if isinstance(kept, Validation) else None


def _write(place: Path, found: Validation) -> None:
    """Keep it, whole or not at all; where that fails, the next run looks anew."""
    beside = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_bytes(pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))
        beside.replace(place)
        forget_oldest(place.parent, "found")
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
