"""The statements of a record: each piece that says where it comes from, and how well it is founded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from amk.model.fields import evidence_in, value_at
from amk.model.filters import dates_of
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import format_path
from amk.model.records import (
    Activity,
    AnyRecord,
    Collaboration,
    Event,
    Evidence,
    Finding,
    Milestone,
    Municipality,
    Participant,
    Policy,
)
from amk.values.dates import Date

StatedPart = Milestone | Activity | Event | Finding | Participant


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a record, where it stands in it, when it was, and the evidence for it.

    A participant has no day of its own; a piece without evidence rests on that of its record.
    """

    record: AnyRecord
    field_path: str
    piece: StatedPart
    evidence: tuple[Evidence, ...]

    @property
    def date(self) -> Date | None:
        """The date it gives, if it gives one."""
        return None if isinstance(self.piece, Participant) else self.piece.date

    @property
    def is_dated_to_the_day(self) -> bool:
        """Whether it tells on which day: a participant need not."""
        if isinstance(self.piece, Participant):
            return True
        start = self.piece.date.start if self.piece.date and not self.piece.date.is_interval else None
        return start is not None and start.precision == "day"

    @property
    def has_date(self) -> bool:
        """Whether it gives any date, however vague."""
        return isinstance(self.piece, Participant) or self.piece.date is not None

    @property
    def rests_on_one_source(self) -> bool:
        """Whether a single source says so."""
        return len({item.source for item in self.evidence}) == 1


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A source that gives another value than the record: the field, and both values."""

    record: AnyRecord
    field: str
    value: Any
    source: str
    says: Any

    @property
    def point(self) -> tuple[str, str]:
        """What it is about: several sources may say otherwise on one point."""
        return self.record.ref, self.field

    @property
    def completes(self) -> bool:
        """Whether both can be right: other participants beside a list that is not complete."""
        incomplete = getattr(self.record, "participants_complete", "true") != "true"
        return self.field == "participants" and incomplete


def statements_of(record: AnyRecord) -> Iterator[Statement]:
    """The milestones, activities, events, participants and findings of a record."""
    for name, pieces in _pieces(record):
        for index, piece in enumerate(pieces):
            evidence = piece.evidence or getattr(record, "evidence", ())
            yield Statement(record, f"{name}[{index}]", piece, evidence)


def without_lines(base: KnowledgeBase, statement: Statement) -> bool:
    """Whether it cites a text that is numbered by line without saying which lines."""
    for item in statement.evidence:
        source = base.source(item.source)
        if source and source.line_count and not item.lines:
            return True
    return False


def contradictions_of(record: AnyRecord) -> Iterator[Contradiction]:
    """Where a source says something else than the record does."""
    for field_path, item in evidence_in(record):
        part = value_at(record, field_path[:-2])
        for field, said in (item.says or {}).items():
            place = format_path((*field_path[:-2], field))
            yield Contradiction(record, place, getattr(part, field, None), item.source, said)


def known_by(base: KnowledgeBase, record: AnyRecord, day: date) -> bool:
    """Whether what a record tells of had begun by a day: it may have ended since."""
    if record.ref in base.records:
        return True
    return any(when.earliest <= day for when in dates_of(record))


def _pieces(record: AnyRecord) -> Iterator[tuple[str, tuple[StatedPart, ...]]]:
    match record:
        case Policy():
            yield "milestones", record.milestones
        case Collaboration():
            yield "participants", record.participants
            yield "activities", record.activities
            yield "milestones", record.milestones
        case Municipality():
            yield "no_policy_found", record.no_policy_found
