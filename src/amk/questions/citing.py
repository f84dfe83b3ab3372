"""What rests on a source: every statement that names it as evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from amk.knowledge import KnowledgeBase
from amk.problems import told_path
from amk.records import Evidence
from amk.yamltext import Path

Citation = tuple[str, str, Evidence]
"""The record that cites, the way to the statement in it, and the evidence."""


def citations_of(base: KnowledgeBase, source: str) -> tuple[Citation, ...]:
    """Every place that cites a source, record by record."""
    return tuple(
        (ref, told_path(way[:-2]), evidence)
        for ref, record in sorted(base.known.items())
        for way, evidence in evidence_in(record)
        if evidence.source == source
    )


def evidence_in(value: Any, way: Path = ()) -> Iterator[tuple[Path, Evidence]]:
    """Every piece of evidence in a record, and the way to it."""
    if isinstance(value, Evidence):
        yield way, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from evidence_in(item, (*way, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from evidence_in(item, (*way, key))
    elif is_dataclass(value):
        for field in fields(value):
            yield from evidence_in(getattr(value, field.name), (*way, field.name))
