"""What the texts of a revision were read as, kept by a digest of them all."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from amk.kept.folder import forget_oldest, is_own, made_folder, place_of
from amk.loaded import Loaded
from amk.tree import Tree


def load_kept(tree: Tree) -> Loaded:
    """The same as `load`, at once when the same texts were loaded before."""
    place = place_of(digest_of(tree), "pickle") if not tree.unreadable else None
    kept = _read(place) if place else None
    if kept is not None:
        return kept
    # The YAML reader and pydantic take longer to import than everything that is kept takes to read.
    from amk.load import load

    loaded = load(tree)
    if place:
        _write(place, loaded)
    return loaded


def digest_of(tree: Tree) -> str:
    """A digest of all texts and their paths."""
    digest = sha256()
    for path, text in sorted(tree.texts.items()):
        for part in (path, text):
            raw = part.encode(errors="surrogatepass")
            digest.update(f"{len(raw)} ".encode() + raw)
    return digest.hexdigest()


def _read(place: Path) -> Loaded | None:
    """What is kept there; None when there is nothing, or nothing whole, or it is not one's own."""
    if not is_own(place):
        return None
    try:
        kept = pickle.loads(place.read_bytes())
    except Exception:  # a torn file can fail in any way, and all of them mean: read it anew
        return None
    return kept if isinstance(kept, Loaded) else None


def _write(place: Path, loaded: Loaded) -> None:
    """Keep a reading, whole or not at all; where that fails, the next run reads anew."""
    beside = place.with_suffix(f".{os.getpid()}")
    try:
        made_folder(place)
        beside.write_bytes(pickle.dumps(loaded, protocol=pickle.HIGHEST_PROTOCOL))
        beside.replace(place)
        forget_oldest(place.parent, "pickle")
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
