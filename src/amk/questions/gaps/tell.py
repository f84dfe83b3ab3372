"""Gaps in words and in rows: a signal and no judgement, with the reasons beside each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table
from amk.language import Phrases
from amk.model.knowledge_base import sorting_name
from amk.questions.gaps.connections import Meeting
from amk.questions.gaps.find import Balance, Gap, GapKind, Gaps
from amk.questions.gaps.reasons import (
    collaboration_told,
    giving_told,
    reasons_in_short,
    reasons_of,
    short,
    sum_told,
)
from amk.questions.gaps.sides import Lack, Side
from amk.questions.gaps.weights import BORDERS, PURPOSES, Weights
from amk.values.dates import Holds

GROUPS: tuple[tuple[GapKind, Holds], ...] = (
    ("pressure", "yes"),
    ("pressure", "maybe"),
    ("difference", "yes"),
    ("difference", "maybe"),
)
"""In which order gaps are told."""

LACKS: tuple[Lack, ...] = ("none", "intention", "looser", "not-stated", "unknown", "unreadable")


def tell_gaps(gaps: Gaps, phrases: Phrases, explain: bool = False) -> tuple[Block, ...]:
    """The gaps of a day, group by group, then per municipality; with each sum where that is asked for."""
    blocks: list[Block] = [Paragraph(phrases("gaps.caveat"))]
    if gaps.found:
        blocks += [Paragraph(_how_many(gaps, phrases)), Bullets(tuple(_counts(gaps, phrases)))]
        blocks += _givers(gaps, phrases)
        blocks += [block for group in GROUPS for block in _group(gaps, *group, phrases, explain)]
        blocks += _collaborations(gaps, phrases)
        blocks += _balances(gaps, phrases)
    else:
        blocks.append(Paragraph(_how_many(gaps, phrases)))
    blocks += _beyond(gaps, phrases)
    if gaps.found:
        blocks.append(Paragraph(phrases("gaps.formula" if explain else "gaps.how"), quiet=True))
    return tuple(blocks)


def title_of(gaps: Gaps, phrases: Phrases) -> str:
    """The title of what is told about gaps."""
    return phrases("gaps.title", subject=gaps.base.manifest.subject.in_language(phrases.language))


def _how_many(gaps: Gaps, phrases: Phrases) -> str:
    key, label, number = "gaps.found" if gaps.found else "gaps.none", "", len(gaps.found)
    if gaps.condition:
        key += "-condition"
        label = gaps.base.label("conditions", gaps.condition, phrases.language)
    return phrases(key, number or None, day=phrases.day(gaps.day), condition=label)


def _counts(gaps: Gaps, phrases: Phrases) -> Iterator[str]:
    for lack in LACKS:
        number = sum(gap.lack == lack for gap in gaps.found)
        if number:
            yield phrases(f"gaps.lack.{lack}", count=number)
    perhaps = sum(gap.giving.regulates == "maybe" for gap in gaps.found)
    if perhaps:
        yield phrases("gaps.perhaps", count=perhaps)
    apart = sum(not gap.meetings for gap in gaps.found)
    if apart:
        yield phrases("gaps.unconnected", count=apart)


def _givers(gaps: Gaps, phrases: Phrases) -> Iterator[Block]:
    """How each municipality with policy stands, once."""
    sides = {gap.giving.municipality.id: gap.giving for gap in gaps.found}
    by_name = sorted(sides.values(), key=lambda side: sorting_name(side.municipality.name))
    yield Heading(phrases("gaps.givers"))
    yield Bullets(tuple(giving_told(gaps, side, phrases) for side in by_name))


def _group(gaps: Gaps, difference: GapKind, holds: Holds, phrases: Phrases, explain: bool) -> Iterator[Block]:
    found = gaps.of(difference, holds)
    if found:
        name = f"{difference}.{holds}"
        yield Heading(phrases(f"gaps.{name}", number=len(found)))
        yield Paragraph(phrases(f"gaps.about.{name}"))
        columns = tuple(phrases(f"gaps.{c}") for c in ("giving", "receiving", "score", "why"))
        yield Table(columns, tuple(_row(gaps, gap, phrases, explain) for gap in found))


def _row(gaps: Gaps, gap: Gap, phrases: Phrases, explain: bool) -> tuple[str, ...]:
    names = gap.giving.municipality.name, gap.receiving.municipality.name
    reasons = (*reasons_in_short(gaps, gap, phrases), *([sum_told(gap, phrases)] if explain else ()))
    return *names, phrases.number(gap.score, 1), " ".join(reasons)


def _collaborations(gaps: Gaps, phrases: Phrases) -> Iterator[Block]:
    """What was named in the reasons, once: what each collaboration is for, and whether it still runs."""
    met = {m.collaboration.ref: m for gap in gaps.found for m in gap.meetings}
    if met:
        yield Heading(phrases("gaps.collaborations"))
        by_name = sorted(met.values(), key=lambda meeting: sorting_name(meeting.collaboration.name))
        yield Bullets(tuple(collaboration_told(gaps.base, meeting, phrases) for meeting in by_name))


def _balances(gaps: Gaps, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("gaps.per-municipality"))
    yield Paragraph(phrases("gaps.per-municipality.about"))
    columns = phrases("gaps.municipality"), phrases("gaps.sides")
    yield Table(columns, tuple(_balance(balance, phrases) for balance in gaps.balances))


def _balance(balance: Balance, phrases: Phrases) -> tuple[str, ...]:
    gives = _sides(((gap, gap.receiving) for gap in balance.giving), "gives", phrases)
    gets = _sides(((gap, gap.giving) for gap in balance.receiving), "gets", phrases)
    told = (
        phrases(f"gaps.side.{field_path}", told=told)
        for field_path, told in (("giving", gives), ("receiving", gets))
        if told
    )
    return balance.municipality.name, " ".join(told)


def _sides(others: Iterable[tuple[Gap, Side]], field_path: str, phrases: Phrases) -> str:
    """The neighbours on one side, group by group, with what they come to."""
    all_of_them, told = tuple(others), []
    for difference, holds in GROUPS:
        here = [(g, s) for g, s in all_of_them if g.difference == difference and g.holds == holds]
        if here:
            names = phrases.listing(side.municipality.name for _, side in here)
            km = phrases.number(sum(gap.score for gap, _ in here), 1)
            told.append(phrases(f"gaps.{field_path}.{difference}.{holds}", names=names, km=km))
    return "; ".join(told)


def _beyond(gaps: Gaps, phrases: Phrases) -> Iterator[Block]:
    by_name: dict[str, list[str]] = {}
    for municipality, border in gaps.beyond:
        by_name.setdefault(municipality.name, []).append(border.name)
    if by_name:
        yield Heading(phrases("gaps.beyond"))
        yield Paragraph(phrases("gaps.beyond.about"))
        told = (
            phrases("gaps.beyond.each", name=n, names=phrases.listing(sorted(o))) for n, o in by_name.items()
        )
        yield Bullets(tuple(told))


def tell_weights(gaps: Gaps, phrases: Phrases, explain: bool = False) -> str:
    """The weights that were set, or every weight where they are asked for; nothing where none is told."""
    usual = Weights().by_name
    asked = {
        name: value for name, value in gaps.weights.by_name.items() if explain or usual.get(name) != value
    }
    told = (
        phrases.fill(
            "gaps.weight" if usual.get(name) == value else "gaps.weight.changed",
            {"name": _weight_name(gaps, name, phrases), "value": short(value, phrases)},
        )
        for name, value in asked.items()
    )
    return phrases("gaps.weights", weights="; ".join(told)) if asked else ""


def _weight_name(gaps: Gaps, name: str, phrases: Phrases) -> str:
    if phrases.knows(f"gaps.weight.{name}"):
        return phrases(f"gaps.weight.{name}")
    vocabulary = "borders" if name in BORDERS or ("borders", name) in gaps.base.concepts else "purposes"
    return gaps.base.label("purposes" if name in PURPOSES else vocabulary, name, phrases.language)


KEYS = (
    "from", "to", "km", "kind", "kind_of_difference", "holds", "lack", "effect",
    "from_status", "from_status_maybe", "from_status_regional",
    "to_status", "to_status_maybe", "to_status_regional",
    "condition", "collaborations", "purposes", "damping", "score", "reasons",
)  # fmt: skip
"""The keys of a gap, in order."""


def rows_of(gaps: Gaps, phrases: Phrases) -> list[dict[str, Any]]:
    """The gaps for machines, under stable keys; `reasons` are sentences in the language asked for."""
    return [_facts(gaps, gap, phrases) for gap in gaps.found]


def _facts(gaps: Gaps, gap: Gap, phrases: Phrases) -> dict[str, Any]:
    giving, receiving = gap.giving, gap.receiving
    purposes = dict.fromkeys(p for m in gap.meetings for p in m.collaboration.purposes)
    return {
        "from": {"ref": giving.municipality.ref, "name": giving.municipality.name},
        "to": {"ref": receiving.municipality.ref, "name": receiving.municipality.name},
        "km": gap.border.km,
        "kind": gap.border.kind,
        "kind_of_difference": gap.difference,
        "holds": gap.holds,
        "lack": gap.lack,
        "effect": giving.effect,
        **_status("from", giving),
        **_status("to", receiving),
        "condition": gaps.condition,
        "collaborations": [_meeting(m) for m in gap.meetings],
        "purposes": list(purposes),
        "damping": round(gap.damping, 4),
        "score": round(gap.score, 4),
        "reasons": list(reasons_of(gaps, gap, phrases)),
    }


def _status(which: str, side: Side) -> dict[str, Any]:
    regional = [{"policy": s.policy.id, "status": s.status} for s in side.policy_status.regional]
    return {
        f"{which}_status": side.policy_status.status,
        f"{which}_status_maybe": side.policy_status.maybe,
        f"{which}_status_regional": regional,
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "ref": meeting.collaboration.ref,
        "name": meeting.collaboration.name,
        "holds": meeting.holds,
        "participation": {0: "not-stated", 1: "one", 2: "both"}[len(meeting.named)],
        "regions": list(meeting.regions),
        "purposes": list(meeting.collaboration.purposes),
        "damping": round(meeting.damping, 4),
    }
