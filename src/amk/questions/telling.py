"""Turns of phrase that several answers share: a status, whose a policy is, where a fact comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amk.dates import parse_date
from amk.document import Note, Run, Text
from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.records import Evidence, Milestone, Municipality, Policy
from amk.standing import MunicipalStanding, Standing, municipal_standing


def day_told(edtf: object, say: Say) -> str:
    """The date of a milestone in words; nothing where there is none."""
    return say.milestone(parse_date(str(edtf))) if edtf else ""


def status_told(base: KnowledgeBase, municipality: Municipality, day: date, say: Say) -> str:
    """The status of a municipality in words, with what may be, what is under way and what it rests on."""
    return standing_told(municipal_standing(base, municipality, day), say)


def standing_told(standing: MunicipalStanding, say: Say) -> str:
    """A municipality's standing in words."""
    told = say.status(standing.status)
    if standing.status == "none" and standing.finding:
        told = say("status.none-on", date=say.milestone(standing.finding.date))
    if standing.revision:
        told = say("status.revision", status=told, revision=say.status(standing.revision))
    if standing.maybe:
        told = say("status.maybe", status=told, maybe=say.status(standing.maybe))
    if standing.regional:
        furthest = standing.regional[0]
        told = say("status.regional", status=told, regional=say.status(furthest.status))
    return told


def evidence_of_standing(standing: Standing) -> tuple[Evidence, ...]:
    """What the status of a policy rests on."""
    milestone = standing.milestone
    return milestone.evidence if milestone and milestone.evidence else standing.policy.evidence


def evidence_of_status(standing: MunicipalStanding) -> tuple[Evidence, ...]:
    """What the status of a municipality rests on: its leading policy, else the finding that there is none."""
    if standing.leading:
        return evidence_of_standing(standing.leading)
    return standing.finding.evidence if standing.finding else ()


def who_told(base: KnowledgeBase, policy: Policy, say: Say) -> str:
    """Whose a policy is: municipalities, else regions, else organisations."""
    regions = (say("whose.region", name=base.name(f"region/{r}")) for r in policy.regions)
    named = (
        *(base.name(f"municipality/{m}") for m in policy.municipalities),
        *regions,
        *(base.name(f"organisation/{o}") for o in policy.organisations),
    )
    return say.listing(named)


def milestone_told(milestone: Milestone, say: Say) -> str:
    """When a milestone was reached; the source's own words where it gives no date."""
    if milestone.date_text:
        quoted = say("quoted", words=milestone.date_text)
        exact = milestone.date if milestone.date and milestone.date.start else None
        return say("date.with-words", date=say.milestone(exact), words=quoted) if exact else quoted
    return say.milestone(milestone.date) if milestone.date else say("not-stated")


def noted(words: str, base: KnowledgeBase, evidence: Iterable[Evidence], say: Say, remark: str = "") -> Text:
    """Words with a footnote for where they come from, and a remark in it if there is one."""
    runs: list[Run] = [words]
    note = (evidence_told(base, evidence, say) + remark).strip()
    if note:
        runs.append(Note(note))
    return tuple(runs)


def evidence_told(base: KnowledgeBase, evidence: Iterable[Evidence], say: Say) -> str:
    """Where a statement comes from: source, lines, remark, and what a source says otherwise."""
    told = list(dict.fromkeys(_one(base, item, say) for item in evidence))
    return " ".join(told)


def _one(base: KnowledgeBase, evidence: Evidence, say: Say) -> str:
    source = base.source(evidence.source)
    name = (source.short or source.title) if source else evidence.source
    where = ""
    if evidence.lines:
        where = say("evidence.lines", lines=str(evidence.lines))
    elif evidence.pages:
        where = say("evidence.pages", pages=evidence.pages)
    told = say("evidence.at", source=name, where=where) if where else say("evidence.source", source=name)
    if evidence.says:
        told += " " + say("evidence.says", values="; ".join(_said(base, evidence.says, say)))
    if evidence.remark:
        told += " " + evidence.remark.in_language(say.language)
    return told


def _said(base: KnowledgeBase, says: dict[str, object], say: Say) -> Iterable[str]:
    for field, value in says.items():
        label = say(f"field.{field}") if say.knows(f"field.{field}") else field
        yield f"{label.lower()}: {said_told(base, value, say)}"


def said_told(base: KnowledgeBase, value: object, say: Say) -> str:
    """A value that a source gives, in words; municipalities by name."""
    if isinstance(value, list | tuple):
        return say.listing(said_told(base, item, say) for item in value)
    if isinstance(value, dict):
        found = value.get(say.language) or next(iter(value.values()), "")
        return said_told(base, found, say)
    known = base.municipality(str(value))
    return known.name if known else str(value)
