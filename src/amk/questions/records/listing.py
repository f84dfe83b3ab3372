"""Listing: the records of some kinds that meet a user's filters, grouped by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from amk.document.blocks import Block, Document, Heading, Paragraph, Table
from amk.language import LANGUAGES, Phrases
from amk.model.conditions import FieldCondition, meets
from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Figure,
    Municipality,
    Organisation,
    Policy,
    Region,
    Source,
    Vocabulary,
)
from amk.model.statuses import EFFECTIVE, EFFECTIVE_POLICY
from amk.questions.figures_and_commitments import party_told, quantity_told, territory_told
from amk.questions.left_out import left_out_told, marked
from amk.questions.records.facts import RecordFacts, facts_of, values_at
from amk.questions.records.fields_told import own_fields, value_told
from amk.questions.wording import day_told, named_some, status_told, who_told
from amk.values.dates import NotADate, parse_date
from amk.values.frozen import frozen


@frozen
class ListedRecord:
    """A record and its facts on the day of the listing."""

    record: AnyRecord
    facts: RecordFacts

    @property
    def ended(self) -> bool:
        """Whether it no longer held on that day."""
        return bool(self.facts["holds"] == "no")


@dataclass(frozen=True, slots=True)
class ListOptions:
    """How a user wants the listing: which status, conditions on fields, what order, how many."""

    status: str | None = None
    where: tuple[FieldCondition, ...] = ()
    sort: str | None = None
    limit: int | None = None
    ended: bool = False


@frozen
class Listing:
    """The records found, kind by kind in the order asked; what does not hold on the day comes last.

    `left_out` is what would be there too, but does not hold on the day; `further` what was asked for as
    adopted, and has gone further since.
    """

    base: KnowledgeBase
    groups: tuple[tuple[type[AnyRecord], tuple[ListedRecord, ...]], ...]
    day: date
    left_out: tuple[AnyRecord, ...] = ()
    further: tuple[AnyRecord, ...] = ()

    @property
    def entries(self) -> tuple[ListedRecord, ...]:
        """All of them in a row."""
        return tuple(entry for _, entries in self.groups for entry in entries)


def find_listing(
    base: KnowledgeBase,
    kinds: Sequence[type[AnyRecord]],
    day: date,
    wish: ListOptions = ListOptions(),
    beside: KnowledgeBase | None = None,
) -> Listing:
    """The records in view of these kinds that meet a wish.

    `beside` has what does not hold on the day: it is listed last where that is asked for, else counted.
    """
    left = wish.limit
    groups, left_out, further = [], [], []
    gone_on = replace(wish, status=EFFECTIVE_POLICY) if wish.status == "adopted" else None
    for kind in kinds:
        found = _meeting(base, base.all(kind), day, wish)
        more = _meeting(base, base.all(kind), day, gone_on) if gone_on else []
        further += [entry.record for entry in more if entry.facts.get("status") != "adopted"]
        others = _meeting(beside.unnarrowed(), beside.all(kind), day, wish) if beside else []
        left_out += [] if wish.ended else [entry.record for entry in others]
        wanted = _sorted((*found, *(others if wish.ended else ())), wish.sort)[:left]
        left = left if left is None else left - len(wanted)
        groups.append((kind, tuple(wanted)))
    return Listing(base, tuple(groups), day, tuple(left_out), tuple(further))


def _meeting(
    base: KnowledgeBase, records: Iterable[AnyRecord], day: date, wish: ListOptions
) -> list[ListedRecord]:
    found = (ListedRecord(r, facts_of(base, r, day)) for r in records)
    return [entry for entry in found if _meets(entry, wish)]


def _meets(entry: ListedRecord, wish: ListOptions) -> bool:
    asked = EFFECTIVE if wish.status == EFFECTIVE_POLICY else {wish.status}
    if wish.status and entry.facts.get("status") not in asked:
        return False
    return all(meets(values_at(entry.facts, c.field), c) for c in wish.where)


def _sorted(entries: Iterable[ListedRecord], sort: str | None) -> list[ListedRecord]:
    if not sort:
        return sorted(entries, key=lambda e: e.ended)
    field, backward = sort.removeprefix("-"), sort.startswith("-")
    ordered = sorted(entries, key=lambda e: _sort_key(values_at(e.facts, field)), reverse=backward)
    return sorted(ordered, key=lambda e: not values_at(e.facts, field))


def _sort_key(values: list[Any]) -> tuple[int, Any]:
    """Numbers before dates before words, so that unlike values never meet."""
    value = values[0] if values else ""
    if isinstance(value, int | float):
        return 0, value
    try:
        return 1, parse_date(str(value)).earliest.toordinal()
    except NotADate:
        return 2, sorting_name(str(value))


def tell_listing(listing: Listing, phrases: Phrases, columns: Sequence[str] = ()) -> tuple[Block, ...]:
    """The listing as tables, a heading for each kind that has something."""
    blocks: list[Block] = []
    for kind, entries in listing.groups:
        if entries:
            kinds = phrases(f"kinds.{kind.kind}")
            blocks.append(Heading(phrases("list.heading", kinds=kinds, number=len(entries))))
            blocks.append(_table(listing, kind, entries, phrases, columns))
    further = [record.name for record in listing.further]
    gone_on = phrases("list.further", names=named_some(further, phrases)) if further else ""
    told = (left_out_told(listing.left_out, listing.day, phrases), gone_on)
    beside = (Paragraph(sentence, quiet=True) for sentence in told if sentence)
    return *(blocks or [Paragraph(phrases("list.empty"))]), *beside


def document_of(title: str, phrases: Phrases, blocks: Iterable[Block]) -> Document:
    """Blocks as a document in one language."""
    return Document(title, phrases.language, tuple(blocks), phrases("notes"))


def _table(
    listing: Listing,
    kind: type[AnyRecord],
    entries: Sequence[ListedRecord],
    phrases: Phrases,
    columns: Sequence[str],
) -> Table:
    if columns:
        words = phrases.with_topic("labels")
        labels = tuple(_called(column, words) for column in columns)
        rows = tuple(tuple(_cell(entry, column, words) for column in columns) for entry in entries)
        return Table(labels, rows)
    labels, cells = _COLUMNS.get(kind) or (_required(kind), _said)
    row = tuple(cells(listing, entry, phrases) for entry in entries)
    words = phrases.with_topic("labels")
    return Table(tuple(_called(label, words) for label in labels), row)


def _cell(entry: ListedRecord, column: str, phrases: Phrases) -> str:
    values = values_at(entry.facts, column)
    if column.rpartition(".")[2] == "status":
        return "; ".join(phrases.status(str(value)) for value in values)
    if column == "holds":
        return phrases(f"holds.{values[0]}")
    return "; ".join(_told(value, phrases) for value in values)


def _called(field: str, phrases: Phrases) -> str:
    """What a field is called; its own name where nobody said that."""
    return next((phrases(key) for key in (f"field.{field}", f"called.{field}") if phrases.knows(key)), field)


def _told(value: Any, phrases: Phrases) -> str:
    """A value that somebody asked for, in words: of a piece of a record, each field that says something."""
    match value:
        case bool():
            return phrases("holds.yes") if value else ""
        case list():
            return ", ".join(
                f"({_told(v, phrases)})" if isinstance(v, dict) else _told(v, phrases) for v in value
            )
        case dict() if value.keys() <= frozenset(LANGUAGES):
            return str(value.get(phrases.language) or next(iter(value.values()), ""))
        case dict():
            told = ((key, _told_of(key, inside, phrases)) for key, inside in value.items() if inside)
            return ", ".join(f"{_called(key, phrases).lower()}: {words}" for key, words in told)
    return str(value)


def _told_of(field: str, value: Any, phrases: Phrases) -> str:
    """What a field of a piece says, as a part of a longer sentence."""
    return phrases.status(str(value)) if field == "status" else _told(value, phrases).removesuffix(".")


def _name(entry: ListedRecord, day: date, phrases: Phrases) -> str:
    name = entry.record.name
    return marked(name, entry.record, day, phrases) if entry.ended else name


def _municipality(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    assert isinstance(entry.record, Municipality)
    regions = listing.base.division_of(entry.record.id) or listing.base.regions_of(entry.record.id)
    status = "" if entry.ended else status_told(listing.base, entry.record, listing.day, phrases)
    since = entry.facts.get("status_since")
    return (
        _name(entry, listing.day, phrases),
        status,
        day_told(since, phrases),
        ", ".join(region.name for region in regions),
    )


def _collaboration(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Collaboration)
    base, language = listing.base, phrases.language
    form = base.label("forms", record.form, language) if record.form else phrases("not-stated")
    purposes = (base.label("purposes", purpose, language) for purpose in record.purposes)
    held = phrases(f"holds.{entry.facts['holds']}")
    return _name(entry, listing.day, phrases), form, _period(record, phrases), "; ".join(purposes), held


def _period(record: Collaboration, phrases: Phrases) -> str:
    return phrases.date(record.period) if record.period else phrases("date.start-unknown")


def _policy(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Policy)
    status = phrases.status(str(entry.facts["status"]))
    maybe = entry.facts.get("status_maybe")
    told = phrases("status.maybe", status=status, maybe=phrases.status(str(maybe))) if maybe else status
    who = who_told(listing.base, record, phrases)
    return _name(entry, listing.day, phrases), who, told, day_told(entry.facts.get("status_since"), phrases)


def _region(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    assert isinstance(entry.record, Region)
    kind = listing.base.label("region-types", entry.record.type, phrases.language)
    return _name(entry, listing.day, phrases), kind, str(len(listing.base.members_of(entry.record.id)))


def _organisation(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    assert isinstance(entry.record, Organisation)
    return _name(entry, listing.day, phrases), listing.base.label(
        "organisation-types", entry.record.type, phrases.language
    )


def _source(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Source)
    kind = listing.base.label("source-types", record.type, phrases.language)
    when = phrases.milestone(record.date) if record.date else phrases("unknown")
    return entry.record.id, record.title, kind, when


def _vocabulary(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    labels = entry.facts["labels"]
    named = labels.get(phrases.language, entry.record.name) if isinstance(labels, dict) else str(labels)
    return entry.record.id, named, str(len(entry.facts["concepts"]))


def _commitment(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    record, base = entry.record, listing.base
    assert isinstance(record, Commitment)
    return (
        _name(entry, listing.day, phrases),
        party_told(base, record.by, record.by_body, phrases),
        party_told(base, record.to, record.to_body, phrases),
        day_told(record.date, phrases),
        day_told(record.due, phrases),
        phrases(f"fulfilled.{record.fulfilled}"),
    )


def _figure(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Figure)
    return (
        territory_told(listing.base, record, phrases),
        listing.base.label("measures", record.measure, phrases.language),
        quantity_told(record, phrases),
        day_told(record.year, phrases),
        phrases(f"nature.{record.nature}"),
        record.id,
    )


def _required(kind: type[AnyRecord]) -> tuple[str, ...]:
    """The fields that a record of a kind always has, for a kind that has no columns of its own."""
    return "id", *(field.name for field in own_fields(kind) if field.required)


def _said(listing: Listing, entry: ListedRecord, phrases: Phrases) -> tuple[str, ...]:
    record = entry.record
    fields = (field for field in own_fields(type(record)) if field.required)
    told = (value_told(listing.base, f.field_type, getattr(record, f.name), phrases) for f in fields)
    return record.id, *told


_Cells = Callable[[Listing, ListedRecord, Phrases], tuple[str, ...]]

_COLUMNS: dict[type[Any], tuple[tuple[str, ...], _Cells]] = {
    Municipality: (("name", "status", "status_since", "regions"), _municipality),
    Collaboration: (("name", "form", "period", "purposes", "holds"), _collaboration),
    Policy: (("name", "whose", "status", "status_since"), _policy),
    Commitment: (("name", "by", "to", "date", "due", "fulfilled"), _commitment),
    Figure: (("territory", "measure", "value", "year", "nature", "id"), _figure),
    Region: (("name", "type", "members"), _region),
    Organisation: (("name", "type"), _organisation),
    Source: (("id", "name", "type", "date"), _source),
    Vocabulary: (("id", "labels", "concepts"), _vocabulary),
}
