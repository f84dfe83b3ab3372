"""Figures and commitments in words: how much, of whom, as of which source; who owes what to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amk.document.blocks import Text
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Commitment, Figure, Fulfilment
from amk.questions.attribution import attributed
from amk.questions.wording import approximated, milestone_told, noted


def quantity_told(figure: Figure, phrases: Phrases) -> str:
    """How much: 4.500, ongeveer 3.600, 700 tot 1.450, ten minste 2.500."""
    bounds = {"least": figure.at_least, "most": figure.at_most}
    known = {key: phrases.whole(bound) for key, bound in bounds.items() if bound is not None}
    told = phrases.fill(f"quantity.{'-'.join(known)}", known) if known else phrases.whole(figure.value or 0)
    return approximated(told, figure.approximate, phrases)


def territory_told(base: KnowledgeBase, figure: Figure, phrases: Phrases) -> str:
    """Of whom a figure is: of several together it is the sum."""
    return phrases.listing(map(base.name, figure.territory))


def counted_told(base: KnowledgeBase, figure: Figure, phrases: Phrases) -> str:
    """How much of what: 1.400 plaatsen."""
    return f"{quantity_told(figure, phrases)} {base.label('measures', figure.measure, phrases.language)}"


def amount_told(base: KnowledgeBase, figure: Figure, phrases: Phrases) -> str:
    """How much of what, when, and whether that was counted: 1.400 plaatsen (april 2019, telling)."""
    nature = "" if figure.nature == "unknown" else phrases(f"nature.{figure.nature}")
    beside = [part for part in (phrases.milestone(figure.year) if figure.year else "", nature) if part]
    told = counted_told(base, figure, phrases)
    return f"{told} ({', '.join(beside)})" if beside else told


def figure_told(base: KnowledgeBase, figure: Figure, day: date, phrases: Phrases, about: bool = True) -> Text:
    """A figure as of its source, after whom it is of where that is not plain; a note says how it was got."""
    whose = territory_told(base, figure, phrases) if about or len(figure.territory) > 1 else ""
    words = attributed(amount_told(base, figure, phrases), base, figure.evidence, day, phrases, whose)
    method = f" {figure.method.in_language(phrases.language)}" if figure.method else ""
    return noted(f"{words}.", base, figure.evidence, phrases, method)


def party_told(base: KnowledgeBase, ref: str | None, body: str | None, phrases: Phrases) -> str:
    """A party to a commitment: its body, and of whom that is."""
    named = base.label("bodies", body, phrases.language) if body else ""
    if not (ref and named):
        return base.name(ref) if ref else named
    return phrases("party.body", body=named, name=base.name(ref))


def commitment_told(base: KnowledgeBase, commitment: Commitment, day: date, phrases: Phrases) -> Text:
    """A commitment as of its source: when, what, by when, and what came of it."""
    when = milestone_told(commitment, phrases) if commitment.date or commitment.date_text else ""
    about = ", ".join(part for part in (commitment.title, when) if part)
    text = commitment.text.in_language(phrases.language)
    words = attributed(text, base, commitment.evidence, day, phrases, about)
    parts = (words, *_due(commitment, phrases), outcome_told(base, commitment, phrases))
    evidence = (*commitment.evidence, *(e for answer in commitment.fulfilled_by for e in answer.evidence))
    return noted(" ".join(parts), base, evidence, phrases)


def _due(commitment: Commitment, phrases: Phrases) -> Iterable[str]:
    if commitment.due:
        yield phrases("commitment.due", when=phrases.milestone(commitment.due))


def outcome_told(base: KnowledgeBase, commitment: Commitment, phrases: Phrases) -> str:
    """Whether a commitment was fulfilled, as far as a source says, and what it was answered with."""
    told = phrases(f"commitment.{commitment.fulfilled}")
    if not commitment.fulfilled_by:
        return told
    answers = phrases.listing(answer_told(base, a, phrases) for a in commitment.fulfilled_by)
    return f"{told} {phrases('commitment.answered', answers=answers)}"


def answer_told(base: KnowledgeBase, answer: Fulfilment, phrases: Phrases) -> str:
    """What a commitment was answered with, and when."""
    name = phrases("quoted", words=base.name(answer.ref))
    return f"{name} ({phrases.milestone(answer.date)})" if answer.date else name
