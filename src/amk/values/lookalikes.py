"""Characters that look like another one, or like nothing: pasted from Word, a PDF or a web page."""

from __future__ import annotations

import re
from typing import Literal

Like = Literal["space", "dash", "quote", "nothing", "break", "colon"]

_RANGES: tuple[tuple[str, Like, str], ...] = (
    ("\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000", "space", " "),
    ("\u2010-\u2015\u2212\ufe58\ufe63\uff0d", "dash", "-"),
    ("\u201c-\u201f\u2033\uff02", "quote", '"'),
    ("\u2018-\u201b\u2032\u00b4\uff07", "quote", "'"),
    ("\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff", "nothing", ""),
    ("\u0085\u2028\u2029", "break", " "),
    ("\ufe55\uff1a", "colon", ":"),
)
_KINDS = tuple((re.compile(f"[{marks}]"), like, meant) for marks, like, meant in _RANGES)

LOOKALIKE = re.compile(f"[{''.join(marks for marks, *_ in _RANGES)}]")


def find_lookalike(text: str) -> str:
    """The first character in a text that looks like another one; nothing where there is none."""
    found = LOOKALIKE.search(text)
    return found.group() if found else ""


def like_of(character: str) -> Like:
    """What a character looks like."""
    return next(like for pattern, like, _ in _KINDS if pattern.match(character))


def as_meant(text: str) -> str:
    """A text with the characters that were probably meant."""
    for pattern, _, meant in _KINDS:
        text = pattern.sub(meant, text)
    return text


def code_of(character: str) -> str:
    """The code point of a character as it is usually written."""
    return f"U+{ord(character):04X}"
