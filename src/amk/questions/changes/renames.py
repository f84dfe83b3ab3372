"""Renaming: records that go on under another id."""

from __future__ import annotations

from collections.abc import Mapping

from amk.model.differences import meaning
from amk.model.knowledge_base import folded
from amk.model.records import AnyRecord, Municipality

ALIKE = 0.8
"""The share of its fields that a record must keep to be the same one under another id."""

COMPARED = 10_000
"""How many pairs of records are compared in full; among more, only those with the same name."""


def find_renamed(gone: Mapping[str, AnyRecord], come: Mapping[str, AnyRecord]) -> dict[str, str]:
    """The new reference of each record that goes on under another id."""
    found: dict[str, str] = {}
    by_name: dict[tuple[str, str], list[AnyRecord]] = {}
    for record in come.values():
        by_name.setdefault((record.kind, folded(record.name)), []).append(record)
    few = len(gone) * len(come) <= COMPARED
    for ref, record in gone.items():
        namesakes = by_name.get((record.kind, folded(record.name)), [])
        candidates = (*namesakes, *(come.values() if few else ()))
        free = [r for r in candidates if r.kind == record.kind and r.ref not in found.values()]
        says_so = (r for r in free if record.id in r.former_ids)
        same = next(says_so, None) or next((r for r in free if _goes_on(record, r)), None)
        if same:
            found[ref] = same.ref
    return found


def _goes_on(before: AnyRecord, after: AnyRecord) -> bool:
    """Whether one record is another under a new id: most of what they say is the same."""
    if isinstance(before, Municipality) and isinstance(after, Municipality) and before.code != after.code:
        return False
    old, new = meaning(before), meaning(after)
    same = sum(old.get(key) == value for key, value in new.items())
    enough = same >= ALIKE * max(len(old), len(new))
    return enough or (folded(before.name) == folded(after.name) and same * 2 >= len(new))
