"""Records as sheets: a sheet per kind, a row a record, and a sheet for each list of pieces.

A sheet is only text: names for references, labels for codes, dates as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from amk.language import LANGUAGES, Phrases
from amk.model.field_labels import choice_called, field_called, words_for_fields
from amk.model.field_types import Choice, Field, FieldType, ListOf, MapOf, PartOf, fields_of
from amk.model.fields import value_at
from amk.model.filters import find_by_name
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import KIND_NAMED, KINDS, AnyRecord, Evidence, Of, Part, To, Vocabulary
from amk.storage.yaml.canonical import order_of
from amk.values.multilingual import Multilingual
from amk.values.parsed import FieldPath

SHEETED: tuple[type[AnyRecord], ...] = tuple(kind for kind in KINDS if kind is not Vocabulary)
"""The kinds of which a workbook has sheets; vocabularies give it its lists to choose from."""

LEFT_OUT = frozenset({"waive", "says"})
"""Fields that are for files alone: a sheet neither shows nor changes them."""

BETWEEN = "; "
"""What stands between the items of a list in one cell."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: the path to its value below the record or the piece, its heading, and what it may hold.

    `language` for a text that is told per language; each language has its own column.
    """

    field_path: tuple[str, ...]
    heading: str
    field_type: FieldType
    language: str = ""

    @property
    def name(self) -> str:
        """The column's stable English name: `period`, `summary.nl`."""
        return ".".join((*self.field_path, self.language) if self.language else self.field_path)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One record, or one piece of it: `item` is its number from 1, or its key; empty for the record."""

    ref: str
    item: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of a kind, or the pieces in one of its fields; `keyed` where they have keys."""

    kind: type[AnyRecord]
    field: str
    title: str
    keyed: bool
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...] = ()

    @property
    def name(self) -> str:
        """The sheet's stable English name: `policies`, `policies.milestones`."""
        return f"{self.kind.folder}.{self.field}" if self.field else self.kind.folder


def sheets_of(base: KnowledgeBase, kinds: Sequence[type[AnyRecord]], phrases: Phrases) -> tuple[Sheet, ...]:
    """The records in view as sheets, in the words of a language."""
    return tuple(_filled(sheet, base, phrases) for kind in kinds for sheet in sheets_for(kind, phrases))


def sheets_for(kind: type[AnyRecord], phrases: Phrases) -> tuple[Sheet, ...]:
    """The sheets of a kind without rows: of the records, and of each list of pieces."""
    words = words_for_fields(phrases.language)
    title = phrases(f"kinds.{kind.kind}")
    order = order_of(kind)
    fields = sorted(fields_of(kind), key=lambda field: order.index(field.name))
    fields = [field for field in fields if field.name not in LEFT_OUT]
    main = Sheet(kind, "", title, False, tuple(c for field in fields for c in _columns(field, (), words)))
    below = (_sheet_below(kind, field, title, words) for field in fields if _piece_of(field.field_type))
    return main, *below


def headings_of(sheet: Sheet, phrases: Phrases) -> tuple[str, ...]:
    """The heading of each column: what identifies a row first."""
    own = (
        ("id", phrases("sheet.record"), phrases("sheet.key" if sheet.keyed else "sheet.number"))
        if sheet.field
        else ("id",)
    )
    return (*own, *(column.heading for column in sheet.columns))


def cells_of(sheet: Sheet, row: SheetRow, base: KnowledgeBase) -> tuple[str, ...]:
    """The cells of a row: what identifies it first."""
    id = row.ref.partition("/")[2]
    own = (id, base.name(row.ref), row.item) if sheet.field else (id,)
    return (*own, *row.cells)


def _sheet_below(kind: type[AnyRecord], field: Field, title: str, words: Phrases) -> Sheet:
    part = _piece_of(field.field_type)
    assert part is not None
    inside = [p for p in fields_of(part) if p.name not in LEFT_OUT]
    columns = tuple(column for p in inside for column in _columns(p, (), words))
    return Sheet(
        kind, field.name, f"{title} – {field_called(field, words).lower()}"[:31],
        isinstance(field.field_type, MapOf), columns,
    )  # fmt: skip


def _piece_of(field_type: FieldType) -> type[Part] | None:
    """The piece of which a field holds several; None where it holds none, or evidence, which is a cell."""
    match field_type:
        case ListOf(PartOf(part)) | MapOf(_, PartOf(part)) if part is not Evidence:
            return part
    return None


def _columns(field: Field, before: tuple[str, ...], words: Phrases) -> Iterator[SheetColumn]:
    field_path, called = (*before, field.name), field_called(field, words)
    match field.field_type:
        case "words":
            for language in LANGUAGES:
                yield SheetColumn(field_path, f"{called} ({language})", "words", language)
        case PartOf(part):
            inside = (column for p in fields_of(part) for column in _columns(p, field_path, words))
            yield from (
                SheetColumn(c.field_path, f"{called}: {c.heading}", c.field_type, c.language) for c in inside
            )
        case ListOf(PartOf(part)) if part is Evidence:
            yield SheetColumn(field_path, called, field.field_type)
        case ListOf(PartOf()) | MapOf() | "anything":
            return
        case _:
            yield SheetColumn(field_path, called, field.field_type)


def _filled(sheet: Sheet, base: KnowledgeBase, phrases: Phrases) -> Sheet:
    tell = teller(base, phrases)
    rows = (row for record in base.all(sheet.kind) for row in rows_of(sheet, record, tell))
    return Sheet(sheet.kind, sheet.field, sheet.title, sheet.keyed, sheet.columns, tuple(rows))


Tell = Callable[[SheetColumn, Any], str]


def rows_of(sheet: Sheet, record: AnyRecord, tell: Tell) -> Iterator[SheetRow]:
    """The rows of one record in a sheet."""
    if not sheet.field:
        yield SheetRow(record.ref, "", _cells(sheet, record, tell))
        return
    inside = getattr(record, sheet.field)
    pairs = inside.items() if sheet.keyed else ((str(n), piece) for n, piece in enumerate(inside, 1))
    yield from (SheetRow(record.ref, key, _cells(sheet, piece, tell)) for key, piece in pairs)


def _cells(sheet: Sheet, part: Any, tell: Tell) -> tuple[str, ...]:
    return tuple(tell(column, _said_at(part, column.field_path)) for column in sheet.columns)


def _said_at(part: Any, path: FieldPath) -> Any:
    """What stands at a place; None for what a record says only by keeping silent."""
    value, holder = value_at(part, path), value_at(part, path[:-1])
    return None if value == getattr(type(holder), str(path[-1]), None) else value


def teller(base: KnowledgeBase, phrases: Phrases) -> Tell:
    """Tells a value as a cell: in names, labels and dates as they are written."""
    words = words_for_fields(phrases.language)

    def tell(column: SheetColumn, value: Any) -> str:
        if value is None:
            return ""
        match column.field_type:
            case "words":
                return _words(value, column.language, base.manifest.language)
            case ListOf(items):
                return BETWEEN.join(told(items, item) for item in value)
            case field_type:
                return told(field_type, value)

    def told(field_type: FieldType, value: Any) -> str:
        match field_type:
            case To():
                return _name(base, field_type, value)
            case Of(vocabulary):
                return base.label(vocabulary, value, phrases.language)
            case Choice():
                return choice_called(field_type, value, words)
            case PartOf():
                return f"{value.source}:{value.lines}" if value.lines else str(value.source)
            case "yes-no":
                return phrases("sheet.yes" if value else "sheet.no")
        return str(value)

    return tell


def _words(value: Multilingual, language: str, own: str) -> str:
    if value.plain is not None:
        return value.plain if language == own else ""
    return dict(value.by_language).get(language, "")


def _name(base: KnowledgeBase, to: To, text: str) -> str:
    """The name of what is referred to, where that name leads back to it alone; else the reference."""
    record = base.known.get(f"{to.kinds[0]}/{text}" if to.bare else text)
    if record is None or BETWEEN.strip() in record.name:
        return text
    named = find_by_name(base, record.name, tuple(KIND_NAMED[kind] for kind in to.kinds))
    return record.name if named == [record] else text
