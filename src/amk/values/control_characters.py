"""Characters that steer a terminal, or that no file can hold: data and names never bring them out."""

from __future__ import annotations

import re

# C0 but for tab and newline, DEL, C1, marks and overrides of the writing direction, separators of
# lines and paragraphs, halves of a surrogate pair (how Python shows bytes that are no UTF-8), and the two
# that no XML can hold, so no document, workbook or drawing.
CONTROL_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_MARK = "\ufffd"


def sanitize(text: str) -> str:
    """A text that steers no terminal and can be written as UTF-8; tabs and newlines stay."""
    return CONTROL_CHARACTERS.sub(_MARK, text)


def one_line(text: str) -> str:
    """A harmless text on one line: a name, a path or a value inside a sentence."""
    return sanitize(text).replace("\n", _MARK).replace("\t", " ")


def escaped(json: str) -> str:
    r"""JSON in which what steers is written as `\u009b`: the same data, in harmless characters."""
    return CONTROL_CHARACTERS.sub(lambda found: f"\\u{ord(found.group()):04x}", json)
