"""The briefing in words: seven parts, in an order that a reader in a hurry can stop in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.document import Block, Bullets, Heading, Link, Note, Paragraph, Table, Text
from amk.language import Say
from amk.questions.briefing import (
    Briefing,
    Place,
    Stated,
    confirmed_until,
    oldest_and_newest,
)
from amk.questions.telling import (
    evidence_of_status,
    evidence_told,
    milestone_told,
    noted,
    standing_told,
    who_told,
)
from amk.records import Activity, Collaboration, Event, Evidence, Policy, Source
from amk.standing import Standing
from amk.status import EFFECTIVE


def tell_briefing(
    briefing: Briefing, say: Say, area: str, covered: tuple[str, ...], striking: tuple[Block, ...] = ()
) -> tuple[Block, ...]:
    """A briefing about an area; `covered` says which data it was made from, `striking` what stands out."""
    return (
        Paragraph(say("report.area", area=area, day=say.day(briefing.day))),
        *essentials(briefing, say),
        *striking,
        *_policy(briefing, say),
        *_collaboration(briefing, say),
        *_convened(briefing, say),
        *_not_known(briefing, say),
        *accountability(briefing, say, covered),
        *per_municipality(briefing, say),
    )


def title_of(briefing: Briefing, say: Say, area: str) -> str:
    """The title of a briefing: its subject and its area."""
    subject = briefing.base.manifest.subject.in_language(say.language)
    return say("report.title", subject=subject[:1].upper() + subject[1:], area=area)


def tell_state_table(
    briefing: Briefing, say: Say, area: str, covered: tuple[str, ...], striking: tuple[Block, ...] = ()
) -> tuple[Block, ...]:
    """The state of each municipality in one table, and on what it rests."""
    return (
        Paragraph(say("report.area", area=area, day=say.day(briefing.day))),
        *per_municipality(briefing, say),
        *accountability(briefing, say, covered),
    )


def essentials(briefing: Briefing, say: Say, cited: bool = False) -> Iterator[Block]:
    """The points that a reader in a hurry needs; `cited` where no table below says what they rest on."""
    yield Heading(say("report.essentials"))
    points: list[Text] = [_freshness(briefing, say)] if briefing.places else []
    points.extend(_by_status(briefing, say, cited))
    points.append(_how_many_collaborations(briefing, say))
    points.extend(_told(briefing, s, say) for s in briefing.about("trend"))
    if briefing.unknown:
        points.append(say("report.unknown", count=len(briefing.unknown)))
    yield Bullets(tuple(points))


def _freshness(briefing: Briefing, say: Say) -> str:
    known = [place for place in briefing.places if place.last_confirmed]
    if len(briefing.places) == 1:
        return _freshness_of(briefing.places[0], briefing, say)
    fresh = sum(place.is_fresh(briefing.day) for place in known)
    everyone = say.municipalities(len(briefing.places))
    told = say("report.fresh", fresh=fresh, all=everyone) if fresh else say("report.fresh-none", all=everyone)
    span = oldest_and_newest(place.last_confirmed for place in known)
    if not span:
        return told
    oldest, newest = map(say.day, span)
    phrase = "report.span.one" if oldest == newest else "report.span.many"
    return f"{told} {say(phrase, oldest=oldest, newest=newest)}"


def _freshness_of(place: Place, briefing: Briefing, say: Say) -> str:
    if place.last_confirmed is None:
        return say("report.fresh-unknown", name=place.municipality.name)
    phrase = "report.fresh-one" if place.is_fresh(briefing.day) else "report.stale-one"
    return say(phrase, name=place.municipality.name, day=say.day(place.last_confirmed))


def _by_status(briefing: Briefing, say: Say, cited: bool) -> Iterator[Text]:
    """Who has policy, who is working on it, and where none was found; with what is old in the past tense."""
    effective = briefing.places_at(*EFFECTIVE)
    coming = briefing.places_at("agenda", "preparation", "concept", "consultation")
    for phrase, places in (("effective", effective), ("coming", coming), ("none", briefing.none_found)):
        if places:
            fresh = all(place.is_fresh(briefing.day) for place in places)
            tense = "now" if fresh else "then"
            names = say.listing(place.municipality.name for place in places)
            told = say(f"report.{phrase}.{tense}", count=len(places), names=names)
            yield (told, Note(" ".join(_rests(briefing, places, say)))) if cited else told


def _rests(briefing: Briefing, places: Iterable[Place], say: Say) -> Iterator[str]:
    """Municipality by municipality, what its status rests on."""
    for place in places:
        rests = evidence_told(briefing.base, evidence_of_status(place.standing), say)
        yield f"{place.municipality.name}: {rests or say('not-stated') + '.'}"


def _how_many_collaborations(briefing: Briefing, say: Say) -> str:
    running = [c for c in (*briefing.collaborations, *briefing.convened) if c.ref in briefing.base.records]
    if not running:
        return say("report.no-collaborations")
    told = say("report.collaborations", count=len(running))
    crossing = len(briefing.crossing) + len(briefing.beyond)
    return f"{told} {say('report.crossings', count=crossing)}" if crossing else told


def _policy(briefing: Briefing, say: Say) -> Iterator[Block]:
    yield Heading(say("report.policy"))
    if briefing.policies:
        yield from _confirmed(say, "report.policy.confirmed", (s.last_confirmed for s in briefing.policies))
        columns = ("field.status", "report.who", "report.when", "report.decided-by")
        rows = tuple(_policy_row(briefing, standing, say) for standing in briefing.policies)
        yield Table(tuple(say(c) for c in columns), rows, say("report.policy.caption"))
    else:
        yield Paragraph(say("report.policy.none"))
    influences = tuple(_influences(briefing, say))
    yield from _bullets((*(_told(briefing, s, say) for s in briefing.about("policy")), *influences))


def _policy_row(briefing: Briefing, standing: Standing, say: Say) -> tuple[Text, ...]:
    base, policy, milestone = briefing.base, standing.policy, standing.milestone
    status = say.status(standing.status)
    if standing.maybe:
        status = say("status.maybe", status=status, maybe=say.status(standing.maybe))
    if policy.regions:
        status = say("report.regional", status=status)
    whose = say("report.whose", who=who_told(base, policy, say), title=policy.title)
    evidence = milestone.evidence if milestone and milestone.evidence else policy.evidence
    remark = f" {milestone.remark.in_language(say.language)}" if milestone and milestone.remark else ""
    body = base.label("bodies", standing.body, say.language) if standing.body else ""
    decided = body or say("not-stated" if standing.effective else "not-applicable")
    when = milestone_told(milestone, say) if milestone else say("unknown")
    return status, noted(whose, base, evidence, say, remark), when, decided


def _influences(briefing: Briefing, say: Say) -> Iterator[Text]:
    for standing in briefing.policies:
        for influence in standing.policy.influenced_by:
            other = briefing.base.name(influence.ref)
            told = say("report.influence", title=standing.policy.title, other=other)
            remark = f" {influence.remark.in_language(say.language)}" if influence.remark else ""
            yield noted(told + remark, briefing.base, influence.evidence, say)


def _collaboration(briefing: Briefing, say: Say) -> Iterator[Block]:
    yield Heading(say("report.collaboration"))
    if briefing.collaborations:
        days = confirmed_until(briefing, briefing.collaborations)
        yield from _confirmed(say, "report.collaboration.confirmed", days)
        columns = ("report.where", "field.form", "report.since", "report.purpose", "field.participants")
        rows = tuple(_collaboration_row(briefing, c, say) for c in briefing.collaborations)
        yield Table(tuple(say(c) for c in columns), rows, say("report.collaboration.caption"))
    else:
        yield Paragraph(say("report.collaboration.none"))
    yield from _bullets(tuple(_crossings(briefing, say)))
    done = (text for c in briefing.collaborations for text in _activities(briefing, c, say))
    yield from _bullets((*(_told(briefing, s, say) for s in briefing.about("collaboration")), *done))


def _collaboration_row(briefing: Briefing, collaboration: Collaboration, say: Say) -> tuple[Text, ...]:
    base, language = briefing.base, say.language
    form = base.label("forms", collaboration.form, language) if collaboration.form else say("not-stated")
    purposes = "; ".join(base.label("purposes", p, language) for p in collaboration.purposes)
    if collaboration.framework:
        purposes += say("report.framework", framework=collaboration.framework.in_language(language))
    return (
        noted(collaboration.name, base, collaboration.evidence, say),
        form,
        _since(collaboration, say),
        purposes or say("not-stated"),
        _participants(briefing, collaboration, say),
    )


def _since(collaboration: Collaboration, say: Say) -> str:
    words = say("quoted", words=collaboration.date_text) if collaboration.date_text else ""
    if collaboration.period is None or collaboration.period.starts_unknown:
        unknown = say("date.start-unknown")
        return f"{unknown} ({words})" if words else unknown
    return f"{say.date(collaboration.period)} {words}".strip()


def _participants(briefing: Briefing, collaboration: Collaboration, say: Say) -> Text:
    base = briefing.base
    if not collaboration.participants:
        regions = say.listing(base.name(f"region/{region}") for region in collaboration.regions)
        return say("report.participants.unnamed", regions=regions) if regions else say("not-stated")
    names = say.listing(base.name(p.ref) for p in collaboration.participants)
    evidence = [e for p in collaboration.participants for e in p.evidence]
    if collaboration.participants_complete != "true":
        names += " " + say("report.participants.maybe-more")
    return noted(names, base, evidence, say)


def _crossings(briefing: Briefing, say: Say) -> Iterator[Text]:
    for collaboration, regions in briefing.crossing:
        names = say.listing(region.name for region in regions)
        told = say("report.crossing", name=collaboration.name, number=len(regions), regions=names)
        yield noted(told, briefing.base, collaboration.evidence, say)
    for region in briefing.beyond:
        names = say.listing(outside.name for outside in region.outside_province)
        yield noted(say("report.beyond", name=region.name, names=names), briefing.base, region.evidence, say)


def _convened(briefing: Briefing, say: Say) -> Iterator[Block]:
    yield Heading(say("report.convened"))
    if not briefing.convened:
        yield Paragraph(say("report.convened.none"))
    for collaboration in briefing.convened:
        yield Heading(collaboration.name, level=3)
        yield Paragraph(_convening(briefing, collaboration, say))
        yield from _bullets(tuple(_activities(briefing, collaboration, say)))
        yield from _named_participants(briefing, collaboration, say)
    yield from _bullets(tuple(_told(briefing, s, say) for s in briefing.about("convenor")))


def _convening(briefing: Briefing, collaboration: Collaboration, say: Say) -> Text:
    base, language = briefing.base, say.language
    ended = collaboration.ref not in base.records
    parts = []
    if collaboration.form:
        parts.append(base.label("forms", collaboration.form, language))
    parts.append(say.date(collaboration.period) if collaboration.period else say("date.start-unknown"))
    if collaboration.initiator:
        parts.append(say("report.initiated", name=base.name(collaboration.initiator)))
    if collaboration.convenor:
        parts.append(say("report.convened-by", name=base.name(collaboration.convenor)))
    told = "; ".join(parts)
    told = told[:1].upper() + told[1:] + "."
    if collaboration.purposes:
        purposes = say.listing(base.label("purposes", p, language) for p in collaboration.purposes)
        told += " " + say("report.purposes.then" if ended else "report.purposes.now", purposes=purposes)
    return noted(told, base, collaboration.evidence, say)


def _named_participants(briefing: Briefing, collaboration: Collaboration, say: Say) -> Iterator[Block]:
    if collaboration.participants:
        names = say.listing(briefing.base.name(p.ref) for p in collaboration.participants)
        evidence = [e for p in collaboration.participants for e in p.evidence]
        complete = say(f"card.participants-{collaboration.participants_complete}")
        told = f"{say('report.named', names=names)} {complete}"
        yield Paragraph(noted(told, briefing.base, evidence, say))


def _activities(briefing: Briefing, collaboration: Collaboration, say: Say) -> Iterator[Text]:
    pieces: tuple[Event | Activity, ...] = (*collaboration.milestones, *collaboration.activities)
    for piece in pieces:
        if piece.date and piece.date.earliest > briefing.day:
            continue
        words = piece.text.in_language(say.language)
        when = say.milestone(piece.date) if piece.date and piece.date.start else ""
        prefix = "" if collaboration.convenor else f"{collaboration.name}: "
        dated = f" ({when})" if when else ""
        evidence = piece.evidence or collaboration.evidence
        yield noted(prefix + words.rstrip(".") + dated + ".", briefing.base, evidence, say)


def _not_known(briefing: Briefing, say: Say) -> Iterator[Block]:
    yield Heading(say("report.not-known"))
    points: list[Text] = []
    if briefing.unknown:
        names = say.listing(place.municipality.name for place in briefing.unknown)
        points.append(say("report.not-known.municipalities", names=names))
    points.extend(questions(briefing, say))
    yield Bullets(tuple(points) or (say("report.not-known.nothing"),))


def questions(briefing: Briefing, say: Say) -> Iterator[Text]:
    """What nobody could say, each with its source."""
    return (_told(briefing, stated, say) for stated in briefing.about("not-known"))


def accountability(briefing: Briefing, say: Say, covered: tuple[str, ...]) -> Iterator[Block]:
    """What a document covers, and the sources that it rests on."""
    yield Heading(say("report.accountability"))
    yield Paragraph(" ".join((*covered, say("report.own-words"))))
    if briefing.sources:
        yield Paragraph(say("report.sources", count=len(briefing.sources)))
        yield Bullets(tuple(_source(source, say) for source in briefing.sources))


def _source(source: Source, say: Say) -> Text:
    when = say.milestone(source.date) if source.date else say("report.no-date")
    words = ", ".join(part for part in (source.title, source.publisher, when) if part)
    return (Link(words, source.url), ".") if source.url else f"{words}."


def per_municipality(briefing: Briefing, say: Say) -> Iterator[Block]:
    """A row for each municipality: its region, status, collaborations, and when that was last confirmed."""
    if not briefing.places:
        return
    yield Heading(say("report.per-municipality"))
    columns = ("kind.municipality", "kind.region", "field.status", "report.in", "field.last_confirmed")
    rows = tuple(_place_row(briefing, place, say) for place in briefing.places)
    labels = tuple(say(c)[:1].upper() + say(c)[1:] for c in columns)
    yield Table(labels, rows, say("report.per-municipality.caption", day=say.day(briefing.day)))


def _place_row(briefing: Briefing, place: Place, say: Say) -> tuple[Text, ...]:
    base, id = briefing.base, place.municipality.id
    taking_part = [c.name for c in base.collaborations if id in {p.municipality for p in c.participants}]
    searched = place.standing.finding if place.standing.status == "none" else None
    return (
        place.municipality.name,
        ", ".join(region.name for region in base.division_of(id)),
        noted(standing_told(place.standing, say), base, searched.evidence if searched else (), say),
        "; ".join(taking_part) or say("report.in-none"),
        say.day(place.last_confirmed) if place.last_confirmed else say("unknown"),
    )


def _told(briefing: Briefing, stated: Stated, say: Say) -> Text:
    """A note with its source, after the name of what it is about; of the whole there is no need to say."""
    words = stated.note.text.in_language(say.language)
    evidence: tuple[Evidence, ...] = stated.note.evidence or stated.record.evidence
    return noted(_about(briefing, stated, say) + words, briefing.base, evidence, say)


def _about(briefing: Briefing, stated: Stated, say: Say) -> str:
    if stated.record is briefing.base.home or stated.record.id == briefing.base.manifest.home_region:
        return ""
    if isinstance(stated.record, Policy):
        return f"{who_told(briefing.base, stated.record, say)}: "
    return f"{stated.record.name}: "


def _confirmed(say: Say, phrase: str, days: Iterable[date | None]) -> Iterator[Block]:
    """Once a section: between which days its facts were last confirmed."""
    span = oldest_and_newest(days)
    if span:
        oldest, newest = (say.day(day) for day in span)
        same = "one" if oldest == newest else "many"
        yield Paragraph(say(f"{phrase}.{same}", oldest=oldest, newest=newest))


def _bullets(items: tuple[Text, ...]) -> Iterator[Block]:
    if items:
        yield Bullets(items)
