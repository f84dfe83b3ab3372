"""Who says something, and when: a claim keeps the day of its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Evidence, Note, Source
from amk.values.dates import Date, Moment

RECENT = timedelta(days=365)
"""How old a source may be for what it says to be told as it stands."""


def attributed(
    words: str,
    base: KnowledgeBase,
    evidence: Iterable[Evidence],
    day: date,
    phrases: Phrases,
    about: str = "",
) -> str:
    """A claim about something, after the newest source that makes it where that is not recent on a day."""
    return introduced(words, about, teller_of(base, evidence, day, phrases))


def introduced(words: str, about: str, teller: str) -> str:
    """Words after what they are about and who says so; either may be empty."""
    before = ", ".join(filter(None, (about, teller)))
    return f"{before if about else before[:1].upper() + before[1:]}: {words}" if before else words


def teller_of(base: KnowledgeBase, evidence: Iterable[Evidence], day: date, phrases: Phrases) -> str:
    """Who says it and when: `volgens Bijlage 1 (5 juli 2021)`; nothing where the newest source is recent."""
    source = newest(base, evidence)
    if source is None or _is_recent(source, day):
        return ""
    when = phrases.milestone(source.date) if source.date else phrases("source.no-date")
    return phrases("according-to", source=_teller(source, phrases), date=when)


def note_told(
    base: KnowledgeBase, record: AnyRecord, note: Note, day: date, phrases: Phrases, about: str = ""
) -> str:
    """A note in words, as of its source; what nobody could say is said by amk itself, and has no source."""
    return introduced(words_of(note, phrases), about, teller_of_note(base, record, note, day, phrases))


def teller_of_note(base: KnowledgeBase, record: AnyRecord, note: Note, day: date, phrases: Phrases) -> str:
    """Who says what a note says; nobody where amk itself does."""
    evidence = note.evidence or record.evidence
    source = newest(base, evidence)
    own_day = note.date is not None and source is not None and source.date is None
    return "" if note.topic == "not-known" or own_day else teller_of(base, evidence, day, phrases)


def words_of(note: Note, phrases: Phrases) -> str:
    """What a note says, with the source's own words for when: … op gang gekomen (‘de afgelopen jaren’)."""
    words = note.text.in_language(phrases.language)
    if not note.date_text:
        return words
    return f"{words.rstrip('.')} ({phrases('quoted', words=note.date_text)})."


def newest(base: KnowledgeBase, evidence: Iterable[Evidence]) -> Source | None:
    """The last of the sources; one without a date only where none has one."""
    return max(_sources(base, evidence), key=_earliest, default=None)


def known_since(base: KnowledgeBase, evidence: Iterable[Evidence]) -> Moment | None:
    """The date of the first source: what it tells had begun by then at the latest."""
    dates: list[Date] = [s.date for s in _sources(base, evidence) if s.date and s.date.end]
    return min(dates, key=lambda d: d.latest).end if dates else None


def source_told(source: Source, phrases: Phrases) -> str:
    """A source as somebody finds it who has only the document: title, publisher, date."""
    publisher = source.publisher if source.publisher and source.publisher not in source.title else None
    when = phrases.milestone(source.date) if source.date else phrases("source.no-date")
    return ", ".join(part for part in (source.title, publisher, when) if part)


def _sources(base: KnowledgeBase, evidence: Iterable[Evidence]) -> Iterable[Source]:
    return filter(None, (base.source(item.source) for item in evidence))


def _earliest(source: Source) -> date:
    return source.date.earliest if source.date else date.min


def _is_recent(source: Source, day: date) -> bool:
    return source.date is not None and day - source.date.earliest <= RECENT


def _teller(source: Source, phrases: Phrases) -> str:
    return source.short or source.publisher or phrases("quoted", words=source.title)
