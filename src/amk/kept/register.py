"""Records that are kept, read one by one as they are asked for."""

from __future__ import annotations

from collections.abc import Container, ItemsView, Iterable, Iterator, Mapping, ValuesView
from typing import Any, cast

from amk.kept.store import Store, unpickled
from amk.records import KINDS, AnyRecord
from amk.register import Held, Kind, Register

FOLDERS = {kind.kind: kind.folder for kind in KINDS}
LOOKED_UP = frozenset({"municipality", "region", "organisation", "source", "vocabulary"})
"""The kinds that rules look up again and again."""

_COLUMNS = "records.ref, records.pickled, records.checksum"


class KeptRegister(Register):
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

    def of_kind(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The records of a kind, by name."""
        return cast(tuple[Kind, ...], self._answer("where kind = ? order by sorting, path", kind.kind))

    def naming(self, ref: str, kind: type[Kind], *fields: str) -> tuple[Kind, ...]:
        """The records of a kind that name another in one of these fields, or a piece of it; by name."""
        marks = ", ".join("?" * len(fields))
        which = (
            "where file in (select file from naming where named = ? and kind = ? "
            f"and field in ({marks})) order by sorting, path"
        )
        return cast(tuple[Kind, ...], self._answer(which, ref, kind.kind, *fields))

    def passing(self) -> Iterator[AnyRecord]:
        """All records one by one, in the order of their files; none is held."""
        for ref in list(self):
            known = self._read.get(ref)
            yield known if known is not None else self._once(ref)

    def portions(self, size: int) -> Iterator[Held]:
        """All records in portions, in the order of their files; only what others look up is held."""
        unknown = frozenset(record.ref for record in self.naming_unknown())
        rows = self._store.rows("select ref, kind from records where kind != 'manifest' order by path")
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            yield Portion({ref: self._seen(ref, kind) for ref, kind in some}, unknown)

    def _seen(self, ref: str, kind: str) -> AnyRecord:
        return self[ref] if kind in LOOKED_UP else self._once(ref)

    def _once(self, ref: str) -> AnyRecord:
        [(pickled, checksum)] = self._store.rows("select pickled, checksum from records where ref = ?", ref)
        record: AnyRecord = unpickled(pickled, checksum)
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

    def _of(self, ref: str, pickled: bytes, checksum: int) -> AnyRecord:
        """The record of a row; the same value each time that it is asked for."""
        known = self._read.get(ref)
        if known is None:
            known = self._read[ref] = unpickled(pickled, checksum)
        return known

    def _read_all(self) -> None:
        if not self._whole:
            for record in self._found("where kind != 'manifest' order by path"):
                self._read[record.ref] = record
            self._whole = True


class Portion(Held):
    """Some of the records; which of all may name what is not here is known."""

    def __init__(self, records: Mapping[str, AnyRecord], unknown: Container[str]) -> None:
        super().__init__(records)
        self._unknown = unknown

    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here."""
        return [record for ref, record in self.items() if ref in self._unknown]


class KeptPaths(Mapping[str, str]):
    """The path of each record: its kind's folder, and its id."""

    def __init__(self, records: KeptRegister) -> None:
        self._records = records

    def __getitem__(self, ref: str) -> str:
        """The path of a record. Raises KeyError when there is none."""
        kind, _, id = ref.partition("/")
        if ref not in self._records:
            raise KeyError(ref)
        return f"{FOLDERS[kind]}/{id}.yaml"

    def __iter__(self) -> Iterator[str]:
        """The references, in the order of the paths."""
        return iter(self._records)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)
