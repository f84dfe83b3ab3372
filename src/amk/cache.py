"""What was read before, kept in the user's cache folder until a text differs.

What is kept is found by the digest of every text and path, so it can never be stale: another
text is another digest. It is disposable, and nothing is ever written to the data from it.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from amk import __version__
from amk.loaded import Loaded
from amk.tree import Tree

KEPT = 8
"""How many readings are kept; the oldest goes first."""


def load_kept(tree: Tree) -> Loaded:
    """The same as `load`, at once when the same texts were loaded before."""
    place = place_for(tree, "pickle")
    kept = _read(place) if place else None
    if kept is not None:
        return kept
    # The YAML reader and pydantic take longer to import than everything that is kept takes to read.
    from amk.load import load

    loaded = load(tree)
    if place:
        _write(place, loaded)
    return loaded


def place_for(tree: Tree, suffix: str) -> Path | None:
    """Where what was made of these texts is kept, or is to be; None where nothing is."""
    folder = _folder()
    return folder / f"{_digest(tree)}.{suffix}" if folder and not tree.unreadable else None


def forget_oldest(folder: Path, suffix: str) -> None:
    """Throw away all but the newest few of a kind."""
    kept = sorted(folder.glob(f"*.{suffix}"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT]:
        path.unlink(missing_ok=True)


def kept_folder() -> Path | None:
    """The folder in which amk keeps what it read before; None where it keeps nothing."""
    return _folder()


def kept_files() -> Iterator[Path]:
    """Everything that is kept."""
    folder = _folder()
    suffixes = ("pickle", "sqlite", "found")
    if folder:
        yield from (path for suffix in suffixes for path in sorted(folder.glob(f"*.{suffix}")))


def clear_kept() -> int:
    """Throw away everything that is kept: how many files that were."""
    gone = 0
    for path in kept_files():
        try:
            path.unlink()
            gone += 1
        except OSError:
            continue
    return gone


def _digest(tree: Tree) -> str:
    """A digest of all that the outcome depends on: the texts, amk itself and Python."""
    digest = sha256(f"{__version__} {sys.version} {_own_state()}".encode())
    for path, text in sorted(tree.texts.items()):
        for part in (path, text):
            raw = part.encode(errors="surrogatepass")
            digest.update(f"{len(raw)} ".encode() + raw)
    return digest.hexdigest()


def _own_state() -> str:
    """When amk's own rooms last changed: a developer's change must not meet an older reading."""
    rooms = sorted(Path(__file__).parent.glob("*.py"))
    return " ".join(f"{room.name}:{room.stat().st_mtime_ns}" for room in rooms)


def _folder() -> Path | None:
    """The folder for what may be thrown away; None where the user wants none."""
    if os.environ.get("AMK_NO_CACHE"):
        return None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(home) if home else Path.home() / ".cache") / "amk"
    except RuntimeError:
        return None


def _read(place: Path) -> Loaded | None:
    """What is kept there; None when there is nothing, or nothing whole, or it is not one's own."""
    try:
        if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
            return None
        kept = pickle.loads(place.read_bytes())
    except Exception:  # a torn file can fail in any way, and all of them mean: read it anew
        return None
    return kept if isinstance(kept, Loaded) else None


def _write(place: Path, loaded: Loaded) -> None:
    """Keep a reading, whole or not at all; where that fails, the next run reads anew."""
    beside = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_bytes(pickle.dumps(loaded, protocol=pickle.HIGHEST_PROTOCOL))
        beside.replace(place)
        forget_oldest(place.parent, "pickle")
    except OSError:
        return
