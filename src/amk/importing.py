"""What somebody changed in a sheet: from the cells that differ to the wishes that change records.

Only cells that were changed count. A cell that somebody changed in the sheet and somebody else
in the record since is a problem; what is not in the sheet stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from amk.changing import Wish
from amk.entering import value_of
from amk.knowledge import KnowledgeBase, folded
from amk.language import Say
from amk.load import as_id
from amk.meanings import choice_called, words_for_fields
from amk.nearest import nearest
from amk.query import find_by_name
from amk.records import AnyRecord, Evidence, Municipality
from amk.shapes import Choice, Many, Piece, Shape
from amk.sheets import BETWEEN, SHEETED, Column, Row, Sheet, rows_of, sheets_for, teller


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it was read: its name and its rows of text with their numbers, the heading first.

    `originals` are the cells as amk wrote them, by reference and item; None where it did not.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    originals: Mapping[tuple[str, str], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Where something stands in a workbook; rows and columns count from 1, column 0 is the whole row."""

    sheet: str
    row: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong with a cell: a phrase and its values."""

    cell: Cell
    phrase: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Import:
    """What sheets ask for: wishes by record, new records, records to remove, and what is wrong.

    `cells` leads from a place in a record back to the cell that asked for it.
    """

    wishes: dict[str, list[Wish]] = field(default_factory=dict)
    added: dict[str, type[AnyRecord]] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    cells: dict[tuple[str, tuple[str | int, ...]], Cell] = field(default_factory=dict)
    objections: list[Objection] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A grid against the sheet that it is, the columns that it has, and where the id and the item stand."""

    grid: Grid
    sheet: Sheet
    columns: tuple[tuple[int, Column], ...]
    id_at: int | None
    item_at: int | None
    rows: Mapping[tuple[str, str], Row]


def find_import(
    base: KnowledgeBase,
    grids: Sequence[Grid],
    say: Say,
    kind: type[AnyRecord] | None = None,
    delete: bool = False,
) -> Import:
    """What the grids ask for. A grid without a known name is of `kind`, where one is given."""
    found = Import()
    for grid in grids:
        reading = _reading(base, grid, say, kind, found)
        if reading:
            _read(base, reading, say, found, delete)
    return found


def _reading(
    base: KnowledgeBase, grid: Grid, say: Say, kind: type[AnyRecord] | None, found: Import
) -> _Reading | None:
    sheets = [sheet for each in SHEETED for lang in (say, *_others(say)) for sheet in sheets_for(each, lang)]
    named = (s for s in sheets if folded(grid.name) in (folded(s.name), folded(s.title)))
    usual = sheets_for(kind, say)[0] if kind else None
    sheet = next(named, usual)
    if sheet is None or not grid.rows:
        if grid.rows:
            names = {s.title for s in sheets}
            values = {"found": grid.name, "nearest": nearest(grid.name, names)}
            found.objections.append(Objection(Cell(grid.name, 0), "import.no-sheet", values))
        return None
    row, headings = grid.rows[0]
    same = [s for s in sheets if s.name == sheet.name]
    columns: list[tuple[int, Column]] = []
    fixed: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if _FIXED.get(folded(heading), "") not in ("", *fixed):
            fixed[_FIXED[folded(heading)]] = at
        elif heading.strip():
            column = _column(same, heading)
            if column:
                columns.append((at, column))
            else:
                _no_column(found, Cell(grid.name, row, at + 1), heading, sheet)
    tell = teller(base, say)
    rows = {(r.ref, r.item): r for record in base.all(sheet.kind) for r in rows_of(sheet, record, tell)}
    return _Reading(grid, sheet, tuple(columns), fixed.get("id"), fixed.get("item"), rows)


_FIXED = {"id": "id", "nr": "item", "no": "item", "key": "item", "sleutel": "item", "record": "record"}
"""The headings of what identifies a row, folded. `record` repeats the name for readers."""


def _others(say: Say) -> Iterator[Say]:
    from amk.language import LANGUAGES, say_in

    yield from (say_in(language).also("sheets") for language in LANGUAGES if language != say.language)


def _column(sheets: Sequence[Sheet], heading: str) -> Column | None:
    wanted = folded(heading)
    columns = (column for sheet in sheets for column in sheet.columns)
    return next((c for c in columns if wanted in (folded(c.heading), folded(c.name))), None)


def _no_column(found: Import, cell: Cell, heading: str, sheet: Sheet) -> None:
    near = nearest(heading, [column.heading for column in sheet.columns])
    found.objections.append(Objection(cell, "import.no-column", {"found": heading, "nearest": near}))


def _read(base: KnowledgeBase, reading: _Reading, say: Say, found: Import, delete: bool) -> None:
    seen: set[tuple[str, str]] = set()
    for number, cells in reading.grid.rows[1:]:
        if any(cell.strip() for cell in cells):
            key = _read_row(base, reading, say, found, number, cells)
            if key:
                seen.add(key)
    if delete and reading.grid.originals is not None:
        for key in reading.grid.originals:
            if key not in seen and key in reading.rows:
                _remove(reading, found, key)


def _remove(reading: _Reading, found: Import, key: tuple[str, str]) -> None:
    ref, item = key
    if not reading.sheet.field:
        found.removed.append(ref)
        return
    last: str | int = item if reading.sheet.keyed else int(item) - 1
    found.wishes.setdefault(ref, []).append(Wish((reading.sheet.field, last), "=", ""))


def _read_row(
    base: KnowledgeBase, reading: _Reading, say: Say, found: Import, number: int, cells: tuple[str, ...]
) -> tuple[str, str] | None:
    """What one row asks for; its key where it is of something that is there already."""
    values = {column.name: _at(cells, at) for at, column in reading.columns}
    ref = _ref_of(base, reading, found, cells, values)
    if ref is None:
        found.objections.append(Objection(Cell(reading.grid.name, number), "import.no-record"))
        return None
    item = _at(cells, reading.item_at)
    key = (ref, item)
    current = reading.rows.get(key)
    original = (reading.grid.originals or {}).get(key)
    if original and current and original != current.cells:
        current = _moved(reading, ref, original) or current
        key = (current.ref, current.item)
    if original and not current:
        found.objections.append(Objection(Cell(reading.grid.name, number), "import.gone", {"found": ref}))
        return None
    way = _way(reading, found, ref, current.item if current else item)
    if way is None:
        found.objections.append(Objection(Cell(reading.grid.name, number), "import.no-key"))
        return None
    if current is None and not reading.sheet.field:
        found.added[ref] = reading.sheet.kind
    for at, column in reading.columns:
        _read_cell(base, reading, say, found, _Place(ref, way, number, at), column, cells, current, original)
    return key


@dataclass(frozen=True, slots=True)
class _Place:
    """Whose cell this is, the way to the piece it is of, and where it stands."""

    ref: str
    way: tuple[str | int, ...]
    row: int
    column: int


def _ref_of(
    base: KnowledgeBase, reading: _Reading, found: Import, cells: tuple[str, ...], values: Mapping[str, str]
) -> str | None:
    """The reference of the record that a row is of, there already or new; None where it names none."""
    kind = reading.sheet.kind
    named = _at(cells, reading.id_at)
    if named and (f"{kind.kind}/{named}" in base.known or f"{kind.kind}/{named}" in found.added):
        return f"{kind.kind}/{named}"
    if named:
        there = find_by_name(base, named, (kind,))
        if len(there) == 1:
            return there[0].ref
        new = f"{kind.kind}/{as_id(named)}"
        return new if new in found.added or not reading.sheet.field else None
    if reading.sheet.field:
        return None
    name, code = values.get("name") or values.get("title") or "", values.get("code", "")
    there = [r for r in base.known_of(Municipality) if code and r.code == code and kind is Municipality]
    there = there or find_by_name(base, name, (kind,))
    return there[0].ref if len(there) == 1 else f"{kind.kind}/{as_id(name)}" if as_id(name) else None


def _moved(reading: _Reading, ref: str, original: tuple[str, ...]) -> Row | None:
    """The piece that a row was of, where others came before it since."""
    same = [row for row in reading.rows.values() if row.ref == ref and row.cells == original]
    return same[0] if reading.sheet.field and len(same) == 1 else None


def _way(reading: _Reading, found: Import, ref: str, item: str) -> tuple[str | int, ...] | None:
    """The way to a piece: the one there is, else the one after the last; None for a key that lacks."""
    if not reading.sheet.field:
        return ()
    if reading.sheet.keyed:
        return (reading.sheet.field, item) if item else None
    if (ref, item) in reading.rows:
        return reading.sheet.field, int(item) - 1
    there = sum(row.ref == ref for row in reading.rows.values())
    new = {w.way[1] for w in found.wishes.get(ref, ()) if w.way[0] == reading.sheet.field and len(w.way) > 2}
    return reading.sheet.field, there + len([n for n in new if isinstance(n, int) and n >= there])


def _read_cell(
    base: KnowledgeBase, reading: _Reading, say: Say, found: Import, place: _Place, column: Column,
    cells: tuple[str, ...], current: Row | None, original: tuple[str, ...] | None,
) -> None:  # fmt: skip
    after = _at(cells, place.column)
    index = next(i for i, c in enumerate(reading.sheet.columns) if c.name == column.name)
    now = current.cells[index] if current else ""
    before = original[index] if original else now
    if after in (before, now) or (not after and original is None):
        return
    cell = Cell(reading.grid.name, place.row, place.column + 1)
    if original and now != before:
        found.objections.append(Objection(cell, "import.conflict", {"found": after, "now": now or "–"}))
        return
    record = base.known.get(place.ref)
    for wish in _wishes(base, say, record, place.way, column, now, after):
        found.wishes.setdefault(place.ref, []).append(wish)
        found.cells[place.ref, wish.way] = cell


def _wishes(
    base: KnowledgeBase, say: Say, record: AnyRecord | None, way: tuple[str | int, ...], column: Column,
    before: str, after: str,
) -> Iterator[Wish]:  # fmt: skip
    """A changed cell as wishes: a list loses and gains items, a text changes in its language."""
    full = (*way, *column.way)
    match column.shape:
        case Many(Piece()):
            yield from _cited(record, full, before, after)
        case Many(items):
            old, new = _items(before), _items(after)
            yield from (Wish(full, "-=", raw(base, say, items, i)) for i in old if i not in new)
            yield from (Wish(full, "+=", raw(base, say, items, i)) for i in new if i not in old)
        case "words":
            yield Wish(_words_way(record, full, column.language, after), "=", after)
        case shape:
            yield Wish(full, "=", raw(base, say, shape, after))


def _words_way(
    record: AnyRecord | None, way: tuple[str | int, ...], language: str, after: str
) -> tuple[str | int, ...]:
    """The way to a text: to its language, or to all of it where it is told once."""
    words = _reached(record, way)
    plain = getattr(words, "plain", None) is not None
    last = not after and getattr(words, "languages", frozenset()) <= {language}
    return way if words is not None and (plain or last) else (*way, language)


def _reached(value: Any, way: tuple[str | int, ...]) -> Any:
    for step in way:
        if value is None:
            return None
        if isinstance(value, (tuple, dict)):
            inside = range(len(value)) if isinstance(value, tuple) else value
            value = value[step] if step in inside else None  # type: ignore[index] # a step fits its holder
        else:
            value = getattr(value, str(step), None)
    return value


def _cited(record: AnyRecord | None, way: tuple[str | int, ...], before: str, after: str) -> Iterator[Wish]:
    """Changed evidence: sources that came or went, and lines that changed; remarks stay."""
    old, new = (dict(_source(item) for item in _items(text)) for text in (before, after))
    there: Sequence[Evidence] = _reached(record, way) or ()
    for source, lines in new.items():
        at = next((i for i, e in enumerate(there) if e.source == source), None)
        if source in old and old[source] != lines and at is not None:
            yield Wish((*way, at, "lines"), "=", lines)
        elif source not in old:
            yield Wish(way, "+=", {"source": source, **({"lines": lines} if lines else {})})
    yield from (Wish(way, "-=", {"source": source}) for source in old if source not in new)


def _source(item: str) -> tuple[str, str]:
    source, _, lines = item.partition(":")
    return source.strip(), lines.strip()


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(BETWEEN.strip()) if item.strip()]


def raw(base: KnowledgeBase, say: Say, shape: Shape, text: str) -> str:
    """A cell as a record has it: ids for names, codes for labels, true and false."""
    match shape:
        case Choice(words):
            labels = words_for_fields(say.language)
            return next((w for w in words if folded(text) in _called(shape, w, labels)), text)
        case "yes-no":
            yes, no = ("ja", "yes", "true", "x", "1"), ("nee", "no", "false", "0")
            return "true" if folded(text) in yes else "false" if folded(text) in no else text
    return value_of(base, shape, text)


def _called(choice: Choice, word: str, labels: Say) -> tuple[str, str]:
    return folded(word), folded(choice_called(choice, word, labels))


def _at(cells: tuple[str, ...], index: int | None) -> str:
    return cells[index].strip() if index is not None and index < len(cells) else ""
