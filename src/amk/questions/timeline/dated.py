"""What is dated in a record: each piece of it that happened on a day, or lasted for a period."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from amk.model.confirmation import confirmed, last_confirmed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Evidence,
    Figure,
    Municipality,
    Organisation,
    Policy,
    Region,
    Source,
    Target,
)
from amk.values.dates import Confirmed, Date
from amk.values.multilingual import Multilingual

EventType = Literal[
    "period",
    "succession",
    "membership",
    "status",
    "milestone",
    "activity",
    "participation",
    "finding",
    "note",
    "expires",
    "evaluate-by",
    "target",
    "commitment",
    "due",
    "answer",
    "figure",
    "source",
]
"""What an entry tells of: the period of a record, the place it took of others, a member or a
participant for a period, a status reached, a step, an activity, a search that found nothing, a
note, the end and the evaluation that a policy foresees, a number it aims at, what was promised or
asked, by when it is due and what answered it, a figure, a source."""

Certainty = Literal["certain", "range", "approximate", "uncertain", "undated"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened on a day or lasted for a period; no date when nobody has said when.

    `concerns` names those whom it concerns alone, when that is not everybody whom the record is
    about. `known` tells between which days sources confirm a period,
    `nth` tells it from others of the same record that happened alike.
    """

    record: AnyRecord
    event: EventType
    date: Date | None
    evidence: tuple[Evidence, ...] = ()
    period: bool = False
    planned: bool = False
    status: str | None = None
    text: Multilingual | None = None
    remark: Multilingual | None = None
    date_text: str | None = None
    body: str | None = None
    concerns: tuple[str, ...] = ()
    target: Target | None = None
    known: Confirmed | None = None
    last_confirmed: Date | None = None
    nth: int = 1

    @property
    def ref(self) -> str:
        """The record that says it."""
        return self.record.ref

    @property
    def name(self) -> str:
        """What that record goes by."""
        return self.record.name

    @property
    def key(self) -> str:
        """What makes it the same entry when its date changes."""
        text = self.text.in_language("nl") if self.text else ""
        told = (self.ref, self.event, self.status or "", *self.concerns, text, str(self.nth))
        return "|".join(told)

    @property
    def earliest(self) -> datetime.date | None:
        """The first day meant; None where it is open or unknown."""
        return self.date.start.first if self.date and self.date.start else None

    @property
    def latest(self) -> datetime.date | None:
        """The last day meant; None where it is open or unknown."""
        return self.date.end.last if self.date and self.date.end else None

    @property
    def anchor(self) -> datetime.date | None:
        """The day by which it is put in order: the first day meant, else the last."""
        return self.earliest or self.latest

    @property
    def certainty(self) -> Certainty:
        """How sure the date is: doubted by its source, an estimate, a range it lies in."""
        if self.date is None:
            return "undated"
        ends = [end for end in (self.date.start, self.date.end) if end]
        if any(end.uncertain for end in ends):
            return "uncertain"
        if any(end.approximate for end in ends):
            return "approximate"
        exact = self.earliest == self.latest and self.earliest is not None
        return "certain" if self.period or exact else "range"

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities it names: those it concerns alone, else those of its record."""
        if self.concerns:
            return tuple(ref.partition("/")[2] for ref in self.concerns if ref.startswith("municipality/"))
        match self.record:
            case Municipality(id=id):
                return (id,)
            case Policy(municipalities=named):
                return named
            case Collaboration(participants=parties):
                return tuple(p.municipality for p in parties if p.municipality)
        return ()


def entries_of(base: KnowledgeBase, record: AnyRecord) -> Iterator[TimelineEntry]:
    """Every dated piece of a record, and those that should have a date; what it took over is apart."""
    seen: Counter[str] = Counter()
    for entry in _pieces(base, record):
        seen[entry.key] += 1
        yield replace(entry, nth=seen[entry.key])


def _pieces(base: KnowledgeBase, record: AnyRecord) -> Iterator[TimelineEntry]:
    match record:
        case Policy():
            yield from _policy(record)
        case Collaboration():
            yield from _collaboration(base, record)
        case Municipality() | Region() | Organisation():
            if record.period:
                known = confirmed(base, record)
                yield TimelineEntry(
                    record,
                    "period",
                    record.period,
                    record.evidence,
                    period=True,
                    known=known,
                    last_confirmed=last_confirmed(base, record, base.day),
                )
        case Commitment():
            yield from _commitment(record)
        case Figure():
            if record.year:
                yield TimelineEntry(record, "figure", record.year, record.evidence, planned=record.is_ahead)
    if isinstance(record, Municipality):
        for f in record.no_policy_found:
            yield TimelineEntry(record, "finding", f.date, f.evidence, remark=f.remark)
    if isinstance(record, Region):
        yield from _members(record)
    if isinstance(record, Source) and record.date:
        yield TimelineEntry(record, "source", record.date, record.evidence)
    yield from _notes(record)


def successions(base: KnowledgeBase) -> Iterator[TimelineEntry]:
    """Each merger or other succession once: those that ended, and the one that took their place."""
    found: dict[tuple[str, str], list[TimelineEntry]] = {}
    for entry in _each_succession(base):
        if entry.date and set(entry.concerns) & base.records.keys():
            found.setdefault((entry.concerns[-1], entry.date.text), []).append(entry)
    for entries in found.values():
        yield _one_event(base, entries)


def _each_succession(base: KnowledgeBase) -> Iterator[TimelineEntry]:
    for town in base.known_of(Municipality):
        for s in town.successors:
            concerns = (town.ref, f"municipality/{s.municipality}")
            yield TimelineEntry(town, "succession", s.date, s.evidence or town.evidence, concerns=concerns)
    for region in base.known_of(Region):
        for r in region.successors:
            concerns = (region.ref, f"region/{r.region}")
            yield TimelineEntry(
                region, "succession", r.date, r.evidence or region.evidence, concerns=concerns
            )


def _one_event(base: KnowledgeBase, entries: list[TimelineEntry]) -> TimelineEntry:
    after = entries[0].concerns[-1]
    evidence = tuple({repr(e): e for entry in entries for e in entry.evidence}.values())
    concerns = (*(entry.ref for entry in entries), after)
    record = base.known.get(after, entries[0].record)
    return replace(entries[0], record=record, evidence=evidence, concerns=concerns)


def _policy(policy: Policy) -> Iterator[TimelineEntry]:
    for m in policy.milestones:
        yield TimelineEntry(
            policy,
            "status",
            m.date,
            m.evidence or policy.evidence,
            planned=m.planned,
            status=m.status,
            remark=m.remark,
            date_text=m.date_text,
            body=m.body,
            concerns=tuple(f"municipality/{id}" for id in m.municipalities),
        )
    if policy.expires:
        yield TimelineEntry(policy, "expires", policy.expires, policy.evidence, planned=True)
    if policy.evaluate_by:
        yield TimelineEntry(policy, "evaluate-by", policy.evaluate_by, policy.evidence, planned=True)
    for place in policy.places:
        if place.year:
            evidence = place.evidence or policy.evidence
            yield TimelineEntry(policy, "target", place.year, evidence, planned=True, target=place)


def _collaboration(base: KnowledgeBase, record: Collaboration) -> Iterator[TimelineEntry]:
    known = confirmed(base, record)
    yield TimelineEntry(
        record,
        "period",
        record.period,
        record.evidence,
        period=True,
        date_text=record.date_text,
        known=known,
        last_confirmed=last_confirmed(base, record, base.day),
    )
    for step in record.milestones:
        evidence = step.evidence or record.evidence
        yield TimelineEntry(
            record,
            "milestone",
            step.date,
            evidence,
            planned=step.planned,
            text=step.text,
            date_text=step.date_text,
        )
    for act in record.activities:
        evidence = act.evidence or record.evidence
        yield TimelineEntry(record, "activity", act.date, evidence, text=act.text, date_text=act.date_text)
    for party in record.participants:
        if party.period:
            evidence = party.evidence or record.evidence
            yield TimelineEntry(
                record, "participation", party.period, evidence, period=True, concerns=(party.ref,)
            )


def _commitment(record: Commitment) -> Iterator[TimelineEntry]:
    made = TimelineEntry(
        record, "commitment", record.date, record.evidence, text=record.text, date_text=record.date_text
    )
    yield made
    if record.due:
        owed = record.fulfilled != "yes"
        yield replace(made, event="due", date=record.due, date_text=None, planned=owed)
    for answer in record.fulfilled_by:
        evidence = answer.evidence or record.evidence
        yield TimelineEntry(record, "answer", answer.date, evidence, remark=answer.remark)


def _members(region: Region) -> Iterator[TimelineEntry]:
    for member in region.members:
        if member.period:
            evidence = member.evidence or region.evidence
            concerns = (f"municipality/{member.municipality}",)
            yield TimelineEntry(region, "membership", member.period, evidence, period=True, concerns=concerns)


def _notes(record: AnyRecord) -> Iterator[TimelineEntry]:
    for note in record.notes:
        if note.date:
            lasting = note.date.is_interval
            evidence = note.evidence or record.evidence
            yield TimelineEntry(
                record,
                "note",
                note.date,
                evidence,
                period=lasting,
                text=note.text,
                date_text=note.date_text,
            )
