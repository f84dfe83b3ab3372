"""What stands out on a day: counts over the other questions, by name where few. Nothing is ranked."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Text
from amk.language import Phrases
from amk.model.filters import in_regions, with_municipality
from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.records import AnyRecord
from amk.model.validity import as_of
from amk.questions.coverage.find import find_coverage
from amk.questions.coverage.stale import Stale, find_stale
from amk.questions.coverage.statements import Contradiction
from amk.questions.gaps.find import Gap, Interest, find_gaps
from amk.questions.gaps.sides import Lack
from amk.questions.wording import named_if_few
from amk.values.durations import before, parse_duration

LACKS: tuple[Lack, ...] = ("unknown", "none", "intention", "not-stated", "looser", "unreadable")
"""What may be known of the other side of a border, in the order in which it is told."""

PATIENCE = "12m"
"""How long after its last confirmation a statement counts as old."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """What there is of each: borders with policy on one side, what is old or past, where sources differ."""

    gaps: tuple[Gap, ...]
    old: tuple[str, ...]
    passed: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]

    def beyond(self, lack: Lack) -> tuple[Gap, ...]:
        """The borders of which this is known of the other side."""
        return tuple(gap for gap in self.gaps if gap.receiving.lack == lack)


def find_standing_out(
    whole: KnowledgeBase, day: date, regions: tuple[str, ...] = (), municipality: str | None = None
) -> Highlights:
    """What stands out about some regions, a municipality, or everything."""
    base = as_of(whole, day)
    tests = [in_regions(base, regions)] if regions else []
    tests += [with_municipality(base, municipality)] if municipality else []

    def wanted(record: AnyRecord) -> bool:
        return all(test(record) for test in tests)

    inside = frozenset(m.id for m in base.municipalities if not regions or in_regions(base, regions)(m))
    scope = frozenset({municipality}) if municipality else inside
    gaps = find_gaps(base, day, Interest(scopes=(scope,))).found
    stale = find_stale(whole, day, before(day, parse_duration(PATIENCE)), wanted).found
    return Highlights(
        gaps=gaps,
        old=_names(stale, ("unchecked", "never")),
        passed=_names(stale, ("planned", "expires", "evaluate-by")),
        contradictions=tuple(
            {c.point: c for c in find_coverage(whole, day, [], wanted).contradictions}.values()
        ),
    )


def counts_of(found: Highlights) -> dict[str, Any]:
    """How much of each stands out, as templates ask it; `gaps` by what is known beyond a border."""
    return {
        "gaps": {lack: len(found.beyond(lack)) for lack in LACKS if found.beyond(lack)},
        "maybe": sum(gap.giving.regulates == "maybe" for gap in found.gaps),
        "unconnected": sum(not gap.meetings for gap in found.gaps),
        "pressures": sum(gap.difference == "pressure" for gap in found.gaps),
        **{name: len(getattr(found, name)) for name in ("old", "passed", "contradictions")},
    }


def _names(found: Iterable[Stale], reasons: Container[str]) -> tuple[str, ...]:
    return tuple({s.record.ref: s.record.name for s in found if s.reason in reasons}.values())


def tell_standing_out(found: Highlights, phrases: Phrases) -> tuple[Block, ...]:
    """What stands out; nothing where nothing does."""
    words = phrases.with_topic("highlights")
    points: list[Text] = []
    if found.gaps:
        points.append(_borders(found, words))
    pressures = [gap for gap in found.gaps if gap.difference == "pressure"]
    differing = [_point(contradiction, words) for contradiction in found.contradictions]
    for phrase, names in (
        ("out.pressures", [_border(gap, words) for gap in pressures]),
        ("out.passed", found.passed),
        ("out.old", found.old),
        ("out.contradictions", differing),
    ):
        if names:
            points.append(words(phrase, count=len(names), names=_named(names, words)))
    if not points:
        return ()
    caveat = (Paragraph(words("out.caveat")),) if found.gaps else ()
    return Heading(words("out.title")), Bullets(tuple(points)), *caveat


def _borders(found: Highlights, words: Phrases) -> str:
    """The borders with policy on one side, apart by what is known of the other: no sum of unlike things."""
    count = len(found.gaps)
    beyond = (_beyond(found.beyond(lack), lack, words) for lack in LACKS if found.beyond(lack))
    told = [words("out.gaps", count=count, beyond=words("out.list").join(beyond))]
    maybe = [_border(gap, words) for gap in found.gaps if gap.giving.regulates == "maybe"]
    unconnected = [_border(gap, words) for gap in found.gaps if not gap.meetings]
    if maybe:
        told.append(words("out.gaps.maybe", count=len(maybe), names=_named(maybe, words)))
    if unconnected and count == 1:
        told.append(words("out.unconnected.only"))
    elif unconnected:
        told.append(words("out.unconnected", count=len(unconnected), names=_named(unconnected, words)))
    return " ".join(told)


def _beyond(gaps: Sequence[Gap], lack: Lack, words: Phrases) -> str:
    names = _named([_border(gap, words) for gap in gaps], words)
    return words("out.lack", number=len(gaps), lack=words(f"out.lack.{lack}"), names=names)


def _border(gap: Gap, words: Phrases) -> str:
    return words("out.border", one=gap.giving.municipality.name, other=gap.receiving.municipality.name)


def _point(found: Contradiction, words: Phrases) -> str:
    """On which field of which record sources differ."""
    field = found.field.rpartition(".")[2]
    label = words(f"field.{field}") if words.knows(f"field.{field}") else field
    return words("out.point", name=found.record.name, field=label[:1].lower() + label[1:])


def _named(names: Iterable[str], words: Phrases) -> str:
    """Names in the order of the alphabet: nobody is ranked."""
    return named_if_few(sorted(names, key=sorting_name), words)
