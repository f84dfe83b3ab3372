"""A record as plain data: its fields, and what follows from them on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from amk.model.field_types import names_in
from amk.model.fields import plain
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import PolicyStatus, municipality_status_on, policy_status_on
from amk.model.records import KINDS, AnyRecord, Municipality, Policy
from amk.model.validity import holds

RecordFacts = Mapping[str, Any]

_HEAD = ("ref", "kind", "id", "name")
_OF_STANDING = ("status", "status_since", "status_maybe", "status_confirmed")
_DERIVED_OF: Mapping[type[AnyRecord], tuple[str, ...]] = {
    Policy: _OF_STANDING,
    Municipality: (*_OF_STANDING, "status_revision", "status_regional", "regions"),
}

DERIVED = (
    "ref",
    "kind",
    "id",
    "name",
    "status",
    "status_since",
    "status_maybe",
    "status_revision",
    "status_regional",
    "status_confirmed",
    "regions",
    "holds",
)
"""The keys that amk adds to those of the record."""


def facts_of(base: KnowledgeBase, record: AnyRecord, day: date) -> RecordFacts:
    """What a record says, and what follows from it on a day, under the keys of `list -f json`."""
    head = {"ref": record.ref, "kind": record.kind, "id": record.id, "name": record.name}
    left_out = fields_left_out(base, record.ref)
    lacks = {"incomplete": list(left_out)} if left_out else {}
    return _Facts(record, head, {**_derived(base, record, day), "holds": holds(base, record, day), **lacks})


def fields_left_out(base: KnowledgeBase, ref: str) -> tuple[str, ...]:
    """The fields of a record that could not be read, or not in full."""
    return tuple(dict.fromkeys(str(path[0]) for path in base.incomplete.get(ref, ()) if path))


def unreadable_rows(base: KnowledgeBase, kinds: Iterable[type[AnyRecord]] = KINDS) -> list[dict[str, Any]]:
    """A row for each record of these kinds whose file cannot be read."""
    wanted = {kind.kind for kind in kinds}
    parts = ((ref, *ref.partition("/")[::2]) for ref in base.unread)
    return [
        {"ref": ref, "kind": kind, "id": id, "readable": False}
        for ref, kind, id in parts
        if kind in wanted or "/" not in ref
    ]


class _Facts(Mapping[str, Any]):
    """What a record says becomes plain data when it is asked for: a table tells few fields of it."""

    def __init__(self, record: AnyRecord, head: RecordFacts, derived: RecordFacts) -> None:
        self._record, self._known = record, {**head, **derived}
        kind: Any = type(record)
        self._names = dict.fromkeys((*head, *names_in(kind), *derived))

    def __getitem__(self, name: str) -> Any:
        """A value. Raises KeyError where there is none of that name."""
        if name not in self._known:
            if name not in self._names:
                raise KeyError(name)
            self._known[name] = plain(getattr(self._record, name))
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """The names: what a record is, what it says, what follows."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)

    def __repr__(self) -> str:
        return repr(dict(self))


def keys_of(kinds: Iterable[type[AnyRecord]]) -> tuple[str, ...]:
    """The keys of `list -f json` that records of these kinds have, in order."""
    found = ((*_HEAD, *(f.name for f in fields(kind)), *_DERIVED_OF.get(kind, ())) for kind in kinds)
    return tuple(dict.fromkeys((*(key for keys in found for key in keys), "holds")))


def field_names() -> frozenset[str]:
    """Every key that some record has."""
    return frozenset(DERIVED) | {f.name for kind in KINDS for f in fields(kind)}


def values_at(facts: Any, field_path: str) -> list[Any]:
    """The values at a dotted way; every item of a list on the way is followed."""
    here = [facts]
    for step in field_path.split("."):
        here = [item for value in here for item in _step(value, step)]
    return [item for value in here for item in (value if isinstance(value, list) else [value])]


def _step(value: Any, step: str) -> list[Any]:
    if isinstance(value, list):
        return [found for item in value for found in _step(item, step)]
    return [value[step]] if isinstance(value, Mapping) and value.get(step) is not None else []


def _derived(base: KnowledgeBase, record: AnyRecord, day: date) -> dict[str, Any]:
    match record:
        case Policy():
            return _of_standing(policy_status_on(base, record, day))
        case Municipality():
            policy_status = municipality_status_on(base, record, day)
            regional = [{"policy": s.policy.id, "status": s.status} for s in policy_status.regional]
            return {
                **_of_standing(policy_status.leading),
                "status": policy_status.status,
                "status_maybe": policy_status.maybe,
                "status_revision": policy_status.revision,
                "status_regional": regional,
                "regions": [region.id for region in base.regions_of(record.id)],
            }
    return {}


def _of_standing(policy_status: PolicyStatus | None) -> dict[str, Any]:
    milestone = policy_status.milestone if policy_status else None
    return {
        "status": policy_status.status if policy_status else "unknown",
        "status_since": str(milestone.date) if milestone and milestone.date else None,
        "status_maybe": policy_status.maybe if policy_status else None,
        "status_confirmed": str(policy_status.last_confirmed)
        if policy_status and policy_status.last_confirmed
        else None,
    }
