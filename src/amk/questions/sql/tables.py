"""The records as tables for SQL: the same names and columns in SQLite, DuckDB, Parquet and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import municipality_status_on, policy_status_on
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Figure,
    Municipality,
    Policy,
    Region,
    Vocabulary,
)
from amk.model.validity import holds
from amk.search.record_texts import texts_of
from amk.values.dates import Date
from amk.values.multilingual import Multilingual

SqlType = Literal["text", "integer", "real"]
SqlValue = str | int | float | None


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column: its name, its type and what it means."""

    name: str
    type: SqlType
    meaning: str


@dataclass(frozen=True)
class SqlTable:
    """A table: its name, what a row is, its columns, and how its rows are told of a base on a day."""

    name: str
    row: str
    columns: tuple[SqlColumn, ...]
    rows: Callable[[KnowledgeBase, date], Iterable[Sequence[SqlValue]]]


def _columns(*told: str) -> tuple[SqlColumn, ...]:
    """Columns told as `name type meaning`."""
    parts = (column.split(" ", 2) for column in told)
    return tuple(SqlColumn(name, type, meaning) for name, type, meaning in parts)  # type: ignore[arg-type] # one of the types, as the tests see


def _bounds(when: Date | None) -> tuple[str | None, str | None, str | None]:
    """A date as it is written, and its earliest and latest day; none where it is open there."""
    if when is None:
        return None, None, None
    first, last = when.earliest, when.latest
    return (
        str(when),
        None if first == date.min else first.isoformat(),
        None if last == date.max else last.isoformat(),
    )


def _said(words: Multilingual | None, language: str, own: str) -> str | None:
    """A text in a language; what is told once is in the base's own."""
    if words is None:
        return None
    if words.plain is not None:
        return words.plain if language == own else None
    return dict(words.by_language).get(language)


def _records(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    own = base.manifest.language
    for ref, record in base.records.items():
        status = _status(base, record, day)
        yield (
            *(ref, record.kind, record.id, record.name),
            *(_plain(record, name) for name in ("code", "uri", "type")),
            *status,
            *_bounds(getattr(record, "period", None)),
            holds(base, record, day),
            *(_said(record.summary, language, own) for language in ("nl", "en")),
            *(_plain(record, "reviewed"), record.owner, base.paths.get(ref)),
        )


def _plain(record: AnyRecord, name: str) -> str | None:
    value = getattr(record, name, None)
    return str(value) if value else None


def _status(base: KnowledgeBase, record: AnyRecord, day: date) -> tuple[SqlValue, ...]:
    """Status, since when, what it may be besides, and when that was last confirmed."""
    match record:
        case Policy():
            policy_status = policy_status_on(base, record, day)
        case Municipality():
            whole = municipality_status_on(base, record, day)
            if whole.leading is None:
                return whole.status, None, whole.maybe, None
            policy_status = whole.leading
        case _:
            return None, None, None, None
    since = policy_status.milestone.date if policy_status.milestone else None
    confirmed = str(policy_status.last_confirmed) if policy_status.last_confirmed else None
    return policy_status.status, str(since) if since else None, policy_status.maybe, confirmed


def _memberships(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for region in base.all(Region):
        for member in region.members:
            yield region.id, member.municipality, _code(base, member.municipality), *_bounds(member.period)


def _code(base: KnowledgeBase, municipality: str | None) -> str | None:
    found = base.municipality(municipality or "")
    return found.code if found else None


def _participants(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for collaboration in base.all(Collaboration):
        for participant in collaboration.participants:
            code = _code(base, participant.municipality)
            yield collaboration.id, participant.ref, code, participant.role, *_bounds(participant.period)


def _purposes(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    yield from ((c.id, purpose) for c in base.all(Collaboration) for purpose in c.purposes)


def _policy_areas(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for policy in base.all(Policy):
        yield from ((policy.id, f"municipality/{m}", _code(base, m)) for m in policy.municipalities)
        yield from ((policy.id, f"region/{r}", None) for r in policy.regions)


def _milestones(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for policy in base.all(Policy):
        for number, step in enumerate(policy.milestones, 1):
            yield (
                policy.id,
                number,
                step.status,
                *_bounds(step.date),
                step.date_text,
                step.body,
                int(step.planned),
            )


def _conditions(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    own = base.manifest.language
    for policy in base.all(Policy):
        for code, said in policy.conditions.items():
            yield (
                policy.id,
                code,
                said.value,
                said.unit,
                _said(said.definition, "nl", own),
                _said(said.definition, "en", own),
            )


def _figures(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    own = base.manifest.language
    for figure in base.all(Figure):
        yield (
            *(figure.id, figure.measure, figure.value, figure.at_least, figure.at_most),
            *(int(figure.approximate), figure.nature, *_bounds(figure.year)),
            *(_said(figure.method, language, own) for language in ("nl", "en")),
        )


def _territories(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for figure in base.all(Figure):
        for ref in figure.territory:
            yield figure.id, ref, _code(base, ref.removeprefix("municipality/"))


def _commitments(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    own = base.manifest.language
    for each in base.all(Commitment):
        yield (
            *(each.id, each.type, each.number, each.by, each.by_body, each.to, each.to_body),
            *(*_bounds(each.date), *_bounds(each.due), each.fulfilled),
            *(_said(each.text, language, own) for language in ("nl", "en")),
        )


def _fulfilments(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for each in base.all(Commitment):
        yield from ((each.id, answer.ref, *_bounds(answer.date)) for answer in each.fulfilled_by)


def _evidence(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for ref, record in base.records.items():
        for field_path, cited in evidence_in(record):
            field = ".".join(map(str, field_path[:-1])) if field_path[:-1] else "evidence"
            yield ref, field, cited.source, str(cited.lines) if cited.lines else None, cited.pages


def _borders(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for one in base.all(Municipality):
        for other, border in one.neighbours.items():
            yield one.id, other, one.code, _code(base, other), border.km, border.kind


def _notes(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    own = base.manifest.language
    for ref, record in base.records.items():
        for number, note in enumerate(record.notes, 1):
            yield (
                ref,
                number,
                note.topic,
                str(note.date) if note.date else None,
                _said(note.text, "nl", own),
                _said(note.text, "en", own),
            )


def _texts(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for ref, record in base.records.items():
        yield from ((ref, said.field_path, said.words) for said in texts_of(base, record))


def _terms(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    for vocabulary in base.known_of(Vocabulary):
        for term in vocabulary.concepts:
            yield (
                vocabulary.id,
                term.code,
                term.labels.in_language("nl"),
                term.labels.in_language("en"),
                term.broader,
            )


def _about(base: KnowledgeBase, day: date) -> Iterator[Sequence[SqlValue]]:
    manifest = base.manifest
    yield "title", str(manifest.title)
    yield "subject", str(manifest.subject)
    yield "licence", manifest.licence
    yield "schema", manifest.schema
    yield "day", day.isoformat()


def _dated(name: str) -> tuple[str, ...]:
    return (
        f"{name} text as it is written (EDTF)",
        f"{name}_first text its earliest day",
        f"{name}_last text its latest day",
    )


_PERIOD = _dated("period")

TABLES: tuple[SqlTable, ...] = (
    SqlTable("records", "a record in view", _columns(
        "ref text kind/id", "kind text municipality, policy, …", "id text its id", "name text or title",
        "code text the CBS code of a municipality", "uri text its TOOI or other URI",
        "type text its type, a code",
        "status text how far a policy or municipality is", "status_since text since when",
        "status_maybe text what it may be besides", "status_confirmed text when that was last confirmed",
        *_PERIOD, "holds text yes, maybe or no on the day",
        "summary_nl text in Dutch", "summary_en text in English",
        "reviewed text when somebody last checked it", "owner text the function or team that keeps it",
        "path text its file",
    ), _records),
    SqlTable("memberships", "a municipality in a region", _columns(
        "region text id", "municipality text id", "municipality_code text CBS code", *_PERIOD), _memberships),
    SqlTable("participants", "a party in a collaboration", _columns(
        "collaboration text id", "ref text who, as kind/id", "municipality_code text CBS code",
        "role text a code",
        *_PERIOD), _participants),
    SqlTable("purposes", "a purpose of a collaboration", _columns(
        "collaboration text id", "purpose text a code"), _purposes),
    SqlTable("policy_areas", "a municipality or region that a policy is of", _columns(
        "policy text id", "ref text kind/id", "municipality_code text CBS code"), _policy_areas),
    SqlTable("milestones", "a step of a policy", _columns(
        "policy text id", "number integer from 1", "status text reached or planned", "date text EDTF",
        "date_first text its earliest day", "date_last text its latest day",
        "date_text text the source's words",
        "body text who decided, a code", "planned integer 1 when it is only expected"), _milestones),
    SqlTable("conditions", "a condition of a policy", _columns(
        "policy text id", "condition text a code", "value text in the policy's own terms",
        "unit text of the value",
        "definition_nl text as it is defined there", "definition_en text in English"), _conditions),
    SqlTable("commitments", "a commitment, or a motion or question that asks for one", _columns(
        "commitment text id", "type text a code", "number text as its source numbers it",
        "by text whose it is, as kind/id", "by_body text which body, a code",
        "to text to whom, as kind/id", "to_body text which body, a code", *_dated("date"), *_dated("due"),
        "fulfilled text yes, partly, no or unknown", "text_nl text in Dutch", "text_en text in English",
    ), _commitments),
    SqlTable("fulfilments", "what a commitment was answered with", _columns(
        "commitment text id", "ref text kind/id", *_dated("date")), _fulfilments),
    SqlTable("figures", "a figure; of several territories it is the sum", _columns(
        "figure text id", "measure text a code", "value integer how much", "at_least integer bound",
        "at_most integer bound", "approximate integer 1 when it is about so much",
        "nature text count, estimate, forecast, need, ambition or unknown", *_dated("year"),
        "method_nl text in Dutch", "method_en text in English"), _figures),
    SqlTable("figure_areas", "a territory that a figure is of", _columns(
        "figure text id", "ref text kind/id", "municipality_code text CBS code"), _territories),
    SqlTable("evidence", "where a statement comes from", _columns(
        "ref text the record", "field text the statement in it", "source text id of the source",
        "lines text in the source", "pages text in the source"), _evidence),
    SqlTable("borders", "a border, once from each side", _columns(
        "municipality text id", "neighbour text id", "municipality_code text CBS code",
        "neighbour_code text CBS code", "km real its length", "kind text land, river, …"), _borders),
    SqlTable("notes", "a note of a record", _columns(
        "ref text the record", "number integer from 1", "topic text where it belongs", "date text EDTF",
        "text_nl text in Dutch", "text_en text in English"), _notes),
    SqlTable("texts", "a text of a record, with labels of codes and names of references", _columns(
        "ref text the record", "field text the way to it", "text text the words"), _texts),
    SqlTable("terms", "a term of a vocabulary", _columns(
        "vocabulary text id", "code text the term", "label_nl text in Dutch", "label_en text in English",
        "broader text the code above it"), _terms),
    SqlTable("about", "a fact about the knowledge base", _columns(
        "key text what", "value text its value"), _about),
)  # fmt: skip
"""Every table, in the order in which they are made."""
