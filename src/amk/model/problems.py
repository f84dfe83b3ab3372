"""What is wrong, where, and how to say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Literal

from amk.values.frozen import frozen
from amk.values.lookalikes import LOOKALIKE, code_of, find_lookalike

if TYPE_CHECKING:  # what is kept is read without these
    from amk.model.knowledge_base import KnowledgeBase
    from amk.model.records import AnyRecord
    from amk.values.parsed import Fault, FieldPath, Position

Severity = Literal["error", "warning"]

RULES: dict[str, Severity] = {
    "FILE001": "error",
    "FILE002": "error",
    "FILE003": "error",
    "FILE004": "error",
    "FILE005": "error",
    "FILE006": "error",
    "FILE007": "error",
    "YAML001": "error",
    "YAML002": "error",
    "YAML003": "error",
    "YAML004": "error",
    "YAML005": "error",
    "YAML006": "error",
    "YAML007": "error",
    "YAML008": "error",
    "YAML009": "error",
    "YAML010": "error",
    "YAML011": "error",
    "YAML012": "error",
    "YAML013": "error",
    "YAML014": "error",
    "YAML015": "error",
    "YAML016": "warning",
    "YAML017": "warning",
    "FLD001": "error",
    "FLD002": "error",
    "FLD003": "error",
    "FLD004": "error",
    "FLD005": "error",
    "DATE001": "error",
    "DATE002": "error",
    "DATE003": "error",
    "DATE004": "error",
    "DATE005": "error",
    "DATE006": "error",
    "STAT001": "warning",
    "STAT002": "warning",
    "BODY001": "warning",
    "FORM001": "warning",
    "NOTE001": "warning",
    "FIG001": "error",
    "FIG002": "error",
    "COMM001": "error",
    "COMM002": "warning",
    "REF001": "error",
    "REF002": "error",
    "REF003": "warning",
    "CODE001": "error",
    "CODE002": "error",
    "BORD001": "error",
    "BORD002": "error",
    "TILE001": "error",
    "PER001": "error",
    "SUCC001": "error",
    "SUCC002": "warning",
    "EVID001": "error",
    "EVID002": "warning",
    "EVID003": "warning",
    "SRC001": "error",
    "DUP001": "error",
    "DUP002": "error",
    "DUP003": "warning",
    "DUP004": "warning",
    "PRIV001": "error",
    "LANG001": "warning",
    "PUB001": "error",
    "WAIV001": "warning",
    "WAIV002": "warning",
    "WAIV003": "error",
}
"""Every rule by its stable code, and how much it matters. Their words are in `language`."""

AT_KEY = frozenset({"BORD001", "BORD002"})
"""The rules whose problem lies in a key, not in its value."""


@frozen
class Problem:
    """Something in the data that should be otherwise: a rule, a place, and what is there.

    `field_path` leads to the value inside the file; `at_key` points to its key instead. `line`
    and `column` count from 1 and are 0 until the problem has been placed.
    """

    code: str
    path: str
    field_path: FieldPath = ()
    values: Mapping[str, str] = field(default_factory=dict)
    ref: str = ""
    at_key: bool = False
    line: int = 0
    column: int = 0

    @property
    def severity(self) -> Severity:
        """How much the rule matters."""
        return RULES[self.code]

    @property
    def field_told(self) -> str:
        """The path to the value as people write it: `milestones[0].date`."""
        return format_path(self.field_path)


def format_path(path: FieldPath) -> str:
    """A path to a value as people write it."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return written.removeprefix(".")


def from_fault(fault: Fault, path: str, ref: str) -> Problem:
    """A fault of a YAML text as a problem of that file."""
    values = {"found": fault.found}
    return Problem(fault.code, path, fault.path, values, ref, line=fault.line, column=fault.column)


def by_its_cause(problem: Problem) -> Problem:
    """The same problem as what was typed wrongly: a character that looks like another, a space that lacks."""
    found = problem.values.get("found", "")
    lookalike = find_lookalike(found)
    holds_more = problem.values.get("expected") in ("list", "mapping")
    if lookalike and (not holds_more or _BEGINS_ODDLY.match(found)):
        return replace(problem, code="YAML015", values={"found": code_of(lookalike)})
    unspaced = _UNSPACED.match(found) if holds_more else None
    return replace(problem, code="YAML014", values={"found": unspaced.group(1)}) if unspaced else problem


_BEGINS_ODDLY = re.compile(rf"-?{LOOKALIKE.pattern}")
_UNSPACED = re.compile(r"(-|[a-z_]+:)(?!//)[^\s-]")


def place(problem: Problem, positions: Mapping[FieldPath, Position]) -> Problem:
    """The problem with its line and column; the nearest enclosing value where its own is absent."""
    if problem.line:
        return problem
    near = problem.field_path
    while near not in positions and near:
        near = near[:-1]
    position = positions.get(near)
    if position is None:
        return replace(problem, line=1, column=1)
    line, column = position.key if problem.at_key or near != problem.field_path else position.value
    return replace(problem, line=line, column=column)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, line and column."""
    return sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code))


def problem_in(
    base: KnowledgeBase, record: AnyRecord, code: str, field_path: FieldPath, **values: str
) -> Problem:
    """A problem at a place in a record of a base; `values` fill in its sentence."""
    return problem_at(base.paths.get(record.ref, ""), record, code, field_path, **values)


def problem_at(path: str, record: AnyRecord, code: str, field_path: FieldPath, **values: str) -> Problem:
    """A problem at a place in a record whose file is known."""
    return Problem(code, path, field_path, values, record.ref, code in AT_KEY)
