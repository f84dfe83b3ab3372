"""The commits that touched a data folder, each with the files that it touched, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from amk.storage.data_folder import changed_paths, is_record_name
from amk.storage.git import Objects, ask
from amk.storage.revisions import Commit, Version, cut_off, here, text_in

FileChange = tuple[Version, Version]
"""A file before a commit and after it; a version without a text where it was not there."""


def file_changes(root: Path, folders: Sequence[str], said: Iterable[str]) -> Iterator[list[FileChange]]:
    """What each commit changed in the files in whose path or text a word stands, the newest commit first.

    `folders` are the places in the repository where the data folder has lain. By first parents, as
    `versions_of`. Raises UserError where an object is not here: a partial clone.
    """
    words = [(word, word.encode()) for word in said]
    with Objects(root) as objects:
        for commit, files in _touched(root, folders):
            names = list(dict.fromkeys(id for pair in files.values() for id in pair if id))
            blobs = dict(zip(names, objects.read(names), strict=True))
            telling = {
                id for id, blob in blobs.items() if blob and any(raw in blob.content for _, raw in words)
            }
            texts = {id: text_in(blob) for id, blob in blobs.items()}
            named = {path for path in files if any(word in path for word, _ in words)}
            told = {p: pair for p, pair in files.items() if p in named or not telling.isdisjoint(pair)}
            yield [_change(commit, path, *map(texts.get, pair)) for path, pair in told.items()]


def uncommitted_changes(root: Path, texts: Mapping[str, str], working: Commit) -> list[FileChange]:
    """What the files as they stand change in the last commit; `working` stands for the commit to come."""
    paths, folder = list(changed_paths(root)), here(root)
    with Objects(root) as objects:
        blobs = objects.read([f"HEAD:{folder}/{path}" if folder else f"HEAD:{path}" for path in paths])
    made = Version(working, "", "", "", None)
    return [
        _change(made, path, text_in(blob), texts.get(path, "" if (root / path).exists() else None))
        for path, blob in zip(paths, blobs, strict=True)
    ]


def _change(made: Version, path: str, before: str | None, after: str | None) -> FileChange:
    return replace(made, path=path, text=before), replace(made, path=path, text=after)


_Objects = tuple[str, str]
"""The names of what a file was and is; empty where it was not there."""


def _touched(root: Path, folders: Sequence[str]) -> Iterator[tuple[Version, Mapping[str, _Objects]]]:
    """Each commit, and the files that it touched."""
    cut = cut_off(root)
    form = "--format=%x01%H%x00%cs%x00%an%x00%s%x00"
    options = ("--first-parent", "-m", "--no-renames", "--raw", "--no-abbrev", "-z")
    top = Path(ask(root, "rev-parse", "--show-toplevel").out or root)
    told = ask(top, "log", *options, form, "HEAD", "--", *(folder or "." for folder in folders)).out
    for commit in told.split("\x01")[1:]:
        id, day, author, subject, *steps = commit.split("\0")
        made = Version(Commit(id, date.fromisoformat(day)), author, subject, "", None, id in cut)
        yield made, _files([step.lstrip("\n") for step in steps], folders)


def _files(steps: Sequence[str], folders: Sequence[str]) -> dict[str, _Objects]:
    """The objects before and after by path below the data folder; one that moved whole goes on there."""
    files: dict[str, _Objects] = {}
    for about, path in pairwise(steps):
        if not about.startswith(":"):
            continue
        below = next(
            (path[len(f) + 1 if f else 0 :] for f in folders if not f or path.startswith(f"{f}/")), ""
        )
        if is_record_name(below):
            _, _, before, after, _ = about.split(" ")
            was, now = files.get(below, ("", ""))
            files[below] = (was or _named(before), now or _named(after))
    return {path: pair for path, pair in files.items() if pair[0] != pair[1]}


def _named(object: str) -> str:
    """The name of an object; empty for the one that stands for none."""
    return object if object.strip("0") else ""
