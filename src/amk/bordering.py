"""Borders are shared: what somebody says of one at a municipality is said at its neighbour too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amk.changing import Wish
from amk.knowledge import KnowledgeBase

FIELD = "neighbours"


def mirrored(base: KnowledgeBase, id: str, wishes: Sequence[Wish]) -> dict[str, list[Wish]]:
    """The same wishes at each neighbour that there is, by its id: its border with `id`."""
    found: dict[str, list[Wish]] = {}
    for wish in wishes:
        field, *rest = wish.way
        if field == FIELD and rest and base.municipality(str(rest[0])):
            found.setdefault(str(rest[0]), []).append(replace(wish, way=(FIELD, id, *rest[1:])))
    return found
