"""Records by reference, by kind, by name, and by what they name."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from amk.model.fields import references_in
from amk.model.identity_keys import IdentityKey, shared_in
from amk.model.names import folded, known_as, sorting_name
from amk.model.policy_notes import speaks_of_policy
from amk.model.records import AnyRecord

RecordKind = TypeVar("RecordKind", bound=AnyRecord)


class RecordCollection(Mapping[str, AnyRecord]):
    """Records by `kind/id`, in the order of their files. Where they are held is its own affair."""

    @abstractmethod
    def of_kind(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind, by name."""

    @abstractmethod
    def naming(self, ref: str, kind: type[RecordKind], *fields: str) -> tuple[RecordKind, ...]:
        """The records of a kind that name another in one of these fields, or a piece of it; by name."""

    @abstractmethod
    def stream(self) -> Iterator[AnyRecord]:
        """All records one by one; for who looks at each once and keeps none."""

    @abstractmethod
    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here, and perhaps more than those."""

    @abstractmethod
    def called(self, name: str) -> tuple[AnyRecord, ...]:
        """The records that go by a name, folded."""

    @abstractmethod
    def waiving(self) -> Iterable[AnyRecord]:
        """The records that waive a rule, in the order of their files."""

    @abstractmethod
    def renamed(self) -> Iterable[AnyRecord]:
        """The records that had another id before, in the order of their files."""

    @abstractmethod
    def alike(self) -> Iterable[AnyRecord]:
        """The records that may have a trait in common with another, and perhaps more than those."""

    def speaking_of_policy(self) -> Iterable[AnyRecord]:
        """The records of which a note speaks of policy, in the order of their files."""
        return filter(speaks_of_policy, self.stream())

    def sharing(self, trait: IdentityKey) -> Iterable[Sequence[AnyRecord]]:
        """The records that have a trait in common, in groups of two and more; in each by reference."""
        return self._shared.get(trait, ())

    @cached_property
    def _shared(self) -> Mapping[IdentityKey, Sequence[Sequence[AnyRecord]]]:
        return shared_in(self.alike())


class InMemory(dict[str, AnyRecord], RecordCollection):
    """A register in memory."""

    def of_kind(self, kind: type[RecordKind]) -> tuple[RecordKind, ...]:
        """The records of a kind, by name."""
        return by_name(record for record in self.values() if isinstance(record, kind))

    def naming(self, ref: str, kind: type[RecordKind], *fields: str) -> tuple[RecordKind, ...]:
        """The records of a kind that name another in one of these fields, or a piece of it; by name."""
        found: dict[str, RecordKind] = {}
        for field in fields:
            for record in self._naming(kind, field).get(ref, ()):
                found[record.ref] = record
        return by_name(found.values()) if len(fields) > 1 else tuple(found.values())

    def stream(self) -> Iterator[AnyRecord]:
        """All records one by one."""
        return iter(self.values())

    def naming_unknown(self) -> Iterable[AnyRecord]:
        """The records that may name what is not here: all, for looking is as much work as knowing."""
        return self.values()

    def called(self, name: str) -> tuple[AnyRecord, ...]:
        """The records that go by a name, folded."""
        return tuple(self._by_name.get(name, ()))

    @cached_property
    def _by_name(self) -> Mapping[str, list[AnyRecord]]:
        found: dict[str, list[AnyRecord]] = {}
        for record in self.values():
            for name in {folded(name) for name in known_as(record)}:
                found.setdefault(name, []).append(record)
        return found

    def waiving(self) -> Iterable[AnyRecord]:
        """The records that waive a rule, in the order of their files."""
        return (record for record in self.values() if record.waive)

    def renamed(self) -> Iterable[AnyRecord]:
        """The records that had another id before, in the order of their files."""
        return (record for record in self.values() if record.former_ids)

    def alike(self) -> Iterable[AnyRecord]:
        """The records that may have a trait in common with another: all, as with references."""
        return self.values()

    @cached_property
    def _grouped(self) -> dict[tuple[type[AnyRecord], str], dict[str, list[AnyRecord]]]:
        return {}

    def _naming(self, kind: type[RecordKind], field: str) -> Mapping[str, list[RecordKind]]:
        """The records of a kind, by name, under each reference that they name in a field."""
        grouped: dict[tuple[type[RecordKind], str], dict[str, list[RecordKind]]] = self._grouped  # type: ignore[assignment] # a key says which kind its records are
        if (kind, field) not in grouped:
            by_ref: dict[str, list[RecordKind]] = {}
            for record in self.of_kind(kind):
                for ref in named_in(record, field):
                    by_ref.setdefault(ref, []).append(record)
            grouped[kind, field] = by_ref
        return grouped[kind, field]


def by_name(records: Iterable[RecordKind]) -> tuple[RecordKind, ...]:
    """Records in the order of their names."""
    given = tuple(records)
    if len(given) < 2:
        return given
    return tuple(sorted(given, key=lambda record: sorting_name(record.name)))


def named_in(record: AnyRecord, field: str) -> Iterable[str]:
    """The references that a record names in a field, or in a piece of it; each once."""
    return dict.fromkeys(ref for name, ref in names_others(record) if name == field)


def names_others(record: AnyRecord) -> Iterable[tuple[str, str]]:
    """Each field of a record that names another, and the reference of that other.

    What is written in a form that no reference of that field has begins with `?`, and names nothing.
    """
    for field_path, text, mark in references_in(record):
        yield str(field_path[0]), mark.ref_of(text) or f"?{text}"
