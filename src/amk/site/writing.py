"""The files of a site into a folder: what changed is written, what it no longer has is taken away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from amk.values.errors import UserError
from amk.values.frozen import frozen

NOTE = ".amk-site.json"
"""Which files of a folder amk made, each with a digest of what it held."""


@frozen
class Outcome:
    """How many files a site has, and how many of them were written and taken away."""

    files: int
    written: int
    removed: int


def put_site(folder: Path, files: Mapping[str, bytes], force: bool) -> Outcome:
    """Write the files of a site, by path below a folder.

    Raises UserError for a file that amk did not make, or that was changed since, unless `force`.
    """
    made = _noted(folder)
    digests = {path: sha256(content).hexdigest() for path, content in files.items()}
    changed = [path for path in files if _digest(folder / path) != digests[path]]
    gone = [path for path in made if path not in files and _digest(folder / path) == made[path]]
    strange = [
        path for path in changed if (folder / path).exists() and _digest(folder / path) != made.get(path)
    ]
    if strange and not force:
        raise UserError("stop.not-made-by-amk", found=str(folder / strange[0]))
    try:
        for path in changed:
            _put(folder, path, files[path])
        for path in gone:
            _take_away(folder, path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / NOTE).write_text(json.dumps(digests, indent=0, sort_keys=True), encoding="utf-8")
    except OSError as error:
        raise UserError("stop.no-output", found=str(folder), reason=error.strerror or "") from error
    return Outcome(len(files), len(changed), len(gone))


def _noted(folder: Path) -> dict[str, str]:
    """What is noted of the folder, as far as it can be believed: paths that lie in it."""
    try:
        found = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    noted = found.items() if isinstance(found, dict) else ()
    return {path: digest for path, digest in noted if isinstance(digest, str) and _lies_inside(path)}


def _lies_inside(path: str) -> bool:
    return (
        not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts and "\\" not in path
    )


def _digest(file: Path) -> str:
    """A digest of what a file holds; empty where there is none. A link is not followed."""
    try:
        return "" if file.is_symlink() else sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _put(folder: Path, path: str, content: bytes) -> None:
    """Write a file. Raises UserError where a link on the way leads out of the folder."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise UserError("stop.leads-out", found=str(target))
    if target.is_symlink():
        target.unlink()
    target.write_bytes(content)


def _take_away(folder: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    for parent in PurePosixPath(path).parents:
        if parent != PurePosixPath() and (folder / parent).is_dir() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()
