"""Filters: what a user typed, to the records that are meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from amk.language import LANGUAGES, phrases_in
from amk.model.collection import InMemory, by_name, named_in
from amk.model.conditions import FieldCondition
from amk.model.knowledge_base import KnowledgeBase, folded
from amk.model.names import names_of
from amk.model.records import (
    KINDS,
    AnyRecord,
    Collaboration,
    Commitment,
    Figure,
    Municipality,
    Organisation,
    Policy,
    Region,
)
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.suggestions import nearest_of

Predicate = Callable[[AnyRecord], bool]


@frozen
class Filters:
    """What a user wants to see; None or empty for no wish."""

    regions: tuple[str, ...] = ()
    municipality: str | None = None
    since: Date | None = None
    until: Date | None = None
    tag: str | None = None
    form: str | None = None
    purpose: str | None = None
    status: str | None = None
    where: tuple[FieldCondition, ...] = ()


def narrowed(base: KnowledgeBase, filters: Filters) -> KnowledgeBase:
    """The base with only the records that meet every filter on what they say themselves."""
    narrower = _about(base, filters)
    for holds in _predicates(base, filters):
        narrower = narrower.where(holds)
    return narrower


def _about(base: KnowledgeBase, filters: Filters) -> KnowledgeBase:
    """The base with only the records that can concern the region or municipality that is asked for.

    These are found by what names them: a question about a region does not read all records.
    """
    if not (filters.regions or filters.municipality):
        return base
    refs = list(_areas(base, filters))
    found = {ref: base.records[ref] for ref in refs if ref in base.records}
    for ref in refs:
        for kind, fields in CONCERNS.items():
            found.update((record.ref, record) for record in base.records.naming(ref, kind, *fields))
    in_order = sorted(found.items(), key=lambda pair: base.paths.get(pair[0], pair[0]))
    return replace(base, records=InMemory(in_order))


def _areas(base: KnowledgeBase, filters: Filters) -> Iterable[str]:
    """The regions or the municipality asked for, and the municipalities or regions that belong to them."""
    if filters.regions:
        parts = _parts(base, filters.regions)
        yield from (f"region/{part}" for part in parts)
        yield from (f"municipality/{id}" for part in parts for id in base.members_of(part))
    elif filters.municipality:
        yield f"municipality/{filters.municipality}"
        yield from (region.ref for region in base.regions_of(filters.municipality))


def _predicates(base: KnowledgeBase, filters: Filters) -> Iterable[Predicate]:
    if filters.regions:
        yield in_regions(base, filters.regions)
    if filters.municipality:
        yield with_municipality(base, filters.municipality)
    if filters.form:
        forms = base.narrower("forms", filters.form)
        yield lambda r: isinstance(r, Collaboration) and r.form in forms
    if filters.purpose:
        purposes = base.narrower("purposes", filters.purpose)
        yield lambda r: isinstance(r, Collaboration) and not purposes.isdisjoint(r.purposes)
    if filters.tag:
        yield lambda r: folded(filters.tag or "") in map(folded, r.tags)
    if filters.since or filters.until:
        first = filters.since.earliest if filters.since else date.min
        last = filters.until.latest if filters.until else date.max
        yield lambda r: any(d.earliest <= last and d.latest >= first for d in dates_of(r))


def in_regions(base: KnowledgeBase, regions: Iterable[str]) -> Predicate:
    """Whether a record concerns one of some regions: a member, or what names it or has a member in it."""
    return _concerning(_areas(base, Filters(regions=tuple(regions))))


def _parts(base: KnowledgeBase, regions: Iterable[str]) -> frozenset[str]:
    return frozenset(part for region in regions for part in base.parts_of(region))


def with_municipality(base: KnowledgeBase, municipality: str) -> Predicate:
    """Whether a record concerns a municipality: itself, its regions, and what they or it take part in.

    What names a region concerns its members, and makes none of them a participant.
    """
    return _concerning(_areas(base, Filters(municipality=municipality)))


CONCERNS: Mapping[type[AnyRecord], tuple[str, ...]] = {
    Collaboration: ("regions", "participants"),
    Policy: ("regions", "municipalities"),
    Commitment: ("by", "to"),
    Figure: ("territory",),
}
"""The fields in which a record names the municipalities and regions that it concerns."""


def _concerning(areas: Iterable[str]) -> Predicate:
    """Whether a record is one of these areas, or names one in a field for those that it concerns."""
    wanted = frozenset(areas)

    def holds(record: AnyRecord) -> bool:
        fields = CONCERNS.get(type(record), ())
        return record.ref in wanted or any(not wanted.isdisjoint(named_in(record, f)) for f in fields)

    return holds


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
        case Commitment():
            answered = (answer.date for answer in record.fulfilled_by)
            yield from (d for d in (record.date, record.due, *answered) if d)
        case Figure():
            yield from (d for d in (record.year,) if d)


def find_by_name(
    base: KnowledgeBase, text: str, kinds: tuple[type[AnyRecord], ...] = KINDS
) -> list[AnyRecord]:
    """The records that go by a reference, id, name, official name, alias, code or address.

    Whose id it is comes before who else is called so; a name may have its kind before it: gemeente Delft.
    """
    exact = base.known.get(text)
    if exact is not None and isinstance(exact, kinds):
        return [exact]
    refs = (f"{kind.kind}/{id}" for id in dict.fromkeys((text, text.lower())) for kind in kinds)
    by_id = [base.known[ref] for ref in refs if ref in base.known]
    wanted = folded(text)
    called = by_name(base.known.called(wanted)) if wanted and not by_id else ()
    found = by_id or [record for kind in kinds for record in called if isinstance(record, kind)]
    return found or _by_code(base, text, kinds) or _by_kind_and_name(base, text, kinds)


_CODE = re.compile(r"[a-z]{2}\d{4}|https?://\S+", re.IGNORECASE)


def _by_code(base: KnowledgeBase, text: str, kinds: tuple[type[AnyRecord], ...]) -> list[AnyRecord]:
    """The records that have a code or an address, looked for only where it looks like one."""
    if not _CODE.fullmatch(text):
        return []
    wanted = text.casefold()
    records = (record for kind in kinds for record in base.known_of(kind))
    return [r for r in records if wanted in (str(getattr(r, key, "")).casefold() for key in ("code", "uri"))]


def _by_kind_and_name(base: KnowledgeBase, text: str, kinds: tuple[type[AnyRecord], ...]) -> list[AnyRecord]:
    first, _, name = text.strip().partition(" ")
    meant = tuple(kind for kind in kinds if name and folded(first) in _kind_words(kind))
    return find_by_name(base, name.strip(), meant) if meant else []


def _kind_words(kind: type[AnyRecord]) -> set[str]:
    words = (phrases_in(language)(f"kind.{kind.kind}") for language in LANGUAGES)
    return {kind.kind, *map(folded, words)}


def nearest_names(base: KnowledgeBase, text: str, kinds: tuple[type[AnyRecord], ...] = KINDS) -> list[str]:
    """The ids nearest to a name that nobody goes by."""
    names = {folded(n): r.id for kind in kinds for r in base.known_of(kind) for n in names_of(r)}
    close = nearest_of(folded(text), names, 3)
    return list(dict.fromkeys(names[name] for name in close))
