"""What amk means to write: planned as values, shown, and applied by one function.

A file is old or new, never between: it is written beside itself, brought to the disk, and put in
place. A set of files goes through a journal outside the data folder, which the next run finishes.
Nothing is written over a change that somebody made meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from amk.errors import Stop
from amk.values import Value

PATIENCE = 5
"""How many seconds to wait for another amk that is writing in the same folder."""

BESIDE = ".amk-new-"
"""How the name of a file begins that is being written; amk reads no file of such a name."""


@dataclass(frozen=True, eq=False, repr=False)
class Edit(Value):
    """A file below the data folder: its bytes before and after; None where there is no file."""

    path: str
    before: bytes | None
    after: bytes | None


def told_edits(edits: Sequence[Edit]) -> str:
    """The edits as a unified diff."""
    return "".join(line for edit in edits for line in _told(edit))


def _told(edit: Edit) -> Iterator[str]:
    # Imported where something is written: every command looks here for what was interrupted.
    from difflib import unified_diff

    before, after = (_lines(raw) for raw in (edit.before, edit.after))
    names = f"a/{edit.path}" if before else os.devnull, f"b/{edit.path}" if after else os.devnull
    for line in unified_diff(before, after, *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(raw: bytes | None) -> list[str]:
    return (raw or b"").decode("utf-8", "replace").splitlines(keepends=True)


def apply(root: Path, edits: Sequence[Edit]) -> None:
    """Write what was planned: all of it, or nothing.

    Raises Stop when another amk is writing, when a file is no longer what it was when it was
    read, and when the folder cannot be written.
    """
    changing = [edit for edit in edits if edit.before != edit.after]
    try:
        with _locked(root):
            _finish(root)
            _refuse_changed(root, changing)
            _write_all(root, changing)
    except OSError as error:
        raise _unwritable(root, error) from error


def _unwritable(root: Path, error: OSError) -> Stop:
    return Stop("stop.no-output", found=str(error.filename or root), reason=error.strerror or "")


def _refuse_changed(root: Path, edits: Sequence[Edit]) -> None:
    for edit in edits:
        if _bytes(root / edit.path) != edit.before:
            raise Stop("stop.changed-meanwhile", found=edit.path)


def finish_interrupted(root: Path) -> bool:
    """Finish what an earlier run left half done; whether there was anything.

    Raises Stop where it cannot be written.
    """
    if not os.path.exists(_journal(root)):
        return False
    try:
        with _locked(root):
            return _finish(root)
    except OSError as error:
        raise Stop(
            "stop.no-output", found=str(error.filename or root), reason=error.strerror or ""
        ) from error


def _write_all(root: Path, edits: Sequence[Edit]) -> None:
    if len(edits) > 1:
        _put(_journal(root), _written(edits))
    for edit in edits:
        _write(root / edit.path, edit.after)
    _journal(root).unlink(missing_ok=True)


def _finish(root: Path) -> bool:
    """Finish a set of edits that was interrupted, but for files that somebody changed since."""
    journal = _journal(root)
    raw = _bytes(journal)
    for edit in _read(raw) if raw else ():
        if _bytes(root / edit.path) == edit.before:
            _write(root / edit.path, edit.after)
    journal.unlink(missing_ok=True)
    for left in root.rglob(f"{BESIDE}*"):
        left.unlink(missing_ok=True)
    return raw is not None


def _write(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path, raw)


def _put(path: Path, raw: bytes) -> None:
    """Write a file beside itself, bring it to the disk, and put it in place with the mode it had."""
    beside = path.with_name(f"{BESIDE}{path.name}")
    beside.unlink(missing_ok=True)
    with beside.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        beside.chmod(path.stat().st_mode)
    beside.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _written(edits: Sequence[Edit]) -> bytes:
    # Imported where something is written: every command imports this room, to finish what was interrupted.
    from base64 import b64encode
    from json import dumps

    def encoded(raw: bytes | None) -> str | None:
        return None if raw is None else b64encode(raw).decode()

    return dumps([[edit.path, encoded(edit.before), encoded(edit.after)] for edit in edits]).encode()


def _read(raw: bytes) -> Iterator[Edit]:
    from base64 import b64decode
    from json import loads

    for path, before, after in loads(raw):
        yield Edit(path, *(None if part is None else b64decode(part) for part in (before, after)))


def _state() -> Path:
    """The folder outside the data in which amk keeps what it is doing."""
    home = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(home) if home else Path(os.path.expanduser("~/.local/state"))) / "amk"


def _named(root: Path, suffix: str) -> Path:
    name = sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return _state() / f"{name}.{suffix}"


def _journal(root: Path) -> Path:
    return _named(root, "journal")


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the lock of a data folder; the system lets it go when a process dies."""
    from filelock import FileLock, Timeout

    try:
        _state().mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(_named(root, "lock"), timeout=PATIENCE):
            yield
    except Timeout as error:
        raise Stop("stop.locked", folder=str(root)) from error
