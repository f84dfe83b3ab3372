"""What rests on a source: every statement that names it as evidence."""

from __future__ import annotations

from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import format_path
from amk.model.records import Evidence

Citation = tuple[str, str, Evidence]
"""The record that cites, the way to the statement in it, and the evidence."""


def citations_of(base: KnowledgeBase, source: str) -> tuple[Citation, ...]:
    """Every place that cites a source, record by record."""
    return tuple(
        (ref, format_path(field_path[:-2]), evidence)
        for ref, record in sorted(base.known.items())
        for field_path, evidence in evidence_in(record)
        if evidence.source == source
    )
