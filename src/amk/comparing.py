"""Comparing what records mean: plain data without order or form, and where two of them differ.

A list is compared by what its items are, not by where they stand: a participant by who it is, a
milestone by its status. Only where order itself has a meaning is it kept, under `ORDER`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amk.fields import plain_fields
from amk.records import AnyRecord

Meaning = Mapping[str, Any]
"""Nested mappings that end in text, numbers and truth: a list is a mapping from what each item is."""

Way = tuple[str, ...]

ORDER = "#order"
ORDERED = frozenset({"milestones", "concepts"})

IDENTITIES: tuple[tuple[str, ...], ...] = (
    ("municipality", "region", "organisation"),
    ("status", "municipalities"),
    ("source",),
    ("ref",),
    ("code",),
    ("id",),
    ("url",),
    ("name",),
)
"""The fields that tell which item of a list this is: those of the first row that it has any of."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in a meaning where two differ; None where one of them has nothing there."""

    way: Way
    before: Any
    after: Any


def meaning(record: AnyRecord) -> Meaning:
    """What a record means: its fields that say something."""
    return _bare({name: value for name, value in plain_fields(record).items() if name != "id"})


def differences(before: Meaning, after: Meaning, way: Way = ()) -> Iterator[Difference]:
    """Every place where two meanings differ, as near to the leaves as both of them reach."""
    for key in (*before, *(key for key in after if key not in before)):
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from differences(old, new, (*way, key))
        elif old != new:
            yield Difference((*way, key), old, new)


def applied(before: Meaning, changes: Sequence[Difference]) -> Meaning:
    """The meaning that differences lead to."""
    after = _copied(before)
    for change in changes:
        *path, last = change.way
        inside = after
        for step in path:
            inside = inside.setdefault(step, {})
        if change.after is None:
            inside.pop(last, None)
        else:
            inside[last] = change.after
    return after


def _copied(meaning: Meaning) -> dict[str, Any]:
    return {k: _copied(v) if isinstance(v, Mapping) else v for k, v in meaning.items()}


def _bare(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something; what is false, unknown by default or empty says nothing."""
    found = {name: _meant(name, value) for name, value in fields.items()}
    return {name: value for name, value in found.items() if not _says_nothing(value)}


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value == {} or value == ""


def _meant(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _bare(value)
    if isinstance(value, list):
        return _items(name, value)
    return value


def _items(name: str, items: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        key = unused = _identity(item)
        number = 1
        while unused in found:
            number += 1
            unused = f"{key}#{number}"
        found[unused] = _bare(item) if isinstance(item, Mapping) else True
    if name in ORDERED and len(found) > 1:
        found[ORDER] = tuple(found)
    return found


def _identity(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    for fields in IDENTITIES:
        named = [_told(item[field]) for field in fields if item.get(field)]
        if named:
            return " ".join(named)
    return _told(item)


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return _told(value.get("text") or " ".join(_told(v) for v in value.values() if v))
    return ",".join(map(_told, value)) if isinstance(value, list) else str(value)
