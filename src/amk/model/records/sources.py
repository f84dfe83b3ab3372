"""Sources, vocabularies, and the manifest: what the others rest on."""

from __future__ import annotations

from typing import ClassVar, Literal

from amk.model.records.marks import (
    Access,
    AnyRef,
    BodyCode,
    Level,
    RegionId,
    RegionTypeCode,
    SourceId,
    SourceTypeCode,
)
from amk.model.records.record import Evidence, Part, Record
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual


@frozen(kw_only=True)
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
    consulted: Date | None = None
    archived: str | None = None
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


@frozen(kw_only=True)
class Concept(Part):
    """One term of a vocabulary, with its labels and its definition per language.

    A type of policy may say which bodies decide on it (`decided_by`), a form of collaboration
    at which level it works (`level`): what says otherwise is told as unlikely.
    """

    code: str
    labels: Multilingual
    definition: Multilingual | None = None
    broader: str | None = None
    decided_by: tuple[BodyCode, ...] = ()
    level: Level | None = None


@frozen(kw_only=True)
class Vocabulary(Record):
    """A scheme of terms (begrippen)."""

    kind: ClassVar[str] = "vocabulary"
    folder: ClassVar[str] = "vocabulary"

    labels: Multilingual
    definition: Multilingual | None = None
    concepts: tuple[Concept, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def name(self) -> str:
        """The Dutch label: what a vocabulary goes by."""
        return str(self.labels)


@frozen(kw_only=True)
class Manifest(Part):
    """What a knowledge base says of itself, in `amk.yaml`.

    `divided_by` is the type of region that divides the home region: one for each municipality.
    `repository` is the address of the forge where it is kept.
    """

    title: Multilingual
    subject: Multilingual
    language: str = "nl"
    home_region: RegionId | None = None
    divided_by: RegionTypeCode | None = None
    licence: str | None = None
    repository: str | None = None
    credits: tuple[str, ...] = ()
    public: bool = True
    schema: Literal["1"] = "1"
