"""Borders are shared: what somebody says of one at a municipality is said at its neighbour too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amk.authoring.change import FieldChange
from amk.model.knowledge_base import KnowledgeBase

FIELD = "neighbours"


def mirrored(base: KnowledgeBase, id: str, wishes: Sequence[FieldChange]) -> dict[str, list[FieldChange]]:
    """The same wishes at each neighbour that there is, by its id: its border with `id`."""
    mirrors: dict[str, list[FieldChange]] = {}
    for wish in wishes:
        field, *rest = wish.field_path
        if field == FIELD and rest and base.municipality(str(rest[0])):
            mirrors.setdefault(str(rest[0]), []).append(replace(wish, field_path=(FIELD, id, *rest[1:])))
    return mirrors
