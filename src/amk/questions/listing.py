"""Listing: the records of some kinds that meet a user's filters, grouped by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from amk.dates import NotADate, parse_date
from amk.document import Block, Document, Heading, Paragraph, Table
from amk.knowledge import KnowledgeBase, sorting_name
from amk.language import LANGUAGES, Say
from amk.query import Condition, meets
from amk.questions.facts import Facts, facts_of, values_at
from amk.questions.telling import day_told, status_told, who_told
from amk.records import (
    AnyRecord,
    Collaboration,
    Municipality,
    Organisation,
    Policy,
    Region,
    Source,
    Vocabulary,
)
from amk.values import Value


@dataclass(frozen=True, eq=False, repr=False)
class Entry(Value):
    """A record and its facts on the day of the listing."""

    record: AnyRecord
    facts: Facts

    @property
    def ended(self) -> bool:
        """Whether it no longer held on that day."""
        return bool(self.facts["holds"] == "no")


@dataclass(frozen=True, eq=False, repr=False)
class Wish(Value):
    """How a user wants the listing: which status, conditions on fields, what order, how many."""

    status: str | None = None
    where: tuple[Condition, ...] = ()
    sort: str | None = None
    limit: int | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Listing(Value):
    """The records found, kind by kind in the order asked; what has ended comes last."""

    base: KnowledgeBase
    groups: tuple[tuple[type[AnyRecord], tuple[Entry, ...]], ...]
    day: date

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of them in a row."""
        return tuple(entry for _, entries in self.groups for entry in entries)


def find_listing(
    base: KnowledgeBase, kinds: Sequence[type[AnyRecord]], day: date, wish: Wish = Wish()
) -> Listing:
    """The records in view of these kinds that meet a wish."""
    left = wish.limit
    groups = []
    for kind in kinds:
        found = [Entry(r, facts_of(base, r, day)) for r in base.all(kind)]
        wanted = _sorted((entry for entry in found if _meets(entry, wish)), wish.sort)[:left]
        left = left if left is None else left - len(wanted)
        groups.append((kind, tuple(wanted)))
    return Listing(base, tuple(groups), day)


def _meets(entry: Entry, wish: Wish) -> bool:
    if wish.status and entry.facts.get("status") != wish.status:
        return False
    return all(meets(values_at(entry.facts, c.field), c) for c in wish.where)


def _sorted(entries: Iterable[Entry], sort: str | None) -> list[Entry]:
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


def tell_listing(listing: Listing, say: Say, columns: Sequence[str] = ()) -> tuple[Block, ...]:
    """The listing as tables, a heading for each kind that has something."""
    blocks: list[Block] = []
    for kind, entries in listing.groups:
        if entries:
            kinds = say(f"kinds.{kind.kind}")
            blocks.append(Heading(say("list.heading", kinds=kinds, number=len(entries))))
            blocks.append(_table(listing, kind, entries, say, columns))
    return tuple(blocks) or (Paragraph(say("list.empty")),)


def document_of(title: str, say: Say, blocks: Iterable[Block]) -> Document:
    """Blocks as a document in one language."""
    return Document(title, say.language, tuple(blocks), say("notes"))


def _table(
    listing: Listing, kind: type[AnyRecord], entries: Sequence[Entry], say: Say, columns: Sequence[str]
) -> Table:
    if columns:
        words = say.also("called")
        labels = tuple(_called(column, words) for column in columns)
        rows = tuple(tuple(_cell(entry, column, words) for column in columns) for entry in entries)
        return Table(labels, rows)
    labels, cells = _COLUMNS[kind]
    row = tuple(cells(listing, entry, say) for entry in entries)
    return Table(tuple(say(f"field.{label}") for label in labels), row)


def _cell(entry: Entry, column: str, say: Say) -> str:
    values = values_at(entry.facts, column)
    if column.rpartition(".")[2] == "status":
        return "; ".join(say.status(str(value)) for value in values)
    if column == "holds":
        return say(f"holds.{values[0]}")
    return "; ".join(_told(value, say) for value in values)


def _called(field: str, say: Say) -> str:
    """What a field is called; its own name where nobody said that."""
    return next((say(key) for key in (f"field.{field}", f"called.{field}") if say.knows(key)), field)


def _told(value: Any, say: Say) -> str:
    """A value that somebody asked for, in words: of a piece of a record, each field that says something."""
    match value:
        case bool():
            return say("holds.yes") if value else ""
        case list():
            return ", ".join(f"({_told(v, say)})" if isinstance(v, dict) else _told(v, say) for v in value)
        case dict() if value.keys() <= frozenset(LANGUAGES):
            return str(value.get(say.language) or next(iter(value.values()), ""))
        case dict():
            told = ((key, _told_of(key, inside, say)) for key, inside in value.items() if inside)
            return ", ".join(f"{_called(key, say).lower()}: {words}" for key, words in told)
    return str(value)


def _told_of(field: str, value: Any, say: Say) -> str:
    """What a field of a piece says, as a part of a longer sentence."""
    return say.status(str(value)) if field == "status" else _told(value, say).removesuffix(".")


def _name(entry: Entry, say: Say) -> str:
    name = entry.record.name
    return say("list.ended", name=name) if entry.ended else name


def _municipality(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    assert isinstance(entry.record, Municipality)
    regions = listing.base.division_of(entry.record.id) or listing.base.regions_of(entry.record.id)
    status = "" if entry.ended else status_told(listing.base, entry.record, listing.day, say)
    since = entry.facts.get("status_since")
    return _name(entry, say), status, day_told(since, say), ", ".join(region.name for region in regions)


def _collaboration(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Collaboration)
    base, language = listing.base, say.language
    form = base.label("forms", record.form, language) if record.form else say("not-stated")
    purposes = (base.label("purposes", purpose, language) for purpose in record.purposes)
    held = say(f"holds.{entry.facts['holds']}")
    return _name(entry, say), form, _period(record, say), "; ".join(purposes), held


def _period(record: Collaboration, say: Say) -> str:
    return say.date(record.period) if record.period else say("date.start-unknown")


def _policy(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Policy)
    status = say.status(str(entry.facts["status"]))
    maybe = entry.facts.get("status_maybe")
    told = say("status.maybe", status=status, maybe=say.status(str(maybe))) if maybe else status
    who = who_told(listing.base, record, say)
    return _name(entry, say), who, told, day_told(entry.facts.get("status_since"), say)


def _region(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    assert isinstance(entry.record, Region)
    kind = listing.base.label("region-types", entry.record.type, say.language)
    return _name(entry, say), kind, str(len(listing.base.members_of(entry.record.id)))


def _organisation(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    assert isinstance(entry.record, Organisation)
    return _name(entry, say), listing.base.label("organisation-types", entry.record.type, say.language)


def _source(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    record = entry.record
    assert isinstance(record, Source)
    kind = listing.base.label("source-types", record.type, say.language)
    when = say.milestone(record.date) if record.date else say("unknown")
    return entry.record.id, record.title, kind, when


def _vocabulary(listing: Listing, entry: Entry, say: Say) -> tuple[str, ...]:
    labels = entry.facts["labels"]
    named = labels.get(say.language, entry.record.name) if isinstance(labels, dict) else str(labels)
    return entry.record.id, named, str(len(entry.facts["concepts"]))


_Cells = Callable[[Listing, Entry, Say], tuple[str, ...]]

_COLUMNS: dict[type[Any], tuple[tuple[str, ...], _Cells]] = {
    Municipality: (("name", "status", "status_since", "regions"), _municipality),
    Collaboration: (("name", "form", "period", "purposes", "holds"), _collaboration),
    Policy: (("name", "whose", "status", "status_since"), _policy),
    Region: (("name", "type", "members"), _region),
    Organisation: (("name", "type"), _organisation),
    Source: (("id", "name", "type", "date"), _source),
    Vocabulary: (("id", "labels", "concepts"), _vocabulary),
}
