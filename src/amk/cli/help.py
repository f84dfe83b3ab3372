"""Help in the language of the reader: the English that stands in the code, looked up text by text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from typer._click.formatting import HelpFormatter

from amk.language import help_in

_EXTRA = re.compile(r"\[(.*)\]$")
_NAME = re.compile(r"[A-Z]{2,}")


class TranslatedHelp(HelpFormatter):
    """A page of help of which each text, heading and name of a value is said in another language."""

    def __init__(self, texts: Mapping[str, str], **size: Any) -> None:
        super().__init__(**size)
        self._texts = texts

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, self._named(args), f"{self._said('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(self._said(heading))

    def write_text(self, text: str) -> None:
        super().write_text(self._said(text))

    def write_dl(self, rows: Sequence[tuple[str, str]], *size: Any, **more: Any) -> None:
        super().write_dl([(self._named(name), self._with_extra(text)) for name, text in rows], *size, **more)

    def _said(self, text: str) -> str:
        return self._texts.get(text, text)

    def _named(self, words: str) -> str:
        """The names of values: DATE, REGION."""
        return _NAME.sub(lambda name: self._said(name[0]), words)

    def _with_extra(self, text: str) -> str:
        """A text, and in brackets whether it is required, its default, its environment variable."""
        words, gap, extra = text.partition("  [")
        if not gap and not _EXTRA.match(text):
            return self._said(text)
        told = (self._extra(part) for part in (extra or text[1:]).removesuffix("]").split("; "))
        return f"{self._said(words)}  [{'; '.join(told)}]" if gap else f"[{'; '.join(told)}]"

    def _extra(self, part: str) -> str:
        what, colon, value = part.partition(": ")
        return f"{self._said(what)}{colon}{value}"


def speak(ctx: Any, language: str) -> None:
    """Let the help of a command be told in a language; English is that of the code."""
    if texts := help_in(language):
        ctx.formatter_class = partial(TranslatedHelp, texts)
