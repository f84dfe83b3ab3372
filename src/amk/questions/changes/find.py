"""Changes: what differs in meaning between two knowledge bases, or between two days of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from amk.model.differences import Difference, Meaning, differences, meaning, meaning_of
from amk.model.fields import plain_fields
from amk.model.former_ids import with_current_refs
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import municipality_status_on
from amk.model.records import AnyRecord, Manifest, Municipality, MunicipalitySuccessor, Policy, Source
from amk.model.statuses import UNREADABLE
from amk.model.validity import holds
from amk.questions.changes.renames import find_renamed
from amk.values.dates import Date

ChangeKind = Literal["added", "added-maybe", "removed", "removed-maybe", "renamed", "changed"]
"""What happened to a record; between days, what began or ended may only have done so."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record; `was` is its earlier reference where it was renamed."""

    kind: ChangeKind
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
    manifest: tuple[Difference, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records or self.statuses or self.mergers or self.manifest)


def find_changes(before: KnowledgeBase, after: KnowledgeBase, day: date) -> Changes:
    """What differs between two bases; statuses on the day of each, else on this day."""
    records = tuple(_record_changes(before, after))
    mergers = tuple(_mergers(records, after))
    merged = frozenset(m.id for merger in mergers for m in (merger.successor, *merger.predecessors))
    left = tuple(c for change in records for c in _beyond(change, merged))
    statuses = tuple(_status_changes(before, after, records, day))
    manifest = tuple(differences(_said(before.manifest), _said(after.manifest)))
    return Changes(before, after, left, statuses, mergers, manifest)


def _said(manifest: Manifest) -> Meaning:
    """What a manifest says; what is not so is said as well, for what it leaves out may be so."""
    fields = plain_fields(manifest)
    return {**meaning_of(fields), **{name: value for name, value in fields.items() if value is False}}


def _beyond(change: Change, merged: frozenset[str]) -> Iterator[Change]:
    """A change without what a merger already tells: who came, who went, and of which regions."""
    if not merged or change.kind == "renamed":
        yield change
    elif change.kind == "changed":
        told = {("members", id) for id in merged}
        left = tuple(d for d in change.differences if d.field_path not in told)
        yield from (replace(change, differences=left),) if left else ()
    elif not (isinstance(change.record, Municipality) and change.record.id in merged):
        yield change


def _record_changes(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[Change]:
    # What cannot be read on one side is neither gone nor new: nobody knows what it says there.
    old = {ref: record for ref, record in before.records.items() if ref not in after.unread}
    new = {ref: record for ref, record in after.records.items() if ref not in before.unread}
    gone = {ref: record for ref, record in old.items() if ref not in new}
    come = {ref: record for ref, record in new.items() if ref not in old}
    renamed = find_renamed(gone, come)
    for ref, record in old.items():
        now = new.get(renamed.get(ref, ref))
        if now is None:
            yield Change("removed", record, None)
        elif now is not record and (now != record or ref in renamed):
            was = with_current_refs(record, renamed)
            # That it has a former id now is what being renamed means.
            was = replace(was, former_ids=now.former_ids) if record.id in now.former_ids else was
            apart = differences(meaning(was), meaning(now))
            found = tuple(d for d in apart if not _unread(before, after, record, now, d.field_path[0]))
            if found or ref in renamed:
                yield Change("renamed" if ref in renamed else "changed", record, now, found)
    arrived = set(come) - set(renamed.values())
    for ref, record in new.items():
        if ref in arrived:
            certain = after.day is None or holds(after, record, after.day) == "yes"
            yield Change("added" if certain else "added-maybe", None, record)
    yield from (Change("removed-maybe", record, record) for record in _maybe_ended(before, after))


def _maybe_ended(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[AnyRecord]:
    """What held for certain on the one day, and whose end may lie before the other."""
    if before.day is None or after.day is None:
        return
    for ref, record in after.records.items():
        period: Date | None = getattr(record, "period", None)
        ends = period is not None and period.end is not None and period.end.first <= after.day
        held = ends and ref in before.records and holds(before, record, before.day) == "yes"
        if held and holds(after, record, after.day) == "maybe":
            yield record


def _unread(
    before: KnowledgeBase, after: KnowledgeBase, record: AnyRecord, now: AnyRecord, field: str
) -> bool:
    """Whether a field could not be read on one side: nobody knows whether it changed."""
    return before.lacks(record.ref, field) or after.lacks(now.ref, field)


def _mergers(changes: tuple[Change, ...], after: KnowledgeBase) -> Iterator[Merger]:
    gone = [c.record for c in changes if c.kind == "removed" and isinstance(c.record, Municipality)]
    come = {c.record.id for c in changes if c.kind in ("added", "added-maybe")}
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
        old = municipality_status_on(before, earlier, then).status
        new = municipality_status_on(after, municipality, now).status
        if old != new and UNREADABLE not in (old, new):
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
