"""`amk resume`: a change that was interrupted, finished, undone or forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from amk.cli.messages import talk, wished_language
from amk.cli.options import Data, Lang, option
from amk.language import phrases_in
from amk.storage.apply import drop, resume
from amk.storage.data_folder import find_root

Undo = Annotated[bool, option("--undo", "Put every file back as it was before.")]
Drop = Annotated[bool, option("--drop", "Forget it; the files stay as they are.")]


def run(undo: Undo = False, drop_it: Drop = False, data: Data = None, lang: Lang = None) -> None:
    """Finish a change that was interrupted while its files were written, or undo it."""
    root, phrases = find_root(data, Path.cwd()), phrases_in(lang or wished_language())
    if drop_it:
        drop(root)
        talk(phrases("talk.dropped"))
        return
    talk(phrases("talk.undone" if undo else "talk.resumed", count=resume(root, undo)))
