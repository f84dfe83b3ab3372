"""A merger of municipalities: what it changes in their records, their neighbours and their regions.

What follows from the records is planned: periods, successors, borders (the border of two together is that of
the one and that of the other), membership of regions. What does not follow, such as the code, has to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from amk.authoring.borders import mirrored
from amk.authoring.change import FieldChange, changed, composed
from amk.language import WHOLE, phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Border, Member, Municipality, Region
from amk.values.dates import Date
from amk.values.errors import UserError
from amk.values.frozen import frozen


@frozen
class Merger:
    """Which municipalities go on as which other, from what day; `evidence` cites the source that says so."""

    predecessors: tuple[Municipality, ...]
    name: str
    id: str
    day: date
    evidence: Mapping[str, str]
    legal_basis: str | None = None
    code: str | None = None
    tile: tuple[int, int] | None = None

    @property
    def last_day(self) -> date:
        """The last day of the predecessors."""
        return self.day - timedelta(days=1)


def merged(base: KnowledgeBase, texts: Mapping[str, str], merger: Merger) -> dict[str, str]:
    """The texts that change, by path. Raises UserError for a predecessor that is gone by the last day."""
    for municipality in merger.predecessors:
        _refuse_gone(municipality, merger)
    successor = list(_begun(base, merger))
    wishes = {municipality.ref: list(_ended(municipality, merger)) for municipality in merger.predecessors}
    for neighbour, theirs in mirrored(base, merger.id, successor).items():
        wishes[f"{Municipality.kind}/{neighbour}"] = theirs
    for region in base.known_of(Region):
        wishes[region.ref] = list(_members(region, merger))
    after = {
        base.paths[ref]: changed(texts[base.paths[ref]], type(base.known[ref]), wanted)
        for ref, wanted in wishes.items()
        if wanted
    }
    return {f"{Municipality.folder}/{merger.id}.yaml": composed(Municipality, successor), **after}


def _refuse_gone(municipality: Municipality, merger: Merger) -> None:
    period = municipality.period
    if period and (period.latest < merger.day or period.earliest > merger.last_day):
        raise UserError("stop.not-there-then", found=municipality.name, day=merger.last_day.isoformat())


def _ended(municipality: Municipality, merger: Merger) -> Iterator[FieldChange]:
    """That a predecessor ends, and what goes on in its place."""
    yield FieldChange(("period",), "=", _until(municipality.period, merger.last_day, unknown=""))
    place = ("successors", len(municipality.successors))
    told = {"municipality": merger.id, "date": merger.day.isoformat(), "legal_basis": merger.legal_basis}
    yield from (FieldChange((*place, field), "=", value) for field, value in told.items() if value)
    yield FieldChange((*place, "evidence"), "+=", merger.evidence)


def _until(period: Date | None, last: date, unknown: str) -> str:
    """A period that ends on a day; where its beginning is not known, that is written as `unknown` says."""
    start = str(period).partition("/")[0] if period else unknown
    return f"{unknown if start == '..' else start}/{last.isoformat()}"


def _begun(base: KnowledgeBase, merger: Merger) -> Iterator[FieldChange]:
    """What the records say of the municipality that there will be."""
    first = merger.predecessors[0]
    provinces = {municipality.province for municipality in merger.predecessors}
    province = first.province if len(provinces) == 1 else None
    said = {"name": merger.name, "code": merger.code, "province": province}
    yield from (FieldChange((field,), "=", value) for field, value in said.items() if value)
    yield FieldChange(("period",), "=", f"{merger.day.isoformat()}/..")
    for id, borders in _borders(base, merger).items():
        yield from _border(("neighbours", id), borders)
    yield from _outside(merger)
    yield from _tile(merger)
    if first.location:
        yield FieldChange(("location", "lon"), "=", str(first.location.lon))
        yield FieldChange(("location", "lat"), "=", str(first.location.lat))
    yield FieldChange(("evidence",), "+=", merger.evidence)


def _tile(merger: Merger) -> Iterator[FieldChange]:
    """The tile that was asked for, else the one of the first that goes: the map keeps no hole."""
    first = merger.predecessors[0].tile
    place = merger.tile or ((first.column, first.row) if first else None)
    for field, value in zip(("column", "row"), place or (), strict=False):
        yield FieldChange(("tile", field), "=", str(value))


Borders = Sequence[tuple[str, Border]]
"""The borders that the predecessors have with one neighbour, each with the name of the predecessor."""


def _borders(base: KnowledgeBase, merger: Merger) -> Mapping[str, Borders]:
    """The borders with who is not merged along, and is there on the day."""
    found: dict[str, list[tuple[str, Border]]] = {}
    ids = {municipality.id for municipality in merger.predecessors}
    for municipality in merger.predecessors:
        for id, border in municipality.neighbours.items():
            neighbour = base.municipality(id)
            gone = neighbour is None or (neighbour.period and neighbour.period.latest < merger.day)
            if id not in ids and not gone:
                found.setdefault(id, []).append((municipality.name, border))
    return dict(sorted(found.items()))


def _border(place: tuple[str | int, ...], borders: Borders) -> Iterator[FieldChange]:
    """One border out of several: as long as all of them, of the kind of the longest."""
    longest = max((border for _, border in borders), key=lambda border: border.km)
    length = round(sum(border.km for _, border in borders), 2)
    yield FieldChange((*place, "km"), "=", str(length))
    yield FieldChange((*place, "kind"), "=", longest.kind)
    alike = len({border.kind for _, border in borders}) == 1
    if len(borders) > 1:
        for language in WHOLE:
            phrases = phrases_in(language)
            key = "merger.summed" if alike else "merger.summed-kinds"
            told = phrases(key, names=phrases.listing(name for name, _ in borders))
            yield FieldChange((*place, "remark", language), "=", told)


def _outside(merger: Merger) -> Iterator[FieldChange]:
    """The borders with municipalities of another province."""
    found: dict[str, list[tuple[str, str, Border]]] = {}
    for municipality in merger.predecessors:
        for outside in municipality.neighbours_outside:
            border = Border(km=outside.km, kind=outside.kind)
            found.setdefault(outside.code, []).append((outside.name, municipality.name, border))
    for index, (code, borders) in enumerate(sorted(found.items())):
        place = ("neighbours_outside", index)
        yield FieldChange((*place, "code"), "=", code)
        yield FieldChange((*place, "name"), "=", borders[0][0])
        wishes = _border(place, [(name, border) for _, name, border in borders])
        yield from (wish for wish in wishes if "remark" not in wish.field_path)


def several_of_a_type(base: KnowledgeBase, merger: Merger) -> Iterator[Sequence[Region]]:
    """Regions of one type that each lose a member, so that the new one can hardly belong to all."""
    by_type: dict[str, list[Region]] = {}
    for region in base.known_of(Region):
        if _leaving(region, merger):
            by_type.setdefault(region.type, []).append(region)
    return (regions for regions in by_type.values() if len(regions) > 1)


def _leaving(region: Region, merger: Merger) -> Sequence[tuple[int, Member]]:
    """The members that a region loses on the day, by their place in its list."""
    if region.period and region.period.latest < merger.day:
        return ()
    ids = {municipality.id for municipality in merger.predecessors}
    return [
        (index, member)
        for index, member in enumerate(region.members)
        if member.municipality in ids and not (member.period and member.period.latest < merger.day)
    ]


def _members(region: Region, merger: Merger) -> Iterator[FieldChange]:
    """That a region loses its members on the day, and gets the one that takes their place."""
    leaving = _leaving(region, merger)
    if not leaving:
        return
    for index, member in leaving:
        ended = _until(member.period, merger.last_day, unknown="..")
        yield FieldChange(("members", index, "period"), "=", ended)
    place = ("members", len(region.members))
    yield FieldChange((*place, "municipality"), "=", merger.id)
    yield FieldChange((*place, "period"), "=", f"{merger.day.isoformat()}/..")
    yield FieldChange((*place, "evidence"), "+=", merger.evidence)
