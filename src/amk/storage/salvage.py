"""A record that is wrong in places, read as far as it can be.

What is told is read without what is wrong: a piece that lacks what it cannot do without goes
whole. What is checked has a stand-in there instead, so that whatever else the piece says is checked
as well and every item keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from amk.model.field_types import Choice, FieldType, ListOf, MapOf, PartOf, fields_of, type_at
from amk.model.records import AnyRecord, Manifest
from amk.storage.record_validator import FieldError, Kind, path_of, validated
from amk.values.parsed import FieldPath, Plain

ROUNDS = 12
"""More often than that nothing comes to light: a record is a few levels deep."""

NAMES = ("name", "title", "labels")
"""What a record goes by; by its id where it does not say so readably."""

Mend = Callable[[dict[str, Any], Sequence[FieldError]], dict[str, Any]]


def told_part(
    kind: Kind, data: dict[str, Any], given: Mapping[str, str], gone: Collection[FieldPath]
) -> AnyRecord | Manifest | None:
    """The record without what is wrong in it; None where nothing is left to tell."""

    def mend(found: dict[str, Any], errors: Sequence[FieldError]) -> dict[str, Any]:
        lacking = {str(path_of(e)[0]) for e in errors if e["type"] == "missing" and len(path_of(e)) == 1}
        return {**_without(found, {_place(e) for e in errors}), **{n: _lent(kind, n, given) for n in lacking}}

    left = _without(data, gone)
    wrong = validated(kind, {**left, **given})
    if isinstance(wrong, Sequence):
        left = _without(left, {_place(error) for error in wrong})
    return _mended(kind, left, given, mend) if any(name not in NAMES for name in left) else None


def checked_part(
    kind: Kind, data: dict[str, Any], given: Mapping[str, str], gone: Collection[FieldPath]
) -> AnyRecord | Manifest | None:
    """The record as the rules look at it, each item in its place; None where that cannot be."""

    def mend(found: dict[str, Any], errors: Sequence[FieldError]) -> dict[str, Any]:
        for error in errors:
            _stand_in(kind, found, error)
        return found

    return _mended(kind, _without(data, gone), given, mend)


def _mended(
    kind: Kind, data: dict[str, Any], given: Mapping[str, str], mend: Mend
) -> AnyRecord | Manifest | None:
    for _ in range(ROUNDS):
        found = validated(kind, {**data, **given})
        if not isinstance(found, Sequence):
            return found
        data = mend(data, found)
    return None


def _place(error: FieldError) -> FieldPath:
    """What goes because of an error: the value, or what holds it where it is the lack that is wrong."""
    path = path_of(error)
    return path[:-1] if error["type"] == "missing" else path


def _without(value: Any, gone: Collection[FieldPath], here: FieldPath = ()) -> Any:
    """Plain data without some of its values, in containers of its own."""
    if isinstance(value, dict):
        return {k: _without(v, gone, (*here, k)) for k, v in value.items() if (*here, k) not in gone}
    if isinstance(value, list):
        return [_without(v, gone, (*here, i)) for i, v in enumerate(value) if (*here, i) not in gone]
    return value


def _lent(kind: Kind, name: str, given: Mapping[str, str]) -> Plain:
    """What a record is read with where it lacks a field that it must have."""
    if name in NAMES or kind is Manifest:
        return given.get("id", "amk")
    field_type = type_at(kind, (name,))
    return [] if isinstance(field_type, ListOf) else ""


def _stand_in(kind: Kind, data: dict[str, Any], error: FieldError) -> None:
    """Put something that a field may hold where it holds what it may not; nothing where it may lack."""
    path = path_of(error)
    holder = _holder(data, path)
    step = path[-1] if path else ""
    if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
        holder[step] = _anything(type_at(kind, path))
    elif isinstance(holder, dict) and isinstance(step, str):
        holder.pop(step, None)
        if error["type"] == "missing":
            holder[step] = _anything(type_at(kind, path))


def _holder(data: dict[str, Any], path: FieldPath) -> Any:
    holder: Any = data
    for step in path[:-1]:
        holder = holder[step]
    return holder


def _anything(field_type: FieldType | None) -> Plain:
    """The least that a field of a shape may hold."""
    match field_type:
        case PartOf(part):
            return {field.name: _anything(field.field_type) for field in fields_of(part) if field.required}
        case ListOf():
            return []
        case MapOf():
            return {}
        case Choice(words):
            return words[0]
        case "date":
            return "1900"
        case "whole" | "number" | "lines":
            return "1"
        case "yes-no":
            return "false"
    return "-"
