"""Records as sheets: a sheet per kind, a row a record, and a sheet for each list of pieces.

A sheet is only text: names for references, labels for codes, dates as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from amk.canonical import order_of
from amk.knowledge import KnowledgeBase
from amk.language import LANGUAGES, Say
from amk.meanings import choice_called, field_called, words_for_fields
from amk.query import find_by_name
from amk.records import KINDS, AnyRecord, Evidence, Of, Part, To, Vocabulary
from amk.shapes import Choice, Keyed, Many, Piece, Place, Shape, places_of
from amk.words import Words

SHEETED: tuple[type[AnyRecord], ...] = tuple(kind for kind in KINDS if kind is not Vocabulary)
"""The kinds of which a workbook has sheets; vocabularies give it its lists to choose from."""

LEFT_OUT = frozenset({"waive", "says"})
"""Fields that are for files alone: a sheet neither shows nor changes them."""

BETWEEN = "; "
"""What stands between the items of a list in one cell."""

_BY_KIND: Mapping[str, type[AnyRecord]] = {kind.kind: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the way to its value below the record or the piece, its heading, and what it may hold.

    `language` for a text that is told per language; each language has its own column.
    """

    way: tuple[str, ...]
    heading: str
    shape: Shape
    language: str = ""

    @property
    def name(self) -> str:
        """The column's stable English name: `period`, `summary.nl`."""
        return ".".join((*self.way, self.language) if self.language else self.way)


@dataclass(frozen=True, slots=True)
class Row:
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
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()

    @property
    def name(self) -> str:
        """The sheet's stable English name: `policies`, `policies.milestones`."""
        return f"{self.kind.folder}.{self.field}" if self.field else self.kind.folder


def sheets_of(base: KnowledgeBase, kinds: Sequence[type[AnyRecord]], say: Say) -> tuple[Sheet, ...]:
    """The records in view as sheets, in the words of a language."""
    return tuple(_filled(sheet, base, say) for kind in kinds for sheet in sheets_for(kind, say))


def sheets_for(kind: type[AnyRecord], say: Say) -> tuple[Sheet, ...]:
    """The sheets of a kind without rows: of the records, and of each list of pieces."""
    words = words_for_fields(say.language)
    title = say(f"sheet.{kind.folder}")
    order = order_of(kind)
    places = sorted(places_of(kind), key=lambda place: order.index(place.name))
    places = [place for place in places if place.name not in LEFT_OUT]
    main = Sheet(kind, "", title, False, tuple(c for place in places for c in _columns(place, (), words)))
    below = (_sheet_below(kind, place, title, words) for place in places if _piece_of(place.shape))
    return main, *below


def _sheet_below(kind: type[AnyRecord], place: Place, title: str, words: Say) -> Sheet:
    part = _piece_of(place.shape)
    assert part is not None
    inside = [p for p in places_of(part) if p.name not in LEFT_OUT]
    columns = tuple(column for p in inside for column in _columns(p, (), words))
    return Sheet(
        kind, place.name, f"{title} – {field_called(place, words).lower()}"[:31],
        isinstance(place.shape, Keyed), columns,
    )  # fmt: skip


def _piece_of(shape: Shape) -> type[Part] | None:
    """The piece of which a field holds several; None where it holds none, or evidence, which is a cell."""
    match shape:
        case Many(Piece(part)) | Keyed(_, Piece(part)) if part is not Evidence:
            return part
    return None


def _columns(place: Place, before: tuple[str, ...], words: Say) -> Iterator[Column]:
    way, called = (*before, place.name), field_called(place, words)
    match place.shape:
        case "words":
            for language in LANGUAGES:
                yield Column(way, f"{called} ({language})", "words", language)
        case Piece(part):
            inside = (column for p in places_of(part) for column in _columns(p, way, words))
            yield from (Column(c.way, f"{called}: {c.heading}", c.shape, c.language) for c in inside)
        case Many(Piece(part)) if part is Evidence:
            yield Column(way, called, place.shape)
        case Many(Piece()) | Keyed() | "anything":
            return
        case _:
            yield Column(way, called, place.shape)


def _filled(sheet: Sheet, base: KnowledgeBase, say: Say) -> Sheet:
    tell = teller(base, say)
    rows = (row for record in base.all(sheet.kind) for row in rows_of(sheet, record, tell))
    return Sheet(sheet.kind, sheet.field, sheet.title, sheet.keyed, sheet.columns, tuple(rows))


Tell = Callable[[Column, Any], str]


def rows_of(sheet: Sheet, record: AnyRecord, tell: Tell) -> Iterator[Row]:
    """The rows of one record in a sheet."""
    if not sheet.field:
        yield Row(record.ref, "", _cells(sheet, record, tell))
        return
    inside = getattr(record, sheet.field)
    pairs = inside.items() if sheet.keyed else ((str(n), piece) for n, piece in enumerate(inside, 1))
    yield from (Row(record.ref, key, _cells(sheet, piece, tell)) for key, piece in pairs)


def _cells(sheet: Sheet, part: Any, tell: Tell) -> tuple[str, ...]:
    return tuple(tell(column, _value_at(part, column.way)) for column in sheet.columns)


def _value_at(part: Any, way: tuple[str, ...]) -> Any:
    """What stands at a way; None for what a record says only by keeping silent."""
    for step in way:
        if part is None:
            return None
        value = getattr(part, step)
        default = next(f.default for f in fields(part) if f.name == step)
        part = None if default is not MISSING and value == default else value
    return part


def teller(base: KnowledgeBase, say: Say) -> Tell:
    """Tells a value as a cell: in names, labels and dates as they are written."""
    words = words_for_fields(say.language)

    def tell(column: Column, value: Any) -> str:
        if value is None:
            return ""
        match column.shape:
            case "words":
                return _words(value, column.language, base.manifest.language)
            case Many(items):
                return BETWEEN.join(told(items, item) for item in value)
            case shape:
                return told(shape, value)

    def told(shape: Shape, value: Any) -> str:
        match shape:
            case To():
                return _name(base, shape, value)
            case Of(vocabulary):
                return base.label(vocabulary, value, say.language)
            case Choice():
                return choice_called(shape, value, words)
            case Piece():
                return f"{value.source}:{value.lines}" if value.lines else str(value.source)
            case "yes-no":
                return say("sheet.yes" if value else "sheet.no")
        return str(value)

    return tell


def _words(value: Words, language: str, own: str) -> str:
    if value.plain is not None:
        return value.plain if language == own else ""
    return dict(value.by_language).get(language, "")


def _name(base: KnowledgeBase, to: To, text: str) -> str:
    """The name of what is referred to, where that name leads back to it alone; else the reference."""
    record = base.known.get(f"{to.kinds[0]}/{text}" if to.bare else text)
    if record is None or BETWEEN.strip() in record.name:
        return text
    found = find_by_name(base, record.name, tuple(_BY_KIND[kind] for kind in to.kinds))
    return record.name if found == [record] else text
