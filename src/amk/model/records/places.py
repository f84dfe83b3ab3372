"""Municipalities and regions, and what lies where."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from amk.model.records.marks import BorderCode, MunicipalityId, RegionId, RegionTypeCode
from amk.model.records.record import Evidence, Evidenced, Part
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual


@frozen(kw_only=True)
class Border(Part):
    """A border that two municipalities share: its length in kilometres and its kind."""

    km: float
    kind: BorderCode
    remark: Multilingual | None = None


@frozen(kw_only=True)
class BorderOutside(Part):
    """A border with a municipality outside the province, which is never a record itself."""

    code: str
    name: str
    km: float
    kind: BorderCode


@frozen(kw_only=True)
class Tile(Part):
    """The place of a municipality on the tile map, counted from 0 at the north-west."""

    column: int
    row: int


@frozen(kw_only=True)
class Location(Part):
    """A point inside the municipality, in degrees (WGS 84)."""

    lon: float
    lat: float


@frozen(kw_only=True)
class MunicipalitySuccessor(Part):
    """The municipality that took this one's place: on what date, on what legal basis."""

    municipality: MunicipalityId
    date: Date
    legal_basis: str | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Finding(Part):
    """Somebody looked for policy and found none: this is how none differs from unknown."""

    date: Date
    remark: Multilingual | None = None
    evidence: tuple[Evidence, ...]


@frozen(kw_only=True)
class Searched(Part):
    """Somebody looked for policy in some places, and what came of it. That is less than a finding."""

    date: Date
    where: Multilingual
    outcome: Multilingual


@frozen(kw_only=True)
class Municipality(Evidenced):
    """A municipality (gemeente). `name` is the preferred name, `code` the CBS code, `uri` TOOI's."""

    kind: ClassVar[str] = "municipality"
    folder: ClassVar[str] = "municipalities"

    name: str
    official_name: str | None = None
    aliases: tuple[str, ...] = ()
    code: str | None = None
    uri: str | None = None
    province: RegionId | None = None
    period: Date | None = None
    successors: tuple[MunicipalitySuccessor, ...] = ()
    neighbours: dict[MunicipalityId, Border] = field(default_factory=dict)
    neighbours_outside: tuple[BorderOutside, ...] = ()
    tile: Tile | None = None
    location: Location | None = None
    no_policy_found: tuple[Finding, ...] = ()
    searched: tuple[Searched, ...] = ()


@frozen(kw_only=True)
class Member(Part):
    """A municipality in a region, for a period if one is known."""

    municipality: MunicipalityId
    period: Date | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class RegionSuccessor(Part):
    """The region that took this one's place: on what date, on what legal basis."""

    region: RegionId
    date: Date
    legal_basis: str | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Outside(Part):
    """A municipality of this region that lies outside the province, and is no record."""

    code: str | None = None
    name: str
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Region(Evidenced):
    """A province, a housing-market region (woningmarktregio), a greenport or another area."""

    kind: ClassVar[str] = "region"
    folder: ClassVar[str] = "regions"

    name: str
    type: RegionTypeCode
    aliases: tuple[str, ...] = ()
    uri: str | None = None
    period: Date | None = None
    successors: tuple[RegionSuccessor, ...] = ()
    part_of: tuple[RegionId, ...] = ()
    members: tuple[Member, ...] = ()
    outside_province: tuple[Outside, ...] = ()
