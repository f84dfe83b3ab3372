"""Policies, and the steps that they take."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from amk.model.records.marks import (
    BodyCode,
    ConditionCode,
    Effect,
    InfluenceRef,
    MunicipalityId,
    OrganisationId,
    PolicyId,
    PolicyTypeCode,
    RegionId,
)
from amk.model.records.record import Evidence, Evidenced, Part
from amk.model.statuses import Status
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual


@frozen(kw_only=True)
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
    remark: Multilingual | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Influence(Part):
    """What a policy was influenced by; no more than that: it need not derive from it."""

    ref: InfluenceRef
    remark: Multilingual | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Publication(Part):
    """Where the text of a policy is found: an official id (CVDR…, gmb-…) or an address."""

    id: str | None = None
    title: str | None = None
    url: str | None = None


@frozen(kw_only=True)
class Condition(Part):
    """What a policy asks: the value in the policy's own terms, with its local definition."""

    value: str
    unit: str | None = None
    definition: Multilingual | None = None
    remark: Multilingual | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Target(Part):
    """A number of places a policy aims at, by when, and how it was counted."""

    number: int
    approximate: bool = False
    year: Date | None = None
    method: Multilingual | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
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
    revises: tuple[PolicyId, ...] = ()
    documents: tuple[Publication, ...] = ()
    conditions: dict[ConditionCode, Condition] = field(default_factory=dict)
    places: tuple[Target, ...] = ()

    @property
    def name(self) -> str:
        """The title: what a policy goes by."""
        return self.title
