"""A record as plain data: its fields, and what follows from them on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from amk.dates import Date
from amk.holding import holds
from amk.knowledge import KnowledgeBase
from amk.lines import Lines
from amk.records import KINDS, AnyRecord, Municipality, Policy
from amk.standing import Standing, municipal_standing, policy_standing
from amk.words import Words

Facts = Mapping[str, Any]

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


def facts_of(base: KnowledgeBase, record: AnyRecord, day: date) -> Facts:
    """What a record says, and what follows from it on a day, under the keys of `list -f json`."""
    head = {"ref": record.ref, "kind": record.kind, "id": record.id, "name": record.name}
    return {**head, **plain_fields(record), **_derived(base, record, day), "holds": holds(base, record, day)}


def field_names() -> frozenset[str]:
    """Every key that some record has."""
    return frozenset(DERIVED) | {f.name for kind in KINDS for f in fields(kind)}


def values_at(facts: Any, way: str) -> list[Any]:
    """The values at a dotted way; every item of a list on the way is followed."""
    here = [facts]
    for step in way.split("."):
        here = [item for value in here for item in _step(value, step)]
    return [item for value in here for item in (value if isinstance(value, list) else [value])]


def _step(value: Any, step: str) -> list[Any]:
    if isinstance(value, list):
        return [found for item in value for found in _step(item, step)]
    return [value[step]] if isinstance(value, Mapping) and value.get(step) is not None else []


def _derived(base: KnowledgeBase, record: AnyRecord, day: date) -> dict[str, Any]:
    match record:
        case Policy():
            return _of_standing(policy_standing(base, record, day))
        case Municipality():
            standing = municipal_standing(base, record, day)
            regional = [{"policy": s.policy.id, "status": s.status} for s in standing.regional]
            return {
                **_of_standing(standing.leading),
                "status": standing.status,
                "status_maybe": standing.maybe,
                "status_revision": standing.revision,
                "status_regional": regional,
                "regions": [region.id for region in base.regions_of(record.id)],
            }
    return {}


def _of_standing(standing: Standing | None) -> dict[str, Any]:
    milestone = standing.milestone if standing else None
    return {
        "status": standing.status if standing else "unknown",
        "status_since": str(milestone.date) if milestone and milestone.date else None,
        "status_maybe": standing.maybe if standing else None,
        "status_confirmed": str(standing.last_confirmed) if standing and standing.last_confirmed else None,
    }


def plain_fields(part: Any) -> dict[str, Any]:
    """The fields of a record, or of a piece of one, as text, numbers, lists and dicts."""
    return {f.name: plain(getattr(part, f.name)) for f in fields(part)}


def plain(value: Any) -> Any:
    """A value of a record as text, numbers, lists and dicts."""
    match value:
        case Date() | Lines():
            return str(value)
        case Words(plain=None, by_language=said):
            return dict(said)
        case Words(plain=text):
            return text
        case tuple() | list():
            return [plain(item) for item in value]
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            return plain_fields(value)
    return value
