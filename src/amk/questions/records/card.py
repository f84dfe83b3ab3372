"""A card: everything about one record, and what it is related to, on a readable page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table
from amk.document.blocks import Facts as Labelled
from amk.language import Phrases
from amk.model.filters import CONCERNS
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Concept,
    Figure,
    Municipality,
    Policy,
    Region,
    Source,
    Vocabulary,
)
from amk.questions.attribution import note_told
from amk.questions.figures_and_commitments import commitment_told, figure_told
from amk.questions.records.card_citing import citations_of
from amk.questions.records.card_ended import tell_ended
from amk.questions.records.card_pieces import collaboration_sections, policy_sections
from amk.questions.records.card_places import municipality_sections, region_sections
from amk.questions.records.card_rows import answer_row, rows_of_card
from amk.questions.records.facts import fields_left_out
from amk.questions.wording import evidence_told, noted


def tell_card(
    base: KnowledgeBase, record: AnyRecord, day: date, phrases: Phrases, ended: bool = False
) -> tuple[Block, ...]:
    """What is known about a record on a day; `ended` where what does not hold then is to be named too."""
    phrases = phrases.with_topic("card")
    blocks: list[Block] = [Heading(record.name, level=1)]
    if record.summary:
        blocks.append(Paragraph(record.summary.in_language(phrases.language)))
    rows = [row for row in rows_of_card(base, record, day, phrases) if row[1]]
    blocks.append(
        Labelled(((phrases("field.ref"), f"{phrases(f'kind.{record.kind}')} · {record.ref}"), *rows))
    )
    left_out = fields_left_out(base, record.ref)
    if left_out:
        blocks.append(Paragraph(phrases("card.incomplete", fields=", ".join(left_out))))
    blocks.extend(_sections(base, record, day, phrases))
    blocks.extend(tell_ended(base, record, day, phrases, ended))
    blocks.extend(_notes(base, record, day, phrases))
    return (*blocks, *_sources(base, record, phrases))


def _sections(base: KnowledgeBase, record: AnyRecord, day: date, phrases: Phrases) -> Iterator[Block]:
    match record:
        case Municipality():
            yield from municipality_sections(base, record, day, phrases)
        case Region():
            yield from region_sections(base, record, day, phrases)
        case Collaboration():
            yield from collaboration_sections(base, record, day, phrases)
        case Policy():
            yield from policy_sections(base, record, phrases)
        case Source():
            yield from _source_sections(base, record, phrases)
        case Vocabulary():
            labels = (phrases("field.code"), phrases("field.labels"), phrases("field.definition"))
            yield Table(labels, tuple(_concept(concept, phrases) for concept in record.concepts))
        case Commitment():
            if record.fulfilled_by:
                yield Heading(phrases("card.answered"))
                yield Bullets(tuple(answer_row(base, record, a, phrases) for a in record.fulfilled_by))
    yield from _stated_about(base, record, day, phrases)


def _stated_about(base: KnowledgeBase, record: AnyRecord, day: date, phrases: Phrases) -> Iterator[Block]:
    """The figures and the commitments of a municipality, a region or an organisation."""
    figures = base.records.naming(record.ref, Figure, *CONCERNS[Figure])
    if figures:
        yield Heading(phrases("kinds.figure"))
        yield Bullets(tuple(figure_told(base, f, day, phrases, about=False) for f in figures))
    commitments = base.records.naming(record.ref, Commitment, *CONCERNS[Commitment])
    if commitments:
        yield Heading(phrases("kinds.commitment"))
        yield Bullets(tuple(commitment_told(base, c, day, phrases) for c in commitments))


def _concept(concept: Concept, phrases: Phrases) -> tuple[str, ...]:
    definition = concept.definition.in_language(phrases.language) if concept.definition else ""
    return concept.code, concept.labels.in_language(phrases.language), definition


def _source_sections(base: KnowledgeBase, record: Source, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("card.rests-on"))
    rows = tuple(
        (base.name(ref), field_path, str(evidence.lines or evidence.pages or ""))
        for ref, field_path, evidence in citations_of(base, record.id)
    )
    labels = (phrases("card.record"), phrases("card.field"), phrases("card.place"))
    yield Table(labels, rows) if rows else Paragraph(phrases("card.rests-on-nothing"))


def _notes(base: KnowledgeBase, record: AnyRecord, day: date, phrases: Phrases) -> Iterator[Block]:
    if record.notes:
        yield Heading(phrases("card.notes"))
        told = (
            (note_told(base, record, note, day, phrases), note.evidence or record.evidence)
            for note in record.notes
        )
        yield Bullets(tuple(noted(words, base, evidence, phrases) for words, evidence in told))


def _sources(base: KnowledgeBase, record: AnyRecord, phrases: Phrases) -> Iterator[Block]:
    if record.evidence:
        yield Heading(phrases("kinds.source"))
        yield Bullets(tuple(evidence_told(base, (item,), phrases) for item in record.evidence))
