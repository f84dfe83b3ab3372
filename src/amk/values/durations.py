"""Lengths of time as people type them: 90d, 12m, 2y."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_DURATION = re.compile(r"([0-9]{1,5})([dmy])")


class NotADuration(ValueError):
    """The text is no number of days, months or years."""


@dataclass(frozen=True, slots=True)
class Duration:
    """So many calendar months, and so many days."""

    months: int = 0
    days: int = 0


def parse_duration(text: str) -> Duration:
    """Read a number of days (`d`), months (`m`) or years (`y`). Raises NotADuration for anything else."""
    match = _DURATION.fullmatch(text.strip().lower())
    if not match:
        raise NotADuration(text)
    number, unit = int(match.group(1)), match.group(2)
    return Duration(days=number) if unit == "d" else Duration(months=number * (12 if unit == "y" else 1))


def before(day: date, duration: Duration) -> date:
    """The day so long before a day: the same day of the month where there is one, else its last."""
    if duration.days:
        return date.fromordinal(max(day.toordinal() - duration.days, date.min.toordinal()))
    months = day.year * 12 + day.month - 1 - duration.months
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
