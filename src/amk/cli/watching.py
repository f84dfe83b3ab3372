"""Doing something again whenever a file changes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from amk.tree import states_below

SECONDS = 0.3
"""How long to wait before looking again. Looking works alike on every system and network drive."""


def watching(folder: Path, act: Callable[[], object]) -> None:
    """Act now, and again whenever a file below the folder changes, until interrupted."""
    seen: object = None
    while True:
        now = states_below(folder)
        if now != seen:
            if seen is not None and sys.stdout.isatty():
                print("\033[2J\033[H", end="")
            act()
            sys.stdout.flush()
            seen = now
        time.sleep(SECONDS)
