"""What a record says: a walk over its values, the value at a place, and all of it as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from amk.model.field_types import FieldType, ListOf, MapOf, PartOf, fields_of, names_in, parts_in
from amk.model.records import Evidence, Of, To
from amk.values.dates import Date
from amk.values.line_ranges import LineRanges
from amk.values.multilingual import Multilingual

if TYPE_CHECKING:
    from amk.values.parsed import FieldPath

Wanted = Any
"""`To`, `Of` or `Evidence`: the sort of type that is looked for."""


def references_in(record: Any) -> Sequence[tuple[FieldPath, str, To]]:
    """Every reference in a record: the path to it, its text, and its mark."""
    return walk(record, To)


def codes_in(record: Any) -> Sequence[tuple[FieldPath, str, Of]]:
    """Every code in a record: the path to it, its text, and its mark."""
    return walk(record, Of)


def evidence_in(record: Any) -> Sequence[tuple[FieldPath, Evidence]]:
    """Every piece of evidence in a record, and the path to it."""
    return [(path, evidence) for path, evidence, _ in walk(record, Evidence)]


def texts_in(record: Any) -> Iterator[tuple[FieldPath, str]]:
    """Every text, date and citation in a record but its id, and the path to it."""
    return ((path, text) for path, text in _leaves(plain(record), ()) if path != ("id",))


def walk(record: Any, wanted: Wanted) -> list[tuple[FieldPath, Any, Any]]:
    """Every value in a record whose type is of one sort: the path to it, the value, and the type."""
    found: list[tuple[FieldPath, Any, Any]] = []
    _gather(record, (), wanted, found)
    return found


def _gather(part: Any, path: FieldPath, wanted: Wanted, found: list[tuple[FieldPath, Any, Any]]) -> None:
    """Collects and does not yield: this runs for every value of every record."""
    kind: Any = type(part)
    for name, marks, leads in _plan(kind, wanted):
        inside = getattr(part, name)
        if not inside:
            continue
        below = (*path, name)
        held = type(inside)
        if held is tuple:
            for index, item in enumerate(inside):
                if leads:
                    _gather(item, (*below, index), wanted, found)
                else:
                    found.extend(((*below, index), item, mark) for mark in marks)
        elif held is dict:
            for key, item in inside.items():
                found.extend(((*below, key), key, mark) for mark in marks)
                if leads:
                    _gather(item, (*below, key), wanted, found)
        elif leads:
            _gather(inside, below, wanted, found)
        else:
            found.extend((below, inside, mark) for mark in marks)


@cache
def _plan(part: Any, wanted: Wanted) -> tuple[tuple[str, tuple[Any, ...], bool], ...]:
    """The fields of a piece that can hold what is wanted: as what, and whether pieces inside can."""
    fields = ((f.name, tuple(_marks_in(f.field_type, wanted)), f.field_type) for f in fields_of(part))
    plans = ((name, marks, _leads(field_type, wanted)) for name, marks, field_type in fields)
    return tuple((name, marks, leads) for name, marks, leads in plans if marks or leads)


def _leads(field_type: FieldType, wanted: Wanted) -> bool:
    inside: Iterator[Any] = parts_in(field_type)
    return any(_plan(part, wanted) for part in inside if part is not wanted)


def _marks_in(field_type: FieldType, wanted: Wanted) -> Iterator[Any]:
    match field_type:
        case ListOf(items):
            yield from _marks_in(items, wanted)
        case MapOf(key, value):
            yield from _marks_in(key, wanted)
            yield from _marks_in(value, wanted)
        case PartOf(part) if part is wanted:
            yield part
        case To() | Of() if isinstance(field_type, wanted):
            yield field_type


def value_at(record: Any, path: FieldPath) -> Any:
    """What stands at a place in a record; None where nothing does."""
    value = record
    for step in path:
        if isinstance(value, (tuple, dict)):
            inside = range(len(value)) if isinstance(value, tuple) else value
            value = value[step] if step in inside else None  # type: ignore[index] # a step fits its holder
        else:
            value = getattr(value, str(step), None)
    return value


def plain_fields(part: Any) -> dict[str, Any]:
    """The fields of a record, or of a piece of one, as text, numbers, lists and dicts."""
    kind: Any = type(part)
    return {name: plain(getattr(part, name)) for name in names_in(kind)}


def plain(value: Any) -> Any:
    """A value of a record as text, numbers, lists and dicts."""
    kind: Any = type(value)
    if value is None or kind is str:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    if kind is Date or kind is LineRanges:
        return str(value)
    if kind is Multilingual:
        return dict(value.by_language) if value.plain is None else value.plain
    return plain_fields(value) if names_in(kind) else value


def _leaves(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, (dict, list)):
        for step, inside in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inside, (*path, step))
