"""Why a gap is one: its sides, border and connections, and the sum, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.questions.gaps import Gap, Gaps
from amk.questions.gaps_meetings import Meeting
from amk.questions.gaps_sides import Side
from amk.questions.telling import standing_told


def reasons_of(gaps: Gaps, gap: Gap, say: Say) -> tuple[str, ...]:
    """The reasons of a gap, a sentence each; the sum comes last."""
    return (
        giving_told(gaps, gap.giving, say),
        _side(gaps, gap.receiving, say),
        _border(gaps.base, gap, say),
        *_meetings(gaps.base, gap, say),
        _sum(gap, say),
    )


def giving_told(gaps: Gaps, side: Side, say: Say) -> str:
    """How the side with policy stands, what its policy does and when that was last confirmed."""
    return _side(gaps, side, say, giving=True)


def _side(gaps: Gaps, side: Side, say: Say, giving: bool = False) -> str:
    more = "".join(_more(gaps, side, say, giving))
    status = standing_told(side.standing, say)
    return say("gaps.why.side", name=side.municipality.name, status=status, more=more)


def _more(gaps: Gaps, side: Side, say: Say, giving: bool) -> Iterator[str]:
    base = gaps.base
    owners = dict.fromkeys(o for s in side.policies for o in s.inherited_from)
    if owners:
        yield say("gaps.why.inherited", names=say.listing(base.name(f"municipality/{o}") for o in owners))
    regions = dict.fromkeys(
        region.name
        for standing in side.standing.regional
        for region in base.regions_of(side.municipality.id)
        if region.id in standing.policy.regions
    )
    if regions:
        yield say("gaps.why.regional", names=say.listing(regions))
    if gaps.condition and (side.policies or side.lack == "not-stated"):
        yield _condition(gaps.base, side, gaps.condition, say)
    if giving:
        yield say("gaps.why.effect", effect=say(f"effect.{side.effect}"))
        if side.last_confirmed:
            yield say("gaps.why.confirmed", day=say.day(side.last_confirmed))


def _condition(base: KnowledgeBase, side: Side, code: str, say: Say) -> str:
    label = base.label("conditions", code, say.language)
    stated = [s.policy.conditions[code] for s in side.policies if code in s.policy.conditions]
    if not stated:
        return say("gaps.why.no-condition", condition=label)
    values = (" ".join(filter(None, (c.value, c.unit))) for c in stated)
    return say("gaps.why.condition", condition=label, value=say.listing(dict.fromkeys(values)))


def _border(base: KnowledgeBase, gap: Gap, say: Say) -> str:
    border, counted = gap.border, gap.factors[0]
    kind = base.label("borders", border.kind, say.language)
    km = short(border.km, say)
    if counted != border.km:
        return say("gaps.why.crossing", km=km, kind=kind, counted=short(counted, say))
    return say("gaps.why.border", km=km, kind=kind)


def _meetings(base: KnowledgeBase, gap: Gap, say: Say) -> Iterator[str]:
    if not gap.meetings:
        yield say("gaps.why.apart")
    for meeting in gap.meetings:
        yield _meeting(base, gap, meeting, say)


def _meeting(base: KnowledgeBase, gap: Gap, meeting: Meeting, say: Say) -> str:
    labels = [base.label("purposes", p, say.language) for p in meeting.collaboration.purposes]
    values = {
        "name": meeting.collaboration.name,
        "purposes": ", ".join(labels) or say("gaps.why.no-purpose"),
        "regions": say.listing(base.name(f"region/{r}") for r in meeting.regions),
        "doubt": _doubt(meeting, say),
    }
    if len(meeting.named) == 2:
        return say.fill("gaps.why.named", values)
    if not meeting.named:
        return say.fill("gaps.why.unnamed", values)
    both = (gap.giving.municipality, gap.receiving.municipality)
    one, other = sorted(both, key=lambda m: m.id not in meeting.named)
    return say.fill("gaps.why.half-named", {**values, "one": one.name, "other": other.name})


def _doubt(meeting: Meeting, say: Say) -> str:
    if meeting.holds == "yes":
        return ""
    if meeting.last_confirmed:
        return say("gaps.why.doubt", day=say.day(meeting.last_confirmed))
    return say("gaps.why.doubt-plain")


def _sum(gap: Gap, say: Say) -> str:
    factors = " × ".join(short(factor, say, 3) for factor in gap.factors)
    return say("gaps.why.sum", factors=factors, score=say.number(gap.score, 2))


def short(value: float, say: Say, decimals: int = 2) -> str:
    """A number with no more decimals than it needs: 1, 0,5, 13,68."""
    point = say("number.point")
    told = say.number(value, decimals)
    return told.rstrip("0").rstrip(point) if point in told else told
