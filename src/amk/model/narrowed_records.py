"""Records as they are on a day, or under any other narrowing: each is narrowed when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from amk.model.collection import RecordCollection, RecordKind, named_in
from amk.model.records import AnyRecord

Narrow = Callable[[AnyRecord], AnyRecord | None]
"""A record as far as it is in view; None where it is not."""


class NarrowedRecords(RecordCollection):
    """A view of other records: a question about a few records reads and narrows these few."""

    def __init__(self, whole: RecordCollection, narrow: Narrow) -> None:
        self._whole = whole
        self._narrow = narrow
        self._seen: dict[str, AnyRecord | None] = {}

    def __getitem__(self, ref: str) -> AnyRecord:
        """The record of a reference. Raises KeyError when there is none in view."""
        found = self._of(self._whole[ref])
        if found is None:
            raise KeyError(ref)
        return found

    def __iter__(self) -> Iterator[str]:
        """The references, in the order of the files."""
        return (record.ref for record in self._all(self._whole.values()))

    def __len__(self) -> int:
        """How many records there are in view."""
        return sum(1 for _ in self)

    def of_kind(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind, by name."""
        return tuple(self._all(self._whole.of_kind(kind)))

    def naming(self, ref: str, kind: type[RecordKind], *fields: str) -> tuple[RecordKind, ...]:
        """The records of a kind that, as far as they are in view, name another; by name."""
        named = self._whole.naming(ref, kind, *fields)
        if not named:
            return named
        pairs = ((before, self._of(before)) for before in named)
        found = (now for before, now in pairs if now is not None and _names(now, before, ref, fields))
        return cast(tuple[RecordKind, ...], tuple(found))

    def stream(self) -> Iterator[AnyRecord]:
        """All records one by one."""
        return filter(None, map(self._narrow, self._whole.stream()))

    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here: in a view of some, any."""
        return self.values()

    def called(self, name: str) -> tuple[AnyRecord, ...]:
        """The records that go by a name, folded."""
        return tuple(self._all(self._whole.called(name)))

    def waiving(self) -> Iterable[AnyRecord]:
        """The records that waive a rule, in the order of their files."""
        return self._all(self._whole.waiving())

    def renamed(self) -> Iterable[AnyRecord]:
        """The records that had another id before, in the order of their files."""
        return self._all(self._whole.renamed())

    def alike(self) -> Iterable[AnyRecord]:
        """The records that may have a trait in common with another."""
        return self._all(self._whole.alike())

    def _all(self, records: Iterable[RecordKind]) -> Iterator[RecordKind]:
        return cast(Iterator[RecordKind], filter(None, map(self._of, records)))

    def _of(self, record: AnyRecord) -> AnyRecord | None:
        if record.ref not in self._seen:
            self._seen[record.ref] = self._narrow(record)
        return self._seen[record.ref]


def _names(now: AnyRecord, before: AnyRecord, ref: str, fields: tuple[str, ...]) -> bool:
    """Whether a record still names another in view; that is looked up only where its field is narrower."""
    if all(getattr(now, field, None) == getattr(before, field, None) for field in fields):
        return True
    return any(ref in named_in(now, field) for field in fields)
