"""A problem of a record, as a check finds it."""

from __future__ import annotations

from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.records import AnyRecord
from amk.yamltext import Path

AT_KEY = frozenset({"BORD001", "BORD002"})
"""The rules whose problem lies in a key, not in its value."""


def problem_in(base: KnowledgeBase, record: AnyRecord, code: str, way: Path, **values: str) -> Problem:
    """A problem at a place in a record of a base; `values` fill in its sentence."""
    return problem_at(base.paths.get(record.ref, ""), record, code, way, **values)


def problem_at(path: str, record: AnyRecord, code: str, way: Path, **values: str) -> Problem:
    """A problem at a place in a record whose file is known."""
    return Problem(code, path, way, values, record.ref, code in AT_KEY)
