"""Duplicates: the same thing recorded twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import attrgetter

from amk.checks.reporting import problem_in
from amk.knowledge import KnowledgeBase, folded
from amk.problems import Problem
from amk.records import KINDS, AnyRecord, Collaboration, Municipality, Policy, Region, Source
from amk.yamltext import Path


def codes_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """Within a kind, a code and a URI belong to one record."""
    for kind in KINDS:
        for field in ("code", "uri"):
            having = (record for record in base.known_of(kind) if getattr(record, field, None))
            for first, second in _twice(having, attrgetter(field)):
                told = {"found": str(getattr(second, field)), "other": first.ref}
                yield problem_in(base, second, "DUP001", (field,), **told)


def names_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two records of a kind go by one name, however it is written; a policy's name is its owner's."""
    for kind in KINDS:
        if kind.kind == "vocabulary":
            continue
        for first, second in _twice(base.known_of(kind), _owned_name):
            exact = first.name == second.name
            told = {"found": second.name, "other": first.ref}
            yield problem_in(base, second, "DUP002" if exact else "DUP003", _name_way(second), **told)


def collaborations_are_recorded_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two collaborations have the same participants, purposes and period."""
    telling = (c for c in base.known_of(Collaboration) if c.participants and c.purposes)
    for first, second in _twice(telling, _likeness):
        yield problem_in(base, second, "DUP004", (), found=second.name, other=first.ref)


def _likeness(record: AnyRecord) -> Hashable:
    assert isinstance(record, Collaboration)
    participants = frozenset(p.ref for p in record.participants)
    return participants, frozenset(record.purposes), str(record.period)


def _owned_name(record: AnyRecord) -> Hashable:
    """What tells two records of a kind apart for a reader: the name, and whose or of when it is."""
    name = folded(record.name).replace(" ", "")
    match record:
        case Policy():
            return name, frozenset((*record.municipalities, *record.regions, *record.organisations))
        case Source():
            return name, str(record.date), record.number, folded(record.publisher or "")
        case Municipality() | Region():
            return name, record.code if isinstance(record, Municipality) else record.type
    return name


def _name_way(record: AnyRecord) -> Path:
    return ("title",) if isinstance(record, Policy | Source) else ("name",)


def _twice(
    records: Iterable[AnyRecord], likeness: Callable[[AnyRecord], Hashable]
) -> Iterator[tuple[AnyRecord, AnyRecord]]:
    """Each record that is like an earlier one, with the first that it is like."""
    seen: dict[Hashable, AnyRecord] = {}
    for record in sorted(records, key=lambda r: r.ref):
        first = seen.setdefault(likeness(record), record)
        if first is not record:
            yield first, record
