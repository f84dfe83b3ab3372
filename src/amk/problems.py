"""What is wrong, where, and how to say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from amk.values import Value

if TYPE_CHECKING:  # yaml need not be imported to read what is kept
    from amk.yamltext import Fault, Path, Position

Severity = Literal["error", "warning"]

RULES: dict[str, Severity] = {
    "FILE001": "error",
    "FILE002": "error",
    "FILE003": "error",
    "FILE004": "error",
    "FILE005": "error",
    "FILE006": "error",
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
    "REF001": "error",
    "REF002": "error",
    "CODE001": "error",
    "BORD001": "error",
    "BORD002": "error",
    "TILE001": "error",
    "PER001": "error",
    "SUCC001": "error",
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
}
"""Every rule by its stable code, and how much it matters. Their words are in `language`."""


@dataclass(frozen=True, eq=False, repr=False)
class Problem(Value):
    """Something in the data that should be otherwise: a rule, a place, and what is there.

    `way` is the way to the value inside the file; `at_key` points to its key instead. `line`
    and `column` count from 1 and are 0 until the problem has been placed.
    """

    code: str
    path: str
    way: Path = ()
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
        """The way to the value as people write it: `milestones[0].date`."""
        return told_path(self.way)


def told_path(path: Path) -> str:
    """A way to a value as people write it."""
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return told.removeprefix(".")


def from_fault(fault: Fault, path: str, ref: str) -> Problem:
    """A fault of a YAML text as a problem of that file."""
    values = {"found": fault.found}
    return Problem(fault.code, path, fault.path, values, ref, line=fault.line, column=fault.column)


def place(problem: Problem, positions: Mapping[Path, Position]) -> Problem:
    """The problem with its line and column; the nearest enclosing value where its own is absent."""
    if problem.line:
        return problem
    near = problem.way
    while near not in positions and near:
        near = near[:-1]
    position = positions.get(near)
    if position is None:
        return replace(problem, line=1, column=1)
    line, column = position.key if problem.at_key or near != problem.way else position.value
    return replace(problem, line=line, column=column)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, line and column."""
    return sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code))
