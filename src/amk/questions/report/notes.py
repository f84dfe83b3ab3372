"""How each part of a briefing tells a note, a list, and when what it tells was last confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amk.document.blocks import Block, Bullets, Paragraph, Text
from amk.language import Phrases
from amk.model.records import Policy
from amk.questions.attribution import note_told
from amk.questions.report.find import Briefing, StatedNote, oldest_and_newest
from amk.questions.wording import noted, who_told
from amk.values.dates import Date


def note_of(briefing: Briefing, found: StatedNote, phrases: Phrases) -> Text:
    """A note with its source, after the name of what it is about; of the whole there is no need to say."""
    record, note, about = found.record, found.note, whom_about(briefing, found, phrases)
    told = note_told(briefing.base, record, note, briefing.day, phrases, about)
    return noted(told, briefing.base, note.evidence or record.evidence, phrases)


def whom_about(briefing: Briefing, found: StatedNote, phrases: Phrases) -> str:
    """What a note is about; nothing where that is the whole."""
    if found.record is briefing.base.home or found.record.id == briefing.base.manifest.home_region:
        return ""
    if isinstance(found.record, Policy):
        return who_told(briefing.base, found.record, phrases)
    return found.record.name


def confirmed_between(phrases: Phrases, phrase: str, dates: Iterable[Date | None]) -> Iterator[Block]:
    """Once a section: between which days its facts were last confirmed."""
    span = oldest_and_newest(dates)
    if span:
        oldest, newest = (phrases.milestone(when) for when in span)
        same = "one" if oldest == newest else "many"
        yield Paragraph(phrases(f"{phrase}.{same}", oldest=oldest, newest=newest, when=phrases.on(span[1])))


def bulleted(items: tuple[Text, ...]) -> Iterator[Block]:
    """A list; nothing where there are no items."""
    if items:
        yield Bullets(items)
