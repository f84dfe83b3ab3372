"""What stands out on a day: counts over the other questions, and where to read on. No names are ranked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from amk.document import Block, Bullets, Heading, Paragraph, Text
from amk.durations import before, parse_duration
from amk.holding import as_of
from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.query import in_region, with_municipality
from amk.questions.coverage import find_coverage
from amk.questions.gaps import Interest, find_gaps
from amk.questions.stale import find_stale
from amk.records import AnyRecord

PATIENCE = "12m"
"""How long after its last confirmation a statement counts as old."""


@dataclass(frozen=True, slots=True)
class StandingOut:
    """How much of each there is: borders with a gap, and without anything shared; old, past, contradicted."""

    gaps: int
    unconnected: int
    pressures: int
    old: int
    passed: int
    contradictions: int


def find_standing_out(
    whole: KnowledgeBase, day: date, region: str | None = None, municipality: str | None = None
) -> StandingOut:
    """What stands out about a region, a municipality, or everything."""
    base = as_of(whole, day)
    tests = [in_region(base, region)] if region else []
    tests += [with_municipality(base, municipality)] if municipality else []

    def wanted(record: AnyRecord) -> bool:
        return all(test(record) for test in tests)

    inside = frozenset(m.id for m in base.municipalities if not region or in_region(base, region)(m))
    scope = frozenset({municipality}) if municipality else inside
    gaps = find_gaps(base, day, Interest(scopes=(scope,))).found
    stale = find_stale(whole, day, before(day, parse_duration(PATIENCE)), wanted).found
    return StandingOut(
        gaps=len(gaps),
        unconnected=sum(not gap.meetings for gap in gaps),
        pressures=sum(gap.difference == "pressure" for gap in gaps),
        old=len({s.record.ref for s in stale if s.reason in ("unchecked", "never")}),
        passed=len({s.record.ref for s in stale if s.reason in ("planned", "expires", "evaluate-by")}),
        contradictions=len(find_coverage(whole, day, [], wanted).contradictions),
    )


def tell_standing_out(found: StandingOut, say: Say) -> tuple[Block, ...]:
    """What stands out, and the commands that tell more; nothing where nothing does."""
    words = say.also("standing_out")
    points: list[Text] = []
    if found.gaps:
        points.append(_borders(found, words))
    if found.pressures:
        points.append(words("out.pressures", count=found.pressures))
    if found.passed:
        points.append(words("out.passed", count=found.passed))
    if found.old:
        points.append(words("out.old", count=found.old))
    if found.contradictions:
        points.append(words("out.contradictions", count=found.contradictions))
    if not points:
        return ()
    caveat = (Paragraph(words("out.caveat")),) if found.gaps else ()
    more = Paragraph(words("out.more", commands=words.listing(_commands(found))), quiet=True)
    return Heading(words("out.title")), Bullets(tuple(points)), *caveat, more


def _borders(found: StandingOut, words: Say) -> str:
    told = words("out.gaps", count=found.gaps)
    if not found.unconnected:
        return told
    alone = found.gaps == 1
    said = words("out.unconnected.only") if alone else words("out.unconnected", count=found.unconnected)
    return f"{told} {said}"


def _commands(found: StandingOut) -> Iterator[str]:
    """The commands that work out what stands out."""
    if found.gaps:
        yield "amk gaps"
    if found.old or found.passed:
        yield "amk stale"
    if found.contradictions:
        yield "amk coverage"
