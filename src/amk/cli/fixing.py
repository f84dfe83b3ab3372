"""Putting right what has one right answer, before validation tells of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from amk.authoring.fixing import find_fixes
from amk.cli.arguments import paths_below
from amk.cli.messages import talk
from amk.cli.progress import at_work
from amk.cli.saving import as_on_disk
from amk.cli.session import DataFolder, open_tree, refuse_shipped
from amk.language import phrases_in
from amk.storage.apply import apply


def fix_records(folder: DataFolder, paths: Sequence[Path], today: date, language: str) -> None:
    """Put right what can be, all of it or nothing, and tell it with file and line.

    Raises UserError for the knowledge base that came with amk, and where `apply` does.
    """
    refuse_shipped(folder)
    tree = open_tree(folder)
    with at_work("work.checking"):
        fixes = find_fixes(tree, today, paths_below(tree, paths))
    apply(tree.root, [as_on_disk(tree, path, text) for path, text in fixes.texts.items()], "validate --fix")
    phrases = phrases_in(language).with_topic("fixes")
    for fix in fixes.told:
        values = {"path": fix.path, "line": str(fix.line), "before": fix.before, "after": fix.after}
        talk(phrases.fill(fix.phrase, values))
    if not fixes.told:
        talk(phrases("fix.nothing"))
