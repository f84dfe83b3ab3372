"""What the system says of files, and whether it proves that they hold what they held.

A file whose size, times and inode are what they were is the same, but for two doubts. One that
changed just before it was read may have changed once more within the same tick of the clock. And
where a change leaves no trace in the times (Windows keeps no time of change), only the content
tells.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from amk.storage.data_folder import files_below

TICK = 2_000_000_000
"""The coarsest clock of a file system, FAT's, in nanoseconds."""

_ODD = (-1, -1, -1, -1)

TIMES_TELL = os.name != "nt"
"""Whether every change of a file leaves a trace in a time that no program can set."""


class Fingerprint(NamedTuple):
    """What the system says of a file: its size, when its content and its entry changed, and its inode."""

    size: int
    modified: int
    changed: int
    inode: int


Fingerprints = Mapping[str, Fingerprint | None]
"""The state of each file by its path; None for what is no ordinary file."""


def look(root: Path) -> Fingerprints:
    """The state of every file below a data folder; None for what is no ordinary file."""
    return {path: state_of(where) for path, where in files_below(root)}


def state_of(where: str) -> Fingerprint | None:
    """The state of a file; None for what is no ordinary file, or is not there."""
    try:
        status = os.lstat(where)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Fingerprint(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def is_racy(state: Fingerprint | None, read: int) -> bool:
    """Whether a file read at a time (ns) may differ later in the same state: git calls it racily clean."""
    return not TIMES_TELL or state is None or max(state.modified, state.changed) + TICK >= read


def fingerprint_of(seen: Fingerprints) -> str:
    """What stands for the states of all files."""
    states = "\n".join(f"{path}\0{' '.join(map(str, state or _ODD))}" for path, state in seen.items())
    return sha256(states.encode(errors="surrogatepass")).hexdigest()
