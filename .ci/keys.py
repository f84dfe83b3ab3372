"""What stands under each key of a record, told from the types of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from amk.model import records
from amk.model.records import KINDS
from amk.questions.records.facts import DERIVED
from amk.values.dates import Date
from amk.values.line_ranges import LineRanges
from amk.values.multilingual import Multilingual

PLAIN: dict[object, str] = {
    Date: "date (EDTF)",
    Multilingual: "text, or a text for each language",
    LineRanges: "lines: `12-14, 16`",
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    NoneType: "null",
}

DERIVED_MEAN = {
    "ref": "`kind/id`, unique in the knowledge base",
    "kind": f"{', '.join(kind.kind for kind in KINDS[:-1])} or {KINDS[-1].kind}",
    "id": "the name of the file",
    "name": "the name; of a policy, commitment, figure or source its title",
    "status": "municipality, policy: the status on the day; `none` was looked for, `unknown` is not known",
    "status_since": "municipality, policy: the date (EDTF) on which it reached that status, or null",
    "status_maybe": "municipality, policy: a later status that it may have reached, or null",
    "status_revision": "municipality: the status of a revision under way, or null",
    "status_regional": "municipality: the policies of its regions, each with `policy` and `status`",
    "status_confirmed": "municipality, policy: the last day that a source confirms, or null",
    "regions": "municipality: the ids of its regions, the province left out",
    "holds": "`yes`, `maybe` or `no`, on the day",
}


def told_keys() -> Iterator[str]:
    """The keys of `list` and `show`: derived ones, those of each kind, and those of their pieces."""
    yield "Every element has the keys of this table, those of every record, and those of its kind. A key"
    yield "without a value is null, or an empty list or object; *given* means that it always has one."
    yield ""
    derived = ((f"`{key}`", DERIVED_MEAN.get(key, "")) for key in DERIVED)
    yield from _table(("Derived key", "What it says"), derived)
    shared = {field.name for field in fields(records.Record)}
    yield from ("", "### Every record", "", *_fields_of(records.Record, {"id"}))
    for kind in KINDS:
        yield from ("", f"### {kind.__name__}", "", *_fields_of(kind, shared))
    pieces = sorted(_pieces(), key=lambda piece: piece.__name__)
    for piece in pieces:
        yield from ("", f"### {piece.__name__}", "", _summary(piece), "", *_fields_of(piece, set()))


def _pieces() -> Iterator[type[Any]]:
    for found in vars(records).values():
        whole = isinstance(found, type) and issubclass(found, records.Record | records.Manifest)
        if isinstance(found, type) and is_dataclass(found) and issubclass(found, records.Part) and not whole:
            yield found


def _summary(piece: type[Any]) -> str:
    return " ".join((piece.__doc__ or "").split())


def _fields_of(record: type[Any], told: set[str]) -> Iterator[str]:
    types = get_type_hints(record, include_extras=True)
    rows = (
        (f"`{f.name}`", _told(types[f.name]), "" if _optional(f) else "given")
        for f in fields(record)
        if f.name not in told
    )
    return _table(("Key", "Value", ""), rows)


def _optional(field: Any) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _told(kind: Any) -> str:
    if kind in PLAIN:
        return PLAIN[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _marked(inner)
    if origin in (Union, UnionType):
        return " or ".join(_told(part) for part in inner if part is not NoneType)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin is tuple:
        return f"list of {_told(inner[0])}"
    if origin is dict:
        return f"object, {_told(inner[0])} → {_told(inner[1])}"
    return "any value"


def _marked(inner: tuple[Any, ...]) -> str:
    match inner[1]:
        case records.To(kinds=(kind,)):
            return f"id: {kind}"
        case records.To(kinds=kinds):
            return f"`kind/id`: {', '.join(kinds[:-1])} or {kinds[-1]}"
        case records.Of(vocabulary=vocabulary):
            return f"code: `{vocabulary}`"
    return _told(inner[0])


def _table(head: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
