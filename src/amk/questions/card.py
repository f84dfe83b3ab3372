"""A card: everything about one record, and what it is related to, on a readable page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.document import Block, Bullets, Heading, Link, Paragraph, Table, Text
from amk.document import Facts as Labelled
from amk.holding import holds
from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.questions.citing import citations_of
from amk.questions.telling import (
    evidence_told,
    milestone_told,
    noted,
    standing_told,
    who_told,
)
from amk.records import (
    Activity,
    AnyRecord,
    Collaboration,
    Concept,
    Event,
    Evidence,
    Milestone,
    Municipality,
    Organisation,
    Policy,
    Region,
    Source,
    Target,
    Vocabulary,
)
from amk.standing import Standing, inherited_until, municipal_standing, policy_standing

Row = tuple[str, Text]


def tell_card(base: KnowledgeBase, record: AnyRecord, day: date, say: Say) -> tuple[Block, ...]:
    """What is known about a record on a day."""
    blocks: list[Block] = [Heading(record.name, level=1)]
    if record.summary:
        blocks.append(Paragraph(record.summary.in_language(say.language)))
    rows = [row for row in _rows(base, record, day, say) if row[1]]
    blocks.append(Labelled(((say("field.ref"), f"{say(f'kind.{record.kind}')} · {record.ref}"), *rows)))
    blocks.extend(_sections(base, record, day, say))
    blocks.extend(_notes(base, record, say))
    return (*blocks, *_sources(base, record, say))


def _rows(base: KnowledgeBase, record: AnyRecord, day: date, say: Say) -> Iterable[Row]:
    match record:
        case Municipality():
            yield from _municipality_rows(base, record, day, say)
        case Region():
            yield from _region_rows(base, record, say)
        case Collaboration():
            yield from _collaboration_rows(base, record, day, say)
        case Policy():
            yield from _policy_rows(base, record, day, say)
        case Source():
            yield from _source_rows(base, record, say)
        case Organisation():
            yield say("field.type"), base.label("organisation-types", record.type, say.language)
            yield say("field.uri"), _link(record.uri)
        case Vocabulary():
            yield say("field.labels"), record.labels.in_language(say.language)
    if record.reviewed:
        yield say("field.reviewed"), say.date(record.reviewed)
    yield say("field.owner"), record.owner or ""
    yield say("field.tags"), ", ".join(record.tags)


def _municipality_rows(base: KnowledgeBase, record: Municipality, day: date, say: Say) -> Iterable[Row]:
    standing = municipal_standing(base, record, day)
    told = standing_told(standing, say)
    finding = standing.finding.evidence if standing.status == "none" and standing.finding else ()
    yield say("field.status"), noted(told, base, finding, say)
    yield say("field.official_name"), record.official_name or ""
    yield say("field.aliases"), ", ".join(record.aliases)
    yield say("field.code"), record.code or ""
    yield say("field.uri"), _link(record.uri)
    yield say("field.period"), say.date(record.period) if record.period else ""
    yield say("field.regions"), say.listing(region.name for region in base.regions_of(record.id))
    yield say("field.province"), base.name(f"region/{record.province}") if record.province else ""
    for successor in record.successors:
        name = base.name(f"municipality/{successor.municipality}")
        basis = f" ({successor.legal_basis})" if successor.legal_basis else ""
        yield say("field.successors"), f"{name}, {say.milestone(successor.date)}{basis}"
    before = base.predecessors_of(record.id)
    yield say("field.predecessors"), say.listing(municipality.name for municipality in before)


def _region_rows(base: KnowledgeBase, record: Region, say: Say) -> Iterable[Row]:
    yield say("field.type"), base.label("region-types", record.type, say.language)
    yield say("field.aliases"), ", ".join(record.aliases)
    yield say("field.uri"), _link(record.uri)
    yield say("field.period"), say.date(record.period) if record.period else ""
    yield say("field.part_of"), say.listing(base.name(f"region/{whole}") for whole in record.part_of)
    yield say("field.outside_province"), say.listing(outside.name for outside in record.outside_province)


def _collaboration_rows(base: KnowledgeBase, record: Collaboration, day: date, say: Say) -> Iterable[Row]:
    language = say.language
    form = base.label("forms", record.form, language) if record.form else say("not-stated")
    yield say("field.form"), form
    yield say("field.level"), say(f"level.{record.level}")
    period = say.date(record.period) if record.period else say("date.start-unknown")
    quoted = f" ({say('quoted', words=record.date_text)})" if record.date_text else ""
    yield say("field.period"), period + quoted
    yield say("card.holds-on", day=say.day(day)), say(f"holds.{holds(base, record, day)}")
    yield say("field.purposes"), "; ".join(base.label("purposes", p, language) for p in record.purposes)
    yield say("field.framework"), record.framework.in_language(language) if record.framework else ""
    yield say("field.initiator"), base.name(record.initiator) if record.initiator else ""
    yield say("field.convenor"), base.name(record.convenor) if record.convenor else ""
    yield say("field.regions"), say.listing(base.name(f"region/{region}") for region in record.regions)


def _policy_rows(base: KnowledgeBase, record: Policy, day: date, say: Say) -> Iterable[Row]:
    standing = policy_standing(base, record, day)
    yield say("field.status"), _status(standing, say)
    if standing.last_confirmed:
        yield say("field.last_confirmed"), say.day(standing.last_confirmed)
    yield say("field.whose"), who_told(base, record, say)
    yield say("field.type"), base.label("policy-types", record.type, say.language) if record.type else ""
    yield say("field.effect"), say(f"effect.{record.effect}")
    yield say("field.legal_basis"), record.legal_basis or ""
    yield say("field.expires"), say.milestone(record.expires) if record.expires else ""
    yield say("field.evaluate_by"), say.milestone(record.evaluate_by) if record.evaluate_by else ""
    for document in record.documents:
        told = " ".join(part for part in (document.title, document.id) if part)
        yield say("field.documents"), _link(document.url, told)


def _source_rows(base: KnowledgeBase, record: Source, say: Say) -> Iterable[Row]:
    yield say("field.type"), base.label("source-types", record.type, say.language)
    yield say("field.publisher"), record.publisher or ""
    yield say("field.date"), say.milestone(record.date) if record.date else say("unknown")
    yield say("field.number"), record.number or ""
    yield say("field.access"), say(f"access.{record.access}")
    yield say("field.url"), _link(record.url)
    yield say("field.annex_to"), base.name(f"source/{record.annex_to}") if record.annex_to else ""
    yield say("field.follows"), base.name(f"source/{record.follows}") if record.follows else ""
    yield say("field.about"), say.listing(base.name(ref) for ref in record.about)
    yield say("field.line_count"), str(record.line_count or "")


def _sections(base: KnowledgeBase, record: AnyRecord, day: date, say: Say) -> Iterator[Block]:
    match record:
        case Municipality():
            yield from _municipality_sections(base, record, day, say)
        case Region():
            yield from _region_sections(base, record, day, say)
        case Collaboration():
            yield from _collaboration_sections(base, record, say)
        case Policy():
            yield from _policy_sections(base, record, say)
        case Source():
            yield from _source_sections(base, record, say)
        case Vocabulary():
            labels = (say("field.code"), say("field.labels"), say("field.definition"))
            yield Table(labels, tuple(_concept(concept, say) for concept in record.concepts))


def _concept(concept: Concept, say: Say) -> tuple[str, ...]:
    definition = concept.definition.in_language(say.language) if concept.definition else ""
    return concept.code, concept.labels.in_language(say.language), definition


def _municipality_sections(base: KnowledgeBase, record: Municipality, day: date, say: Say) -> Iterator[Block]:
    standing = municipal_standing(base, record, day)
    for held in standing.standings:
        yield Heading(_policy_heading(base, held, say))
        if held.inherited_from:
            yield Paragraph(_inherited(base, record, held, say))
        yield _milestones(base, held.policy, say, record.id)
    for regional in standing.regional:
        yield Heading(regional.policy.title)
        whose = who_told(base, regional.policy, say)
        yield Paragraph(say("card.regional", whose=whose, status=say.status(regional.status)))
    yield from _collaborations(base, _taking_part(base, record.id), say, record.id)
    yield from _regional_collaborations(base, record, say)
    yield from _borders(base, record, say)


def _regional_collaborations(base: KnowledgeBase, record: Municipality, say: Say) -> Iterator[Block]:
    """What its regions have; that makes no municipality a participant."""
    told = tuple(
        noted(say("card.region-has", region=region.name, name=c.name), base, c.evidence, say)
        for region in base.regions_of(record.id)
        for c in base.collaborations
        if region.id in c.regions and record.id not in {p.municipality for p in c.participants}
    )
    if told:
        yield Heading(say("card.regional-collaborations"))
        yield Bullets(told)


def _policy_heading(base: KnowledgeBase, standing: Standing, say: Say) -> str:
    return say("card.policy", title=standing.policy.title, status=say.status(standing.status))


def _inherited(base: KnowledgeBase, record: Municipality, standing: Standing, say: Say) -> str:
    before = [m for m in base.predecessors_of(record.id) if m.id in standing.inherited_from]
    event = next(s for m in before for s in m.successors if s.municipality == record.id)
    phrase = "card.inherited" if standing.effective else "card.history"
    until = say.day(inherited_until(event.date.earliest))
    return say(phrase, name=say.listing(m.name for m in before), day=say.milestone(event.date), until=until)


def _taking_part(base: KnowledgeBase, municipality: str) -> tuple[Collaboration, ...]:
    ids = {municipality, *(before.id for before in base.predecessors_of(municipality))}
    known = base.known_of(Collaboration) if len(ids) > 1 else base.collaborations
    return tuple(c for c in known if ids & {p.municipality for p in c.participants})


def _region_sections(base: KnowledgeBase, record: Region, day: date, say: Say) -> Iterator[Block]:
    members = [m for m in base.municipalities if m.id in base.members_of(record.id)]
    if members:
        rows = tuple((m.name, standing_told(municipal_standing(base, m, day), say)) for m in members)
        yield Heading(say("list.heading", kinds=say("field.members"), number=len(members)))
        yield Table((say("field.name"), say("field.status")), rows)
    parts = base.parts_of(record.id) - {record.id}
    if parts:
        yield Heading(say("card.parts"))
        yield Bullets(tuple(sorted(base.name(f"region/{part}") for part in parts)))
    concerning = [c for c in base.collaborations if record.id in c.regions]
    yield from _collaborations(base, concerning, say)
    for policy in base.policies:
        if record.id in policy.regions:
            yield Heading(_policy_heading(base, policy_standing(base, policy, day), say))
            yield _milestones(base, policy, say)


def _collaborations(
    base: KnowledgeBase, found: Iterable[Collaboration], say: Say, municipality: str | None = None
) -> Iterator[Block]:
    rows = tuple(
        (noted(c.name, base, _why_there(c, municipality), say), _when(c, say), _purposes(base, c, say))
        for c in found
    )
    if rows:
        yield Heading(say("kinds.collaboration"))
        yield Table((say("field.name"), say("field.period"), say("field.purposes")), rows)


def _why_there(collaboration: Collaboration, municipality: str | None) -> tuple[Evidence, ...]:
    there = (p for p in collaboration.participants if p.municipality == municipality)
    mine = next(there, None)
    return mine.evidence if mine and mine.evidence else collaboration.evidence


def _when(collaboration: Collaboration, say: Say) -> str:
    return say.date(collaboration.period) if collaboration.period else say("date.start-unknown")


def _purposes(base: KnowledgeBase, collaboration: Collaboration, say: Say) -> str:
    return "; ".join(base.label("purposes", p, say.language) for p in collaboration.purposes)


def _borders(base: KnowledgeBase, record: Municipality, say: Say) -> Iterator[Block]:
    inside = [
        (base.name(f"municipality/{id}"), border.km, base.label("borders", border.kind, say.language))
        for id, border in record.neighbours.items()
        if f"municipality/{id}" in base.records
    ]
    outside = [
        (say("card.outside", name=b.name), b.km, base.label("borders", b.kind, say.language))
        for b in record.neighbours_outside
    ]
    rows = sorted((*inside, *outside), key=lambda row: -row[1])
    if rows:
        yield Heading(say("card.borders"))
        told = tuple((name, say.number(km, 1), kind) for name, km, kind in rows)
        yield Table((say("card.neighbour"), say("card.km"), say("card.border-kind")), told)


def _collaboration_sections(base: KnowledgeBase, record: Collaboration, say: Say) -> Iterator[Block]:
    if record.participants:
        yield Heading(say("field.participants"))
        items = tuple(_participant(base, record, index, say) for index in range(len(record.participants)))
        yield Bullets(items)
    yield Paragraph(say(f"card.participants-{record.participants_complete}"), quiet=True)
    pieces: tuple[Event | Activity, ...] = (*record.milestones, *record.activities)
    if pieces:
        yield Heading(say("card.activities"))
        yield Bullets(tuple(noted(_dated(p, say), base, p.evidence or record.evidence, say) for p in pieces))


def _participant(base: KnowledgeBase, record: Collaboration, index: int, say: Say) -> Text:
    participant = record.participants[index]
    told = base.name(participant.ref)
    if participant.role:
        told += f" ({base.label('roles', participant.role, say.language)})"
    if participant.remark:
        told += f". {participant.remark.in_language(say.language)}"
    return noted(told, base, participant.evidence or record.evidence, say)


def _dated(piece: Event | Activity, say: Say) -> str:
    text = piece.text.in_language(say.language)
    words = say("quoted", words=piece.date_text) if piece.date_text else ""
    told = say.milestone(piece.date) if piece.date else words
    return f"{told}: {text}" if told else text


def _policy_sections(base: KnowledgeBase, record: Policy, say: Say) -> Iterator[Block]:
    yield Heading(say("card.milestones"))
    yield _milestones(base, record, say)
    if record.influenced_by:
        yield Heading(say("card.influenced"))
        yield Bullets(
            tuple(
                noted(
                    base.name(i.ref) + (f". {i.remark.in_language(say.language)}" if i.remark else ""),
                    base, i.evidence, say,
                )
                for i in record.influenced_by
            )
        )  # fmt: skip
    if record.conditions:
        yield Heading(say("card.conditions"))
        yield Bullets(tuple(_condition(base, record, code, say) for code in record.conditions))
    if record.places:
        yield Heading(say("card.places"))
        targets = ((_target(t, say), t.evidence or record.evidence) for t in record.places)
        yield Bullets(tuple(noted(told, base, evidence, say) for told, evidence in targets))


def _condition(base: KnowledgeBase, policy: Policy, code: str, say: Say) -> Text:
    condition = policy.conditions[code]
    words = (condition.definition, condition.remark)
    more = " ".join(w.in_language(say.language) for w in words if w)
    value = f"{condition.value} {condition.unit or ''}".strip()
    told = f"{base.label('conditions', code, say.language)}: {value}" + (f". {more}" if more else "")
    return noted(told, base, condition.evidence or policy.evidence, say)


def _target(target: Target, say: Say) -> str:
    year = say.milestone(target.year) if target.year else ""
    method = target.method.in_language(say.language) if target.method else ""
    parts = (str(target.number), year, method)
    return ", ".join(part for part in parts if part)


def _milestones(base: KnowledgeBase, policy: Policy, say: Say, municipality: str | None = None) -> Table:
    everyone = municipality is None
    shown = (m for m in policy.milestones if everyone or municipality in (m.municipalities or [municipality]))
    rows = tuple(_milestone(base, policy, m, say) for m in shown)
    return Table((say("field.status"), say("card.when"), say("field.body")), rows)


def _milestone(base: KnowledgeBase, policy: Policy, milestone: Milestone, say: Say) -> tuple[Text, ...]:
    status = say.status(milestone.status)
    if milestone.planned:
        status = say("card.planned", status=status)
    if milestone.remark:
        status += f". {milestone.remark.in_language(say.language)}"
    told = noted(status, base, milestone.evidence or policy.evidence, say)
    body = base.label("bodies", milestone.body, say.language) if milestone.body else say("not-stated")
    return told, milestone_told(milestone, say), body


def _source_sections(base: KnowledgeBase, record: Source, say: Say) -> Iterator[Block]:
    yield Heading(say("card.rests-on"))
    rows = tuple(
        (base.name(ref), way, str(evidence.lines or evidence.pages or ""))
        for ref, way, evidence in citations_of(base, record.id)
    )
    labels = (say("card.record"), say("card.field"), say("card.place"))
    yield Table(labels, rows) if rows else Paragraph(say("card.rests-on-nothing"))


def _status(standing: Standing, say: Say) -> str:
    told = say.status(standing.status)
    return say("status.maybe", status=told, maybe=say.status(standing.maybe)) if standing.maybe else told


def _notes(base: KnowledgeBase, record: AnyRecord, say: Say) -> Iterator[Block]:
    if record.notes:
        yield Heading(say("card.notes"))
        told = ((n.text.in_language(say.language), n.evidence or record.evidence) for n in record.notes)
        yield Bullets(tuple(noted(words, base, evidence, say) for words, evidence in told))


def _sources(base: KnowledgeBase, record: AnyRecord, say: Say) -> Iterator[Block]:
    if record.evidence:
        yield Heading(say("kinds.source"))
        yield Bullets(tuple(evidence_told(base, (item,), say) for item in record.evidence))


def _link(address: str | None, words: str = "") -> Text:
    if not address:
        return words
    return (Link(words or address, address),)
