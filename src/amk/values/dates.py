"""Dates known to the year, the month or the day, and the periods they bound.

The notation is EDTF (Extended Date/Time Format, ISO 8601-2:2019): level 0 and 1 without times,
and the quarters 33-36 of level 2. What is asked of a date is answered with yes, maybe or no.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from amk.values.frozen import frozen

Holds = Literal["yes", "maybe", "no"]
DateFault = Literal["form", "impossible", "reversed", "set", "end", "time", "year"]
Precision = Literal["day", "month", "quarter", "season", "year", "years"]

OPEN, UNKNOWN_END = "..", ""

_MOMENT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[?~%]?)"
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}


class NotADate(ValueError):
    """The text is no date that amk reads; `reason` says why."""

    def __init__(self, text: str, reason: DateFault) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason: DateFault = reason


@frozen
class Moment:
    """A moment that lies somewhere from `first` through `last`.

    `uncertain` (?): the source is in doubt about it; `approximate` (~): it is an estimate.
    """

    first: date
    last: date
    precision: Precision
    uncertain: bool = False
    approximate: bool = False

    @property
    def widest(self) -> tuple[date, date]:
        """The first and last day it may be: a qualified moment reaches its own length further."""
        if not (self.uncertain or self.approximate):
            return self.first, self.last
        slack = self.last - self.first + timedelta(days=1)
        return max(self.first, date.min + slack) - slack, min(self.last, date.max - slack) + slack


@frozen
class Date:
    """What an EDTF text says: a moment, or an interval whose ends may be open or unknown.

    `start` and `end` are None where the interval is open or its end unknown; `text` tells which.
    """

    text: str
    start: Moment | None
    end: Moment | None

    @property
    def is_interval(self) -> bool:
        """Whether two ends are written."""
        return "/" in self.text

    @property
    def earliest(self) -> date:
        """The first day meant; the first day of all for an open or unknown start."""
        return self.start.first if self.start else date.min

    @property
    def latest(self) -> date:
        """The last day meant; the last day of all for an open or unknown end."""
        return self.end.last if self.end else date.max

    @property
    def is_open(self) -> bool:
        """Whether no end is known: it may hold still."""
        return self.end is None

    @property
    def starts_unknown(self) -> bool:
        """Whether it began on a day that nobody has said."""
        return self.is_interval and self.text.startswith("/")

    def reached_by(self, day: date) -> Holds:
        """Whether a moment, or one bounded by this interval, had come on that day."""
        if (self.end.widest[1] if self.end else date.max) <= day:
            return "yes"
        return "maybe" if (self.start.widest[0] if self.start else date.min) <= day else "no"

    def holds_on(self, day: date, confirmed: Confirmed | None = None) -> Holds:
        """Whether what lasted for this period held on that day.

        Where an end is not known, the answer is yes only between the days on which sources
        confirm that it held.
        """
        if not self._possible_from <= day <= self._possible_until:
            return "no"
        certain = self._certain_from(confirmed) <= day <= self._certain_until(confirmed)
        return "yes" if certain else "maybe"

    @property
    def _possible_from(self) -> date:
        return self.start.widest[0] if self.start else date.min

    @property
    def _possible_until(self) -> date:
        return self.end.widest[1] if self.end else date.max

    def _certain_from(self, confirmed: Confirmed | None) -> date:
        if self.start:
            return self.start.widest[1]
        return (confirmed.first if confirmed else date.max) if self.starts_unknown else date.min

    def _certain_until(self, confirmed: Confirmed | None) -> date:
        if self.end:
            return self.end.widest[0]
        return confirmed.last if confirmed else date.min

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: Date) -> bool:
        return (self.earliest, self.latest) < (other.earliest, other.latest)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def from_text(value: object) -> Date:
            if isinstance(value, Date):
                return value
            if not isinstance(value, str):
                raise PydanticCustomError("date_form", "a date")
            try:
                return parse_date(value)
            except NotADate as error:
                raise PydanticCustomError(f"date_{error.reason}", "a date") from error

        return core_schema.no_info_plain_validator_function(from_text)


@frozen
class Confirmed:
    """The first and the last day on which a source, or someone who checked, says that it held."""

    first: date
    last: date


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Date:
    """Read an EDTF text.

    Raises NotADate for what is not EDTF, for a day that no calendar has, for an interval that
    runs backwards, and for what amk leaves out on purpose: sets, times, quarters and seasons as
    the end of an interval, and years before 1 or after 9999.
    """
    if "/" not in text:
        moment = _moment(text, text)
        return Date(text, moment, moment)
    start, _, end = text.partition("/")
    if {start, end} == {UNKNOWN_END}:
        raise NotADate(text, "form")
    return _in_order(Date(text, _end(start, text), _end(end, text)))


def _in_order(interval: Date) -> Date:
    if interval.earliest > interval.latest:
        raise NotADate(interval.text, "reversed")
    return interval


def _end(part: str, whole: str) -> Moment | None:
    if part in (OPEN, UNKNOWN_END):
        return None
    moment = _moment(part, whole)
    if moment.precision in ("quarter", "season"):
        raise NotADate(whole, "end")
    return moment


def _moment(part: str, whole: str) -> Moment:
    match = _MOMENT.fullmatch(part)
    if not (match and match.group().isascii()):
        raise NotADate(whole, _why_not(part))
    year, month, day, mark = match.group("year", "month", "day", "mark")
    first, last, precision = _days(year, month, day, whole)
    if precision == "quarter" and mark:
        raise NotADate(whole, "form")
    return Moment(first, last, precision, mark in ("?", "%"), mark in ("~", "%"))


def _why_not(part: str) -> DateFault:
    if part[:1] in ("[", "{"):
        return "set"
    if re.match(r"\d{4}-\d\d-\d\d[T ]", part):
        return "time"
    return "year" if re.match(r"Y|-\d{4}", part) else "form"


def _days(year: str, month: str | None, day: str | None, whole: str) -> tuple[date, date, Precision]:
    if "X" in year:
        if month:
            raise NotADate(whole, "form")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return _year(max(low, 1), whole)[0], _year(high, whole)[1], "years"
    if month is None or (month == "XX" and day in (None, "XX")):
        return *_year(int(year), whole), "year"
    if month == "XX":
        raise NotADate(whole, "form")
    if day is None or day == "XX":
        return _months(int(year), int(month), day, whole)
    try:
        exact = date(int(year), int(month), int(day))
    except ValueError as error:
        raise NotADate(whole, "impossible") from error
    return exact, exact, "day"


def _year(year: int, whole: str) -> tuple[date, date]:
    if year < 1:
        raise NotADate(whole, "year")
    return date(year, 1, 1), date(year, 12, 31)


def _months(year: int, number: int, day: str | None, whole: str) -> tuple[date, date, Precision]:
    grouped = _SEASONS.get(number) or _QUARTERS.get(number)
    if not (1 <= number <= 12 or (grouped and day is None)):
        raise NotADate(whole, "impossible")
    first, last = grouped or (number, number)
    precision: Precision = "month" if not grouped else "season" if number in _SEASONS else "quarter"
    return _year(year, whole)[0].replace(month=first), _end_of_month(year, last), precision


def _end_of_month(year: int, month: int) -> date:
    """The last day of a month; month 13 is January of the next year, where winter goes on."""
    if month > 12:
        if year == date.max.year:
            return date.max
        year, month = year + 1, month - 12
    return date(year, month, monthrange(year, month)[1])
