"""Writing edits: all of them or none, never over somebody's change, one writer at a time.

Every new text is first written beside its file and brought to the disk; only then are they put in place.
What fails or is stopped on the way is taken back. A set of files goes through a journal meanwhile, for what
cannot be taken back: a process that is killed, a machine that stops.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from amk.storage.edits import Edit
from amk.storage.journal import bytes_of, find_interrupted, journal_of, standing_at, written_journal
from amk.storage.user_folders import state_folder
from amk.values.errors import UserError

PATIENCE = 5
"""How many seconds to wait for another amk that is writing in the same folder."""

BESIDE = ".amk-new-"
"""How the name of a file begins that is being written; amk reads no file of such a name."""


def apply(root: Path, edits: Sequence[Edit], what: str = "") -> None:
    """Write what was planned, all of it or nothing; `what` says it to who finds it interrupted.

    Raises UserError when another amk is writing, when an earlier change is half done, when a file is no
    longer what it was when it was read, and when the folder cannot be written.
    """
    changing = [edit for edit in edits if edit.before != edit.after]
    with _locked(root), _told(root):
        if find_interrupted(root):
            raise UserError("stop.interrupted")
        for edit in changing:
            if bytes_of(root / edit.path) != edit.before:
                raise UserError("stop.changed-meanwhile", found=edit.path)
        _clean(root)
        _write_all(root, changing, what)


def resume(root: Path, undo: bool = False) -> int:
    """Finish a change that was interrupted, or undo it: how many files were written.

    Raises UserError, with nothing written, where there is nothing to finish, where the repository stands at
    another commit or branch than then, and where somebody changed one of the files since.
    """
    with _locked(root), _told(root):
        found = find_interrupted(root)
        if found is None:
            raise UserError("stop.nothing-interrupted")
        if (found.head, found.branch) != standing_at(root):
            raise UserError("stop.head-moved", head=found.head[:7] or "–", branch=_short(found.branch))
        wanted = [Edit(e.path, e.after, e.before) for e in found.edits] if undo else list(found.edits)
        for edit in wanted:
            if bytes_of(root / edit.path) not in (edit.before, edit.after):
                raise UserError("stop.changed-since", found=edit.path)
        left = [edit for edit in wanted if bytes_of(root / edit.path) != edit.after]
        for edit in left:
            _write(root, edit.path, edit.after)
        drop(root)
        _clean(root)
        return len(left)


def drop(root: Path) -> None:
    """Forget what was interrupted; the files stay. Raises UserError where there is nothing to forget."""
    journal = journal_of(root)
    if journal is None or not os.path.lexists(journal):
        raise UserError("stop.nothing-interrupted")
    journal.unlink(missing_ok=True)


def _write_all(root: Path, edits: Sequence[Edit], what: str) -> None:
    journal = journal_of(root) if len(edits) > 1 else None
    put = list[Edit]()
    try:
        for edit in edits:
            _stage(root, edit)
        if journal:
            journal.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _put(
                journal,
                written_journal(root, edits, what, datetime.now().isoformat(timespec="seconds")),
                0o600,
            )
        for edit in edits:
            put.append(edit)
            _place(root, edit)
    except BaseException:
        _take_back(root, edits, put, journal)
        raise
    if journal:
        journal.unlink(missing_ok=True)


def _take_back(root: Path, edits: Sequence[Edit], put: Sequence[Edit], journal: Path | None) -> None:
    """Undo what was put in place. Raises UserError that names what could not be; the journal stays for it."""
    stuck = []
    for edit in put:
        try:
            if bytes_of(root / edit.path) != edit.before:
                _write(root, edit.path, edit.before)
        except OSError:
            stuck.append(edit.path)
    for edit in edits:
        with suppress(OSError):
            _beside(root / edit.path).unlink(missing_ok=True)
    if stuck:
        raise UserError("stop.half-done", files=", ".join(stuck), count=str(len(stuck)))
    if journal:
        journal.unlink(missing_ok=True)


def _stage(root: Path, edit: Edit) -> None:
    """Write the text of an edit beside its file, brought to the disk, with the mode that the file has."""
    if edit.after is None:
        return
    path = root / edit.path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(path)
    beside.unlink(missing_ok=True)
    with beside.open("xb") as file:
        file.write(edit.after)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        beside.chmod(path.stat().st_mode)


def _place(root: Path, edit: Edit) -> None:
    path = root / edit.path
    if edit.after is None:
        path.unlink(missing_ok=True)
    else:
        _beside(path).replace(path)
    _settle(path.parent)


def _write(root: Path, path: str, raw: bytes | None) -> None:
    edit = Edit(path, None, raw)
    _stage(root, edit)
    _place(root, edit)


def _put(path: Path, raw: bytes, mode: int) -> None:
    _write(path.parent, path.name, raw)
    path.chmod(mode)


def _beside(path: Path) -> Path:
    return path.with_name(f"{BESIDE}{path.name}")


def _clean(root: Path) -> None:
    """Remove what a writer that was killed left beside the files."""
    for left in root.rglob(f"{BESIDE}*"):
        left.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name != "posix" or not folder.exists():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _short(branch: str) -> str:
    return branch.removeprefix("refs/heads/") or "–"


@contextmanager
def _told(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            "stop.no-output", found=str(error.filename or root), reason=error.strerror or ""
        ) from error


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the lock of a data folder; the system lets it go when a process dies."""
    from filelock import FileLock, Timeout

    folder = state_folder()
    if folder is None:
        yield
        return
    name = sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with FileLock(folder / f"{name}.lock", timeout=PATIENCE):
                yield
        except Timeout as error:
            raise UserError("stop.locked", folder=str(root)) from error
