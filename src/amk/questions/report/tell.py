"""The briefing in words: its parts, in an order that a reader in a hurry can stop in."""

from __future__ import annotations

from collections.abc import Iterator

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table, Text
from amk.language import Phrases
from amk.questions.report.accountability import accountability
from amk.questions.report.collaborations import collaborations_told, convened_told
from amk.questions.report.essentials import essentials, unreadable
from amk.questions.report.figures_and_commitments import commitments_told, figures_told
from amk.questions.report.find import Briefing, MunicipalityState
from amk.questions.report.notes import note_of
from amk.questions.report.policies import policies_told
from amk.questions.wording import noted, standing_told


def tell_briefing(
    briefing: Briefing,
    phrases: Phrases,
    area: str,
    covered: tuple[str, ...],
    striking: tuple[Block, ...] = (),
) -> tuple[Block, ...]:
    """A briefing about an area; `covered` says which data it was made from, `striking` what stands out."""
    phrases = phrases.with_topic("report")
    return (
        Paragraph(phrases("report.area", area=area, day=phrases.day(briefing.day))),
        *essentials(briefing, phrases),
        *striking,
        *policies_told(briefing, phrases),
        *collaborations_told(briefing, phrases),
        *convened_told(briefing, phrases),
        *_not_known(briefing, phrases),
        *figures_told(briefing, phrases),
        *commitments_told(briefing, phrases),
        *accountability(briefing, phrases, covered),
        *per_municipality(briefing, phrases),
    )


def title_of(briefing: Briefing, phrases: Phrases, area: str) -> str:
    """The title of a briefing: its subject and its area."""
    subject = briefing.base.manifest.subject.in_language(phrases.language)
    return phrases.with_topic("report")("report.title", subject=subject[:1].upper() + subject[1:], area=area)


def tell_state_table(
    briefing: Briefing,
    phrases: Phrases,
    area: str,
    covered: tuple[str, ...],
    striking: tuple[Block, ...] = (),
) -> tuple[Block, ...]:
    """The state of each municipality in one table, and on what it rests."""
    phrases = phrases.with_topic("report")
    return (
        Paragraph(phrases("report.area", area=area, day=phrases.day(briefing.day))),
        *per_municipality(briefing, phrases),
        *accountability(briefing, phrases, covered),
    )


def _not_known(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("report.not-known"))
    points: list[Text] = []
    if briefing.unknown:
        names = phrases.listing(place.municipality.name for place in briefing.unknown)
        points.append(phrases("report.not-known.municipalities", names=names))
    points.extend(unreadable(briefing, phrases))
    points.extend(questions(briefing, phrases))
    yield Bullets(tuple(points) or (phrases("report.not-known.nothing"),))


def questions(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    """What nobody could say, each with its source."""
    return (note_of(briefing, s, phrases) for s in briefing.about("not-known"))


def per_municipality(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """A row for each municipality: its region, status, collaborations, and when that was last confirmed."""
    if not briefing.places:
        return
    yield Heading(phrases("report.per-municipality"))
    columns = ("kind.municipality", "kind.region", "field.status", "report.in", "field.last_confirmed")
    rows = tuple(_place_row(briefing, place, phrases) for place in briefing.places)
    labels = tuple(phrases(c)[:1].upper() + phrases(c)[1:] for c in columns)
    yield Table(labels, rows, phrases("report.per-municipality.caption", day=phrases.day(briefing.day)))


def _place_row(briefing: Briefing, place: MunicipalityState, phrases: Phrases) -> tuple[Text, ...]:
    base = briefing.base
    searched = place.policy_status.finding if place.policy_status.status == "none" else None
    return (
        place.municipality.name,
        ", ".join(region.name for region in base.division_of(place.municipality.id)),
        noted(
            standing_told(place.policy_status, phrases), base, searched.evidence if searched else (), phrases
        ),
        "; ".join(_taking_part(place, phrases)) or phrases("report.in-none"),
        phrases.milestone(place.last_confirmed) if place.last_confirmed else phrases("unknown"),
    )


def _taking_part(place: MunicipalityState, phrases: Phrases) -> Iterator[str]:
    """What names it, what once did, and what it may have part in through a region that is named."""
    yield from (c.name for c in place.named_in)
    yield from (phrases("report.in-ended", name=c.name) for c in place.once_in)
    through = [c.name for c in place.through_region if c not in place.named_in]
    if through:
        yield phrases("report.in-region", names=phrases.listing(through))
