"""Records and problems as JSON, and back: what is kept between runs is data, and never runs anything.

A field that says what it says by default is left out.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from zlib import crc32

from amk.model.field_types import FieldType, ListOf, MapOf, PartOf, fields_of
from amk.model.fields import plain
from amk.model.problems import Problem
from amk.model.records import KIND_NAMED, AnyRecord, Manifest
from amk.values.dates import parse_date
from amk.values.errors import CacheCorrupt
from amk.values.line_ranges import parse_lines
from amk.values.multilingual import Multilingual

KINDS: Mapping[str, Any] = {**KIND_NAMED, "manifest": Manifest}

Made = Callable[[Any], Any]
"""Makes a value of what stands for it in JSON."""


def encode(value: Any) -> bytes:
    """Text, numbers, lists and dicts as bytes."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def decode(raw: bytes) -> Any:
    """What was encoded. Raises CacheCorrupt for what no encoding gives."""
    try:
        return json.loads(raw)
    except (ValueError, TypeError, RecursionError) as error:
        raise CacheCorrupt("what was kept is no JSON") from error


def encode_record(record: AnyRecord | Manifest) -> bytes:
    """A record as bytes; its kind is not among them."""
    return encode(plain_record(record))


def decode_record(kind: str, raw: bytes, checksum: int) -> Any:
    """The record of a kind that was kept. Raises CacheCorrupt where it is not what was kept."""
    if crc32(raw) != checksum:
        raise CacheCorrupt("a record that was kept is not whole")
    return record_of(kind, decode(raw))


def record_of(kind: str, stated: Any) -> Any:
    """The record of a kind that states this. Raises CacheCorrupt where it is none."""
    try:
        return _maker(KINDS[kind])(stated)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CacheCorrupt("a record that was kept is none") from error


def encode_problems(problems: Iterable[Problem]) -> bytes:
    """Problems as bytes."""
    return encode([plain_problem(problem) for problem in problems])


def decode_problems(raw: bytes) -> tuple[Problem, ...]:
    """The problems that were kept. Raises CacheCorrupt where they are not what was kept."""
    return tuple(map(problem_of, decode(raw)))


def plain_problem(problem: Problem) -> list[Any]:
    """A problem as its values, in the order of its fields."""
    return [getattr(problem, field.name) for field in dataclasses.fields(problem)]


def problem_of(values: list[Any]) -> Problem:
    """The problem of such values. Raises CacheCorrupt where they are none."""
    try:
        code, path, field_path, *others = values
        return Problem(code, path, tuple(field_path), *others)
    except (TypeError, ValueError) as error:
        raise CacheCorrupt("a problem that was kept is none") from error


def plain_record(part: Any) -> dict[str, Any]:
    """The fields of a piece that say something else than by default."""
    stated = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if value != field.default:
            stated[field.name] = _plain(value)
    return stated


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return plain_record(value) if hasattr(value, "__pydantic_config__") else plain(value)


@cache
def _maker(part: Any) -> Made:
    """Makes a piece of a record of its fields."""
    new = part.__new__
    given = {field.name: _default(field) for field in dataclasses.fields(part)}
    makers = [(f.name, made) for f in fields_of(part) if (made := _made(f.field_type)) is not None]

    def make(stated: dict[str, Any]) -> Any:
        for name, made in makers:
            if name in stated:
                stated[name] = made(stated[name])
        value = new(part)
        # What a frozen value holds is set past its own guard, as its own __init__ does.
        held = value.__dict__
        held.update(given)
        held.update(stated)
        return value

    return make


def _default(field: dataclasses.Field[Any]) -> Any:
    return None if field.default is dataclasses.MISSING else field.default


def _made(field_type: FieldType) -> Made | None:
    """Makes what a field holds; None where JSON holds it as it is."""
    match field_type:
        case PartOf(part):
            kind: Any = part
            return _maker(kind)
        case ListOf(items):
            return _many(_made(items))
        case MapOf(_, value):
            return _mapping(_made(value))
    return _SIMPLE.get(field_type) if isinstance(field_type, str) else None


def _many(made: Made | None) -> Made:
    return tuple if made is None else lambda found: tuple(map(made, found))


def _mapping(made: Made | None) -> Made | None:
    return made and (lambda found: {key: made(value) for key, value in found.items()})


def _words(found: str | dict[str, str]) -> Multilingual:
    return Multilingual(found) if isinstance(found, str) else Multilingual(None, tuple(found.items()))


_SIMPLE: Mapping[str, Made] = {"date": parse_date, "lines": parse_lines, "words": _words}
