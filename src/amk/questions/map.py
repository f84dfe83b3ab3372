"""The map: each municipality of a day on its tile, by status, collaborations or age of what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from amk.holding import holds
from amk.knowledge import KnowledgeBase
from amk.records import Collaboration, Municipality, Tile
from amk.standing import MunicipalStanding, municipal_standing
from amk.status import ENDINGS

By = Literal["status", "collaborations", "age"]
MANNERS: tuple[By, ...] = ("status", "collaborations", "age")

SHADES: Mapping[By, tuple[str, ...]] = {
    "status": ("in-force", "evaluation", "adopted", "draft", "begun", "ended", "none", "unknown"),
    "collaborations": ("several", "two", "one", "no-collaboration"),
    "age": ("within-1", "within-2", "within-5", "older", "never"),
}
"""The shades of each manner, in the order of the legend."""

_OF_STATUS = {
    "agenda": "begun",
    "preparation": "begun",
    "concept": "draft",
    "consultation": "draft",
    "adopted": "adopted",
    "in-force": "in-force",
    "evaluation": "evaluation",
    "none": "none",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality on the map: its shade, whether more is possible, and the region it is drawn in.

    `short` is a name of three letters that no other on this map has; `tile` is None where it has none.
    """

    municipality: Municipality
    short: str
    tile: Tile | None
    shade: str
    maybe: bool
    region: str
    inside: bool
    standing: MunicipalStanding
    collaborations: int
    confirmed: date | None


@dataclass(frozen=True)
class Map:
    """The municipalities of a day; of those that are not `inside` what was asked for only the name shows."""

    base: KnowledgeBase
    day: date
    by: By
    places: tuple[Place, ...]
    division: str = ""
    """The type of region whose outline is drawn; nothing where the knowledge base knows none."""

    @property
    def tiled(self) -> list[tuple[Place, int, int]]:
        """The places with a tile, counted from the first column and row that has one."""
        tiled = [(p, p.tile.column, p.tile.row) for p in self.places if p.tile]
        first_column = min((column for _, column, _ in tiled), default=0)
        first_row = min((row for _, _, row in tiled), default=0)
        return [(place, column - first_column, row - first_row) for place, column, row in tiled]

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places that were asked for."""
        return tuple(place for place in self.places if place.inside)


def find_map(
    base: KnowledgeBase,
    day: date,
    by: By = "status",
    inside: Callable[[Municipality], bool] = lambda municipality: True,
    division: str | None = None,
) -> Map:
    """The municipalities in view on their tiles; `division` is the type of region whose outline is drawn."""
    # Of all that ever were, so that maps of two days call one municipality the same.
    known = base.known_of(Municipality)
    shorts = dict(zip((m.id for m in known), short_names([m.name for m in known]), strict=True))
    running = [c for c in base.collaborations if holds(base, c, day) != "no"]
    places = (
        _place(base, day, by, municipality, shorts[municipality.id], running, inside(municipality), division)
        for municipality in base.municipalities
    )
    return Map(base, day, by, tuple(places), division or base.manifest.divided_by or "")


def cropped(each: Map) -> Map:
    """The map cut to the rows and columns of what was asked for, and one around them."""
    tiles = [place.tile for place in each.shown if place.tile]
    columns, rows = {tile.column for tile in tiles}, {tile.row for tile in tiles}
    near = tuple(
        p for p in each.places if p.tile and _near(p.tile.column, columns) and _near(p.tile.row, rows)
    )
    return replace(each, places=near)


def _near(number: int, numbers: set[int]) -> bool:
    return bool(numbers) and min(numbers) - 1 <= number <= max(numbers) + 1


def _place(
    base: KnowledgeBase, day: date, by: By, municipality: Municipality, short: str,
    running: Sequence[Collaboration], inside: bool, division: str | None,
) -> Place:  # fmt: skip
    standing = municipal_standing(base, municipality, day)
    named = sum(any(p.municipality == municipality.id for p in c.participants) for c in running)
    confirmed = standing.leading.last_confirmed if standing.leading else None
    found = standing.finding.date.latest if standing.finding else None
    known = max((d for d in (confirmed, found) if d), default=None)
    shade = {
        "status": _status_shade(standing),
        "collaborations": _count_shade(named),
        "age": _age_shade(known, day),
    }
    regions = (
        [r for r in base.regions_of(municipality.id) if r.type == division]
        if division
        else base.division_of(municipality.id)
    )
    return Place(
        municipality, short, municipality.tile, shade[by], by == "status" and standing.maybe is not None,
        regions[0].id if regions else "", inside, standing, named, known,
    )  # fmt: skip


def _status_shade(standing: MunicipalStanding) -> str:
    return "ended" if standing.status in ENDINGS else _OF_STATUS.get(standing.status, "unknown")


def _count_shade(number: int) -> str:
    return ("no-collaboration", "one", "two", "several")[min(number, 3)]


def _age_shade(known: date | None, day: date) -> str:
    if known is None:
        return "never"
    years = (day - known).days / 365.25
    limits = ((1, "within-1"), (2, "within-2"), (5, "within-5"))
    return next((shade for limit, shade in limits if years <= limit), "older")


def short_names(names: Sequence[str]) -> list[str]:
    """A name of three letters for each, which no other has: the first three where that is free."""
    taken: set[str] = set()
    found = []
    for name in names:
        letters = "".join(c for c in name if c.isalpha()) or "xxx"
        pairs = ((i, j) for i in range(1, len(letters)) for j in range(i + 1, len(letters)))
        tries = (letters[0] + letters[i] + letters[j] for i, j in pairs)
        numbered = (f"{letters[0]}{number:02d}" for number in range(100))
        short = next((t for t in (*tries, *numbered) if t.casefold() not in taken), letters[:3])
        taken.add(short.casefold())
        found.append(short)
    return found
