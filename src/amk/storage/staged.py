"""What git is to commit: the index of a repository, read past filters, as the bytes that lie in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from amk.storage.data_folder import MANIFEST, Tree, Unreadable, is_record_name
from amk.storage.git import Objects, ask, git_folder
from amk.storage.revisions import BLOBS, no_history, read_texts
from amk.values.errors import UserError
from amk.values.frozen import frozen

_INTENDED = 0x2000_0000
"""The flag of an entry that is only announced (`git add -N`): it is not committed."""

_EMPTY = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
"""The ids of an empty file, in SHA-1 and SHA-256."""


@frozen
class _Entry:
    mode: int
    id: str
    stage: str
    path: str


def staged_tree(root: Path) -> Tree:
    """Every `.yaml` file below a data folder as git would commit it now.

    Raises UserError where there is no repository, no knowledge base in its index, or a conflict.
    """
    index = _index_of(root)
    listed = ask(root, "ls-files", "--stage", "-z", index=index)
    if not listed.fine:
        raise no_history(root)
    entries = [entry for entry in _entries(listed.out) if _is_record(entry.path)]
    conflicts = sorted({entry.path for entry in entries if entry.stage != "0"})
    if conflicts:
        raise UserError("stop.staged-conflict", found=", ".join(conflicts[:7]))
    entries = [e for e in entries if e.id not in _EMPTY or not _is_intended(root, e.path, index)]
    unreadable = {e.path: Unreadable("FILE001", "no-file") for e in entries if e.mode not in BLOBS}
    files = [(e.path, e.id) for e in entries if e.mode in BLOBS]
    with Objects(root) as objects:
        texts = dict(read_texts(objects, files, unreadable))
    if MANIFEST not in texts:
        raise UserError("stop.nothing-staged", folder=str(root))
    return Tree(root, dict(sorted(texts.items())), unreadable)


def _index_of(root: Path) -> str:
    """The index that git commits from: in a hook it may be another file of the same repository."""
    named, repository = os.environ.get("GIT_INDEX_FILE"), git_folder(root)
    if not named or repository is None:
        return ""
    place = Path(named).resolve()
    return str(place) if place.is_file() and place.is_relative_to(repository.resolve()) else ""


def _entries(listed: str) -> Iterator[_Entry]:
    for line in filter(None, listed.split("\0")):
        about, _, path = line.partition("\t")
        mode, id, stage = about.split(" ")
        yield _Entry(int(mode, 8), id, stage, path)


def _is_record(path: str) -> bool:
    *folders, name = path.split("/")
    return is_record_name(name) and not any(part.startswith(".") for part in (*folders, name))


def _is_intended(root: Path, path: str, index: str) -> bool:
    told = ask(root, "ls-files", "--debug", "--", path, index=index).out
    flags = re.search(r"flags: ([0-9a-f]+)", told)
    return flags is not None and bool(int(flags[1], 16) & _INTENDED)
