"""`amk fmt`: records in canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amk.canonical import canonical
from amk.cli import FINDINGS
from amk.cli.opening import open_tree, paths_below, refuse_shipped
from amk.cli.options import Data, Lang
from amk.cli.progress import at_work
from amk.cli.showing import put
from amk.cli.telling import talk
from amk.edits import Edit, apply, told_edits
from amk.language import say_in
from amk.loaded import FOLDERS
from amk.records import Manifest
from amk.tree import MANIFEST, Tree

FORMATS = ("text",)

Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Only these files or folders.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; leave with 1 if anything would change.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]


def run(
    paths: Paths = None, check: Check = False, diff: Diff = False, data: Data = None, lang: Lang = None
) -> None:
    """Put records in canonical form: one order, one way of writing; comments stay at their keys."""
    if not (check or diff):
        refuse_shipped(data)
    tree = open_tree(data)
    say = say_in(lang or "nl")
    only = paths_below(tree, paths or ())
    with at_work("work.checking"):
        edits, left = _planned(tree, [path for path in tree.texts if not only or path in only])
    for path in left:
        talk(say.fill("talk.left-alone", {"found": path}))
    if diff:
        put(told_edits(edits), None)
    elif not check:
        apply(tree.root, edits)
    for edit in () if diff else edits:
        talk(say.fill("talk.would-format" if check else "talk.formatted", {"found": edit.path}))
    if edits and (check or diff):
        raise typer.Exit(FINDINGS)


def _planned(tree: Tree, paths: list[str]) -> tuple[list[Edit], list[str]]:
    """What would be written, and the files that are left alone because they cannot be read."""
    edits: list[Edit] = []
    left: list[str] = []
    for path in paths:
        kind = Manifest if path == MANIFEST else FOLDERS.get(path.partition("/")[0])
        raw = (tree.root / path).read_bytes()
        text = canonical(tree.texts[path], kind) if kind else None
        if text is None:
            left.append(path)
        elif _as_written(text, raw) != raw:
            edits.append(Edit(path, raw, _as_written(text, raw)))
    return edits, left


def _as_written(text: str, raw: bytes) -> bytes:
    """A text with the line ends that its file has: git may have given it those of Windows."""
    return (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode()
