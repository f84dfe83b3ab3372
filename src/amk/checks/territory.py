"""Municipalities and regions: their borders, tiles, periods and successions agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from amk.model.collection import by_name
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, problem_in
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Municipality,
    MunicipalitySuccessor,
    Region,
    RegionSuccessor,
)
from amk.values.dates import Date
from amk.values.parsed import FieldPath


def borders_are_symmetrical(base: KnowledgeBase) -> Iterator[Problem]:
    """Who names a neighbour is named by it, with the same length and kind of border."""
    for municipality in base.municipalities:
        for id, border in municipality.neighbours.items():
            neighbour = base.municipality(id)
            field_path: FieldPath = ("neighbours", id)
            if neighbour is None or base.lacks(neighbour.ref, "neighbours"):
                continue
            back = neighbour.neighbours.get(municipality.id)
            if back is None:
                yield problem_in(base, municipality, "BORD001", field_path, found=id, here=municipality.id)
            elif municipality.id > id and (back.km, back.kind) != (border.km, border.kind):
                mine, theirs = f"{border.km} km {border.kind}", f"{back.km} km {back.kind}"
                yield problem_in(
                    base, municipality, "BORD002", field_path, found=mine, other=theirs, there=id
                )


def members_exist_then(base: KnowledgeBase) -> Iterator[Problem]:
    """A member or participant exists in the period for which it is named."""
    for record in base.records.values():
        pieces: tuple[tuple[str, tuple[Any, ...]], ...] = ()
        if isinstance(record, Region):
            pieces = (("members", record.members),)
        if isinstance(record, Collaboration):
            pieces = (("participants", record.participants),)
        for field, items in pieces:
            for index, item in enumerate(items):
                yield from _exists_then(base, record, (field, index), item)


def _exists_then(
    base: KnowledgeBase, record: AnyRecord, field_path: FieldPath, item: Any
) -> Iterator[Problem]:
    municipality = base.municipality(item.municipality or "")
    period: Date | None = item.period or getattr(record, "period", None)
    if municipality is None or municipality.period is None or period is None:
        return
    lived = municipality.period
    never_together = period.earliest > lived.latest or period.latest < lived.earliest
    if never_together or (item.period and _reaches_outside(item.period, lived)):
        values = {"found": municipality.name, "period": str(period), "lived": str(lived)}
        yield problem_in(
            base, record, "PER001", (*field_path, "period") if item.period else field_path, **values
        )


def _reaches_outside(period: Date, lived: Date) -> bool:
    """Whether a period certainly begins before, or goes on after, the time in which something existed."""
    begins_before = period.start is not None and period.start.last < lived.earliest
    goes_on_after = lived.end is not None and (period.end is None or period.end.first > lived.latest)
    return begins_before or goes_on_after


def successors_come_after(base: KnowledgeBase) -> Iterator[Problem]:
    """What takes a record's place does not begin before that record ends."""
    for before in base.records.values():
        if isinstance(before, Municipality | Region):
            events: tuple[MunicipalitySuccessor | RegionSuccessor, ...] = before.successors
            for index, event in enumerate(events):
                after = _successor(base, event)
                if after and after.period and before.period and _overtakes(after.period, before.period):
                    field_path: FieldPath = ("successors", index, after.kind)
                    values = {"begins": str(after.period), "ends": str(before.period)}
                    yield problem_in(base, before, "SUCC001", field_path, found=after.name, **values)


def _successor(
    base: KnowledgeBase, event: MunicipalitySuccessor | RegionSuccessor
) -> Municipality | Region | None:
    if isinstance(event, RegionSuccessor):
        return base.region(event.region)
    return base.municipality(event.municipality)


def _overtakes(after: Date, before: Date) -> bool:
    """Whether one period certainly begins before the other ends."""
    return bool(after.start and before.end and after.start.last < before.end.first)


def mergers_are_whole(base: KnowledgeBase) -> Iterator[Problem]:
    """Who takes a municipality's place has its borders, is in its regions and has a tile where it had one."""
    for record in base.records.values():
        if isinstance(record, Municipality):
            yield from _successors_are_whole(base, record)
        elif isinstance(record, Region):
            yield from _successors_are_members(base, record)


def _successors_are_whole(base: KnowledgeBase, before: Municipality) -> Iterator[Problem]:
    for index, event in enumerate(before.successors):
        after = base.municipality(event.municipality)
        if after is None or base.lacks(after.ref, "neighbours", "tile"):
            continue
        others = (
            base.municipality(id) for id in before.neighbours if id not in (after.id, *after.neighbours)
        )
        left = [other.id for other in others if other and _is_beside(other, after, event.date.earliest)]
        tile = [after.id] if before.tile and after.tile is None else []
        for field, missing in (("neighbours", left), ("tile", tile)):
            if missing:
                values = {"found": after.name, "field": field, "missing": ", ".join(missing)}
                yield problem_in(base, before, "SUCC002", ("successors", index, "municipality"), **values)


def _is_beside(other: Municipality, after: Municipality, day: date) -> bool:
    """Whether a neighbour of who merged is a neighbour of who came: it is there, and did not merge along."""
    return _is_there(other, day) and all(event.municipality != after.id for event in other.successors)


def _successors_are_members(base: KnowledgeBase, region: Region) -> Iterator[Problem]:
    members = {member.municipality for member in region.members}
    for index, member in enumerate(region.members):
        before = base.municipality(member.municipality)
        for event in before.successors if before else ():
            day = event.date.earliest
            stayed = member.period is None or member.period.latest >= day - timedelta(days=1)
            if event.municipality not in members and stayed and _is_there(region, day):
                values = {"found": event.municipality, "field": "members", "missing": event.municipality}
                yield problem_in(base, region, "SUCC002", ("members", index, "municipality"), **values)


def _is_there(record: Municipality | Region, day: date) -> bool:
    """Whether it may still be there on a day."""
    return record.period is None or record.period.latest >= day


def tiles_are_used_once(base: KnowledgeBase) -> Iterator[Problem]:
    """No two municipalities that existed at the same time lie on one tile."""
    for group in base.known.sharing("tile"):
        towns = by_name(record for record in group if isinstance(record, Municipality))
        for one, other in combinations(towns, 2):
            if other.tile and _lived_together(one.period, other.period):
                values = {"found": f"{other.tile.column}, {other.tile.row}", "other": one.name}
                yield problem_in(base, other, "TILE001", ("tile",), **values)


def _lived_together(one: Date | None, other: Date | None) -> bool:
    """Whether two periods certainly had a day in common; no known period is always."""
    if one is None or other is None:
        return True
    return _begins(one) <= other.latest and _begins(other) <= one.latest


def _begins(period: Date) -> date:
    return period.start.last if period.start else period.earliest
