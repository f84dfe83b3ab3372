"""Telling the map: the same facts as a table, and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from amk.document.blocks import Block, Paragraph, Table
from amk.language import Phrases
from amk.questions.figures_and_commitments import quantity_told
from amk.questions.map.find import SHADES, Map, MapTile
from amk.questions.wording import day_told


def tell_maps(maps: Sequence[Map], titles: Sequence[str], phrases: Phrases) -> tuple[Block, ...]:
    """What the maps show as a table: which municipalities have which shade."""
    tables = tuple(
        _table(each, title if len(maps) > 1 else "", phrases)
        for each, title in zip(maps, titles, strict=True)
    )
    untiled = [p.municipality.name for each in maps for p in each.shown if p.tile is None]
    names = phrases.listing(dict.fromkeys(untiled))
    return (*tables, *((Paragraph(phrases("map.untiled", names=names)),) if untiled else ()))


def _table(each: Map, caption: str, phrases: Phrases) -> Table:
    rows = []
    for shade in SHADES[each.by]:
        places = [place for place in each.shown if place.shade == shade]
        if places:
            names = phrases.listing(_named(place, phrases) for place in places)
            rows.append((phrases(f"map.shade.{shade}"), str(len(places)), names))
    by = _of_measure(each, phrases) or phrases(f"map.by.{each.by}")
    columns = (by, phrases("map.number"), phrases("map.municipalities"))
    return Table(columns, tuple(rows), caption)


def _named(place: MapTile, phrases: Phrases) -> str:
    name = place.municipality.name
    if place.figure:
        year = day_told(place.figure.year, phrases)
        told = [quantity_told(place.figure, phrases), *([year] if year else [])]
        return f"{name} ({', '.join(told)})"
    if place.maybe and place.policy_status.maybe:
        return phrases("map.maybe-named", name=name, maybe=phrases.status(place.policy_status.maybe))
    return name


def title_told(each: Map, phrases: Phrases, subject: str) -> str:
    """What a map is called: by what it shows, and after the measure of its figures."""
    return phrases(f"map.title.{each.by}", measure=_of_measure(each, phrases), subject=subject)


def _of_measure(each: Map, phrases: Phrases) -> str:
    label = each.base.label("measures", each.measure, phrases.language)
    return label[:1].upper() + label[1:]


KEYS = (
    "ref", "kind", "id", "name", "code", "tile", "region", "status", "status_maybe", "collaborations",
    "last_confirmed", "figure", "shade", "day",
)  # fmt: skip
"""The keys of a municipality on the map, in order."""


def _figure(place: MapTile) -> dict[str, Any] | None:
    figure = place.figure
    if figure is None:
        return None
    year = str(figure.year) if figure.year else None
    bounds = {"value": figure.value, "at_least": figure.at_least, "at_most": figure.at_most}
    return {"ref": figure.ref, **bounds, "approximate": figure.approximate, "year": year}


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
            "status": place.policy_status.status,
            "status_maybe": place.policy_status.maybe,
            "collaborations": place.collaborations,
            "last_confirmed": str(place.confirmed) if place.confirmed else None,
            "figure": _figure(place),
            "shade": place.shade,
            "day": each.day.isoformat(),
        }
        for place in each.shown
    ]
