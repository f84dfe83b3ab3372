"""Changes: what differs in meaning between two knowledge bases, or between two days of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from amk.comparing import Difference, differences, meaning
from amk.knowledge import KnowledgeBase
from amk.records import AnyRecord, Municipality, MunicipalitySuccessor, Policy, Source
from amk.renaming import find_renamed, with_new_refs
from amk.standing import municipal_standing

Kind = Literal["added", "removed", "renamed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record; `was` is its earlier reference where it was renamed."""

    kind: Kind
    before: AnyRecord | None
    after: AnyRecord | None
    differences: tuple[Difference, ...] = ()

    @property
    def record(self) -> AnyRecord:
        """The record as it is now, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def was(self) -> str | None:
        """The earlier reference, where it is another."""
        return self.before.ref if self.kind == "renamed" and self.before else None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A municipality that is further, or less far, than before."""

    municipality: Municipality
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Merger:
    """Municipalities whose place another took, told as one event."""

    successor: Municipality
    predecessors: tuple[Municipality, ...]
    event: MunicipalitySuccessor


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs between an earlier and a later knowledge base."""

    before: KnowledgeBase
    after: KnowledgeBase
    records: tuple[Change, ...]
    statuses: tuple[StatusChange, ...] = ()
    mergers: tuple[Merger, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records or self.statuses or self.mergers)


def find_changes(before: KnowledgeBase, after: KnowledgeBase, day: date) -> Changes:
    """What differs between two bases; statuses on the day of each, else on this day."""
    records = tuple(_record_changes(before, after))
    mergers = tuple(_mergers(records, after))
    merged = frozenset(m.id for merger in mergers for m in (merger.successor, *merger.predecessors))
    left = tuple(c for change in records for c in _beyond(change, merged))
    return Changes(before, after, left, tuple(_status_changes(before, after, records, day)), mergers)


def _beyond(change: Change, merged: frozenset[str]) -> Iterator[Change]:
    """A change without what a merger already tells: who came, who went, and of which regions."""
    if not merged or change.kind == "renamed":
        yield change
    elif change.kind == "changed":
        told = {("members", id) for id in merged}
        left = tuple(d for d in change.differences if d.way not in told)
        yield from (replace(change, differences=left),) if left else ()
    elif not (isinstance(change.record, Municipality) and change.record.id in merged):
        yield change


def _record_changes(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[Change]:
    old, new = before.records, after.records
    gone = {ref: record for ref, record in old.items() if ref not in new}
    come = {ref: record for ref, record in new.items() if ref not in old}
    renamed = find_renamed(gone, come)
    for ref, record in old.items():
        now = new.get(renamed.get(ref, ref))
        if now is None:
            yield Change("removed", record, None)
        elif now is not record and (now != record or ref in renamed):
            found = tuple(differences(meaning(with_new_refs(record, renamed)), meaning(now)))
            if found or ref in renamed:
                yield Change("renamed" if ref in renamed else "changed", record, now, found)
    arrived = set(come) - set(renamed.values())
    yield from (Change("added", None, record) for ref, record in new.items() if ref in arrived)


def _mergers(changes: tuple[Change, ...], after: KnowledgeBase) -> Iterator[Merger]:
    gone = [c.record for c in changes if c.kind == "removed" and isinstance(c.record, Municipality)]
    come = {c.record.id for c in changes if c.kind == "added"}
    by_successor: dict[str, list[tuple[Municipality, MunicipalitySuccessor]]] = {}
    for municipality in gone:
        for event in municipality.successors:
            if event.municipality in come:
                by_successor.setdefault(event.municipality, []).append((municipality, event))
    for id, merged in sorted(by_successor.items()):
        successor = after.municipality(id)
        if successor:
            yield Merger(successor, tuple(m for m, _ in merged), merged[0][1])


def _status_changes(
    before: KnowledgeBase, after: KnowledgeBase, changes: tuple[Change, ...], day: date
) -> Iterator[StatusChange]:
    then, now = before.day or day, after.day or day
    concerned = None if then != now else _concerned(after, changes)
    for municipality in after.municipalities:
        earlier = before.records.get(municipality.ref)
        if not isinstance(earlier, Municipality) or (
            concerned is not None and municipality.id not in concerned
        ):
            continue
        old = municipal_standing(before, earlier, then).status
        new = municipal_standing(after, municipality, now).status
        if old != new:
            yield StatusChange(municipality, old, new)


def _concerned(base: KnowledgeBase, changes: tuple[Change, ...]) -> frozenset[str] | None:
    """The municipalities whose status a change may bear on; None for any of them."""
    found: set[str] = set()
    for change in changes:
        if isinstance(change.record, Source) and change.kind == "changed":
            return None
        for record in (change.before, change.after):
            if isinstance(record, Policy):
                found.update(record.municipalities)
            elif isinstance(record, Municipality):
                found.update((record.id, *(event.municipality for event in record.successors)))
    inherited = (event.municipality for id in found for event in _events(base, id))
    return frozenset((*found, *inherited))


def _events(base: KnowledgeBase, id: str) -> tuple[MunicipalitySuccessor, ...]:
    municipality = base.municipality(id)
    return municipality.successors if municipality else ()
