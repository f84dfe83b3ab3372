"""Comparing what records mean: plain data without order or form, and where two of them differ.

A list is compared by what its items are, not by where they stand: a participant by who it is, a milestone
by its status, a note by what it says. Only where order itself has a meaning is it kept, under `ORDER`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amk.model.fields import plain_fields
from amk.model.records import AnyRecord
from amk.values.suggestions import likeness

Meaning = Mapping[str, Any]
"""Nested mappings that end in text, numbers and truth: a list is a mapping from what each item is."""

FieldPath = tuple[str, ...]
"""The way to a place in a meaning: names of fields, and an `Item` for an item of a list."""

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


ALIKE = 0.5
"""How alike two texts are at least for one to be the other rewritten (1 is equal)."""


class Item(str):
    """Which item of a list, and what it means; equal to another that goes by the same."""

    meaning: Any

    def __new__(cls, key: str, meaning: Any) -> Item:
        """An item that goes by a key."""
        item = super().__new__(cls, key)
        item.meaning = meaning
        return item

    @property
    def name(self) -> str:
        """What it goes by, without the number that tells it from its namesakes."""
        return self.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in a meaning where two differ; None where one of them has nothing there."""

    field_path: FieldPath
    before: Any
    after: Any


def meaning(record: AnyRecord) -> Meaning:
    """What a record means: its fields that say something."""
    return meaning_of(plain_fields(record))


def meaning_of(fields: Mapping[str, Any]) -> Meaning:
    """What the fields of a record or of the manifest mean; the id is its name, and no field."""
    return _bare({name: value for name, value in fields.items() if name != "id"})


def differences(before: Meaning, after: Meaning, field_path: FieldPath = ()) -> Iterator[Difference]:
    """Every place where two meanings differ, as near to the leaves as both of them reach."""
    for was, now in _paired(before, after):
        old, new = before.get(was), after.get(now)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from differences(old, new, (*field_path, now))
        elif old != new:
            yield Difference((*field_path, now or was), old, new)


def _paired(before: Meaning, after: Meaning) -> Iterator[tuple[str, str]]:
    """Each key with the one it goes on as; an empty one where it came or went."""
    pairs = going_on(before, after)
    yield from ((key, pairs.get(key, "")) for key in before)
    come = set(pairs.values())
    yield from (("", key) for key in after if key not in come)


def going_on(before: Meaning, after: Meaning) -> dict[str, str]:
    """Which key each goes on as: equal items first, then those of one name, then texts that are alike."""
    pairs: dict[str, str] = {}
    for goes_on in (_equal, _of_one_name, _rewritten):
        free = [key for key in after if key not in pairs.values()]
        for key in [key for key in before if key not in pairs]:
            found = next((new for new in free if goes_on(key, before[key], new, after[new])), None)
            if found is not None:
                pairs[key] = found
                free.remove(found)
    return pairs


def _equal(key: str, old: Any, now: str, new: Any) -> bool:
    return name_of(key) == name_of(now) and old == new


def _of_one_name(key: str, old: Any, now: str, new: Any) -> bool:
    return name_of(key) == name_of(now)


def _rewritten(key: str, old: Any, now: str, new: Any) -> bool:
    """Whether a piece of text is another in other words, in one of its languages at least."""
    if not (isinstance(old, Mapping) and isinstance(new, Mapping) and "text" in old and "text" in new):
        return False
    texts, others = _by_language(old["text"]), _by_language(new["text"])
    shared = texts.keys() & others.keys()
    return any(likeness(texts[language], others[language], ALIKE) >= ALIKE for language in shared)


def _by_language(text: Any) -> Mapping[str, str]:
    return text if isinstance(text, Mapping) else {"": str(text)}


def name_of(key: str) -> str:
    """What a key goes by: an item without its number."""
    return key.name if isinstance(key, Item) else key


def _bare(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something; what is false, unknown by default or empty says nothing."""
    found = {name: meant_by(name, value) for name, value in fields.items()}
    return {name: value for name, value in found.items() if not _says_nothing(value)}


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value == {} or value == ""


def meant_by(name: str, value: Any) -> Any:
    """What a field means with a value: a list by what its items are."""
    if isinstance(value, Mapping):
        return _bare(value)
    if isinstance(value, list):
        return items_of(name, value)
    return value


def items_of(name: str, items: list[Any]) -> dict[str, Any]:
    """The items of a list, in their order, each under what it is; and that order where it has a meaning."""
    found: dict[str, Any] = {}
    for item in items:
        key = unused = _identity(item)
        number = 1
        while unused in found:
            number += 1
            unused = f"{key}#{number}"
        told = _bare(item) if isinstance(item, Mapping) else True
        found[Item(unused, told)] = told
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
        # In which order the languages of a text stand says nothing.
        return _told(value.get("text") or " ".join(_told(value[key]) for key in sorted(value) if value[key]))
    return ",".join(map(_told, value)) if isinstance(value, list) else str(value)
