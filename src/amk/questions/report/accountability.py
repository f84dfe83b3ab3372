"""On what a briefing rests: what it covers, and its sources."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Block, Bullets, Heading, Link, Paragraph, Text
from amk.language import Phrases
from amk.model.records import Source
from amk.questions.attribution import source_told
from amk.questions.report.find import Briefing


def accountability(briefing: Briefing, phrases: Phrases, covered: tuple[str, ...]) -> Iterator[Block]:
    """What a document covers, and the sources that it rests on."""
    yield Heading(phrases("report.accountability"))
    yield Paragraph(" ".join((*covered, phrases("report.own-words"))))
    yield from sources_told(briefing, phrases)


def sources_told(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """The sources that a document rests on, the newest first."""
    if briefing.sources:
        yield Paragraph(phrases("report.sources", count=len(briefing.sources)))
        yield Bullets(tuple(_source(source, phrases) for source in briefing.sources))


def _source(source: Source, phrases: Phrases) -> Text:
    words = source_told(source, phrases)
    if source.line_count:
        words = phrases("source.lines", source=words, number=source.line_count)
    return (Link(words, source.url), ".") if source.url else f"{words}."
