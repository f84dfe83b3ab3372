"""The id of a new record: from its name, with its owner or a number where that is taken."""

from __future__ import annotations

from collections.abc import Sequence

from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord
from amk.storage.loading import as_id
from amk.values.errors import UserError

MOST = 1000
"""How many records may go by the same name."""


def proposed_id(base: KnowledgeBase, kind: type[AnyRecord], name: str, owners: Sequence[str]) -> str:
    """An id that is free. Raises UserError where a name has no letter or digit to make one of."""
    made = as_id(name)
    if not made:
        raise UserError("stop.no-id")
    owned = (f"{made}-{owner}" for owner in owners if owner)
    tries = (made, *owned, *(f"{made}-{number}" for number in range(2, MOST)))
    return next(id for id in tries if f"{kind.kind}/{id}" not in base.known)
