"""Duplicates: the same thing recorded twice."""

from __future__ import annotations

from collections.abc import Iterator

from amk.checks.reporting import problem_in
from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.records import AnyRecord, Policy, Source
from amk.traits import Trait
from amk.yamltext import Path


def codes_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """Within a kind, a code and a URI belong to one record."""
    fields: tuple[Trait, ...] = ("code", "uri")
    for field in fields:
        for first, second in _twice(base, field):
            told = {"found": str(getattr(second, field)), "other": first.ref}
            yield problem_in(base, second, "DUP001", (field,), **told)


def names_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two records of a kind go by one name, however it is written; a policy's name is its owner's."""
    for first, second in _twice(base, "name"):
        exact = first.name == second.name
        told = {"found": second.name, "other": first.ref}
        yield problem_in(base, second, "DUP002" if exact else "DUP003", _name_way(second), **told)


def collaborations_are_recorded_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two collaborations have the same participants, purposes and period."""
    for first, second in _twice(base, "collaboration"):
        yield problem_in(base, second, "DUP004", (), found=second.name, other=first.ref)


def _name_way(record: AnyRecord) -> Path:
    return ("title",) if isinstance(record, Policy | Source) else ("name",)


def _twice(base: KnowledgeBase, trait: Trait) -> Iterator[tuple[AnyRecord, AnyRecord]]:
    """Each record that has a trait in common with an earlier one, with the first that has it."""
    for first, *others in base.known.sharing(trait):
        yield from ((first, other) for other in others)
