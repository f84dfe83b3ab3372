"""Turns of phrase that several answers share: a status, whose a policy is, where a fact comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from amk.document.blocks import Footnote, Run, Text
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import MunicipalityStatus, PolicyStatus, municipality_status_on
from amk.model.records import (
    Activity,
    Commitment,
    Event,
    Evidence,
    Milestone,
    Municipality,
    Note,
    Policy,
    Source,
    Target,
)
from amk.questions.attribution import source_told
from amk.values.dates import NotADate, parse_date
from amk.values.line_ranges import LineRanges

MOST_NAMED = 7
"""How many are named before they are only counted."""


def day_told(edtf: object, phrases: Phrases) -> str:
    """The date of a milestone in words; nothing where there is none."""
    return phrases.milestone(parse_date(str(edtf))) if edtf else ""


def named_some(refs: Sequence[str], phrases: Phrases) -> str:
    """Names before numbers, up to seven."""
    more = len(refs) - MOST_NAMED
    rest = [phrases("cover.more", count=more)] if more > 0 else []
    return phrases.listing([*refs[:MOST_NAMED], *rest])


def named_if_few(names: Sequence[str], phrases: Phrases) -> str:
    """Names behind their number, up to seven; nothing where there are more."""
    return phrases("named", names=phrases.listing(names)) if len(names) <= MOST_NAMED else ""


def status_told(base: KnowledgeBase, municipality: Municipality, day: date, phrases: Phrases) -> str:
    """The status of a municipality in words, with what may be, what is under way and what it rests on."""
    return standing_told(municipality_status_on(base, municipality, day), phrases)


def standing_told(policy_status: MunicipalityStatus, phrases: Phrases) -> str:
    """A municipality's standing in words."""
    told = phrases.status(policy_status.status)
    if policy_status.status == "none" and policy_status.finding:
        told = phrases("status.none-on", date=phrases.milestone(policy_status.finding.date))
    if policy_status.status == "unknown" and policy_status.searched:
        told = phrases("status.unknown-searched", date=phrases.milestone(policy_status.searched))
    if policy_status.revision:
        told = phrases("status.revision", status=told, revision=phrases.status(policy_status.revision))
    if policy_status.beside:
        titles = (
            phrases("status.titled", title=s.policy.title, status=phrases.status(s.status))
            for s in policy_status.beside
        )
        told = phrases("status.beside", status=told, titles=phrases.listing(titles))
    if policy_status.maybe:
        told = phrases("status.maybe", status=told, maybe=phrases.status(policy_status.maybe))
    if policy_status.regional:
        furthest = policy_status.regional[0]
        told = phrases("status.regional", status=told, regional=phrases.status(furthest.status))
    return told


def evidence_of_standing(policy_status: PolicyStatus) -> tuple[Evidence, ...]:
    """What the status of a policy rests on."""
    milestone = policy_status.milestone
    return milestone.evidence if milestone and milestone.evidence else policy_status.policy.evidence


def evidence_of_status(policy_status: MunicipalityStatus) -> tuple[Evidence, ...]:
    """What the status of a municipality rests on: its leading policy, else the finding that there is none."""
    if policy_status.leading:
        return evidence_of_standing(policy_status.leading)
    return policy_status.finding.evidence if policy_status.finding else ()


def who_told(base: KnowledgeBase, policy: Policy, phrases: Phrases) -> str:
    """Whose a policy is: municipalities, else regions, else organisations."""
    regions = (phrases("whose.region", name=base.name(f"region/{r}")) for r in policy.regions)
    named = (
        *(base.name(f"municipality/{m}") for m in policy.municipalities),
        *regions,
        *(base.name(f"organisation/{o}") for o in policy.organisations),
    )
    return phrases.listing(named)


def milestone_told(milestone: Milestone | Event | Activity | Note | Commitment, phrases: Phrases) -> str:
    """When something was, with the source's own words: uiterlijk 5 juli 2021 (‘recent’)."""
    if milestone.date_text:
        quoted = phrases("quoted", words=milestone.date_text)
        known = milestone.date
        return phrases("date.with-words", date=phrases.milestone(known), words=quoted) if known else quoted
    return phrases.milestone(milestone.date) if milestone.date else phrases("not-stated")


def basis_told(identifier: str) -> str:
    """A law by its place in the Staatsblad, as lawyers cite it: stb-2022-307 is Stb. 2022, 307."""
    cited = re.fullmatch(r"(stb|stcrt)-(\d{4})-(\d+)", identifier)
    return f"{cited[1].capitalize()}. {cited[2]}, {cited[3]}" if cited else identifier


def target_told(target: Target, phrases: Phrases) -> str:
    """How many places a policy aims at: 2.000, ongeveer 850."""
    return approximated(phrases.whole(target.number), target.approximate, phrases)


def approximated(told: str, approximate: bool, phrases: Phrases) -> str:
    """A number as its source says it: ongeveer 850 where that is no more than about right."""
    return phrases("quantity.about", value=told) if approximate else told


def aside(words: str) -> str:
    """Words in brackets after others, without brackets in them: (uiterlijk 5 juli 2021, ‘recent’)."""
    return f" ({words.replace(' (', ', ').replace(')', '')})"


def noted(
    words: str, base: KnowledgeBase, evidence: Iterable[Evidence], phrases: Phrases, remark: str = ""
) -> Text:
    """Words with a footnote for where they come from, and a remark in it if there is one."""
    runs: list[Run] = [words]
    note = (evidence_told(base, evidence, phrases) + remark).strip()
    if note:
        runs.append(Footnote(note))
    return tuple(runs)


def evidence_told(base: KnowledgeBase, evidence: Iterable[Evidence], phrases: Phrases) -> str:
    """Where a statement comes from, each source once: its lines, remarks, and what it says otherwise."""
    by_source: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_source.setdefault(item.source, []).append(item)
    return " ".join(_one(base, source, cited, phrases) for source, cited in by_source.items())


def _one(base: KnowledgeBase, id: str, cited: Sequence[Evidence], phrases: Phrases) -> str:
    told = [_place_in(base.source(id), id, cited, phrases)]
    for item in cited:
        if item.says:
            told.append(phrases("evidence.says", values="; ".join(_said(base, item.says, phrases))))
        if item.remark:
            told.append(item.remark.in_language(phrases.language))
    return " ".join(dict.fromkeys(told))


def _place_in(source: Source | None, id: str, cited: Sequence[Evidence], phrases: Phrases) -> str:
    """A source and where in it: the lines of all that cites it in one, or else the pages."""
    name = source_told(source, phrases) if source else id
    lines = LineRanges(tuple(r for item in cited if item.lines for r in item.lines.ranges)).merged()
    pages = ", ".join(dict.fromkeys(item.pages for item in cited if item.pages))
    where = [phrases("evidence.lines", lines=str(lines))] if lines.ranges else []
    where += [phrases("evidence.pages", pages=pages)] if pages else []
    if not where:
        return phrases("evidence.source", source=name)
    return phrases("evidence.at", source=name, where=", ".join(where))


def _said(base: KnowledgeBase, says: dict[str, object], phrases: Phrases) -> Iterable[str]:
    for field, value in says.items():
        label = phrases(f"field.{field}") if phrases.knows(f"field.{field}") else field
        yield f"{label.lower()}: {said_told(base, value, phrases)}"


def said_told(base: KnowledgeBase, value: object, phrases: Phrases) -> str:
    """A value that a source gives, in words; municipalities by name."""
    if isinstance(value, list | tuple):
        return phrases.listing(said_told(base, item, phrases) for item in value)
    if isinstance(value, dict):
        found = value.get(phrases.language) or next(iter(value.values()), "")
        return said_told(base, found, phrases)
    known = base.municipality(str(value))
    return known.name if known else _as_date(str(value), phrases)


def _as_date(value: str, phrases: Phrases) -> str:
    """A date as people write it; anything else as it stands."""
    if not value[:4].strip("/.").isdigit():
        return value
    try:
        return phrases.date(parse_date(value))
    except NotADate:
        return value
