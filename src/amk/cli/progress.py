"""While work takes over a second, a line on the terminal that says so; it goes when the work is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from amk.cli.messages import wished_language
from amk.language import Phrases, phrases_in

EVERY = 1.0
"""Seconds before the first word of it, and between one word and the next."""

_WORKING: list[str] = []
_ERASED = "\r\x1b[K"


@contextmanager
def at_work(phrase: str) -> Iterator[None]:
    """Tell, on a terminal, what is being done and for how long; nothing where nobody looks on.

    Of work within work, the whole is told; work without a phrase tells of its parts.
    """
    if not phrase or _WORKING or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    _WORKING.append(phrase)
    done = Event()
    teller = Thread(target=_tell, args=(phrase, phrases_in(wished_language()), done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        _WORKING.clear()


def _tell(phrase: str, phrases: Phrases, done: Event) -> None:
    seconds = 0
    while not done.wait(EVERY):
        seconds += 1
        sys.stderr.write(f"{_ERASED}{phrases('work.told', work=phrases(phrase), seconds=seconds)}")
        sys.stderr.flush()
    if seconds:
        sys.stderr.write(_ERASED)
        sys.stderr.flush()
