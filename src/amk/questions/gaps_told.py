"""Gaps in words and in rows: a signal and no judgement, with the reasons beside each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from amk.dates import Holds
from amk.document import Block, Bullets, Heading, Paragraph, Table
from amk.knowledge import sorting_name
from amk.language import Say
from amk.questions.gaps import Balance, Difference, Gap, Gaps
from amk.questions.gaps_meetings import Meeting
from amk.questions.gaps_reasons import giving_told, reasons_of, short
from amk.questions.gaps_sides import Lack, Side
from amk.questions.gaps_weights import BORDERS, PURPOSES, Weights

GROUPS: tuple[tuple[Difference, Holds], ...] = (
    ("pressure", "yes"),
    ("pressure", "maybe"),
    ("difference", "yes"),
    ("difference", "maybe"),
)
"""In which order gaps are told."""

LACKS: tuple[Lack, ...] = ("none", "intention", "looser", "not-stated", "unknown")


def tell_gaps(gaps: Gaps, say: Say) -> tuple[Block, ...]:
    """The gaps of a day, group by group, then per municipality."""
    blocks: list[Block] = [Paragraph(say("gaps.caveat"))]
    if gaps.found:
        blocks += [Paragraph(_how_many(gaps, say)), Bullets(tuple(_counts(gaps, say)))]
        blocks += _givers(gaps, say)
        blocks += [block for group in GROUPS for block in _group(gaps, *group, say)]
        blocks += _balances(gaps, say)
    else:
        blocks.append(Paragraph(_how_many(gaps, say)))
    blocks += _beyond(gaps, say)
    if gaps.found:
        blocks.append(Paragraph(say("gaps.how"), quiet=True))
    return tuple(blocks)


def title_of(gaps: Gaps, say: Say) -> str:
    """The title of what is told about gaps."""
    return say("gaps.title", subject=gaps.base.manifest.subject.in_language(say.language))


def _how_many(gaps: Gaps, say: Say) -> str:
    key, label, number = "gaps.found" if gaps.found else "gaps.none", "", len(gaps.found)
    if gaps.condition:
        key += "-condition"
        label = gaps.base.label("conditions", gaps.condition, say.language)
    return say(key, number or None, day=say.day(gaps.day), condition=label)


def _counts(gaps: Gaps, say: Say) -> Iterator[str]:
    for lack in LACKS:
        number = sum(gap.lack == lack for gap in gaps.found)
        if number:
            yield say(f"gaps.lack.{lack}", count=number)
    perhaps = sum(gap.giving.regulates == "maybe" for gap in gaps.found)
    if perhaps:
        yield say("gaps.perhaps", count=perhaps)
    apart = sum(not gap.meetings for gap in gaps.found)
    if apart:
        yield say("gaps.unconnected", count=apart)


def _givers(gaps: Gaps, say: Say) -> Iterator[Block]:
    """How each municipality with policy stands, once."""
    sides = {gap.giving.municipality.id: gap.giving for gap in gaps.found}
    by_name = sorted(sides.values(), key=lambda side: sorting_name(side.municipality.name))
    yield Heading(say("gaps.givers"))
    yield Bullets(tuple(giving_told(gaps, side, say) for side in by_name))


def _group(gaps: Gaps, difference: Difference, holds: Holds, say: Say) -> Iterator[Block]:
    found = gaps.of(difference, holds)
    if found:
        name = f"{difference}.{holds}"
        yield Heading(say(f"gaps.{name}", number=len(found)))
        yield Paragraph(say(f"gaps.about.{name}"))
        columns = tuple(say(f"gaps.{c}") for c in ("giving", "receiving", "score", "why"))
        yield Table(columns, tuple(_row(gaps, gap, say) for gap in found))


def _row(gaps: Gaps, gap: Gap, say: Say) -> tuple[str, ...]:
    names = gap.giving.municipality.name, gap.receiving.municipality.name
    return *names, say.number(gap.score, 1), " ".join(reasons_of(gaps, gap, say)[1:])


def _balances(gaps: Gaps, say: Say) -> Iterator[Block]:
    yield Heading(say("gaps.per-municipality"))
    yield Paragraph(say("gaps.per-municipality.about"))
    columns = say("gaps.municipality"), say("gaps.sides")
    yield Table(columns, tuple(_balance(balance, say) for balance in gaps.balances))


def _balance(balance: Balance, say: Say) -> tuple[str, ...]:
    gives = _sides(((gap, gap.receiving) for gap in balance.giving), "gives", say)
    gets = _sides(((gap, gap.giving) for gap in balance.receiving), "gets", say)
    told = (
        say(f"gaps.side.{way}", told=told) for way, told in (("giving", gives), ("receiving", gets)) if told
    )
    return balance.municipality.name, " ".join(told)


def _sides(others: Iterable[tuple[Gap, Side]], way: str, say: Say) -> str:
    """The neighbours on one side, group by group, with what they come to."""
    all_of_them, told = tuple(others), []
    for difference, holds in GROUPS:
        here = [(g, s) for g, s in all_of_them if g.difference == difference and g.holds == holds]
        if here:
            names = say.listing(side.municipality.name for _, side in here)
            km = say.number(sum(gap.score for gap, _ in here), 1)
            told.append(say(f"gaps.{way}.{difference}.{holds}", names=names, km=km))
    return "; ".join(told)


def _beyond(gaps: Gaps, say: Say) -> Iterator[Block]:
    by_name: dict[str, list[str]] = {}
    for municipality, border in gaps.beyond:
        by_name.setdefault(municipality.name, []).append(border.name)
    if by_name:
        yield Heading(say("gaps.beyond"))
        yield Paragraph(say("gaps.beyond.about"))
        told = (say("gaps.beyond.each", name=n, names=say.listing(sorted(o))) for n, o in by_name.items())
        yield Bullets(tuple(told))


def tell_weights(gaps: Gaps, say: Say) -> str:
    """Every weight that counted, those that were set marked, for the statement of coverage."""
    usual = Weights().by_name
    told = (
        say.fill(
            "gaps.weight" if usual.get(name) == value else "gaps.weight.changed",
            {"name": _weight_name(gaps, name, say), "value": short(value, say)},
        )
        for name, value in gaps.weights.by_name.items()
    )
    return say("gaps.weights", weights="; ".join(told))


def _weight_name(gaps: Gaps, name: str, say: Say) -> str:
    if say.knows(f"gaps.weight.{name}"):
        return say(f"gaps.weight.{name}")
    vocabulary = "borders" if name in BORDERS or ("borders", name) in gaps.base.concepts else "purposes"
    return gaps.base.label("purposes" if name in PURPOSES else vocabulary, name, say.language)


KEYS = (
    "from", "to", "km", "kind", "kind_of_difference", "holds", "lack", "effect",
    "from_status", "from_status_maybe", "from_status_regional",
    "to_status", "to_status_maybe", "to_status_regional",
    "condition", "collaborations", "purposes", "damping", "score", "reasons",
)  # fmt: skip
"""The keys of a gap, in order."""


def rows_of(gaps: Gaps, say: Say) -> list[dict[str, Any]]:
    """The gaps for machines, under stable keys; `reasons` are sentences in the language asked for."""
    return [_facts(gaps, gap, say) for gap in gaps.found]


def _facts(gaps: Gaps, gap: Gap, say: Say) -> dict[str, Any]:
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
        "reasons": list(reasons_of(gaps, gap, say)),
    }


def _status(which: str, side: Side) -> dict[str, Any]:
    regional = [{"policy": s.policy.id, "status": s.status} for s in side.standing.regional]
    return {
        f"{which}_status": side.standing.status,
        f"{which}_status_maybe": side.standing.maybe,
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
