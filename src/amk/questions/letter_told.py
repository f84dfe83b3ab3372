"""The letter: what a reader of two pages needs of the briefing; the briefing itself tells the rest."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document import Block, Bullets, Heading, Paragraph, Text
from amk.language import Say
from amk.questions.briefing import Briefing
from amk.questions.briefing_told import essentials, questions

NAMED = 12
"""How many municipalities of which nothing is known are named; of more, the essentials tell the number."""
ASKED = 5
"""How many open questions stand in a letter."""


def tell_letter(
    briefing: Briefing, say: Say, area: str, covered: tuple[str, ...], striking: tuple[Block, ...] = ()
) -> tuple[Block, ...]:
    """The essentials, what stands out, what is not known, and on what it rests: two pages at most."""
    return (
        Paragraph(say("report.area", area=area, day=say.day(briefing.day))),
        *essentials(briefing, say, cited=True),
        *striking,
        *_not_known(briefing, say),
        Heading(say("report.accountability")),
        Paragraph(" ".join((*covered, say("report.own-words"), *_sources(briefing, say)))),
    )


def _not_known(briefing: Briefing, say: Say) -> Iterator[Block]:
    points: list[Text] = []
    if 0 < len(briefing.unknown) <= NAMED:
        names = say.listing(place.municipality.name for place in briefing.unknown)
        points.append(say("report.not-known.municipalities", names=names))
    asked = list(questions(briefing, say))
    points += asked[:ASKED]
    if asked[ASKED:]:
        points.append(say("letter.more", count=len(asked) - ASKED))
    if points:
        yield Heading(say("letter.not-known"))
        yield Bullets(tuple(points))


def _sources(briefing: Briefing, say: Say) -> Iterator[str]:
    if briefing.sources:
        yield say("letter.sources", count=len(briefing.sources))
