"""What rests on a source: every statement that names it as evidence."""

from __future__ import annotations

from amk.fields import evidence_in
from amk.knowledge import KnowledgeBase
from amk.problems import told_path
from amk.records import Evidence

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
