"""`amk fmt`: records in canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amk.cli import FINDINGS
from amk.cli.arguments import paths_below
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, argument, option
from amk.cli.output import put
from amk.cli.progress import at_work
from amk.cli.session import find_folder, open_tree, refuse_shipped, require_own, tell_interrupted
from amk.language import phrases_in
from amk.model.records import KIND_IN, Manifest
from amk.storage.apply import apply
from amk.storage.data_folder import MANIFEST, Tree
from amk.storage.edits import Edit, told_edits
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.tidying import tidied

Paths = Annotated[list[Path] | None, argument("[PATH]...", "Only these files or folders.")]
Check = Annotated[bool, option("--check", "Write nothing; leave with 1 if anything would change.")]
Diff = Annotated[bool, option("--diff", "Write nothing; show what would change.")]


def run(
    paths: Paths = None, check: Check = False, diff: Diff = False, data: Data = None, lang: Lang = None
) -> None:
    """Put records in canonical form: one order, one way of writing; comments stay at their keys."""
    folder = find_folder(data)
    (require_own if check or diff else refuse_shipped)(folder)
    tree = open_tree(folder)
    phrases = phrases_in(lang or "nl")
    tell_interrupted(tree.root, phrases)
    only = paths_below(tree, paths or ())
    with at_work("work.checking"):
        edits, left = _planned(tree, [path for path in tree.texts if not only or path in only])
    for path in left:
        talk(phrases.fill("talk.left-alone", {"found": path}))
    if diff:
        put(told_edits(edits), None)
    elif not check:
        apply(tree.root, edits, "fmt")
    for edit in () if diff else edits:
        talk(phrases.fill("talk.would-format" if check else "talk.formatted", {"found": edit.path}))
    if edits and (check or diff):
        raise typer.Exit(FINDINGS)


def _planned(tree: Tree, paths: list[str]) -> tuple[list[Edit], list[str]]:
    """What would be written, and the files that are left alone because they cannot be read."""
    edits: list[Edit] = []
    left: list[str] = []
    for path in paths:
        kind = Manifest if path == MANIFEST else KIND_IN.get(path.partition("/")[0])
        raw = (tree.root / path).read_bytes()
        text = canonical(tidied(tree.texts[path]), kind) if kind else None
        if text is None:
            left.append(path)
        elif _as_written(text, raw) != raw:
            edits.append(Edit(path, raw, _as_written(text, raw)))
    return edits, left


def _as_written(text: str, raw: bytes) -> bytes:
    """A text with the line ends that its file has: git may have given it those of Windows."""
    return (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode()
