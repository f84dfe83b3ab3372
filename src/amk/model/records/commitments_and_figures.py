"""What was promised or asked for, and how much there is of what."""

from __future__ import annotations

from typing import ClassVar

from amk.model.records.marks import (
    ActorRef,
    BodyCode,
    CommitmentTypeCode,
    Fulfilled,
    InfluenceRef,
    MeasureCode,
    Nature,
)
from amk.model.records.record import Evidence, Evidenced, Part
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual


@frozen(kw_only=True)
class Fulfilment(Part):
    """With what a commitment was answered: a policy, a collaboration, an organisation or a source."""

    ref: InfluenceRef
    date: Date | None = None
    remark: Multilingual | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Commitment(Evidenced):
    """A commitment (toezegging), or a motion or question that asks for one: who owes what to whom, by when.

    `fulfilled` is what a source says of it; what it was answered with need not fulfil it.
    """

    kind: ClassVar[str] = "commitment"
    folder: ClassVar[str] = "commitments"

    title: str
    type: CommitmentTypeCode
    text: Multilingual
    number: str | None = None
    by: ActorRef | None = None
    by_body: BodyCode | None = None
    to: ActorRef | None = None
    to_body: BodyCode | None = None
    date: Date | None = None
    date_text: str | None = None
    due: Date | None = None
    fulfilled: Fulfilled = "unknown"
    fulfilled_by: tuple[Fulfilment, ...] = ()

    @property
    def name(self) -> str:
        """The title: what a commitment goes by."""
        return self.title


@frozen(kw_only=True)
class Figure(Evidenced):
    """A figure (cijfer): how much of a measure there is in a territory, counted, estimated or aimed at.

    It has a value, or bounds: at least, at most, or both. Of several territories it is the sum.
    """

    kind: ClassVar[str] = "figure"
    folder: ClassVar[str] = "figures"

    title: str
    measure: MeasureCode
    territory: tuple[ActorRef, ...]
    value: int | None = None
    at_least: int | None = None
    at_most: int | None = None
    approximate: bool = False
    nature: Nature = "unknown"
    year: Date | None = None
    method: Multilingual | None = None

    @property
    def name(self) -> str:
        """The title: what a figure goes by."""
        return self.title

    @property
    def is_ahead(self) -> bool:
        """Whether it tells of what is to come: its year is then no day on which it was so."""
        return self.nature in ("forecast", "need", "ambition")
