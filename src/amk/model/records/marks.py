"""What a field may hold: references to kinds of record, codes of vocabularies, and words that amk knows."""

from __future__ import annotations

from typing import Annotated, Literal

from amk.values.frozen import frozen


@frozen
class To:
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


@frozen
class Of:
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
CommitmentTypeCode = Annotated[str, Of("commitment-types")]
MeasureCode = Annotated[str, Of("measures")]
Level = Literal["civil-service", "political", "both", "unknown"]
Effect = Literal["restricts", "allows", "both", "unknown"]
Access = Literal["public", "on-request", "internal"]
Confirms = Literal["status", "ongoing"]
Fulfilled = Literal["yes", "partly", "no", "unknown"]
Nature = Literal["count", "estimate", "forecast", "need", "ambition", "unknown"]
Topic = Literal["trend", "policy", "collaboration", "convenor", "not-known", "background"]
