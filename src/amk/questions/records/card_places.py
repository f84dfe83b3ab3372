"""The sections of a card of a municipality or a region: its policies, who works there, its borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table
from amk.language import Phrases
from amk.model.collection import by_name
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import PolicyStatus, inherited_until, municipality_status_on, policy_status_on
from amk.model.records import Collaboration, Evidence, Municipality, Region
from amk.model.validity import holds
from amk.questions.left_out import marked
from amk.questions.records.card_pieces import milestones_table
from amk.questions.wording import noted, standing_told, who_told


def municipality_sections(
    base: KnowledgeBase, record: Municipality, day: date, phrases: Phrases
) -> Iterator[Block]:
    """What is told of a municipality below its head."""
    policy_status = municipality_status_on(base, record, day)
    for held in policy_status.policy_statuses:
        yield Heading(_policy_heading(base, held, phrases))
        if held.inherited_from:
            yield Paragraph(_inherited(base, record, held, phrases))
        yield milestones_table(base, held.policy, phrases, record.id)
    for regional in policy_status.regional:
        yield Heading(regional.policy.title)
        whose = who_told(base, regional.policy, phrases)
        yield Paragraph(phrases("card.regional", whose=whose, status=phrases.status(regional.status)))
    yield from _collaborations(base, _taking_part(base, record.id), day, phrases, record.id)
    yield from _regional_collaborations(base, record, phrases)
    yield from _borders(base, record, phrases)


def _regional_collaborations(base: KnowledgeBase, record: Municipality, phrases: Phrases) -> Iterator[Block]:
    """What its regions have; that makes no municipality a participant."""
    told = tuple(
        noted(phrases("card.region-has", region=region.name, name=c.name), base, c.evidence, phrases)
        for region in base.regions_of(record.id)
        for c in base.collaborations
        if region.id in c.regions and record.id not in {p.municipality for p in c.participants}
    )
    if told:
        yield Heading(phrases("card.regional-collaborations"))
        yield Bullets(told)


def _policy_heading(base: KnowledgeBase, policy_status: PolicyStatus, phrases: Phrases) -> str:
    return phrases(
        "card.policy", title=policy_status.policy.title, status=phrases.status(policy_status.status)
    )


def _inherited(
    base: KnowledgeBase, record: Municipality, policy_status: PolicyStatus, phrases: Phrases
) -> str:
    before = [m for m in base.predecessors_of(record.id) if m.id in policy_status.inherited_from]
    event = next(s for m in before for s in m.successors if s.municipality == record.id)
    phrase = "card.inherited" if policy_status.effective else "card.history"
    until = phrases.day(inherited_until(event.date.earliest))
    return phrases(
        phrase, name=phrases.listing(m.name for m in before), day=phrases.milestone(event.date), until=until
    )


def _taking_part(base: KnowledgeBase, municipality: str) -> tuple[Collaboration, ...]:
    refs = [
        f"municipality/{id}" for id in (municipality, *(m.id for m in base.predecessors_of(municipality)))
    ]
    # What a predecessor took part in is history of its successor, ended or not.
    before = (c for ref in refs[1:] for c in base.known.naming(ref, Collaboration, "participants"))
    mine = base.records.naming(refs[0], Collaboration, "participants")
    return by_name({c.ref: c for c in (*before, *mine)}.values())


def region_sections(base: KnowledgeBase, record: Region, day: date, phrases: Phrases) -> Iterator[Block]:
    """What is told of a region below its head."""
    members = [m for m in base.municipalities if m.id in base.members_of(record.id)]
    if members:
        rows = tuple((m.name, standing_told(municipality_status_on(base, m, day), phrases)) for m in members)
        yield Heading(phrases("list.heading", kinds=phrases("field.members"), number=len(members)))
        yield Table((phrases("field.name"), phrases("field.status")), rows)
    parts = base.parts_of(record.id) - {record.id}
    if parts:
        yield Heading(phrases("card.parts"))
        yield Bullets(tuple(sorted(base.name(f"region/{part}") for part in parts)))
    concerning = [c for c in base.collaborations if record.id in c.regions]
    yield from _collaborations(base, concerning, day, phrases)
    for policy in base.policies:
        if record.id in policy.regions:
            yield Heading(_policy_heading(base, policy_status_on(base, policy, day), phrases))
            yield milestones_table(base, policy, phrases)


def _collaborations(
    base: KnowledgeBase,
    found: Iterable[Collaboration],
    day: date,
    phrases: Phrases,
    municipality: str | None = None,
) -> Iterator[Block]:
    rows = tuple(
        (
            noted(_name(base, c, day, phrases), base, _why_there(c, municipality), phrases),
            _when(c, phrases),
            _purposes(base, c, phrases),
        )
        for c in found
    )
    if rows:
        yield Heading(phrases("kinds.collaboration"))
        yield Table((phrases("field.name"), phrases("field.period"), phrases("field.purposes")), rows)


def _name(base: KnowledgeBase, record: Collaboration, day: date, phrases: Phrases) -> str:
    return record.name if holds(base, record, day) != "no" else marked(record.name, record, day, phrases)


def _why_there(collaboration: Collaboration, municipality: str | None) -> tuple[Evidence, ...]:
    there = (p for p in collaboration.participants if p.municipality == municipality)
    mine = next(there, None)
    return mine.evidence if mine and mine.evidence else collaboration.evidence


def _when(collaboration: Collaboration, phrases: Phrases) -> str:
    return phrases.date(collaboration.period) if collaboration.period else phrases("date.start-unknown")


def _purposes(base: KnowledgeBase, collaboration: Collaboration, phrases: Phrases) -> str:
    return "; ".join(base.label("purposes", p, phrases.language) for p in collaboration.purposes)


def _borders(base: KnowledgeBase, record: Municipality, phrases: Phrases) -> Iterator[Block]:
    inside = [
        (base.name(f"municipality/{id}"), border.km, base.label("borders", border.kind, phrases.language))
        for id, border in record.neighbours.items()
        if f"municipality/{id}" in base.records
    ]
    outside = [
        (phrases("card.outside", name=b.name), b.km, base.label("borders", b.kind, phrases.language))
        for b in record.neighbours_outside
    ]
    rows = sorted((*inside, *outside), key=lambda row: -row[1])
    if rows:
        yield Heading(phrases("card.borders"))
        told = tuple((name, phrases.number(km, 1), kind) for name, km, kind in rows)
        yield Table((phrases("card.neighbour"), phrases("card.km"), phrases("card.border-kind")), told)
