"""What a text says otherwise than was meant, though it can be read: cut-off titles, letters in two parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from amk.values.parsed import Fault

CUT_OFF, TWO_PARTS = "YAML016", "YAML017"

_CUT = re.compile(
    r"^(?P<key>[ ]*(?:-[ ])*(?:title|name|official_name|short|summary|nl|en):[ ]+)"
    r"(?P<said>[^\s'\"|>\[{#&*!@`%][^#\n]*?)(?P<gap>[ ]+)(?P<rest>#[^\s#][^\n]*)$",
    re.MULTILINE,
)


def doubts_in(text: str) -> Iterator[Fault]:
    """What is to be looked at again: nearly always nothing, and then this takes no time."""
    if " #" in text:
        for match in _CUT.finditer(text):
            yield Fault(CUT_OFF, *_place(text, match.start("rest")), (), match["rest"].strip())
    if not text.isascii() and not is_normalized("NFC", text):
        odd = next(n for n, line in enumerate(text.split("\n"), 1) if not is_normalized("NFC", line))
        yield Fault(TWO_PARTS, odd, 1)


def tidied(text: str) -> str:
    """The text as it was meant: a title whole, between quotes; each letter one character."""
    whole = _CUT.sub(_quoted, text) if " #" in text else text
    return whole if whole.isascii() else normalize("NFC", whole)


def _quoted(match: re.Match[str]) -> str:
    said = f"{match['said']}{match['gap']}{match['rest']}".rstrip()
    return "{}'{}'".format(match["key"], said.replace("'", "''"))


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
