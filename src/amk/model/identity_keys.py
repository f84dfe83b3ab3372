"""Traits: what two records have in common when they may be the same one, recorded twice."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Literal

from amk.model.names import folded
from amk.model.records import AnyRecord, Collaboration, Municipality, Policy, Region, Source, Vocabulary

IdentityKey = Literal["code", "uri", "name", "collaboration", "tile"]


def identity_keys_of(record: AnyRecord) -> Iterator[tuple[IdentityKey, Hashable]]:
    """What a record may have in common with another of its kind."""
    for field in ("code", "uri"):
        value = getattr(record, field, None)
        if value:
            yield field, value
    if not isinstance(record, Vocabulary):
        yield "name", _owned_name(record)
    if isinstance(record, Collaboration) and record.participants and record.purposes:
        yield "collaboration", _agreed(record)
    if isinstance(record, Municipality) and record.tile:
        yield "tile", (record.tile.column, record.tile.row)


def _owned_name(record: AnyRecord) -> Hashable:
    """What tells two records of a kind apart for a reader: the name, and whose or of when it is."""
    name = folded(record.name).replace(" ", "")
    match record:
        case Policy():
            return name, *_sorted((*record.municipalities, *record.regions, *record.organisations))
        case Source():
            return name, str(record.date), record.number, folded(record.publisher or "")
        case Municipality() | Region():
            return name, record.code if isinstance(record, Municipality) else record.type
    return name


def _agreed(record: Collaboration) -> Hashable:
    participants = _sorted(participant.ref for participant in record.participants)
    return participants, _sorted(record.purposes), str(record.period)


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def keys_of(record: AnyRecord) -> tuple[int, ...]:
    """A number for each trait of a record: what have a trait in common have its number in common."""
    return tuple(dict.fromkeys(_number(f"{record.kind} {trait!r}") for trait in identity_keys_of(record)))


def _number(text: str) -> int:
    digest = blake2b(text.encode(errors="backslashreplace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def shared_in(records: Iterable[AnyRecord]) -> Mapping[IdentityKey, Sequence[Sequence[AnyRecord]]]:
    """For each trait the records that have it in common, in groups of two and more; in each by reference."""
    groups: dict[tuple[IdentityKey, str, Hashable], list[AnyRecord]] = {}
    for record in sorted(records, key=lambda record: record.ref):
        for trait, value in identity_keys_of(record):
            groups.setdefault((trait, record.kind, value), []).append(record)
    shared: dict[IdentityKey, list[Sequence[AnyRecord]]] = {}
    for (trait, _, _), group in groups.items():
        if len(group) > 1:
            shared.setdefault(trait, []).append(group)
    return shared
