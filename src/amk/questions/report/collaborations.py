"""The second and third part of a briefing: who works together, and what a party organised."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Block, Heading, Paragraph, Table, Text
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Activity, Collaboration, Event
from amk.questions.attribution import attributed, known_since
from amk.questions.report.find import Briefing, confirmed_until
from amk.questions.report.notes import bulleted, confirmed_between, note_of
from amk.questions.wording import aside, milestone_told, noted


def collaborations_told(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """The collaborations of municipalities and regions, what crosses a border, and what they did."""
    yield Heading(phrases("report.collaboration"))
    if briefing.collaborations:
        days = confirmed_until(briefing, briefing.collaborations)
        yield from confirmed_between(phrases, "report.collaboration.confirmed", days)
        columns = ("report.where", "field.form", "report.since", "report.purpose", "field.participants")
        rows = tuple(_collaboration_row(briefing, c, phrases) for c in briefing.collaborations)
        yield Table(tuple(phrases(c) for c in columns), rows, phrases("report.collaboration.caption"))
    else:
        yield Paragraph(phrases("report.collaboration.none"))
    yield from bulleted(tuple(_crossings(briefing, phrases)))
    done = (text for c in briefing.collaborations for text in _activities(briefing, c, phrases))
    yield from bulleted((*(note_of(briefing, s, phrases) for s in briefing.about("collaboration")), *done))


def _collaboration_row(
    briefing: Briefing, collaboration: Collaboration, phrases: Phrases
) -> tuple[Text, ...]:
    base, language = briefing.base, phrases.language
    form = base.label("forms", collaboration.form, language) if collaboration.form else phrases("not-stated")
    purposes = "; ".join(base.label("purposes", p, language) for p in collaboration.purposes)
    if collaboration.framework:
        purposes += phrases("report.framework", framework=collaboration.framework.in_language(language))
    return (
        noted(collaboration.name, base, collaboration.evidence, phrases),
        form,
        since_told(briefing.base, collaboration, phrases),
        purposes or phrases("not-stated"),
        _participants(briefing, collaboration, phrases),
    )


def since_told(base: KnowledgeBase, collaboration: Collaboration, phrases: Phrases) -> str:
    """Since when; where no source says that, by when it had begun, with the source's own words for it."""
    words = phrases("quoted", words=collaboration.date_text) if collaboration.date_text else ""
    if collaboration.period is None or collaboration.period.starts_unknown:
        by = known_since(base, collaboration.evidence)
        unknown = phrases("date.by", end=phrases.moment(by)) if by else phrases("date.start-unknown")
        return f"{unknown} ({words})" if words else unknown
    return f"{phrases.date(collaboration.period)} {words}".strip()


def _participants(briefing: Briefing, collaboration: Collaboration, phrases: Phrases) -> Text:
    base = briefing.base
    if not collaboration.participants:
        regions = phrases.listing(base.name(f"region/{region}") for region in collaboration.regions)
        return phrases("report.participants.unnamed", regions=regions) if regions else phrases("not-stated")
    names = phrases.listing(base.name(p.ref) for p in collaboration.participants)
    evidence = [e for p in collaboration.participants for e in p.evidence]
    if collaboration.participants_complete != "true":
        names += " " + phrases("report.participants.maybe-more")
    return noted(names, base, evidence, phrases)


def _crossings(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    for collaboration, regions in briefing.crossing:
        names = phrases.listing(region.name for region in regions)
        told = phrases("report.crossing", name=collaboration.name, number=len(regions), regions=names)
        yield noted(told, briefing.base, collaboration.evidence, phrases)
    for region in briefing.beyond:
        names = phrases.listing(outside.name for outside in region.outside_province)
        yield noted(
            phrases("report.beyond", name=region.name, names=names), briefing.base, region.evidence, phrases
        )


def convened_told(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """What a party organised for municipalities, ended too, each under its own heading."""
    yield Heading(phrases("report.convened"))
    if not briefing.convened:
        yield Paragraph(phrases("report.convened.none"))
    for collaboration in briefing.convened:
        yield Heading(collaboration.name, level=3)
        yield Paragraph(convening_told(briefing, collaboration, phrases))
        yield from bulleted(tuple(_activities(briefing, collaboration, phrases)))
        yield from _named_participants(briefing, collaboration, phrases)
    yield from bulleted(tuple(note_of(briefing, s, phrases) for s in briefing.about("convenor")))


def convening_told(briefing: Briefing, collaboration: Collaboration, phrases: Phrases) -> Text:
    """Of what form it is, when it was, who organised it, and what for."""
    base, language = briefing.base, phrases.language
    ended = collaboration.ref not in base.records
    parts = []
    if collaboration.form:
        parts.append(base.label("forms", collaboration.form, language))
    parts.append(
        phrases.date(collaboration.period) if collaboration.period else phrases("date.start-unknown")
    )
    if collaboration.initiator:
        parts.append(phrases("report.initiated", name=base.name(collaboration.initiator)))
    if collaboration.convenor:
        through = collaboration.initiator and collaboration.initiator != collaboration.convenor
        phrase = "report.convened-through" if through else "report.convened-by"
        parts.append(phrases(phrase, name=base.name(collaboration.convenor)))
    told = "; ".join(parts)
    told = told[:1].upper() + told[1:] + "."
    if collaboration.purposes:
        purposes = phrases.listing(base.label("purposes", p, language) for p in collaboration.purposes)
        told += " " + phrases("report.purposes.then" if ended else "report.purposes.now", purposes=purposes)
    return noted(told, base, collaboration.evidence, phrases)


def _named_participants(
    briefing: Briefing, collaboration: Collaboration, phrases: Phrases
) -> Iterator[Block]:
    if collaboration.participants:
        names = phrases.listing(briefing.base.name(p.ref) for p in collaboration.participants)
        evidence = [e for p in collaboration.participants for e in p.evidence]
        complete = phrases.with_topic("card")(f"card.participants-{collaboration.participants_complete}")
        told = f"{phrases('report.named', names=names)} {complete}"
        yield Paragraph(noted(told, briefing.base, evidence, phrases))


def _activities(briefing: Briefing, collaboration: Collaboration, phrases: Phrases) -> Iterator[Text]:
    about = "" if collaboration.convenor else collaboration.name
    for piece in pieces_of(briefing, collaboration):
        evidence = piece.evidence or collaboration.evidence
        said = piece_told(piece, phrases)
        told = attributed(said, briefing.base, evidence, briefing.day, phrases, about)
        yield noted(told, briefing.base, evidence, phrases)


def pieces_of(briefing: Briefing, collaboration: Collaboration) -> Iterator[Event | Activity]:
    """What happened in a collaboration by the day."""
    pieces: tuple[Event | Activity, ...] = (*collaboration.milestones, *collaboration.activities)
    for piece in pieces:
        if not (piece.date and piece.date.earliest > briefing.day):
            yield piece


def piece_told(piece: Event | Activity, phrases: Phrases) -> str:
    """What happened, and when."""
    dated = aside(milestone_told(piece, phrases)) if piece.date or piece.date_text else ""
    return piece.text.in_language(phrases.language).rstrip(".") + dated + "."
