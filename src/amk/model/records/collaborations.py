"""Organisations, and who works with whom."""

from __future__ import annotations

from typing import ClassVar, Literal

from amk.model.records.marks import (
    ActivityTypeCode,
    ActorRef,
    FormCode,
    Level,
    MunicipalityId,
    OrganisationId,
    OrganisationTypeCode,
    PurposeCode,
    RegionId,
    RoleCode,
)
from amk.model.records.record import Evidence, Evidenced, Part
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual


@frozen(kw_only=True)
class Organisation(Evidenced):
    """An organisation that acts: a province, a knowledge institute, a programme."""

    kind: ClassVar[str] = "organisation"
    folder: ClassVar[str] = "organisations"

    name: str
    type: OrganisationTypeCode
    aliases: tuple[str, ...] = ()
    uri: str | None = None
    period: Date | None = None


@frozen(kw_only=True)
class Participant(Part):
    """One party in a collaboration: exactly one of municipality, region and organisation."""

    municipality: MunicipalityId | None = None
    region: RegionId | None = None
    organisation: OrganisationId | None = None
    role: RoleCode | None = None
    period: Date | None = None
    remark: Multilingual | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def ref(self) -> str:
        """Who takes part, as `kind/id`."""
        if self.municipality:
            return f"municipality/{self.municipality}"
        return f"region/{self.region}" if self.region else f"organisation/{self.organisation}"


@frozen(kw_only=True)
class Activity(Part):
    """Something a collaboration did: a meeting, a study."""

    type: ActivityTypeCode
    text: Multilingual
    by: tuple[ActorRef, ...] = ()
    date: Date | None = None
    date_text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Event(Part):
    """A dated step in the life of a collaboration, in words."""

    text: Multilingual
    date: Date | None = None
    date_text: str | None = None
    planned: bool = False
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
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
    framework: Multilingual | None = None
    period: Date | None = None
    date_text: str | None = None
    activities: tuple[Activity, ...] = ()
    milestones: tuple[Event, ...] = ()
