"""Timeline: everything dated in the records in view, in order; what has no date comes last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from amk.model.collection import InMemory
from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.records import KINDS, Source
from amk.questions.records.facts import facts_of
from amk.questions.timeline.dated import EventType, TimelineEntry, entries_of, successions
from amk.values.dates import Date

_ORDER = {kind.kind: index for index, kind in enumerate(KINDS)}
_EVENTS = get_args(EventType)


@dataclass(frozen=True, slots=True)
class Window:
    """What part of the time a user wants to see, and of whom."""

    since: Date | None = None
    until: Date | None = None
    municipality: str | None = None
    sources: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The entries found, those with a day first and in order; `day` is the day they are seen from."""

    base: KnowledgeBase
    entries: tuple[TimelineEntry, ...]
    day: date
    window: Window = Window()

    @property
    def dated(self) -> tuple[TimelineEntry, ...]:
        """Those of which some day is known."""
        return tuple(entry for entry in self.entries if entry.anchor)

    @property
    def undated(self) -> tuple[TimelineEntry, ...]:
        """Those of which no day is known at all."""
        return tuple(entry for entry in self.entries if not entry.anchor)


def find_timeline(base: KnowledgeBase, day: date, window: Window = Window()) -> Timeline:
    """Everything dated in the records in view that may have happened within the window.

    In a base that was narrowed to a day, what certainly came later is left out. What has no
    date may lie in any window, and stays.
    """
    entries = [entry for entry in _all(base, window) if _in_window(base, entry, window)]
    return Timeline(base, tuple(sorted(entries, key=_place)), day, window)


def _all(base: KnowledgeBase, window: Window) -> Iterable[TimelineEntry]:
    for record in base.records.values():
        for entry in entries_of(base, record):
            if window.sources or not isinstance(record, Source):
                yield entry
    yield from successions(base)


def _in_window(base: KnowledgeBase, entry: TimelineEntry, window: Window) -> bool:
    if window.municipality and not _concerns(entry, window.municipality):
        return False
    if entry.date is None:
        return True
    if base.day and entry.date.reached_by(base.day) == "no":
        return False
    first, last = possible_days(entry.date)
    after = window.since is None or last >= window.since.earliest
    return after and (window.until is None or first <= window.until.latest)


def _concerns(entry: TimelineEntry, municipality: str) -> bool:
    return not entry.concerns or f"municipality/{municipality}" in entry.concerns


def with_status(base: KnowledgeBase, status: str, day: date) -> KnowledgeBase:
    """The base with only the policies and municipalities that have this status on a day."""
    return base.where(lambda record: facts_of(base, record, day).get("status") == status)


def with_sources(base: KnowledgeBase) -> KnowledgeBase:
    """The base with the sources that the records in view rest on beside them."""
    named = {f"source/{e.source}" for r in base.records.values() for _, e in evidence_in(r)}
    cited = {ref: base.known[ref] for ref in sorted(named) if ref in base.known}
    return replace(base, records=InMemory({**base.records, **cited}))


def possible_days(when: Date) -> tuple[date, date]:
    """The first and the last day that a date may mean, doubt and open ends included."""
    return (
        when.start.widest[0] if when.start else date.min,
        when.end.widest[1] if when.end else date.max,
    )


def _place(entry: TimelineEntry) -> tuple[bool, date, date, int, str, int, str]:
    return (
        entry.anchor is None,
        entry.anchor or date.max,
        entry.latest or date.max,
        _ORDER[entry.record.kind],
        sorting_name(entry.name),
        _EVENTS.index(entry.event),
        str(entry.text or entry.concerns),
    )
