"""YAML as it is mostly written, a key or an item a line, read without a parser; else left to one.

What is read here is read as a YAML parser reads it (https://yaml.org/spec/1.1/, chapters 8 and 9):
mappings and lists by their indentation, and values of one line, plain or between quotes. Whatever is
written in any other way, or is wrong, is not read at all.
"""

from __future__ import annotations

import re
from typing import Any

MAX_CHARACTERS = 100_000
MAX_LINES = 2_000
MAX_DEPTH = 20

_LINE = re.compile(
    r"""
    ^\x20*(?:\#.*)?$                                    # nothing, or a comment
    |
    ^(\x20*)(-\x20)?                                    # how far in; an item of a list
    (?:([A-Za-z0-9][A-Za-z0-9_-]{0,99}):(?:\x20|$))?    # a key
    (?:
        ([^\s\-?:,\[\]{}\#&*!|>'"%@`].*)                # a value as it is
        |'((?:[^'\n]|'')+)'                             # or between quotes
        |"([^"\\\n]+)"
    )?$
    |
    ^(.+)$                                              # anything else
    """,
    re.MULTILINE | re.VERBOSE,
)


def read_plainly(text: str) -> dict[str, Any] | None:
    """The mapping that a text holds; None where a parser has to look.

    The text has line feeds for ends of lines, and no other characters that could be taken for one.
    """
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES or "\t" in text or "\ufeff" in text:
        return None
    return _mapping(_LINE.findall(text))


def _mapping(lines: list[tuple[str, ...]]) -> dict[str, Any] | None:
    """One loop without calls: it runs for every line of every file."""
    root: dict[str, Any] = {}
    holder: Any = root
    column = 0
    around: list[tuple[int, Any]] = []
    awaiting = ""  # the key in `holder` whose value has not begun
    for indent, dash, key, plain, quoted, doubly, other in lines:
        if not (key or plain or quoted or doubly):
            if dash or other:
                return None
            continue
        if plain:
            if ": " in plain or " #" in plain or plain[-1] in ": ":
                return None
            value = plain
        else:
            value = quoted.replace("''", "'") or doubly
        here = len(indent)
        if awaiting:
            if here <= column or len(around) > MAX_DEPTH:
                return None
            around.append((column, holder))
            inside: Any = [] if dash else {}
            holder[awaiting] = inside
            column, holder, awaiting = here, inside, ""
        while column > here:
            column, holder = around.pop()
        if column != here or (type(holder) is list) is not bool(dash):
            return None
        if dash:
            if not key:
                holder.append(value)
                continue
            around.append((column, holder))
            inside = {}
            holder.append(inside)
            column, holder = here + 2, inside
        if not key or key in holder:
            return None
        holder[key] = value
        if not value:
            awaiting = key
    return root if root and not awaiting else None
