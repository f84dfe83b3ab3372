"""`amk cache`: what amk keeps between runs, and throwing it away."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.cli.options import Lang
from amk.cli.showing import put
from amk.cli.telling import talk
from amk.kept.folder import clear_kept, kept_files, kept_folder
from amk.language import say_in

FORMATS = ("text",)

Clear = Annotated[bool, typer.Option("--clear", help="Throw it all away; the next answer takes longer.")]


def run(clear: Clear = False, lang: Lang = None) -> None:
    """Tell where amk keeps what it read before, and how large that is; --clear throws it away."""
    say = say_in(lang or "nl")
    folder = kept_folder()
    if folder is None:
        put(say("cache.none") + "\n", None)
        return
    if clear:
        talk(say("cache.cleared", count=clear_kept()))
        return
    files = list(kept_files())
    size = say.number(sum(file.stat().st_size for file in files) / 1024**2, 1)
    put(say.fill("cache.told", {"folder": str(folder), "files": str(len(files)), "size": size}) + "\n", None)
