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
from amk.storage.user_folders import is_ours, user_cache

SEAL = ".sum"
"""What the name of the file ends in that holds the checksum of another."""

KEPT = 8
"""How many of a kind are kept; the oldest goes first."""

BESIDE = ("-journal", "-wal", "-shm", SEAL)
"""What the names of the files end in that are read with a database, whoever made them."""

SUFFIXES = ("kept", "revision", "index", "tables")
"""Readings of a folder, readings of a revision, what searches, and tables for SQL."""


def cache_folder() -> Path | None:
    """The folder for what may be thrown away; None where the user wants none."""
    return None if os.environ.get("AMK_NO_CACHE") else user_cache()


def make_folder(place: Path) -> None:
    """Make the folder of what is to be kept, for the user alone.

    Raises OSError where that cannot be, or where another may write there.
    """
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not is_private(place.parent):
        raise PermissionError(f"others may write in {place.parent}")


def is_private(folder: Path) -> bool:
    """Whether a folder is the user's own, and nobody else may write in it."""
    return is_ours(folder.resolve())


def cache_path(subject: str, suffix: str) -> Path | None:
    """Where what was made of a subject is kept, or is to be; None where nothing is.

    The name stands for all that it depends on besides: amk, its rooms, and Python.
    """
    folder = cache_folder()
    name = sha256(f"{subject}\0{made_by()}".encode(errors="surrogatepass")).hexdigest()[:40]
    return folder / f"{name}.{suffix}" if folder else None


def is_own(place: Path) -> bool:
    """Whether a file is there that the user made: what another left there is not believed.

    SQLite believes what lies beside a database as it believes the database, so that counts with it.
    """
    beside = (place.with_name(place.name + ending) for ending in BESIDE)
    return (
        is_private(place.parent) and is_ours(place) and all(is_ours(p) for p in beside if os.path.lexists(p))
    )


def create(place: Path) -> None:
    """Make an empty file for the user alone where there is none. Raises OSError where that cannot be."""
    with suppress(FileExistsError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL, 0o600))


def partly(place: Path) -> Path:
    """Where something is written before it takes its place."""
    return place.with_name(f"{place.name}.{os.getpid()}")


def discard(place: Path) -> None:
    """Throw away a file and what is read with it. Raises OSError where that cannot be."""
    for ending in ("", *BESIDE):
        place.with_name(place.name + ending).unlink(missing_ok=True)


def evict_oldest(folder: Path, suffix: str) -> None:
    """Throw away all but the newest few of a kind."""
    kept = sorted(folder.glob(f"*.{suffix}"), key=lambda path: path.stat().st_mtime)
    for path in kept[:-KEPT]:
        discard(path)


def cache_files() -> Iterator[Path]:
    """Everything that is kept, and what was left half-made."""
    folder = cache_folder()
    if folder:
        for suffix in SUFFIXES:
            yield from sorted(folder.glob(f"*.{suffix}*"))


def clear_cache() -> int:
    """Throw away everything that is kept: how many files that were."""
    gone = 0
    for path in cache_files():
        with suppress(OSError):
            path.unlink()
            gone += 1
    return gone


@contextmanager
def without_cache() -> Iterator[None]:
    """Keep nothing, and believe nothing that is kept, for as long as this lasts."""
    wished = os.environ.get("AMK_NO_CACHE", "")
    os.environ["AMK_NO_CACHE"] = "1"
    try:
        yield
    finally:
        os.environ["AMK_NO_CACHE"] = wished


@cache
def made_by() -> str:
    """What made it: every file of amk's code, so that a developer's change never meets an older reading."""
    return f"{__version__} {sys.version} {' '.join(sorted(_sources(str(Path(__file__).parents[1]))))}"


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield f"{entry.path}:{entry.stat().st_mtime_ns}"
            elif entry.is_dir() and entry.name.isidentifier() and entry.name != "__pycache__":
                yield from _sources(entry.path)
