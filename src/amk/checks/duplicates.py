"""Duplicates: the same thing recorded twice."""

from __future__ import annotations

from collections.abc import Iterator

from amk.model.identity_keys import IdentityKey
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, problem_in
from amk.model.records import AnyRecord
from amk.values.parsed import FieldPath


def codes_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """Within a kind, a code and a URI belong to one record."""
    fields: tuple[IdentityKey, ...] = ("code", "uri")
    for field in fields:
        for first, second in _twice(base, field):
            values = {"found": str(getattr(second, field)), "other": first.ref}
            yield problem_in(base, second, "DUP001", (field,), **values)


def names_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two records of a kind go by one name, however it is written; a policy's name is its owner's."""
    for first, second in _twice(base, "name"):
        exact = first.name == second.name
        values = {"found": second.name, "other": first.ref}
        yield problem_in(base, second, "DUP002" if exact else "DUP003", _name_way(second), **values)


def collaborations_are_recorded_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two collaborations have the same participants, purposes and period."""
    for first, second in _twice(base, "collaboration"):
        yield problem_in(base, second, "DUP004", (), found=second.name, other=first.ref)


def _name_way(record: AnyRecord) -> FieldPath:
    return ("title",) if hasattr(record, "title") else ("name",)


def _twice(base: KnowledgeBase, trait: IdentityKey) -> Iterator[tuple[AnyRecord, AnyRecord]]:
    """Each record that has a trait in common with an earlier one, with the first that has it."""
    for first, *others in base.known.sharing(trait):
        yield from ((first, other) for other in others)
