"""What a field may hold, read from its type: walked by the schema and the data guide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from amk.dates import Date
from amk.fields import hints_of
from amk.lines import Lines
from amk.records import Of, Part, To
from amk.words import Words

Simple = Literal["text", "words", "date", "lines", "whole", "number", "yes-no", "anything"]

_SIMPLE: dict[Any, Simple] = {
    str: "text",
    Words: "words",
    Date: "date",
    Lines: "lines",
    int: "whole",
    float: "number",
    bool: "yes-no",
    Any: "anything",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words that are fixed in code."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a record, with fields of its own."""

    part: type[Part]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of the same."""

    items: Shape


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping: what stands before the colon, and what after it."""

    key: Shape
    value: Shape


Shape = Simple | To | Of | Choice | Piece | Many | Keyed
"""What a field holds: a scalar, a reference, a code, a choice, a piece, a list or a mapping."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a record, or of a piece of one, as a writer of YAML meets it."""

    part: type[Part]
    name: str
    shape: Shape
    required: bool


def places_of(part: type[Part]) -> tuple[Place, ...]:
    """The fields that may be written: not the id, which is the name of the file."""
    hints, known = hints_of(part), {f.name: f for f in fields(part)}  # type: ignore[arg-type]
    return tuple(
        Place(part, name, shape_of(hint), _is_required(known[name]))
        for name, hint in hints.items()
        if not (name == "id" and hasattr(part, "folder"))
    )


def parts_below(part: type[Part]) -> Iterator[type[Part]]:
    """The pieces that a record is made of, each once, in the order in which they are met."""
    seen: dict[type[Part], None] = {}
    waiting = [part]
    while waiting:
        inside = [p for place in places_of(waiting.pop(0)) for p in _parts_in(place.shape) if p not in seen]
        seen.update(dict.fromkeys(inside))
        waiting.extend(dict.fromkeys(inside))
    return iter(seen)


def shape_of(hint: Any) -> Shape:
    """What a field of this type holds. Raises KeyError for a type that no record has."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return shape_of(next(each for each in inside if each is not NoneType))
    if origin is Annotated:
        return next(mark for mark in inside if isinstance(mark, (To, Of)))
    if origin is Literal:
        return Choice(inside)
    if origin is tuple:
        return Many(shape_of(inside[0]))
    if origin is dict:
        return Keyed(shape_of(inside[0]), shape_of(inside[1]))
    return Piece(hint) if isinstance(hint, type) and issubclass(hint, Part) else _SIMPLE[hint]


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _parts_in(shape: Shape) -> Iterator[type[Part]]:
    match shape:
        case Piece(part):
            yield part
        case Many(items):
            yield from _parts_in(items)
        case Keyed(_, value):
            yield from _parts_in(value)
