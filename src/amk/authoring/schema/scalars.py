"""Scalars as an editor sees them: amk reads each as text, an editor may make a number of it.

YAML 1.2 (core schema, chapter 10.3) and YAML 1.1 (https://yaml.org/type/) each say which plain
scalars are numbers, truth values or null; editors follow the one or the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

_LONGEST = 300  # no number that a computer knows is written longer
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON")
_FALSE = re.compile(r"n|N|no|No|NO|false|False|FALSE|off|Off|OFF")
_SIXTIES = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WHOLE: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?0[0-7]+"), lambda text: int(text, 8)),
    (re.compile(r"[-+]?0o[0-7]+"), lambda text: int(text, 8)),
    (re.compile(r"[-+]?0x[0-9a-fA-F]+"), lambda text: int(text, 16)),
    (re.compile(r"[-+]?0b[01]+"), lambda text: int(text, 2)),
)

_YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = (
    f"(?:{_YEAR}-(?:{_MONTH}-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|"
    f"(?:0[13578]|1[02])-31)|{_LEAP_YEAR}-02-29)"
)
_END = f"(?:(?:{_DAY}|{_YEAR}-{_MONTH}(?:-XX)?|{_YEAR}(?:-XX){{0,2}}|[0-9]{{3}}X|[0-9]{{2}}XX)[?~%]?)"
_SEASON = f"{_YEAR}-2[1-4][?~%]?"
_QUARTER = f"{_YEAR}-3[3-6]"

_INTERVAL = f"{_END}/(?:{_END}|\\.\\.)?|(?:\\.\\.)?/{_END}|\\.\\./(?:\\.\\.)?|/\\.\\."

DATE = f"^(?:{_END}|{_SEASON}|{_QUARTER}|{_INTERVAL})$"
"""Dates, as `dates` reads them; only that an interval does not run backwards is left to amk."""

_LINE = "[1-9][0-9]{0,5}(?:-[1-9][0-9]{0,5})?"
LINES = f"^{_LINE}(?:, ?{_LINE})*$"
"""Lines, as `lines` reads them; only that a range does not run backwards is left to amk."""

WHOLE = r"^\s*[-+]?[0-9]+(?:_[0-9]+)*(?:\.0+)?\s*$"
NUMBER = r"^\s*[-+]?(?=_*\.?_*[0-9])[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?\s*$"
YES_NO = (
    "^(?:[tT]|[fF]|[yY]|[nN]|[01]|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[yY][eE][sS]|[nN][oO]|"
    "[oO][nN]|[oO][fF][fF])$"
)


def as_edited(text: str) -> list[Any]:
    """All that editors may make of a text: itself, and what the one or the other YAML makes of it."""
    found: dict[tuple[type, Any], Any] = {(str, text): text}
    for value in _typed(text.replace("_", "")) if len(text) <= _LONGEST else ():
        found.setdefault((type(value), value), value)
    return list(found.values())


def _typed(text: str) -> Iterator[Any]:
    if _NULL.fullmatch(text):
        yield None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        yield _TRUE.fullmatch(text) is not None
    yield from (whole(text) for form, whole in _WHOLE if form.fullmatch(text))
    if _FLOAT.fullmatch(text):
        yield from _number(float(text))
    if _SIXTIES.fullmatch(text):
        yield from _number(_sixties(text))


def _number(number: float) -> Iterator[float | int]:
    """A number as JSON has it: without infinity, and with no difference between 1.0 and 1."""
    if isfinite(number):
        yield int(number) if number.is_integer() else number


def _sixties(text: str) -> float:
    """A number to the base of sixty, which YAML 1.1 makes of 12:30."""
    total = 0.0
    for part in text.lstrip("+-").split(":"):
        total = total * 60 + float(part)
    return -total if text.startswith("-") else total
