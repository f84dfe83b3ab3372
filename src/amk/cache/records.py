"""Records that are kept, read one by one as they are asked for."""

from __future__ import annotations

from collections.abc import Container, ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import Any, cast

from amk.cache.encoding import decode_record
from amk.cache.store import Store
from amk.model.collection import InMemory, RecordCollection, RecordKind
from amk.model.records import KIND_NAMED, AnyRecord

LOOKED_UP = frozenset({"municipality", "region", "organisation", "source", "vocabulary"})
"""The kinds that rules look up again and again."""

_COLUMNS = "records.ref, records.kind, records.record, records.checksum"


class CachedRecords(RecordCollection):
    """A register over a store: a question about a few records reads these few."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, AnyRecord | None] = {}
        self._refs: dict[str, None] | None = None
        self._whole = False
        self._answers: dict[tuple[Any, ...], tuple[AnyRecord, ...]] = {}

    def __getitem__(self, ref: str) -> AnyRecord:
        """The record of a reference. Raises KeyError when there is none."""
        if ref not in self._read:
            if self._whole:
                raise KeyError(ref)
            found = self._found("where ref = ? and kind != 'manifest'", ref)
            self._read[ref] = found[0] if found else None
        record = self._read[ref]
        if record is None:
            raise KeyError(ref)
        return record

    def __iter__(self) -> Iterator[str]:
        """The references, in the order of the files."""
        if self._refs is None:
            rows = self._store.rows("select ref from records where kind != 'manifest' order by path")
            self._refs = {ref: None for (ref,) in rows}
        return iter(self._refs)

    def __len__(self) -> int:
        """How many records there are."""
        return sum(1 for _ in self)

    def values(self) -> ValuesView[AnyRecord]:
        """All records; read at once, which is faster than one by one."""
        self._read_all()
        return super().values()

    def items(self) -> ItemsView[str, AnyRecord]:
        """All references with their records; read at once."""
        self._read_all()
        return super().items()

    def of_kind(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind, by name."""
        return cast(tuple[RecordKind, ...], self._answer("where kind = ? order by sorting, path", kind.kind))

    def naming(self, ref: str, kind: type[RecordKind], *fields: str) -> tuple[RecordKind, ...]:
        """The records of a kind that name another in one of these fields, or a piece of it; by name."""
        marks = ", ".join("?" * len(fields))
        which = (
            "where file in (select file from naming where named = ? and kind = ? "
            f"and field in ({marks})) order by sorting, path"
        )
        return cast(tuple[RecordKind, ...], self._answer(which, ref, kind.kind, *fields))

    def stream(self) -> Iterator[AnyRecord]:
        """All records one by one, in the order of their files; none is held."""
        for ref in list(self):
            known = self._read.get(ref)
            yield known if known is not None else self._once(ref)

    def portions(self, size: int) -> Iterator[InMemory]:
        """All records in portions, in the order of their files; only what others look up is held."""
        unknown = frozenset(record.ref for record in self.naming_unknown())
        refs = list(self)
        for start in range(0, len(refs), size):
            some = refs[start : start + size]
            which = f"where ref in ({', '.join('?' * len(some))}) order by path"
            rows = self._store.rows(f"select {_COLUMNS} from records {which}", *some)
            yield Chunk({ref: self._seen(ref, *kept) for ref, *kept in rows}, unknown)

    def _seen(self, ref: str, kind: str, raw: bytes, checksum: int) -> AnyRecord:
        if kind in LOOKED_UP:
            return self._of(ref, kind, raw, checksum)
        record: AnyRecord = decode_record(kind, raw, checksum)
        return record

    def _once(self, ref: str) -> AnyRecord:
        [kept] = self._store.rows("select kind, record, checksum from records where ref = ?", ref)
        record: AnyRecord = decode_record(*kept)
        return record

    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here, in the order of their files."""
        return self._answer(
            "where file in (select file from naming where named not in (select ref from records)) "
            "and kind != 'manifest' order by path"
        )

    def called(self, name: str) -> tuple[AnyRecord, ...]:
        """The records that go by a name, folded."""
        return self._answer("where file in (select file from names where name = ?) order by path", name)

    def waiving(self) -> Iterable[AnyRecord]:
        """The records that waive a rule, in the order of their files."""
        return self._answer("where waives order by path")

    def speaking_of_policy(self) -> Iterable[AnyRecord]:
        """The records of which a note speaks of policy, in the order of their files."""
        return self._answer("where speaks order by path")

    def renamed(self) -> Iterable[AnyRecord]:
        """The records that had another id before, in the order of their files."""
        return self._answer("where renamed order by path")

    def alike(self) -> Iterable[AnyRecord]:
        """The records that may have a trait in common with another."""
        often = "select key from keys group by key having count(*) > 1"
        return self._answer(f"where file in (select file from keys where key in ({often})) order by path")

    def _answer(self, which: str, *values: str) -> tuple[AnyRecord, ...]:
        if (which, *values) not in self._answers:
            self._answers[which, *values] = tuple(self._found(which, *values))
        return self._answers[which, *values]

    def _found(self, which: str, *values: str) -> list[AnyRecord]:
        rows = self._store.rows(f"select {_COLUMNS} from records {which}", *values)
        return [self._of(*row) for row in rows]

    def _of(self, ref: str, kind: str, raw: bytes, checksum: int) -> AnyRecord:
        """The record of a row; the same value each time that it is asked for."""
        known = self._read.get(ref)
        if known is None:
            known = self._read[ref] = decode_record(kind, raw, checksum)
        return known

    def _read_all(self) -> None:
        if not self._whole:
            for record in self._found("where kind != 'manifest' order by path"):
                self._read[record.ref] = record
            self._whole = True


class Chunk(InMemory):
    """Some of the records; which of all may name what is not here is known."""

    def __init__(self, records: Mapping[str, AnyRecord], unknown: Container[str]) -> None:
        super().__init__(records)
        self._unknown = unknown

    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here."""
        return [record for ref, record in self.items() if ref in self._unknown]


class CachedPaths(Mapping[str, str]):
    """The path of each record: its kind's folder, and its id."""

    def __init__(self, records: CachedRecords) -> None:
        self._records = records

    def __getitem__(self, ref: str) -> str:
        """The path of a record. Raises KeyError when there is none."""
        kind, _, id = ref.partition("/")
        if ref not in self._records:
            raise KeyError(ref)
        return f"{KIND_NAMED[kind].folder}/{id}.yaml"

    def __iter__(self) -> Iterator[str]:
        """The references, in the order of the paths."""
        return iter(self._records)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)
