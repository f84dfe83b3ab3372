"""The sections of a card of a collaboration or a policy: who takes part, the steps, the conditions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table, Text
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Activity, Collaboration, Event, Evidence, Milestone, Policy, Target
from amk.questions.attribution import attributed
from amk.questions.wording import milestone_told, noted, target_told


def collaboration_sections(
    base: KnowledgeBase, record: Collaboration, day: date, phrases: Phrases
) -> Iterator[Block]:
    """What is told of a collaboration below its head."""
    if record.participants:
        yield Heading(phrases("field.participants"))
        items = tuple(_participant(base, record, index, phrases) for index in range(len(record.participants)))
        yield Bullets(items)
    yield Paragraph(phrases(f"card.participants-{record.participants_complete}"), quiet=True)
    pieces: tuple[Event | Activity, ...] = (*record.milestones, *record.activities)
    if pieces:
        yield Heading(phrases("card.activities"))
        yield Bullets(tuple(_piece(base, p, p.evidence or record.evidence, day, phrases) for p in pieces))


def _participant(base: KnowledgeBase, record: Collaboration, index: int, phrases: Phrases) -> Text:
    participant = record.participants[index]
    told = base.name(participant.ref)
    if participant.role:
        told += f" ({base.label('roles', participant.role, phrases.language)})"
    if participant.remark:
        told += f". {participant.remark.in_language(phrases.language)}"
    return noted(told, base, participant.evidence or record.evidence, phrases)


def _piece(
    base: KnowledgeBase, piece: Event | Activity, evidence: tuple[Evidence, ...], day: date, phrases: Phrases
) -> Text:
    """What was done, and when; without a date, by whom and when it was told."""
    text = piece.text.in_language(phrases.language)
    words = phrases("quoted", words=piece.date_text) if piece.date_text else ""
    if piece.date:
        return noted(f"{phrases.milestone(piece.date)}: {text}", base, evidence, phrases)
    return noted(attributed(text, base, evidence, day, phrases, words), base, evidence, phrases)


def policy_sections(base: KnowledgeBase, record: Policy, phrases: Phrases) -> Iterator[Block]:
    """What is told of a policy below its head."""
    yield Heading(phrases("card.milestones"))
    yield milestones_table(base, record, phrases)
    if record.influenced_by:
        yield Heading(phrases("card.influenced"))
        yield Bullets(
            tuple(
                noted(
                    base.name(i.ref) + (f". {i.remark.in_language(phrases.language)}" if i.remark else ""),
                    base, i.evidence, phrases,
                )
                for i in record.influenced_by
            )
        )  # fmt: skip
    if record.conditions:
        yield Heading(phrases("card.conditions"))
        yield Bullets(tuple(_condition(base, record, code, phrases) for code in record.conditions))
    if record.places:
        yield Heading(phrases("card.places"))
        targets = ((_target(t, phrases), t.evidence or record.evidence) for t in record.places)
        yield Bullets(tuple(noted(told, base, evidence, phrases) for told, evidence in targets))


def _condition(base: KnowledgeBase, policy: Policy, code: str, phrases: Phrases) -> Text:
    condition = policy.conditions[code]
    words = (condition.definition, condition.remark)
    more = " ".join(w.in_language(phrases.language) for w in words if w)
    value = f"{condition.value} {condition.unit or ''}".strip()
    told = f"{base.label('conditions', code, phrases.language)}: {value}" + (f". {more}" if more else "")
    return noted(told, base, condition.evidence or policy.evidence, phrases)


def _target(target: Target, phrases: Phrases) -> str:
    year = phrases.milestone(target.year) if target.year else ""
    method = target.method.in_language(phrases.language) if target.method else ""
    parts = (target_told(target, phrases), year, method)
    return ", ".join(part for part in parts if part)


def milestones_table(
    base: KnowledgeBase, policy: Policy, phrases: Phrases, municipality: str | None = None
) -> Table:
    """The steps of a policy, of one municipality where they differ."""
    everyone = municipality is None
    shown = (m for m in policy.milestones if everyone or municipality in (m.municipalities or [municipality]))
    rows = tuple(_milestone(base, policy, m, phrases) for m in shown)
    return Table((phrases("field.status"), phrases("card.when"), phrases("field.body")), rows)


def _milestone(
    base: KnowledgeBase, policy: Policy, milestone: Milestone, phrases: Phrases
) -> tuple[Text, ...]:
    status = phrases.status(milestone.status)
    if milestone.planned:
        status = phrases("card.planned", status=status)
    if milestone.remark:
        status += f". {milestone.remark.in_language(phrases.language)}"
    told = noted(status, base, milestone.evidence or policy.evidence, phrases)
    body = base.label("bodies", milestone.body, phrases.language) if milestone.body else phrases("not-stated")
    return told, milestone_told(milestone, phrases), body
