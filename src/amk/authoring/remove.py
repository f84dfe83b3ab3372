"""A record taken away: who cites it, and the texts in which another takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from amk.authoring.change import FieldChange, changed
from amk.authoring.rename import citations_in, holders_of, recited
from amk.model.fields import plain_fields, value_at
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import format_path
from amk.model.records import AnyRecord, Manifest
from amk.storage.yaml.parser import find_positions
from amk.values.frozen import frozen
from amk.values.parsed import FieldPath


@frozen
class Citation:
    """A place that names a record: a file, its line and column, and the field."""

    path: str
    line: int
    column: int
    field: str


def citations_of(texts: Mapping[str, str], record: AnyRecord, own: str) -> Iterator[Citation]:
    """Every place that names a record, but for those in its own file."""
    for path, holder in holders_of(texts, record):
        field_paths = list(citations_in(holder, record)) if path != own else []
        positions = find_positions(texts[path]) if field_paths else {}
        for field_path in field_paths:
            at = positions.get(field_path)
            line, column = at.value if at else (1, 1)
            yield Citation(path, line, column, format_path(field_path))


def replaced_by(
    base: KnowledgeBase, texts: Mapping[str, str], record: AnyRecord, other: AnyRecord
) -> dict[str, str]:
    """The texts that change, by path, when another record takes the place of one, which is former there.

    Raises UserError for a text in which a reference is written in a way that cannot be replaced.
    """
    own, after = base.paths[record.ref], {}
    for path, holder in holders_of(texts, record):
        field_paths = list(citations_in(holder, record)) if path != own else []
        if field_paths:
            after[path] = _with_the_other(path, texts[path], holder, field_paths, record, other)
    taking = base.paths[other.ref]
    ids = [FieldChange(("former_ids",), "+=", id) for id in (*record.former_ids, record.id)]
    return {**after, taking: changed(after.get(taking, texts[taking]), type(other), ids)}


def _with_the_other(
    path: str,
    text: str,
    holder: AnyRecord | Manifest,
    field_paths: Sequence[FieldPath],
    record: AnyRecord,
    other: AnyRecord,
) -> str:
    """A text that names another record instead; nothing names itself so, and no list one record twice."""
    taken = [each for each in field_paths if holder == other or _has_both(holder, each, record, other)]
    told = recited(path, text, [each for each in field_paths if each not in taken], record, other.id)
    # The last first: where an item goes, those after it move up.
    takes = [_without(holder, each, whole=holder != other) for each in reversed(taken)]
    return changed(told, type(holder), takes) if takes else told


def _has_both(holder: Any, field_path: FieldPath, record: AnyRecord, other: AnyRecord) -> bool:
    """Whether both are named in one list, and its item says nothing more of the one that goes."""
    *place, last = field_path
    around = value_at(holder, tuple(place))
    if isinstance(around, Mapping):
        return other.id in around
    now = str(value_at(holder, field_path)).replace(record.id, other.id)
    if isinstance(last, int):
        return now in around
    items = value_at(holder, tuple(place[:-1]))
    if not (place and isinstance(items, tuple)):
        return False
    alike = [item for item in items if getattr(item, last, None) == now]
    return bool(alike) and (_says_one_thing(around) or replace(around, **{last: now}) in alike)


def _without(holder: Any, field_path: FieldPath, whole: bool) -> FieldChange:
    """Take out a reference, and the item of a list: the `whole` of it, or where it says nothing else."""
    *place, last = field_path
    if isinstance(last, int):
        return FieldChange(tuple(place), "-=", str(value_at(holder, field_path)))
    listed = bool(place) and isinstance(place[-1], int)
    if listed and (whole or _says_one_thing(value_at(holder, tuple(place)))):
        return FieldChange(tuple(place), "=", "")
    return FieldChange(field_path, "=", "")


def _says_one_thing(item: Any) -> bool:
    return sum(1 for value in plain_fields(item).values() if value) == 1
