"""The folder in which amk keeps what it read before. Whatever lies there may be thrown away."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from amk import __version__

KEPT = 8
"""How many of a kind are kept; the oldest goes first."""

SUFFIXES = ("kept", "pickle", "index", "tables")
"""Readings of a folder, readings of a revision, what searches, and tables for SQL."""


def kept_folder() -> Path | None:
    """The folder for what may be thrown away; None where the user wants none."""
    if os.environ.get("AMK_NO_CACHE"):
        return None
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(home) if home else Path.home() / ".cache") / "amk"
    except RuntimeError:
        return None


def made_folder(place: Path) -> None:
    """Make the folder of what is to be kept, for the user alone. Raises OSError where that cannot be."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def place_of(subject: str, suffix: str) -> Path | None:
    """Where what was made of a subject is kept, or is to be; None where nothing is.

    The name stands for all that it depends on besides: amk, its rooms, and Python.
    """
    folder = kept_folder()
    name = sha256(f"{subject}\0{made_by()}".encode(errors="surrogatepass")).hexdigest()[:40]
    return folder / f"{name}.{suffix}" if folder else None


def is_own(place: Path) -> bool:
    """Whether a file is there that the user made: what another left there is not believed."""
    try:
        found = place.stat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()


def forget_oldest(folder: Path, suffix: str) -> None:
    """Throw away all but the newest few of a kind."""
    kept = sorted(folder.glob(f"*.{suffix}"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT]:
        path.unlink(missing_ok=True)


def kept_files() -> Iterator[Path]:
    """Everything that is kept."""
    folder = kept_folder()
    if folder:
        for suffix in SUFFIXES:
            yield from sorted(folder.glob(f"*.{suffix}"))


def clear_kept() -> int:
    """Throw away everything that is kept: how many files that were."""
    gone = 0
    for path in kept_files():
        with suppress(OSError):
            path.unlink()
            gone += 1
    return gone


@contextmanager
def reading_anew() -> Iterator[None]:
    """Keep nothing, and believe nothing that is kept, for as long as this lasts."""
    wished = os.environ.get("AMK_NO_CACHE", "")
    os.environ["AMK_NO_CACHE"] = "1"
    try:
        yield
    finally:
        os.environ["AMK_NO_CACHE"] = wished


@cache
def made_by() -> str:
    """What made it: amk and its rooms, so that a developer's change never meets an older reading."""
    here = Path(__file__).parents[1]
    rooms = (entry for folder in (here, here / "kept", here / "checks") for entry in _rooms(folder))
    return f"{__version__} {sys.version} {' '.join(sorted(rooms))}"


def _rooms(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield f"{entry.name}:{entry.stat().st_mtime_ns}"
