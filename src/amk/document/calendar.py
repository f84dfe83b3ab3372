"""A calendar as plain values: events on whole days, before a format is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """Something from one day through another, certain or not. `id` stays the same over time."""

    id: str
    first: date
    last: date
    summary: str
    description: str
    certain: bool
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Events under a name, in one language; `stamp` is the day of the facts they were made from."""

    name: str
    language: str
    stamp: date
    events: tuple[CalendarEvent, ...]
