"""Texts to a knowledge base, and the problems met on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from amk.knowledge import KnowledgeBase
from amk.loaded import FOLDERS, NO_MANIFEST, Loaded, unread_of
from amk.nearest import SUGGESTED, nearest
from amk.problems import Problem, from_fault, place
from amk.records import KINDS, AnyRecord, Manifest
from amk.tree import MANIFEST, Tree, Unreadable
from amk.values import Value
from amk.yamlreading import find_positions, parse_yaml
from amk.yamltext import Parsed, Path

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTLY_READ = frozenset({"YAML001", "YAML004", "YAML005", "YAML006", "YAML010"})


@dataclass(frozen=True, eq=False, repr=False)
class _Read(Value):
    """One file: the record it gave, if it did, and its problems."""

    record: AnyRecord | Manifest | None
    problems: tuple[Problem, ...]


def load(tree: Tree) -> Loaded:
    """Read every text of a tree as the record that its folder says it is."""
    manifest = NO_MANIFEST
    records: list[AnyRecord] = []
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    found_there: dict[str, str | Unreadable] = {**tree.unreadable, **tree.texts}
    for path, read in sorted(found_there.items()):
        record, found = read_record(path, read)
        problems.extend(found)
        if isinstance(record, Manifest):
            manifest = record
        elif record is not None:
            records.append(record)
            paths[record.ref] = path
    base = KnowledgeBase.of(records, manifest, paths, unread_of(problems, paths))
    return Loaded(base, tuple(problems))


def read_record(path: str, read: str | Unreadable) -> tuple[AnyRecord | Manifest | None, tuple[Problem, ...]]:
    """The record that a file holds, if it holds one, and what is wrong with it."""
    if isinstance(read, Unreadable):
        values = {"found": read.reason}
        return None, (Problem(read.code, path, values=values, line=read.line, column=read.column),)
    found = _read_file(path, read)
    return found.record, found.problems


def load_record(path: str, text: str) -> AnyRecord | None:
    """The record that one text holds; None where it holds none that can be read."""
    record = _read_file(path, text).record
    return None if isinstance(record, Manifest) else record


def placed(problems: tuple[Problem, ...], tree: Tree) -> list[Problem]:
    """The problems with their lines and columns: positions are only read where something is wrong."""
    wrong = {problem.path for problem in problems if not problem.line and problem.path in tree.texts}
    positions = {path: find_positions(tree.texts[path]) for path in wrong}
    return [place(problem, positions.get(problem.path, {})) for problem in problems]


def _read_file(path: str, text: str) -> _Read:
    if path == MANIFEST:
        return _validated(path, "", Manifest, parse_yaml(text), {})
    folder, _, name = path.partition("/")
    kind = FOLDERS.get(folder)
    if kind is None or "/" in name:
        values = {"found": folder, "known": ", ".join(FOLDERS), "nearest": nearest(folder, FOLDERS)}
        return _Read(None, (Problem("FILE004", path, values=values),))
    id = name.removesuffix(".yaml")
    if not _ID.fullmatch(id):
        code = "FILE006" if name.endswith(".yml") else "FILE005"
        near = as_id(id) or f"{kind.kind}-1"
        return _Read(None, (Problem(code, path, values={"found": name, "nearest": near}),))
    return _validated(path, f"{kind.kind}/{id}", kind, parse_yaml(text), {"id": id})


def _validated(
    path: str, ref: str, kind: type[AnyRecord | Manifest], parsed: Parsed, given: Mapping[str, str]
) -> _Read:
    faults = tuple(from_fault(fault, path, ref) for fault in parsed.faults)
    if any(fault.code in _PARTLY_READ for fault in faults) or (faults and parsed.data is None):
        return _Read(None, faults)
    if not isinstance(parsed.data, dict):
        return _Read(None, (*faults, Problem("YAML009", path, ref=ref)))
    if given and "id" in parsed.data:
        values = {"found": "id", "nearest": ""}
        faults = (*faults, Problem("FLD001", path, ("id",), values, ref, at_key=True))
    validate, validation_error = _validator()
    try:
        return _Read(validate(kind, {**parsed.data, **given}), faults)
    except validation_error as error:
        faulty = {fault.path for fault in parsed.faults}
        errors = enumerate(error.errors(include_url=False))
        found = (_problem(e, path, ref, kind, suggest=count < SUGGESTED) for count, e in errors)
        return _Read(None, (*faults, *(p for p in found if p.way not in faulty)))


@cache
def _validator() -> tuple[Any, Any]:
    """Pydantic, imported only when there is something to validate: it costs as much as reading."""
    from pydantic import Discriminator, Tag, TypeAdapter, ValidationError

    kinds = (*KINDS, Manifest)
    tagged = [_annotated(kind, Tag(kind.__name__)) for kind in kinds]
    adapter: TypeAdapter[Any] = TypeAdapter(_annotated(_union(tagged), Discriminator(_Raw.name_of)))

    def validate(kind: type[Any], data: dict[str, Any]) -> Any:
        return adapter.validate_python(_Raw(data, kind.__name__))

    return validate, ValidationError


class _Raw(dict[str, Any]):
    """Plain data on its way to being a record of a kind."""

    def __init__(self, data: dict[str, Any], kind: str) -> None:
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


def _problem(error: Mapping[str, Any], path: str, ref: str, kind: type[Any], suggest: bool = True) -> Problem:
    """What pydantic found, as a problem; the first step of its `loc` is the name of the kind."""
    way: Path = tuple(step for step in error["loc"][1:] if step != "[key]")
    code = _CODES.get(error["type"], "FLD003")
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    found = str(error["input"]) if isinstance(error["input"], str) else ""
    if code in ("FLD001", "FLD002"):
        found = str(way[-1])
    choices = expected.split(", ") if expected else []
    if code == "FLD001":
        choices = _fields_at(kind, way[:-1])
    values = {
        "found": found,
        "expected": expected or _EXPECTED.get(error["type"], error["type"]),
        "nearest": nearest(found, choices) if suggest else "",
    }
    return Problem(code, path, way, values, ref, at_key=code == "FLD001")


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


def _fields_at(kind: type[Any], way: Path) -> list[str]:
    """The fields that a record, or a piece of it, knows."""
    from amk.fields import fields_at

    return [name for name in fields_at(kind, way) if name != "id"]


def as_id(text: str) -> str:
    """The id that a name or a file name would have: lower case, digits, hyphens."""
    from unicodedata import normalize

    plain = normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
