"""What every record and every piece of one may say: evidence, notes, waivers."""

from __future__ import annotations

from typing import Any, ClassVar

from amk.model.records.marks import Confirms, SourceId, Topic
from amk.values.dates import Date
from amk.values.frozen import frozen
from amk.values.line_ranges import LineRanges
from amk.values.multilingual import Multilingual


class Part:
    """A piece of a record. It takes no field that it does not know."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "allow_inf_nan": False}


@frozen(kw_only=True)
class Evidence(Part):
    """Where a statement comes from.

    `says` keeps the value that this source gives where it is another than the record's. Cited for a whole
    record a source confirms that the record exists; `confirms` says that it confirms its status too, or, of a
    register that is kept, that it goes on confirming it.
    """

    source: SourceId
    lines: LineRanges | None = None
    pages: str | None = None
    confirms: Confirms | None = None
    remark: Multilingual | None = None
    says: dict[str, Any] | None = None


@frozen(kw_only=True)
class Note(Part):
    """A statement in words. `topic` says in which part of a briefing it belongs."""

    text: Multilingual
    topic: Topic | None = None
    date: Date | None = None
    date_text: str | None = None
    evidence: tuple[Evidence, ...] = ()


@frozen(kw_only=True)
class Waiver(Part):
    """A check that need not hold for this record, and why; until a day if one is given."""

    code: str
    reason: str
    until: Date | None = None


@frozen(kw_only=True)
class Record(Part):
    """What every record may say. The id is the name of its file."""

    kind: ClassVar[str]
    folder: ClassVar[str]

    id: str
    summary: Multilingual | None = None
    notes: tuple[Note, ...] = ()
    tags: tuple[str, ...] = ()
    reviewed: Date | None = None
    owner: str | None = None
    former_ids: tuple[str, ...] = ()
    waive: tuple[Waiver, ...] = ()

    @property
    def ref(self) -> str:
        """How this record is named among all kinds: `kind/id`."""
        return f"{self.kind}/{self.id}"


@frozen(kw_only=True)
class Evidenced(Record):
    """A record that states facts, and so must say where they come from."""

    evidence: tuple[Evidence, ...]
