"""Filters: what a user typed, to the records that are meant."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from amk.dates import Date, NotADate, parse_date
from amk.errors import Stop
from amk.knowledge import KnowledgeBase, folded
from amk.names import names_of
from amk.nearest import nearest, nearest_of
from amk.records import (
    KINDS,
    AnyRecord,
    Collaboration,
    Municipality,
    Organisation,
    Policy,
    Region,
)
from amk.register import Held, by_name
from amk.values import Value

Holds = Callable[[AnyRecord], bool]

_CONDITION = re.compile(r"\s*([\w.]+)\s*(!=|<=|>=|=|~|<|>)(.*)", re.DOTALL)
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, eq=False, repr=False)
class Filters(Value):
    """What a user wants to see; None or empty for no wish."""

    region: str | None = None
    municipality: str | None = None
    since: Date | None = None
    until: Date | None = None
    tag: str | None = None
    form: str | None = None
    purpose: str | None = None
    status: str | None = None
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class Condition(Value):
    """A field, how to compare it, and with what."""

    field: str
    comparison: str
    value: str


def parse_condition(text: str, known: Iterable[str]) -> Condition:
    """Read `FIELD=VALUE`, or with `!=`, `~`, `<`, `<=`, `>`, `>=`.

    Raises Stop for other text and for a field that no record has.
    """
    match = _CONDITION.fullmatch(text)
    if not match:
        raise Stop("stop.no-filter", found=text)
    field, comparison, value = match.groups()
    first = field.split(".")[0]
    if first not in known:
        raise Stop("stop.no-field", found=first, nearest=nearest(first, known))
    return Condition(field, comparison, value.strip())


def meets(values: Iterable[Any], condition: Condition) -> bool:
    """Whether any of the values meets a condition; for `!=`, whether all differ."""
    if condition.comparison == "!=":
        return not any(_same(value, condition.value) for value in values)
    if condition.comparison == "=":
        return any(_same(value, condition.value) for value in values)
    if condition.comparison == "~":
        return any(folded(condition.value) in folded(str(value)) for value in values)
    return any(_compares(value, condition) for value in values)


def narrowed(base: KnowledgeBase, filters: Filters) -> KnowledgeBase:
    """The base with only the records that meet every filter on what they say themselves."""
    found = _about(base, filters)
    for holds in _predicates(base, filters):
        found = found.where(holds)
    return found


def _about(base: KnowledgeBase, filters: Filters) -> KnowledgeBase:
    """The base with only the records that can concern the region or municipality that is asked for.

    These are found by what names them: a question about a region does not read all records.
    """
    if not (filters.region or filters.municipality):
        return base
    refs = list(_areas(base, filters))
    found = {ref: base.records[ref] for ref in refs if ref in base.records}
    for ref in refs:
        about: tuple[AnyRecord, ...] = (
            *base.records.naming(ref, Collaboration, "regions", "participants"),
            *base.records.naming(ref, Policy, "regions", "municipalities"),
        )
        found.update((record.ref, record) for record in about)
    in_order = sorted(found.items(), key=lambda pair: base.paths.get(pair[0], pair[0]))
    return replace(base, records=Held(in_order))


def _areas(base: KnowledgeBase, filters: Filters) -> Iterable[str]:
    """The region or municipality asked for, and the municipalities or regions that belong to it."""
    if filters.region:
        parts = base.parts_of(filters.region)
        yield from (f"region/{part}" for part in parts)
        yield from (f"municipality/{id}" for part in parts for id in base.members_of(part))
    elif filters.municipality:
        yield f"municipality/{filters.municipality}"
        yield from (region.ref for region in base.regions_of(filters.municipality))


def _predicates(base: KnowledgeBase, filters: Filters) -> Iterable[Holds]:
    if filters.region:
        yield in_region(base, filters.region)
    if filters.municipality:
        yield with_municipality(base, filters.municipality)
    if filters.form:
        yield lambda r: isinstance(r, Collaboration) and r.form == filters.form
    if filters.purpose:
        yield lambda r: isinstance(r, Collaboration) and filters.purpose in r.purposes
    if filters.tag:
        yield lambda r: folded(filters.tag or "") in map(folded, r.tags)
    if filters.since or filters.until:
        first = filters.since.earliest if filters.since else date.min
        last = filters.until.latest if filters.until else date.max
        yield lambda r: any(d.earliest <= last and d.latest >= first for d in dates_of(r))


def in_region(base: KnowledgeBase, region: str) -> Holds:
    """Whether a record concerns a region: a member, or what names the region or has a member in it."""
    parts = base.parts_of(region)
    members = frozenset(m for part in parts for m in base.members_of(part))

    def holds(record: AnyRecord) -> bool:
        match record:
            case Municipality():
                return record.id in members
            case Region():
                return record.id in parts
            case Collaboration():
                return bool(parts & _regions(record)) or bool(members & _municipalities(record))
            case Policy():
                return bool(parts & {*record.regions}) or bool(members & {*record.municipalities})
        return False

    return holds


def with_municipality(base: KnowledgeBase, municipality: str) -> Holds:
    """Whether a record concerns a municipality: itself, its regions, and what they or it take part in.

    What names a region concerns its members, and makes none of them a participant.
    """
    regions = frozenset(region.id for region in base.regions_of(municipality))

    def holds(record: AnyRecord) -> bool:
        match record:
            case Municipality():
                return record.id == municipality
            case Region():
                return record.id in regions
            case Collaboration():
                return municipality in _municipalities(record) or bool(regions & _regions(record))
            case Policy():
                return municipality in record.municipalities or bool(regions & {*record.regions})
        return False

    return holds


def _regions(collaboration: Collaboration) -> frozenset[str]:
    taking_part = (p.region for p in collaboration.participants if p.region)
    return frozenset((*collaboration.regions, *taking_part))


def _municipalities(collaboration: Collaboration) -> frozenset[str]:
    return frozenset(p.municipality for p in collaboration.participants if p.municipality)


def dates_of(record: AnyRecord) -> Iterable[Date]:
    """The period and the dated steps of a record."""
    match record:
        case Policy():
            yield from (m.date for m in record.milestones if m.date)
        case Collaboration():
            dated = (*(e.date for e in record.milestones), *(a.date for a in record.activities))
            yield from (d for d in (record.period, *dated) if d)
        case Municipality() | Region() | Organisation():
            yield from (d for d in (record.period,) if d)


def find_by_name(
    base: KnowledgeBase, text: str, kinds: tuple[type[AnyRecord], ...] = KINDS
) -> list[AnyRecord]:
    """The records that go by a reference, id, name, official name or alias."""
    exact = base.known.get(text)
    if exact is not None and isinstance(exact, kinds):
        return [exact]
    by_id = [base.known[ref] for ref in (f"{kind.kind}/{text}" for kind in kinds) if ref in base.known]
    wanted = folded(text)
    called = by_name(base.known.called(wanted)) if wanted and not by_id else ()
    return by_id or [record for kind in kinds for record in called if isinstance(record, kind)]


def nearest_names(base: KnowledgeBase, text: str, kinds: tuple[type[AnyRecord], ...] = KINDS) -> list[str]:
    """The ids nearest to a name that nobody goes by."""
    names = {folded(n): r.id for kind in kinds for r in base.known_of(kind) for n in names_of(r)}
    close = nearest_of(folded(text), names, 3)
    return list(dict.fromkeys(names[name] for name in close))


def _same(value: Any, wanted: str) -> bool:
    return folded(str(value).lower()) == folded(wanted) or str(value) == wanted


def _compares(value: Any, condition: Condition) -> bool:
    pair = _as_dates(str(value), condition.value) or _as_numbers(str(value), condition.value)
    left, right = pair or (folded(str(value)), folded(condition.value))
    return _COMPARE[condition.comparison](left, right)


def _as_numbers(left: str, right: str) -> tuple[Any, Any] | None:
    try:
        return float(left), float(right)
    except ValueError:
        return None


def _as_dates(left: str, right: str) -> tuple[Any, Any] | None:
    if not (left[:4].isdigit() and right[:4].isdigit() and len(left) > 3 and len(right) > 3):
        return None
    try:
        return parse_date(left).earliest, parse_date(right).earliest
    except NotADate:
        return None
