"""A problem of a record, as a check finds it."""

from __future__ import annotations

from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.records import AnyRecord
from amk.yamltext import Path

AT_KEY = frozenset({"BORD001", "BORD002"})
"""The rules whose problem lies in a key, not in its value."""


def problem_in(base: KnowledgeBase, record: AnyRecord, code: str, way: Path, **values: str) -> Problem:
    """A problem at a place in a record; `values` fill in its sentence."""
    return Problem(code, base.paths.get(record.ref, ""), way, values, record.ref, code in AT_KEY)
