"""Plain data as a record of its kind, and what pydantic finds wrong with it as problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from amk.model.problems import Problem, by_its_cause
from amk.model.records import KINDS, AnyRecord, Manifest
from amk.values.parsed import FieldPath
from amk.values.suggestions import SUGGESTED, nearest

FieldError = Mapping[str, Any]
"""One thing that pydantic finds wrong; the first step of its `loc` is the name of the kind."""

Kind = type[AnyRecord | Manifest]


def validated(kind: Kind, data: Mapping[str, Any]) -> AnyRecord | Manifest | Sequence[FieldError]:
    """The record that plain data makes; else all that is wrong with it."""
    validate, validation_error = _validator()
    try:
        record: AnyRecord | Manifest = validate(kind, data)
    except validation_error as error:
        errors: list[FieldError] = error.errors(include_url=False)
        return errors
    return record


def path_of(error: FieldError) -> FieldPath:
    """Where in a record something is wrong."""
    return tuple(step for step in error["loc"][1:] if step != "[key]")


def problems_of(errors: Sequence[FieldError], path: str, ref: str, kind: Kind) -> list[Problem]:
    """What pydantic found, as problems of a file."""
    found = (_problem(error, path, ref, kind, count < SUGGESTED) for count, error in enumerate(errors))
    return [problem if problem.code == "FLD002" else by_its_cause(problem) for problem in found]


@cache
def _validator() -> tuple[Any, Any]:
    """Pydantic, imported only when there is something to validate: it costs as much as reading."""
    from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

    kinds = (*KINDS, Manifest)
    tagged = [_annotated(kind, Tag(kind.__name__)) for kind in kinds]
    adapter: TypeAdapter[Any] = TypeAdapter(_annotated(_union(tagged), Discriminator(_Raw.name_of)))

    def validate(kind: type[Any], data: Mapping[str, Any]) -> Any:
        return adapter.validate_python(_Raw(data, kind.__name__))

    return validate, ValidationError


class _Raw(dict[str, Any]):
    """Plain data on its way to being a record of a kind."""

    def __init__(self, data: Mapping[str, Any], kind: str) -> None:
        super().__init__(data)
        self.kind = kind

    @staticmethod
    def name_of(raw: _Raw) -> str:
        return raw.kind


def _annotated(hint: Any, *marks: Any) -> Any:
    from typing import Annotated

    return Annotated[hint, *marks]


def _union(hints: list[Any]) -> Any:
    from typing import Union

    return Union[tuple(hints)]  # noqa: UP007 - made of a list that is known only here


_CODES = {
    "missing": "FLD002",
    "unexpected_keyword_argument": "FLD001",
    "literal_error": "FLD004",
    "date_form": "DATE001",
    "date_year": "DATE001",
    "date_time": "DATE001",
    "date_end": "DATE001",
    "date_impossible": "DATE002",
    "date_reversed": "DATE003",
    "date_set": "DATE004",
}


def _problem(error: FieldError, path: str, ref: str, kind: Kind, suggest: bool) -> Problem:
    field_path = path_of(error)
    code = _CODES.get(error["type"], "FLD003")
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    found = str(error["input"]) if isinstance(error["input"], str) else ""
    if code in ("FLD001", "FLD002"):
        found = str(field_path[-1])
    choices = expected.split(", ") if expected else []
    if code == "FLD001":
        choices = _fields_at(kind, field_path[:-1])
    values = {
        "found": found,
        "expected": expected or _EXPECTED.get(error["type"]) or error["type"],
        "nearest": nearest(found, choices) if suggest else "",
    }
    return Problem(code, path, field_path, values, ref, at_key=code == "FLD001")


_EXPECTED = {
    "string_type": "text",
    "tuple_type": "list",
    "dict_type": "mapping",
    "dataclass_type": "mapping",
    "words": "words",
    "lines": "lines",
    "int_parsing": "whole-number",
    "int_parsing_size": "whole-number",
    "int_type": "whole-number",
    "int_from_float": "whole-number",
    "float_parsing": "number",
    "float_type": "number",
    "finite_number": "number",
    "bool_parsing": "true-false",
    "bool_type": "true-false",
    "date_form": "date",
    "date_year": "year",
    "date_time": "time",
    "date_end": "end",
}


def _fields_at(kind: type[Any], field_path: FieldPath) -> list[str]:
    """The fields that a record, or a piece of it, knows."""
    from amk.model.field_types import fields_of, parts_in, type_at

    part = next(parts_in(type_at(kind, field_path)), None)
    return [field.name for field in fields_of(part)] if part else []
