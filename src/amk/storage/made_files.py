"""Which files amk made and nobody changed since: those alone are written over without being asked to."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from amk.storage.user_folders import is_ours, state_folder

FOLDER = "made"


def may_be_replaced(target: Path) -> bool:
    """Whether nothing is lost by writing over a file: it is not there, is empty, or is as amk made it."""
    if not target.exists() or target.stat().st_size == 0:
        return True
    note = _note_on(target)
    if note is None or not is_ours(note):
        return False
    return note.read_text(encoding="ascii", errors="replace") == sha256(target.read_bytes()).hexdigest()


def remember(target: Path, content: bytes) -> None:
    """Note what a file holds that amk made; where that cannot be kept, it is asked about the next time."""
    note = _note_on(target)
    if note:
        with suppress(OSError):
            note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            note.write_text(sha256(content).hexdigest(), encoding="ascii")


def _note_on(target: Path) -> Path | None:
    folder = state_folder()
    return folder / FOLDER / sha256(str(target.resolve()).encode()).hexdigest() if folder else None
