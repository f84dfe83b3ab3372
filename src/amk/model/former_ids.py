"""References to an id that a record had before lead to that record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from amk.model.collection import RecordCollection, RecordKind, by_name
from amk.model.fields import references_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.narrowed_records import NarrowedRecords
from amk.model.records import AnyRecord
from amk.values.parsed import FieldPath


def redirected(base: KnowledgeBase) -> KnowledgeBase:
    """The base in which every reference names the id that a record has now."""
    now = {f"{record.kind}/{id}": record.ref for record in base.known.renamed() for id in record.former_ids}
    # An id that another record has since got is that record's.
    former = {ref: current for ref, current in now.items() if ref not in base.known}
    if not former:
        return base
    known = RedirectedRecords(base.known, former)
    records = known if base.records is base.known else RedirectedRecords(base.records, former)
    return replace(base, records=records, known=known)


class RedirectedRecords(NarrowedRecords):
    """Records whose references to former ids, by what they are now, are to these."""

    def __init__(self, whole: RecordCollection, former: Mapping[str, str]) -> None:
        super().__init__(whole, self._redirected)
        self._former = former

    def __iter__(self) -> Iterator[str]:
        """The references, in the order of the files."""
        return iter(self._whole)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._whole)

    def naming(self, ref: str, kind: type[RecordKind], *fields: str) -> tuple[RecordKind, ...]:
        """The records of a kind that name another, by its id or by one that it had; by name."""
        refs = (ref, *(former for former, current in self._former.items() if current == ref))
        found = {r.ref: r for each in refs for r in self._whole.naming(each, kind, *fields)}
        return by_name(self._all(found.values()))

    @cached_property
    def _astray(self) -> frozenset[str]:
        return frozenset(record.ref for record in self._whole.naming_unknown())

    def _redirected(self, record: AnyRecord) -> AnyRecord:
        return with_current_refs(record, self._former) if record.ref in self._astray else record


def with_current_refs(record: AnyRecord, current: Mapping[str, str]) -> AnyRecord:
    """A record that names others by the references that they have now."""
    for field_path, text, mark in references_in(record) if current else ():
        now = current.get(mark.ref_of(text) or "")
        if now:
            record = _with(record, field_path, now.partition("/")[2] if mark.bare else now)
    return record


def _with(value: Any, path: FieldPath, reference: str) -> Any:
    """A value with a reference at a place in it; at a key of a mapping, the key is the reference."""
    if not path:
        return reference
    step, below = path[0], path[1:]
    if isinstance(value, tuple):
        return tuple(_with(item, below, reference) if n == step else item for n, item in enumerate(value))
    if isinstance(value, Mapping):
        return dict(_entry(each, step, below, reference) for each in value.items())
    return replace(value, **{str(step): _with(getattr(value, str(step)), below, reference)})


def _entry(entry: tuple[Any, Any], step: Any, below: FieldPath, reference: str) -> tuple[Any, Any]:
    key, value = entry
    if key != step:
        return entry
    return (key, _with(value, below, reference)) if below else (reference, value)
