"""What each field of a record may hold, read from the types of the records themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from amk.model.records import Of, Part, To
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.line_ranges import LineRanges
from amk.values.multilingual import Multilingual
from amk.values.parsed import FieldPath

Simple = Literal["text", "words", "date", "lines", "whole", "number", "yes-no", "anything"]

_SIMPLE: dict[Any, Simple] = {
    str: "text",
    Multilingual: "words",
    Date: "date",
    LineRanges: "lines",
    int: "whole",
    float: "number",
    bool: "yes-no",
    Any: "anything",
}


@frozen
class Choice:
    """One of a few words that are fixed in code."""

    words: tuple[str, ...]


@frozen
class PartOf:
    """A piece of a record, with fields of its own."""

    part: type[Part]


@frozen
class ListOf:
    """A list of the same."""

    items: FieldType


@frozen
class MapOf:
    """A mapping: what stands before the colon, and what after it."""

    key: FieldType
    value: FieldType


FieldType = Simple | To | Of | Choice | PartOf | ListOf | MapOf
"""What a field holds: a scalar, a reference, a code, a choice, a piece, a list or a mapping."""


@frozen
class Field:
    """A field of a record, or of a piece of one, as a writer of YAML meets it."""

    part: type[Part]
    name: str
    field_type: FieldType
    required: bool


def fields_of(part: type[Part]) -> tuple[Field, ...]:
    """The fields that may be written: not the id, which is the name of the file."""
    kind: Any = part
    return _fields_of(kind)


@cache
def _fields_of(part: Any) -> tuple[Field, ...]:
    hints = get_type_hints(part, include_extras=True)
    return tuple(
        Field(part, each.name, _type_of(hints[each.name]), _is_required(each))
        for each in dataclasses.fields(part)
        if not (each.name == "id" and hasattr(part, "folder"))
    )


@cache
def names_in(part: Any) -> tuple[str, ...]:
    """The names of the fields of a piece, its id among them; none for what is no piece."""
    return tuple(each.name for each in dataclasses.fields(part)) if dataclasses.is_dataclass(part) else ()


def type_at(part: type[Part], path: FieldPath) -> FieldType | None:
    """What may stand at a place in a record; None where there is no such place."""
    field_type: FieldType | None = PartOf(part)
    for step in path:
        field_type = type_below(field_type, step)
    return field_type


def type_below(field_type: FieldType | None, step: str | int) -> FieldType | None:
    """What may stand one step further; None where there is no such place."""
    match field_type:
        case PartOf(part):
            return next((field.field_type for field in fields_of(part) if field.name == step), None)
        case ListOf(items) if isinstance(step, int):
            return items
        case MapOf(_, value):
            return value
    return None


def parts_in(field_type: FieldType | None) -> Iterator[type[Part]]:
    """The pieces that a field may hold: alone, in a list, or under the keys of a mapping."""
    match field_type:
        case PartOf(part):
            yield part
        case ListOf(items):
            yield from parts_in(items)
        case MapOf(_, value):
            yield from parts_in(value)


def parts_below(part: type[Part]) -> Iterator[type[Part]]:
    """The pieces that a record is made of, each once, in the order in which they are met."""
    seen: dict[type[Part], None] = {}
    waiting = [part]
    while waiting:
        fields = fields_of(waiting.pop(0))
        inside = dict.fromkeys(p for field in fields for p in parts_in(field.field_type) if p not in seen)
        seen.update(inside)
        waiting.extend(inside)
    return iter(seen)


def _type_of(hint: Any) -> FieldType:
    """What a field of this type holds. Raises KeyError for a type that no record has."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _type_of(next(each for each in inside if each is not NoneType))
    if origin is Annotated:
        return next(mark for mark in inside if isinstance(mark, (To, Of)))
    if origin is Literal:
        return Choice(inside)
    if origin is tuple:
        return ListOf(_type_of(inside[0]))
    if origin is dict:
        return MapOf(_type_of(inside[0]), _type_of(inside[1]))
    return PartOf(hint) if isinstance(hint, type) and issubclass(hint, Part) else _SIMPLE[hint]


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
