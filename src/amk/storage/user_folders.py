"""Where amk keeps things of its own outside the data: what it is doing, and what may be thrown away."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def state_folder() -> Path | None:
    """Where amk keeps what it is doing; None where the user has no home (XDG Base Directory)."""
    return _folder("XDG_STATE_HOME", ".local/state")


def user_cache() -> Path | None:
    """Where amk keeps what may be thrown away; None where the user has no home (XDG Base Directory)."""
    return _folder("XDG_CACHE_HOME", ".cache")


def is_ours(path: Path) -> bool:
    """Whether a file or folder is the user's own and nobody else may write to it; links are not followed."""
    try:
        found = path.lstat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _folder(variable: str, below_home: str) -> Path | None:
    for name in (variable, "LOCALAPPDATA"):
        named = os.environ.get(name, "")
        # A relative path would mean another folder wherever amk is called: the standard ignores it.
        if os.path.isabs(named):
            return Path(named) / "amk"
    try:
        return Path.home() / below_home / "amk"
    except RuntimeError:
        return None
