"""Asking on the terminal for what a new record still lacks, with completion of ids, names and codes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

import typer

from amk.authoring.change import FieldChange, parse_change
from amk.authoring.input import entered
from amk.cli.asking import Question, ask, typed
from amk.cli.messages import talk
from amk.cli.session import Session
from amk.language.typed_dates import as_edtf
from amk.model.field_labels import choice_called, name_called, words_for_fields
from amk.model.field_types import Choice, FieldType, ListOf, PartOf, fields_of, type_at
from amk.model.knowledge_base import folded
from amk.model.names import names_of
from amk.model.records import AnyRecord, Evidenced, Of, Part, To
from amk.values.dates import NotADate, parse_date

Known = Sequence[tuple[str, ...]]
"""What may be answered: the words that each choice goes by."""

ASKED: Mapping[str, tuple[str, ...]] = {
    "municipality": ("name", "code", "province"),
    "region": ("name", "type", "members"),
    "organisation": ("name", "type"),
    "collaboration": ("name", "form", "participants", "purposes", "period"),
    "policy": (
        *("title", "type", "municipalities"),
        *("milestones[0].status", "milestones[0].date", "milestones[0].body"),
    ),
    "commitment": ("title", "type", "text", "by", "to", "date", "due"),
    "figure": ("title", "measure", "territory", "value", "year", "nature"),
    "source": ("title", "type", "publisher", "date", "url"),
    "vocabulary": ("labels",),
}
"""The fields that are asked for, by kind, where it is not just those that a record must have."""


def ask_missing(session: Session, kind: type[AnyRecord], given: Sequence[FieldChange]) -> list[FieldChange]:
    """What was given, with the answers to what was not."""
    wishes = list(given)
    needed = (field.name for field in fields_of(kind) if field.required and field.name != "evidence")
    asked = ASKED.get(kind.kind) or tuple(needed)
    fields = (*asked, *(("evidence",) if issubclass(kind, Evidenced) else ()))
    answers: list[str] = []
    for field in fields:
        if not any(wish.field_path[:1] == parse_change(f"{field}=").field_path[:1] for wish in given):
            answer = _answer(session, kind, field, answers)
            answers += [f"{field}={answer}"] if answer else []
    return [*wishes, *map(parse_change, answers)]


def ask_id(session: Session, proposed: str) -> str:
    """The id of a new record: what was proposed unless something else is typed."""
    return typed(session.phrases.fill("ask.id", {"proposed": proposed}), ()).strip() or proposed


def _answer(session: Session, kind: type[AnyRecord], field: str, answers: Sequence[str]) -> str:
    """What somebody answers: nothing, or what a record can hold there. What was answered is not lost."""
    field_path = parse_change(f"{field}=").field_path
    field_type = type_at(kind, field_path)
    known = tuple(goes_by(session, field_type))
    question = Question(
        label=_label(session, field_path),
        needed=_is_needed(kind, field_path) or field == "evidence",
        choices=tuple(shown for shown, *_ in known),
        example=_example(session, field, field_type),
        meant=lambda answer: _meant(session, kind, field, answer, known),
        told=lambda answer: told_back(session, field_type, answer),
    )
    try:
        return ask(question, session.phrases)
    except (KeyboardInterrupt, typer.Abort):
        kept = shlex.join(answers)
        if answers:
            talk(session.phrases.fill("talk.answers", {"command": f"amk new {kind.kind} {kept} --ask"}))
        raise


def _meant(session: Session, kind: type[AnyRecord], field: str, answer: str, known: Known) -> str | None:
    """The answer where a record can hold it; None for a date that is none, and for what is not known."""
    field_type = type_at(kind, parse_change(f"{field}=").field_path)
    if field_type == "date":
        return a_date_or_none(answer)
    return None if _unknown(session, kind, field, answer, known) else answer


def a_date_or_none(answer: str) -> str | None:
    """A date as people type it, in EDTF; None for what is none."""
    try:
        return str(parse_date(as_edtf(answer)))
    except NotADate:
        return None


def told_back(session: Session, field_type: FieldType | None, answer: str) -> str:
    """What was made of an answer: a date in words."""
    return session.phrases.date(parse_date(answer)) if field_type == "date" else answer


def _unknown(session: Session, kind: type[Part], field: str, answer: str, known: Known) -> str | None:
    """The first part of an answer that nobody goes by; None where all is known or anything will do."""
    if not known:
        return None
    words = {folded(word) for choice in known for word in choice}
    parts = [part.partition(":")[0].strip() for part in answer.split(",")]
    many = len(entered(session.base, kind, parse_change(f"{field}={answer}"))) > 1
    return next((p for p in (parts if many else [answer]) if folded(p.partition(":")[0]) not in words), None)


def _is_needed(kind: type[Part], field_path: tuple[str | int, ...]) -> bool:
    return len(field_path) == 1 and any(
        field.required for field in fields_of(kind) if field.name == field_path[0]
    )


def _label(session: Session, field_path: tuple[str | int, ...]) -> str:
    return name_called(str(field_path[-1]), words_for_fields(session.phrases.language))


def _example(session: Session, field: str, field_type: FieldType | None) -> str:
    if field_type == "date":
        return session.phrases("ask.example.date")
    return session.phrases("ask.example.evidence") if field == "evidence" else ""


def goes_by(session: Session, field_type: FieldType | None) -> Iterator[tuple[str, ...]]:
    """The words that each choice goes by, first the one to show; nothing where anything will do."""
    language = session.phrases.language
    match field_type:
        case ListOf(items):
            yield from goes_by(session, items)
        case Choice(words):
            phrases = words_for_fields(language)
            yield from ((choice_called(field_type, word, phrases), word) for word in words)
        case Of(vocabulary):
            concepts = (c for (name, _), c in session.base.concepts.items() if name == vocabulary)
            yield from ((c.labels.in_language(language), c.code) for c in concepts)
        case To(kinds):
            found = (r for r in session.loaded.base.known.values() if r.kind in kinds)
            yield from ((record.name, *names_of(record)) for record in found)
        case PartOf(part):
            tos = (field.field_type for field in fields_of(part) if isinstance(field.field_type, To))
            yield from (words for to in tos for words in goes_by(session, to))
