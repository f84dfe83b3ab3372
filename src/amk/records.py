"""What each kind of record must say.

Frozen values, read from YAML and validated at the door (`load`); nothing here knows a file or a
folder. A field typed `…Id` holds the bare id of one kind; a `Ref` holds `kind/id`; a `…Code`
holds a code of the vocabulary it names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from amk.dates import Date
from amk.lines import Lines
from amk.status import Status
from amk.values import Value
from amk.words import Words


@dataclass(frozen=True, eq=False, repr=False)
class To(Value):
    """Marks a field as a reference: the one kind whose bare id it holds, or the kinds of its `kind/id`."""

    kinds: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether the field holds a bare id."""
        return len(self.kinds) == 1

    def ref_of(self, text: str) -> str | None:
        """The `kind/id` that a text in the field stands for; None for a text of another form."""
        kind, slash, _ = text.partition("/")
        if self.bare:
            return None if slash else f"{self.kinds[0]}/{text}"
        return text if slash and kind in self.kinds else None


@dataclass(frozen=True, eq=False, repr=False)
class Of(Value):
    """Marks a field as a code: the vocabulary that lists it."""

    vocabulary: str


MunicipalityId = Annotated[str, To(("municipality",))]
RegionId = Annotated[str, To(("region",))]
OrganisationId = Annotated[str, To(("organisation",))]
PolicyId = Annotated[str, To(("policy",))]
SourceId = Annotated[str, To(("source",))]
ActorRef = Annotated[str, To(("municipality", "region", "organisation"))]
InfluenceRef = Annotated[str, To(("policy", "collaboration", "organisation", "source"))]
AnyRef = Annotated[str, To(("municipality", "region", "organisation", "collaboration", "policy", "source"))]

RegionTypeCode = Annotated[str, Of("region-types")]
OrganisationTypeCode = Annotated[str, Of("organisation-types")]
SourceTypeCode = Annotated[str, Of("source-types")]
PolicyTypeCode = Annotated[str, Of("policy-types")]
FormCode = Annotated[str, Of("forms")]
PurposeCode = Annotated[str, Of("purposes")]
RoleCode = Annotated[str, Of("roles")]
ActivityTypeCode = Annotated[str, Of("activity-types")]
BodyCode = Annotated[str, Of("bodies")]
ConditionCode = Annotated[str, Of("conditions")]
BorderCode = Annotated[str, Of("borders")]

Level = Literal["civil-service", "political", "both", "unknown"]
Effect = Literal["restricts", "allows", "both", "unknown"]
Access = Literal["public", "on-request", "internal"]
Topic = Literal["trend", "policy", "collaboration", "convenor", "not-known", "background"]


class Part(Value):
    """A piece of a record. It takes no field that it does not know."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "allow_inf_nan": False}


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Evidence(Part):
    """Where a statement comes from.

    `says` keeps the value that this source gives where it is another than the record's.
    """

    source: SourceId
    lines: Lines | None = None
    pages: str | None = None
    remark: Words | None = None
    says: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Note(Part):
    """A statement in words. `topic` says in which part of a briefing it belongs."""

    text: Words
    topic: Topic | None = None
    date: Date | None = None
    date_text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Waiver(Part):
    """A check that need not hold for this record, and why; until a day if one is given."""

    code: str
    reason: str
    until: Date | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Record(Part):
    """What every record may say. The id is the name of its file."""

    kind: ClassVar[str]
    folder: ClassVar[str]

    id: str
    summary: Words | None = None
    notes: tuple[Note, ...] = ()
    tags: tuple[str, ...] = ()
    reviewed: Date | None = None
    owner: str | None = None
    waive: tuple[Waiver, ...] = ()

    @property
    def ref(self) -> str:
        """How this record is named among all kinds: `kind/id`."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Evidenced(Record):
    """A record that states facts, and so must say where they come from."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Border(Part):
    """A border that two municipalities share: its length in kilometres and its kind."""

    km: float
    kind: BorderCode
    remark: Words | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class BorderOutside(Part):
    """A border with a municipality outside the province, which is never a record itself."""

    code: str
    name: str
    km: float
    kind: BorderCode


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Tile(Part):
    """The place of a municipality on the tile map, counted from 0 at the north-west."""

    column: int
    row: int


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Location(Part):
    """A point inside the municipality, in degrees (WGS 84)."""

    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class MunicipalitySuccessor(Part):
    """The municipality that took this one's place: on what date, on what legal basis."""

    municipality: MunicipalityId
    date: Date
    legal_basis: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Finding(Part):
    """Somebody looked for policy and found none: this is how none differs from unknown."""

    date: Date
    remark: Words | None = None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Member(Part):
    """A municipality in a region, for a period if one is known."""

    municipality: MunicipalityId
    period: Date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RegionSuccessor(Part):
    """The region that took this one's place: on what date, on what legal basis."""

    region: RegionId
    date: Date
    legal_basis: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Outside(Part):
    """A municipality of this region that lies outside the province, and is no record."""

    code: str | None = None
    name: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Organisation(Evidenced):
    """An organisation that acts: a province, a knowledge institute, a programme."""

    kind: ClassVar[str] = "organisation"
    folder: ClassVar[str] = "organisations"

    name: str
    type: OrganisationTypeCode
    aliases: tuple[str, ...] = ()
    uri: str | None = None
    period: Date | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Participant(Part):
    """One party in a collaboration: exactly one of municipality, region and organisation."""

    municipality: MunicipalityId | None = None
    region: RegionId | None = None
    organisation: OrganisationId | None = None
    role: RoleCode | None = None
    period: Date | None = None
    remark: Words | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def ref(self) -> str:
        """Who takes part, as `kind/id`."""
        if self.municipality:
            return f"municipality/{self.municipality}"
        return f"region/{self.region}" if self.region else f"organisation/{self.organisation}"


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Activity(Part):
    """Something a collaboration did: a meeting, a study."""

    type: ActivityTypeCode
    text: Words
    by: tuple[ActorRef, ...] = ()
    date: Date | None = None
    date_text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Event(Part):
    """A dated step in the life of a collaboration, in words."""

    text: Words
    date: Date | None = None
    date_text: str | None = None
    planned: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Collaboration(Evidenced):
    """A collaboration (samenwerking): who work together, in what form, since when and for what."""

    kind: ClassVar[str] = "collaboration"
    folder: ClassVar[str] = "collaborations"

    name: str
    aliases: tuple[str, ...] = ()
    form: FormCode | None = None
    level: Level = "unknown"
    initiator: ActorRef | None = None
    convenor: ActorRef | None = None
    regions: tuple[RegionId, ...] = ()
    participants: tuple[Participant, ...] = ()
    participants_complete: Literal["true", "false", "unknown"] = "unknown"
    purposes: tuple[PurposeCode, ...] = ()
    framework: Words | None = None
    period: Date | None = None
    date_text: str | None = None
    activities: tuple[Activity, ...] = ()
    milestones: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Milestone(Part):
    """A policy reached a status: when, decided by which body, for which of its municipalities.

    A date that is an interval bounds the moment; without a date it lies before its source.
    A planned milestone never counts as reached.
    """

    status: Status
    date: Date | None = None
    date_text: str | None = None
    body: BodyCode | None = None
    municipalities: tuple[MunicipalityId, ...] = ()
    planned: bool = False
    remark: Words | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Influence(Part):
    """What a policy was influenced by; no more than that: it need not derive from it."""

    ref: InfluenceRef
    remark: Words | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Publication(Part):
    """Where the text of a policy is found: an official id (CVDR…, gmb-…) or an address."""

    id: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Condition(Part):
    """What a policy asks: the value in the policy's own terms, with its local definition."""

    value: str
    unit: str | None = None
    definition: Words | None = None
    remark: Words | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Target(Part):
    """A number of places a policy aims at, by when, and how it was counted."""

    number: int
    year: Date | None = None
    method: Words | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Policy(Evidenced):
    """A policy (beleid) of one municipality, of several together, or of a region."""

    kind: ClassVar[str] = "policy"
    folder: ClassVar[str] = "policies"

    title: str
    type: PolicyTypeCode | None = None
    aliases: tuple[str, ...] = ()
    municipalities: tuple[MunicipalityId, ...] = ()
    regions: tuple[RegionId, ...] = ()
    organisations: tuple[OrganisationId, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    effect: Effect = "unknown"
    legal_basis: str | None = None
    expires: Date | None = None
    evaluate_by: Date | None = None
    influenced_by: tuple[Influence, ...] = ()
    replaces: tuple[PolicyId, ...] = ()
    documents: tuple[Publication, ...] = ()
    conditions: dict[ConditionCode, Condition] = field(default_factory=dict)
    places: tuple[Target, ...] = ()

    @property
    def name(self) -> str:
        """The title: what a policy goes by."""
        return self.title


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Source(Record):
    """A source (bron). The text itself stays outside; `line_count` and `sha256` identify it."""

    kind: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"

    title: str
    short: str | None = None
    publisher: str | None = None
    type: SourceTypeCode
    access: Access = "public"
    date: Date | None = None
    number: str | None = None
    url: str | None = None
    annex_to: SourceId | None = None
    follows: SourceId | None = None
    about: tuple[AnyRef, ...] = ()
    line_count: int | None = None
    sha256: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def name(self) -> str:
        """The title: what a source goes by."""
        return self.title


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Concept(Part):
    """One term of a vocabulary, with its labels and its definition per language.

    A type of policy may say which bodies decide on it (`decided_by`), a form of collaboration
    at which level it works (`level`): what says otherwise is told as unlikely.
    """

    code: str
    labels: Words
    definition: Words | None = None
    broader: str | None = None
    decided_by: tuple[BodyCode, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Vocabulary(Record):
    """A scheme of terms (begrippen)."""

    kind: ClassVar[str] = "vocabulary"
    folder: ClassVar[str] = "vocabulary"

    labels: Words
    definition: Words | None = None
    concepts: tuple[Concept, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def name(self) -> str:
        """The Dutch label: what a vocabulary goes by."""
        return str(self.labels)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Manifest(Part):
    """What a knowledge base says of itself, in `amk.yaml`.

    `divided_by` is the type of region that divides the home region: one for each municipality.
    """

    title: Words
    subject: Words
    language: str = "nl"
    home_region: RegionId | None = None
    divided_by: RegionTypeCode | None = None
    licence: str | None = None
    credits: tuple[str, ...] = ()
    public: bool = True
    schema: Literal["1"] = "1"


AnyRecord = Municipality | Region | Organisation | Collaboration | Policy | Source | Vocabulary

KINDS: tuple[type[AnyRecord], ...] = (
    Municipality,
    Region,
    Organisation,
    Collaboration,
    Policy,
    Source,
    Vocabulary,
)
"""Every kind of record, in the order in which amk lists them."""
