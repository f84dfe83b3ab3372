"""The map: each municipality of a day on its tile, by status, collaborations, age or a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from amk.model.confirmation import possible_from
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import MunicipalityStatus, municipality_status_on
from amk.model.records import Collaboration, Figure, Municipality, Tile
from amk.model.statuses import ENDINGS
from amk.model.validity import holds
from amk.values.dates import Date

By = Literal["status", "collaborations", "age", "figures"]
MANNERS: tuple[By, ...] = ("status", "collaborations", "age")
"""What every map can be by; by figures it is of one measure, which the vocabulary lists."""

SHADES: Mapping[By, tuple[str, ...]] = {
    "status": (
        "in-force",
        "evaluation",
        "adopted",
        "draft",
        "begun",
        "ended",
        "none",
        "unknown",
        "unreadable",
    ),
    "collaborations": ("several", "two", "one", "no-collaboration"),
    "age": ("within-1", "within-2", "within-5", "older", "never"),
    "figures": ("from-2500", "from-1000", "from-250", "below-250", "no-figure"),
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
    "unreadable": "unreadable",
}


@dataclass(frozen=True, slots=True)
class MapTile:
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
    policy_status: MunicipalityStatus
    collaborations: int
    confirmed: Date | None
    figure: Figure | None = None


@dataclass(frozen=True)
class Map:
    """The municipalities of a day; of those that are not `inside` what was asked for only the name shows."""

    base: KnowledgeBase
    day: date
    by: By
    places: tuple[MapTile, ...]
    division: str = ""
    """The type of region whose outline is drawn; nothing where the knowledge base knows none."""
    measure: str = ""
    """The measure of which the figures are, by figures."""

    @property
    def tiled(self) -> list[tuple[MapTile, int, int]]:
        """The places with a tile, counted from the first column and row that has one."""
        tiled = [(p, p.tile.column, p.tile.row) for p in self.places if p.tile]
        first_column = min((column for _, column, _ in tiled), default=0)
        first_row = min((row for _, _, row in tiled), default=0)
        return [(place, column - first_column, row - first_row) for place, column, row in tiled]

    @property
    def shown(self) -> tuple[MapTile, ...]:
        """The places that were asked for."""
        return tuple(place for place in self.places if place.inside)


def find_map(
    base: KnowledgeBase,
    day: date,
    by: By = "status",
    inside: Callable[[Municipality], bool] = lambda municipality: True,
    division: str | None = None,
    measure: str = "",
) -> Map:
    """The municipalities in view on their tiles; `division` is the type of region whose outline is drawn."""
    # Of all that ever were, so that maps of two days call one municipality the same.
    known = base.known_of(Municipality)
    shorts = dict(zip((m.id for m in known), short_names([m.name for m in known]), strict=True))
    running = [c for c in base.collaborations if holds(base, c, day) != "no"]
    places = (
        _place(base, day, by, m, shorts[m.id], running, inside(m), division, _latest(base, m, measure))
        for m in base.municipalities
    )
    return Map(base, day, by, tuple(places), division or base.manifest.divided_by or "", measure)


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
    running: Sequence[Collaboration], inside: bool, division: str | None, figure: Figure | None,
) -> MapTile:  # fmt: skip
    policy_status = municipality_status_on(base, municipality, day)
    named = sum(any(p.municipality == municipality.id for p in c.participants) for c in running)
    known = policy_status.last_confirmed
    shade = {
        "status": _status_shade(policy_status),
        "collaborations": _count_shade(named),
        "age": _age_shade(known, day),
        "figures": _figure_shade(figure)[0],
    }
    maybe = (
        policy_status.maybe is not None if by == "status" else by == "figures" and _figure_shade(figure)[1]
    )
    regions = (
        [r for r in base.regions_of(municipality.id) if r.type == division]
        if division
        else base.division_of(municipality.id)
    )
    return MapTile(
        municipality, short, municipality.tile, shade[by], maybe,
        regions[0].id if regions else "", inside, policy_status, named, known, figure,
    )  # fmt: skip


def _status_shade(policy_status: MunicipalityStatus) -> str:
    return "ended" if policy_status.status in ENDINGS else _OF_STATUS.get(policy_status.status, "unknown")


def _count_shade(number: int) -> str:
    return ("no-collaboration", "one", "two", "several")[min(number, 3)]


def _age_shade(known: Date | None, day: date) -> str:
    if known is None:
        return "never"
    years = (day - possible_from(known)).days / 365.25
    limits = ((1, "within-1"), (2, "within-2"), (5, "within-5"))
    return next((shade for limit, shade in limits if years <= limit), "older")


def _latest(base: KnowledgeBase, municipality: Municipality, measure: str) -> Figure | None:
    """The last figure of a measure that is of a municipality alone: what is aimed at or needed is none."""
    named = base.records.naming(municipality.ref, Figure, "territory") if measure else ()
    meant = base.narrower("measures", measure)
    found = [f for f in named if f.measure in meant and len(f.territory) == 1 and not f.is_ahead]
    return max(found, key=lambda f: f.year.earliest if f.year else date.min, default=None)


_CLASSES = ((2500, "from-2500"), (1000, "from-1000"), (250, "from-250"))


def _figure_shade(figure: Figure | None) -> tuple[str, bool]:
    """The shade of what a figure is at least, and whether it may be that of more."""
    if figure is None:
        return "no-figure", False
    least = figure.value if figure.value is not None else figure.at_least or 0
    shade = _class_of(least)
    most = least if figure.value is not None else figure.at_most
    return shade, (shade != "from-2500" if most is None else _class_of(most) != shade)


def _class_of(number: int) -> str:
    return next((shade for limit, shade in _CLASSES if number >= limit), "below-250")


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
