"""The essentials of a briefing: the points that a reader in a hurry needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amk.document.blocks import Block, Bullets, Footnote, Heading, Text
from amk.language import Phrases
from amk.model.confirmation import last_confirmed
from amk.model.records import Collaboration
from amk.model.statuses import EFFECTIVE
from amk.model.validity import holds
from amk.questions.attribution import attributed
from amk.questions.report.collaborations import since_told
from amk.questions.report.find import Briefing, MunicipalityState, oldest_and_newest
from amk.questions.report.notes import note_of
from amk.questions.wording import (
    MOST_NAMED,
    aside,
    evidence_of_status,
    evidence_told,
    named_if_few,
    noted,
    who_told,
)

UNDER_WAY = ("agenda", "preparation", "concept", "consultation")
"""What a policy is that is being made."""


def essentials(briefing: Briefing, phrases: Phrases, cited: bool = False) -> Iterator[Block]:
    """The points that a reader in a hurry needs; `cited` where no table below says what they rest on."""
    yield Heading(phrases("report.essentials"))
    points: list[Text] = [freshness(briefing, phrases)] if briefing.places else []
    points.extend(by_status(briefing, phrases, cited))
    points.extend(who_works_together(briefing, phrases))
    points.extend(note_of(briefing, s, phrases) for s in briefing.about("trend"))
    points.extend(unknown(briefing, phrases))
    points.extend(unreadable(briefing, phrases))
    yield Bullets(tuple(points))


def unknown(briefing: Briefing, phrases: Phrases) -> Iterator[str]:
    """Of how many nothing is known, and for how many of these somebody looked."""
    if briefing.unknown and len(briefing.places) > 1:
        searched = sum(place.policy_status.searched is not None for place in briefing.unknown)
        told = phrases("report.unknown", count=len(briefing.unknown))
        all_of_them = searched == len(briefing.unknown) > 1
        looked = phrases("report.searched.all") if all_of_them else phrases("report.searched", count=searched)
        yield f"{told} {looked}" if searched else told


def unreadable(briefing: Briefing, phrases: Phrases) -> Iterator[str]:
    """Of whom the data cannot be read: never to be counted among those of whom nothing is known."""
    if briefing.unreadable:
        names = phrases.listing(place.municipality.name for place in briefing.unreadable)
        yield phrases("report.unreadable", names=names)


def freshness(briefing: Briefing, phrases: Phrases) -> str:
    """Of how many the status was confirmed lately, and between which days of all."""
    known = [place for place in briefing.places if place.last_confirmed]
    if len(briefing.places) == 1:
        return _freshness_of(briefing.places[0], briefing, phrases)
    fresh = sum(place.is_fresh(briefing.day) for place in known)
    everyone = phrases.municipalities(len(briefing.places))
    names = [place.municipality.name for place in known if place.is_fresh(briefing.day)]
    named = f" ({phrases.listing(names)})" if 0 < len(names) <= MOST_NAMED else ""
    told = (
        phrases("report.fresh", count=fresh, all=everyone, names=named)
        if fresh
        else phrases("report.fresh-none", all=everyone)
    )
    span = oldest_and_newest(place.last_confirmed for place in known)
    if not span:
        return told
    oldest, newest = map(phrases.on, span)
    phrase = "report.span.one" if oldest == newest else "report.span.many"
    return f"{told} {phrases(phrase, oldest=oldest, newest=newest)}"


def _freshness_of(place: MunicipalityState, briefing: Briefing, phrases: Phrases) -> str:
    if place.last_confirmed is None:
        told = phrases("report.fresh-unknown", name=place.municipality.name)
        return f"{told} {phrases('report.searched-here')}" if place.policy_status.searched else told
    phrase = "report.fresh-one" if place.is_fresh(briefing.day) else "report.stale-one"
    return phrases(phrase, name=place.municipality.name, when=phrases.on(place.last_confirmed))


def by_status(briefing: Briefing, phrases: Phrases, cited: bool) -> Iterator[Text]:
    """Who has policy, who is working on it, and where none was found; with what is old in the past tense."""
    effective = briefing.places_at(*EFFECTIVE)
    coming = briefing.places_at(*UNDER_WAY)
    for phrase, places in (("effective", effective), ("coming", coming), ("none", briefing.none_found)):
        if places:
            fresh = all(place.is_fresh(briefing.day) for place in places)
            tense = "now" if fresh else "then"
            names = phrases.listing(place.municipality.name for place in places)
            told = phrases(f"report.{phrase}.{tense}", count=len(places), names=names)
            yield (told, Footnote(" ".join(_rests(briefing, places, phrases)))) if cited else told
    regional = [
        phrases(
            "report.regional-policy",
            who=who_told(briefing.base, s.policy, phrases),
            status=phrases.status(s.status),
        )
        for s in briefing.policies
        if s.policy.regions and s.status in UNDER_WAY
    ]
    if regional:
        yield phrases("report.regional-making", listed=phrases.listing(regional))


def _rests(briefing: Briefing, places: Iterable[MunicipalityState], phrases: Phrases) -> Iterator[str]:
    """What the status of each municipality rests on; those that rest on the same together."""
    by_rest: dict[str, list[str]] = {}
    for place in places:
        rests = evidence_told(briefing.base, evidence_of_status(place.policy_status), phrases)
        by_rest.setdefault(rests or phrases("not-stated") + ".", []).append(place.municipality.name)
    for rests, names in by_rest.items():
        yield f"{phrases.listing(names)}: {rests}"


def who_works_together(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    """Who works together: about a part of the whole in a sentence each, else by name, else by number."""
    running = [*briefing.collaborations, *briefing.convened_now]
    if not running:
        yield phrases("report.no-collaborations")
    elif briefing.is_part and len(running) <= MOST_NAMED:
        yield from (_in_short(briefing, c, phrases) for c in running)
    else:
        yield from _counted(briefing, phrases)


def _in_short(briefing: Briefing, collaboration: Collaboration, phrases: Phrases) -> Text:
    """One collaboration: its name, since when, what for, and when that was last confirmed."""
    base, evidence = briefing.base, collaboration.evidence
    about = collaboration.name + aside(since_told(base, collaboration, phrases))
    last = last_confirmed(base, collaboration, briefing.day)
    confirmed = phrases("report.confirmed", when=phrases.on(last)) if last else ""
    summary = collaboration.summary.in_language(phrases.language) if collaboration.summary else ""
    words = f"{summary} {confirmed}".strip()
    if not words:
        return noted(f"{about}.", base, evidence, phrases)
    return noted(attributed(words, base, evidence, briefing.day, phrases, about), base, evidence, phrases)


def _counted(briefing: Briefing, phrases: Phrases) -> Iterator[Text]:
    """How many certainly run and how many only may, apart; and those that cross a border."""
    own, across, organised = briefing.collaborations, briefing.across, briefing.convened_now
    for certain in (True, False):
        some = [c for c in own if (holds(briefing.base, c, briefing.day) == "yes") == certain]
        if some:
            key = "report.collaborations.certain" if certain else "report.collaborations.maybe"
            yield phrases(key, count=len(some), names=named_if_few([c.name for c in some], phrases))
    if across:
        yield phrases(
            "report.crossings", count=len(across), names=named_if_few([c.name for c in across], phrases)
        )
    if organised:
        yield phrases("report.organised", names=phrases.listing(c.name for c in organised))
