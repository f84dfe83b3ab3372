"""What the fields of a record hold: walked by the checks, the schema and the data guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from amk.dates import Date
from amk.lines import Lines
from amk.records import Evidence, Of, To
from amk.words import Words

if TYPE_CHECKING:
    from amk.yamltext import Path

Mark = To | Of


@cache
def hints_of(part: Any) -> Mapping[str, Any]:
    """The fields of a record, or of a piece of one, with the type of each."""
    hints = get_type_hints(part, include_extras=True)
    return {f.name: hints[f.name] for f in fields(part)}


def fields_at(kind: type[Any], way: Path) -> list[str]:
    """The names of the fields that may stand at a place in a record of this kind."""
    part: Any = kind
    for step in way:
        hint = hints_of(part).get(str(step)) if _is_part(part) else part
        part = next(iter(_parts_in(hint)), None) if not isinstance(step, int) else part
    return list(hints_of(part)) if _is_part(part) else []


def references_in(value: Any) -> Sequence[tuple[Path, str, To]]:
    """Every reference in a record: the way to it, its text, and its mark."""
    found: list[tuple[Path, str, To]] = []
    _gather_marks(value, (), To, found)
    return found


def codes_in(value: Any) -> Sequence[tuple[Path, str, Of]]:
    """Every code in a record: the way to it, its text, and its mark."""
    found: list[tuple[Path, str, Of]] = []
    _gather_marks(value, (), Of, found)
    return found


def _gather_marks(part: Any, way: Path, of: Any, found: list[Any]) -> None:
    kind: Any = type(part)
    for name, marks, leads in _plan(kind, of):
        inside = getattr(part, name)
        if not inside:
            continue
        here = (*way, name)
        held = type(inside)
        if held is str:
            found.extend((here, inside, mark) for mark in marks)
        elif held is tuple:
            for index, item in enumerate(inside):
                if leads:
                    _gather_marks(item, (*here, index), of, found)
                else:
                    found.extend(((*here, index), item, mark) for mark in marks)
        elif held is dict:
            for key, item in inside.items():
                found.extend(((*here, key), key, mark) for mark in marks)
                if leads:
                    _gather_marks(item, (*here, key), of, found)
        else:
            _gather_marks(inside, here, of, found)


@cache
def _plan(part: Any, of: Any) -> tuple[tuple[str, tuple[Mark, ...], bool], ...]:
    """The fields of a piece that can hold what is asked for: their marks, and whether pieces inside can."""
    hints = hints_of(part).items() if _is_part(part) else ()
    found = (
        (
            name,
            tuple(mark for mark in _marks_in(hint) if isinstance(mark, of)),
            any(_leads(inside, of) for inside in _parts_in(hint)),
        )
        for name, hint in hints
    )
    return tuple((name, marks, leads) for name, marks, leads in found if marks or leads)


def _leads(part: Any, of: Any) -> bool:
    return bool(_plan(part, of))


def evidence_in(value: Any) -> Sequence[tuple[Path, Evidence]]:
    """Every piece of evidence in a record, and the way to it."""
    found: list[tuple[Path, Evidence]] = []
    _gather_evidence(value, (), found)
    return found


def _gather_evidence(value: Any, way: Path, found: list[tuple[Path, Evidence]]) -> None:
    kind: Any = type(value)
    if kind is Evidence:
        found.append((way, value))
    elif kind is tuple:
        for index, item in enumerate(value):
            _gather_evidence(item, (*way, index), found)
    elif kind is dict:
        for key, item in value.items():
            _gather_evidence(item, (*way, key), found)
    else:
        for name in _leading_to_evidence(kind):
            inside = getattr(value, name)
            if inside:
                _gather_evidence(inside, (*way, name), found)


def _is_or_leads(part: Any) -> bool:
    return part is Evidence or bool(_leading_to_evidence(part))


@cache
def _leading_to_evidence(kind: Any) -> tuple[str, ...]:
    """The fields of a piece that hold evidence, or a piece that does; none for what is no piece."""
    hints = hints_of(kind).items() if _is_part(kind) else ()
    parts = ((name, tuple(_parts_in(hint))) for name, hint in hints)
    return tuple(name for name, inside in parts if any(map(_is_or_leads, inside)))


def _marks_in(hint: Any) -> Iterator[Mark]:
    if get_origin(hint) is Annotated:
        yield from (mark for mark in get_args(hint)[1:] if isinstance(mark, (To, Of)))
        yield from _marks_in(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType, tuple, dict):
        for inside in get_args(hint):
            yield from _marks_in(inside)


def _parts_in(hint: Any) -> Iterator[type[Any]]:
    if _is_part(hint):
        yield hint
    for inside in get_args(hint):
        yield from _parts_in(inside)


def _is_part(hint: Any) -> bool:
    return isinstance(hint, type) and is_dataclass(hint) and hasattr(hint, "__pydantic_config__")


def plain_fields(part: Any) -> dict[str, Any]:
    """The fields of a record, or of a piece of one, as text, numbers, lists and dicts."""
    kind: Any = type(part)
    return {name: plain(getattr(part, name)) for name in names_in(kind)}


@cache
def names_in(part: Any) -> tuple[str, ...]:
    """The names of the fields of a piece; none for what is no piece."""
    return tuple(f.name for f in fields(part)) if is_dataclass(part) else ()


def plain(value: Any) -> Any:
    """A value of a record as text, numbers, lists and dicts."""
    kind: Any = type(value)
    if value is None or kind is str:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    if kind is Date or kind is Lines:
        return str(value)
    if kind is Words:
        return dict(value.by_language) if value.plain is None else value.plain
    return plain_fields(value) if names_in(kind) else value


@cache
def part_of(hint: Any) -> Any:
    """The piece of a record that a type holds, as a list, a value of a mapping, or alone; None where none."""
    return next(_parts_in(hint), None)


def plain_hint(hint: Any) -> Mapping[str, Any]:
    """The fields of the piece that a type holds; none where it holds no piece."""
    part = part_of(hint)
    return hints_of(part) if part else {}


def hint_of_field(hint: Any, field: str) -> Any:
    """The type of a field of the piece that a type holds; None where it has no such field."""
    if _holds_by_key(hint):
        return _value_hint(hint)
    return plain_hint(hint).get(field)


def _holds_by_key(hint: Any) -> bool:
    """Whether a type is a mapping from keys that are data, such as ids, to pieces."""
    return get_origin(hint) is dict


def _value_hint(hint: Any) -> Any:
    return get_args(hint)[1]
