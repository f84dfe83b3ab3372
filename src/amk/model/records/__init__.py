"""What each kind of record must say.

Frozen values, read from YAML and validated at the door (`load`); nothing here knows a file or a
folder. A field typed `…Id` holds the bare id of one kind; a `Ref` holds `kind/id`; a `…Code`
holds a code of the vocabulary it names.
"""

from __future__ import annotations

from collections.abc import Mapping

from amk.model.records.collaborations import Activity, Collaboration, Event, Organisation, Participant
from amk.model.records.commitments_and_figures import Commitment, Figure, Fulfilment
from amk.model.records.marks import (
    Access,
    ActivityTypeCode,
    ActorRef,
    AnyRef,
    BodyCode,
    BorderCode,
    CommitmentTypeCode,
    ConditionCode,
    Confirms,
    Effect,
    FormCode,
    Fulfilled,
    InfluenceRef,
    Level,
    MeasureCode,
    MunicipalityId,
    Nature,
    Of,
    OrganisationId,
    OrganisationTypeCode,
    PolicyId,
    PolicyTypeCode,
    PurposeCode,
    RegionId,
    RegionTypeCode,
    RoleCode,
    SourceId,
    SourceTypeCode,
    To,
    Topic,
)
from amk.model.records.places import (
    Border,
    BorderOutside,
    Finding,
    Location,
    Member,
    Municipality,
    MunicipalitySuccessor,
    Outside,
    Region,
    RegionSuccessor,
    Searched,
    Tile,
)
from amk.model.records.policies import Condition, Influence, Milestone, Policy, Publication, Target
from amk.model.records.record import Evidence, Evidenced, Note, Part, Record, Waiver
from amk.model.records.sources import Concept, Manifest, Source, Vocabulary

__all__ = [
    "KINDS",
    "KIND_IN",
    "KIND_NAMED",
    "Access",
    "Activity",
    "ActivityTypeCode",
    "ActorRef",
    "AnyRecord",
    "AnyRef",
    "BodyCode",
    "Border",
    "BorderCode",
    "BorderOutside",
    "Collaboration",
    "Commitment",
    "CommitmentTypeCode",
    "Concept",
    "Condition",
    "ConditionCode",
    "Confirms",
    "Effect",
    "Event",
    "Evidence",
    "Evidenced",
    "Figure",
    "Finding",
    "FormCode",
    "Fulfilled",
    "Fulfilment",
    "Influence",
    "InfluenceRef",
    "Level",
    "Location",
    "Manifest",
    "MeasureCode",
    "Member",
    "Milestone",
    "Municipality",
    "MunicipalityId",
    "MunicipalitySuccessor",
    "Nature",
    "Note",
    "Of",
    "Organisation",
    "OrganisationId",
    "OrganisationTypeCode",
    "Outside",
    "Part",
    "Participant",
    "Policy",
    "PolicyId",
    "PolicyTypeCode",
    "Publication",
    "PurposeCode",
    "Record",
    "Region",
    "RegionId",
    "RegionSuccessor",
    "RegionTypeCode",
    "RoleCode",
    "Searched",
    "Source",
    "SourceId",
    "SourceTypeCode",
    "Target",
    "Tile",
    "To",
    "Topic",
    "Vocabulary",
    "Waiver",
]

AnyRecord = (
    Municipality | Region | Organisation | Collaboration | Policy | Commitment | Figure | Source | Vocabulary
)

KINDS: tuple[type[AnyRecord], ...] = (
    Municipality,
    Region,
    Organisation,
    Collaboration,
    Policy,
    Commitment,
    Figure,
    Source,
    Vocabulary,
)
"""Every kind of record, in the order in which amk lists them."""

KIND_NAMED: Mapping[str, type[AnyRecord]] = {kind.kind: kind for kind in KINDS}
KIND_IN: Mapping[str, type[AnyRecord]] = {kind.folder: kind for kind in KINDS}
"""The kind of record of a name, and the kind that a folder holds."""
