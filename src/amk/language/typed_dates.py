"""Dates as people type them: 1-7-2021, 1 juli 2021, jul 2021. Day before month, always."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from amk.language import LANGUAGES, phrases_in
from amk.values.dates import NotADate, parse_date

_DAY, _YEAR, _MONTH = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})"
_WORD = r"(?P<word>[^\W\d_]{3,12})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}(?P<between>[-/. ]){_MONTH}(?P=between){_YEAR}",
        rf"{_YEAR}(?P<between>[-/. ]){_MONTH}(?P=between){_DAY}",
        rf"{_DAY}(?:e|de|ste|st|nd|rd|th)?[- ]{{0,2}}{_WORD}[- ]{{1,2}}{_YEAR}",
        rf"{_WORD} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
        rf"{_WORD}[- ]{{1,2}}{_YEAR}",
        rf"{_MONTH}[-/. ]{_YEAR}",
        rf"{_YEAR}[-.]{_MONTH}",
    )
)
_SHORT = {"mrt": 3, "sept": 9}
"""Months that are not shortened to their first three letters."""


def as_edtf(text: str) -> str:
    """A date that somebody typed in EDTF; any other text as it is, years of two digits among them."""
    text = text.strip()
    if _is_edtf(text):
        return text
    whole = _moment(text)
    if whole or text.count("/") != 1:
        return whole or text
    return "/".join(_moment(part.strip()) or part.strip() for part in text.split("/"))


def _is_edtf(text: str) -> bool:
    try:
        parse_date(text)
    except NotADate:
        return False
    return True


def _moment(text: str) -> str:
    """One day or month in EDTF; nothing for what is neither."""
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else _months().get(parts["word"].casefold(), 0)
            day = parts.get("day")
            if month:
                return f"{parts['year']}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return ""


@cache
def _months() -> Mapping[str, int]:
    """The number of each month by its name in every language, and by the first three letters of it."""
    names = {phrases_in(lang).month(n).casefold(): n for lang in LANGUAGES for n in range(1, 13)}
    return {**{name[:3]: number for name, number in names.items()}, **names, **_SHORT}
