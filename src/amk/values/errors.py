"""What stops a command: one family of exceptions, told in one sentence at the edge."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class UserError(Exception):
    """Going on is impossible.

    `phrase` names the sentence in `language` that says why and what to do; `values` fill it in.
    """

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(f"{phrase} {values}")
        self.phrase = phrase
        self.values = values


class CacheCorrupt(Exception):
    """What was kept of an earlier reading is not whole: everything is to be read anew."""


def no_library(format: str, extra: str) -> UserError:
    """That a format needs an extra, with the command that installs it here."""
    # Only who is stopped needs to know how amk was installed.
    from amk.values.extras import installing_extra

    return UserError("stop.no-library", format=format, command=installing_extra(extra))


def library(name: str, format: str, extra: str) -> Any:
    """A library that only an extra brings. Raises UserError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise no_library(format, extra) from error
