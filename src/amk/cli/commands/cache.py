"""`amk cache`: what amk keeps between runs, and throwing it away."""

from __future__ import annotations

from typing import Annotated

from amk.cache.location import cache_files, cache_folder, clear_cache, is_private
from amk.cli.messages import talk
from amk.cli.options import Lang, option
from amk.cli.output import put
from amk.language import phrases_in

Clear = Annotated[bool, option("--clear", "Throw it all away; the next answer takes longer.")]


def run(clear: Clear = False, lang: Lang = None) -> None:
    """Tell where amk keeps what it read before, and how large that is; --clear throws it away."""
    phrases = phrases_in(lang or "nl")
    folder = cache_folder()
    if folder is None:
        put(phrases("cache.none") + "\n", None)
        return
    if folder.exists() and not is_private(folder):
        put(phrases("cache.not-private", folder=str(folder)) + "\n", None)
        return
    if clear:
        talk(phrases("cache.cleared", count=clear_cache()))
        return
    files = list(cache_files())
    size = phrases.number(sum(file.stat().st_size for file in files) / 1024**2, 1)
    put(
        phrases.fill("cache.told", {"folder": str(folder), "files": str(len(files)), "size": size}) + "\n",
        None,
    )
