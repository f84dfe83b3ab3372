"""The records as tables for SQL: the same names and columns in SQLite, DuckDB, Parquet and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.dates import Date
from amk.fields import evidence_in
from amk.holding import holds
from amk.knowledge import KnowledgeBase
from amk.records import AnyRecord, Collaboration, Municipality, Policy, Region, Vocabulary
from amk.said import texts_of
from amk.standing import municipal_standing, policy_standing
from amk.words import Words

Type = Literal["text", "integer", "real"]
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type and what it means."""

    name: str
    type: Type
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is, its columns, and how its rows are told of a base on a day."""

    name: str
    row: str
    columns: tuple[Column, ...]
    rows: Callable[[KnowledgeBase, date], Iterable[Sequence[Value]]]


def _columns(*told: str) -> tuple[Column, ...]:
    """Columns told as `name type meaning`."""
    parts = (column.split(" ", 2) for column in told)
    return tuple(Column(name, type, meaning) for name, type, meaning in parts)  # type: ignore[arg-type] # one of the types, as the tests see


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


def _said(words: Words | None, language: str, own: str) -> str | None:
    """A text in a language; what is told once is in the base's own."""
    if words is None:
        return None
    if words.plain is not None:
        return words.plain if language == own else None
    return dict(words.by_language).get(language)


def _records(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
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


def _status(base: KnowledgeBase, record: AnyRecord, day: date) -> tuple[Value, ...]:
    """Status, since when, what it may be besides, and when that was last confirmed."""
    match record:
        case Policy():
            standing = policy_standing(base, record, day)
        case Municipality():
            whole = municipal_standing(base, record, day)
            if whole.leading is None:
                return whole.status, None, whole.maybe, None
            standing = whole.leading
        case _:
            return None, None, None, None
    since = standing.milestone.date if standing.milestone else None
    confirmed = standing.last_confirmed.isoformat() if standing.last_confirmed else None
    return standing.status, str(since) if since else None, standing.maybe, confirmed


def _memberships(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for region in base.all(Region):
        for member in region.members:
            yield region.id, member.municipality, _code(base, member.municipality), *_bounds(member.period)


def _code(base: KnowledgeBase, municipality: str | None) -> str | None:
    found = base.municipality(municipality or "")
    return found.code if found else None


def _participants(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for collaboration in base.all(Collaboration):
        for participant in collaboration.participants:
            code = _code(base, participant.municipality)
            yield collaboration.id, participant.ref, code, participant.role, *_bounds(participant.period)


def _purposes(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    yield from ((c.id, purpose) for c in base.all(Collaboration) for purpose in c.purposes)


def _policy_areas(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for policy in base.all(Policy):
        yield from ((policy.id, f"municipality/{m}", _code(base, m)) for m in policy.municipalities)
        yield from ((policy.id, f"region/{r}", None) for r in policy.regions)


def _milestones(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
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


def _conditions(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
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


def _evidence(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for ref, record in base.records.items():
        for way, cited in evidence_in(record):
            field = ".".join(map(str, way[:-1])) if way[:-1] else "evidence"
            yield ref, field, cited.source, str(cited.lines) if cited.lines else None, cited.pages


def _borders(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for one in base.all(Municipality):
        for other, border in one.neighbours.items():
            yield one.id, other, one.code, _code(base, other), border.km, border.kind


def _notes(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
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


def _texts(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for ref, record in base.records.items():
        yield from ((ref, said.way, said.words) for said in texts_of(base, record))


def _terms(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    for vocabulary in base.known_of(Vocabulary):
        for term in vocabulary.concepts:
            yield (
                vocabulary.id,
                term.code,
                term.labels.in_language("nl"),
                term.labels.in_language("en"),
                term.broader,
            )


def _about(base: KnowledgeBase, day: date) -> Iterator[Sequence[Value]]:
    manifest = base.manifest
    yield "title", str(manifest.title)
    yield "subject", str(manifest.subject)
    yield "licence", manifest.licence
    yield "schema", manifest.schema
    yield "day", day.isoformat()


_PERIOD = (
    "period text as it is written (EDTF)",
    "period_first text its earliest day",
    "period_last text its latest day",
)

TABLES: tuple[Table, ...] = (
    Table("records", "a record in view", _columns(
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
    Table("memberships", "a municipality in a region", _columns(
        "region text id", "municipality text id", "municipality_code text CBS code", *_PERIOD), _memberships),
    Table("participants", "a party in a collaboration", _columns(
        "collaboration text id", "ref text who, as kind/id", "municipality_code text CBS code",
        "role text a code",
        *_PERIOD), _participants),
    Table("purposes", "a purpose of a collaboration", _columns(
        "collaboration text id", "purpose text a code"), _purposes),
    Table("policy_areas", "a municipality or region that a policy is of", _columns(
        "policy text id", "ref text kind/id", "municipality_code text CBS code"), _policy_areas),
    Table("milestones", "a step of a policy", _columns(
        "policy text id", "number integer from 1", "status text reached or planned", "date text EDTF",
        "date_first text its earliest day", "date_last text its latest day",
        "date_text text the source's words",
        "body text who decided, a code", "planned integer 1 when it is only expected"), _milestones),
    Table("conditions", "a condition of a policy", _columns(
        "policy text id", "condition text a code", "value text in the policy's own terms",
        "unit text of the value",
        "definition_nl text as it is defined there", "definition_en text in English"), _conditions),
    Table("evidence", "where a statement comes from", _columns(
        "ref text the record", "field text the statement in it", "source text id of the source",
        "lines text in the source", "pages text in the source"), _evidence),
    Table("borders", "a border, once from each side", _columns(
        "municipality text id", "neighbour text id", "municipality_code text CBS code",
        "neighbour_code text CBS code", "km real its length", "kind text land, river, …"), _borders),
    Table("notes", "a note of a record", _columns(
        "ref text the record", "number integer from 1", "topic text where it belongs", "date text EDTF",
        "text_nl text in Dutch", "text_en text in English"), _notes),
    Table("texts", "a text of a record, with labels of codes and names of references", _columns(
        "ref text the record", "field text the way to it", "text text the words"), _texts),
    Table("terms", "a term of a vocabulary", _columns(
        "vocabulary text id", "code text the term", "label_nl text in Dutch", "label_en text in English",
        "broader text the code above it"), _terms),
    Table("about", "a fact about the knowledge base", _columns(
        "key text what", "value text its value"), _about),
)  # fmt: skip
"""Every table, in the order in which they are made."""
