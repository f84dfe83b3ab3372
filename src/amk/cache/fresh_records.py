"""Records for who writes: found by what is kept, and read from their files at that moment.

What is kept may say where to look, and never what is written: a record of which the file says
something else is not believed, and neither is anything else that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from amk.cache.data_folder import CachedFolder
from amk.model.collection import RecordCollection, RecordKind
from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import folded, known_as
from amk.model.records import AnyRecord
from amk.storage.loading import load_record
from amk.values.errors import CacheCorrupt


def reread(working: CachedFolder) -> KnowledgeBase:
    """The base of a data folder in which each record that is asked for is read from its file."""
    base = working.loaded.base
    if working.store is None:
        return base
    records = FreshRecords(base.known, base.paths, working.tree.texts)
    return replace(base, records=records, known=records)


class FreshRecords(RecordCollection):
    """A register that finds records as another does, and reads each from its file.

    Raises CacheCorrupt for a record of which the file says something else.
    """

    def __init__(self, kept: RecordCollection, paths: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self._kept, self._paths, self._texts = kept, paths, texts
        self._read: dict[str, AnyRecord] = {}

    def __getitem__(self, ref: str) -> AnyRecord:
        """The record of a reference. Raises KeyError when there is none."""
        if ref not in self._read:
            known, path = self._kept[ref], self._paths[ref]
            read = load_record(path, self._texts[path]) if path in self._texts else None
            if read != known or read.ref != ref:
                raise CacheCorrupt(ref)
            self._read[ref] = read
        return self._read[ref]

    def __contains__(self, ref: object) -> bool:
        """Whether there is a record of a reference; it is not read for this."""
        return ref in self._kept

    def __iter__(self) -> Iterator[str]:
        """The references, in the order of the files."""
        return iter(self._kept)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._kept)

    def of_kind(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind, by name."""
        return cast(tuple[RecordKind, ...], self._all(self._kept.of_kind(kind)))

    def naming(self, ref: str, kind: type[RecordKind], *fields: str) -> tuple[RecordKind, ...]:
        """The records of a kind that name another in one of these fields, or a piece of it; by name."""
        return cast(tuple[RecordKind, ...], self._all(self._kept.naming(ref, kind, *fields)))

    def stream(self) -> Iterator[AnyRecord]:
        """All records one by one."""
        return (self[ref] for ref in self)

    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here."""
        return self._all(self._kept.naming_unknown())

    def called(self, name: str) -> tuple[AnyRecord, ...]:
        """The records that go by a name, folded. Raises CacheCorrupt for one that does not."""
        records = self._all(self._kept.called(name))
        if not all(name in map(folded, known_as(record)) for record in records):
            raise CacheCorrupt(name)
        return records

    def waiving(self) -> Iterable[AnyRecord]:
        """The records that waive a rule, in the order of their files."""
        return self._all(self._kept.waiving())

    def renamed(self) -> Iterable[AnyRecord]:
        """The records that had another id before, in the order of their files."""
        return self._all(self._kept.renamed())

    def alike(self) -> Iterable[AnyRecord]:
        """The records that may have a trait in common with another."""
        return self._all(self._kept.alike())

    def _all(self, records: Iterable[Any]) -> tuple[AnyRecord, ...]:
        refs = [record.ref for record in records]
        if not all(ref in self._kept for ref in refs):
            raise CacheCorrupt("a record is kept under another reference")
        return tuple(self[ref] for ref in refs)
