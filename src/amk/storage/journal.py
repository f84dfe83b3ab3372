"""The journal of a change of several files, kept while they are put in place: to finish it, or to undo it.

It lies in the repository's git folder, in the user's state folder where there is none. Reading never writes:
who reads is told of a change that was interrupted, and only `amk resume` finishes it or undoes it.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from amk.storage.edits import Edit
from amk.storage.git import ask, git_folder
from amk.storage.user_folders import is_ours, state_folder
from amk.values.errors import UserError
from amk.values.frozen import frozen


@frozen
class Interrupted:
    """A change that was interrupted: what it was to do, since when (ISO 8601), on which commit and branch.

    `done` counts the files that are as they were to be.
    """

    what: str
    since: str
    head: str
    branch: str
    edits: tuple[Edit, ...]
    done: int


def find_interrupted(root: Path) -> Interrupted | None:
    """The change in a data folder that was interrupted; None where there is none, or all is as it was before.

    Raises UserError for a journal that is damaged, or that somebody else may have written.
    """
    journal = journal_of(root)
    if journal is None or not os.path.lexists(journal):
        return None
    found = _parsed(journal)
    done = sum(bytes_of(root / edit.path) == edit.after for edit in found.edits)
    untouched = all(bytes_of(root / edit.path) == edit.before for edit in found.edits)
    told = Interrupted(found.what, found.since, found.head, found.branch, found.edits, done)
    return None if untouched else told


def written_journal(root: Path, edits: Sequence[Edit], what: str, since: str) -> bytes:
    """What a journal of these edits holds: what is done, where HEAD is, and each file before and after."""
    head, branch = standing_at(root)
    held = {
        "what": what,
        "since": since,
        "head": head,
        "branch": branch,
        "edits": [[edit.path, _encoded(edit.before), _encoded(edit.after)] for edit in edits],
    }
    return json.dumps({**held, "sha256": _digest(held)}).encode()


def standing_at(root: Path) -> tuple[str, str]:
    """The commit and the branch that a repository stands at; empty where there is none."""
    head = ask(root, "rev-parse", "--verify", "--quiet", "HEAD")
    branch = ask(root, "symbolic-ref", "--quiet", "HEAD")
    return head.out if head.fine else "", branch.out if branch.fine else ""


def journal_of(root: Path) -> Path | None:
    """Where the journal of a data folder lies, or is to lie; None where the user has no place for it."""
    name = f"{sha256(str(root.resolve()).encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.journal"
    repository = git_folder(root)
    folder = repository / "amk" if repository else state_folder()
    return folder / name if folder else None


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _parsed(journal: Path) -> Interrupted:
    """Raises UserError unless the journal is whole, ours, and names files of the data folder alone."""
    if not is_ours(journal):
        raise UserError("stop.journal-not-ours", found=str(journal))
    try:
        held = json.loads(journal.read_bytes())
        digest = held.pop("sha256")
        edits = tuple(Edit(path, _decoded(before), _decoded(after)) for path, before, after in held["edits"])
        whole = digest == _digest(held) and all(_is_below(edit.path) for edit in edits)
        told = Interrupted(held["what"], held["since"], held["head"], held["branch"], edits, 0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("stop.journal-damaged", found=str(journal)) from error
    if not whole:
        raise UserError("stop.journal-damaged", found=str(journal))
    return told


def _is_below(path: str) -> bool:
    parts = PurePosixPath(path)
    return (
        bool(path)
        and not parts.is_absolute()
        and ".." not in parts.parts
        and "\\" not in path
        and ":" not in path
    )


def _digest(held: object) -> str:
    return sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()


def _encoded(raw: bytes | None) -> str | None:
    return None if raw is None else b64encode(raw).decode()


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else b64decode(text, validate=True)
