"""Two parts of a briefing that are there only where there is something to tell: figures and commitments."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Block, Bullets, Heading, Text
from amk.language import Phrases
from amk.model.records import Commitment
from amk.questions.figures_and_commitments import commitment_told, figure_told, outcome_told
from amk.questions.report.find import Briefing
from amk.questions.wording import MOST_NAMED, aside, milestone_told, noted


def figures_told(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """How much there was of what, in whose territory, each as of its source."""
    if briefing.figures:
        yield Heading(phrases("kinds.figure"))
        yield Bullets(tuple(figure_told(briefing.base, f, briefing.day, phrases) for f in briefing.figures))


def commitments_open(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """By name, the newest first, what was promised or asked for and of which no source says it was settled.

    About the whole, only what a party owes that is no municipality.
    """
    pending = [c for c in briefing.commitments if c.fulfilled != "yes" and (briefing.is_part or _is_whole(c))]
    if pending:
        yield Bullets(tuple(_open(briefing, c, phrases) for c in reversed(pending[-MOST_NAMED:])))


def _is_whole(commitment: Commitment) -> bool:
    return not (commitment.by or "").startswith("municipality/")


def _open(briefing: Briefing, commitment: Commitment, phrases: Phrases) -> Text:
    when = milestone_told(commitment, phrases) if commitment.date or commitment.date_text else ""
    about = commitment.title + (aside(when) if when else "")
    told = f"{about}. {outcome_told(briefing.base, commitment, phrases)}"
    return noted(told, briefing.base, commitment.evidence, phrases)


def commitments_told(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """What was promised or asked for, by when, and what came of it."""
    if briefing.commitments:
        told = (commitment_told(briefing.base, c, briefing.day, phrases) for c in briefing.commitments)
        yield Heading(phrases("kinds.commitment"))
        yield Bullets(tuple(told))
