"""Telling the map: the same facts as a table, and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amk.document import Block, Paragraph, Table
from amk.language import Say
from amk.questions.map import SHADES, Map, Place


def tell_maps(maps: Sequence[Map], titles: Sequence[str], say: Say) -> tuple[Block, ...]:
    """What the maps show as a table: which municipalities have which shade."""
    tables = tuple(
        _table(each, title if len(maps) > 1 else "", say) for each, title in zip(maps, titles, strict=True)
    )
    untiled = [p.municipality.name for each in maps for p in each.shown if p.tile is None]
    names = say.listing(dict.fromkeys(untiled))
    return (*tables, *((Paragraph(say("map.untiled", names=names)),) if untiled else ()))


def _table(each: Map, caption: str, say: Say) -> Table:
    rows = []
    for shade in SHADES[each.by]:
        places = [place for place in each.shown if place.shade == shade]
        if places:
            names = say.listing(_named(place, say) for place in places)
            rows.append((say(f"map.shade.{shade}"), str(len(places)), names))
    columns = (say(f"map.by.{each.by}"), say("map.number"), say("map.municipalities"))
    return Table(columns, tuple(rows), caption)


def _named(place: Place, say: Say) -> str:
    name = place.municipality.name
    if place.maybe and place.standing.maybe:
        return say("map.maybe-named", name=name, maybe=say.status(place.standing.maybe))
    return name


KEYS = (
    "ref", "kind", "id", "name", "code", "tile", "region", "status", "status_maybe", "collaborations",
    "last_confirmed", "shade", "day",
)  # fmt: skip
"""The keys of a municipality on the map, in order."""


def rows_of(each: Map) -> list[dict[str, Any]]:
    """The map as data, under the keys of `map -f json`."""
    return [
        {
            "ref": place.municipality.ref,
            "kind": "municipality",
            "id": place.municipality.id,
            "name": place.municipality.name,
            "code": place.municipality.code,
            "tile": {"column": place.tile.column, "row": place.tile.row} if place.tile else None,
            "region": place.region or None,
            "status": place.standing.status,
            "status_maybe": place.standing.maybe,
            "collaborations": place.collaborations,
            "last_confirmed": place.confirmed.isoformat() if place.confirmed else None,
            "shade": place.shade,
            "day": each.day.isoformat(),
        }
        for place in each.shown
    ]
