"""Why a gap is one: its sides, border and connections, and the sum, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.gaps.connections import Meeting
from amk.questions.gaps.find import Gap, Gaps
from amk.questions.gaps.sides import Side
from amk.questions.wording import standing_told


def reasons_of(gaps: Gaps, gap: Gap, phrases: Phrases) -> tuple[str, ...]:
    """The reasons of a gap, a sentence each; the sum comes last."""
    return (
        giving_told(gaps, gap.giving, phrases),
        _side(gaps, gap.receiving, phrases),
        _border(gaps.base, gap, phrases),
        *_meetings(gaps.base, gap, phrases),
        sum_told(gap, phrases),
    )


def reasons_in_short(gaps: Gaps, gap: Gap, phrases: Phrases) -> tuple[str, ...]:
    """What differs from gap to gap: the neighbour, the border, and by which collaborations they meet."""
    return (
        _side(gaps, gap.receiving, phrases),
        _border(gaps.base, gap, phrases),
        _by_name(gaps.base, gap, phrases),
    )


def collaboration_told(base: KnowledgeBase, meeting: Meeting, phrases: Phrases) -> str:
    """A collaboration, what it is for, and whether it still runs as far as is known."""
    return phrases.fill("gaps.collaboration", _about(base, meeting, phrases))


def giving_told(gaps: Gaps, side: Side, phrases: Phrases) -> str:
    """How the side with policy stands, what its policy does and when that was last confirmed."""
    return _side(gaps, side, phrases, giving=True)


def _side(gaps: Gaps, side: Side, phrases: Phrases, giving: bool = False) -> str:
    more = "".join(_more(gaps, side, phrases, giving))
    status = standing_told(side.policy_status, phrases)
    return phrases("gaps.why.side", name=side.municipality.name, status=status, more=more)


def _more(gaps: Gaps, side: Side, phrases: Phrases, giving: bool) -> Iterator[str]:
    base = gaps.base
    owners = dict.fromkeys(o for s in side.policies for o in s.inherited_from)
    if owners:
        yield phrases(
            "gaps.why.inherited", names=phrases.listing(base.name(f"municipality/{o}") for o in owners)
        )
    regions = dict.fromkeys(
        region.name
        for policy_status in side.policy_status.regional
        for region in base.regions_of(side.municipality.id)
        if region.id in policy_status.policy.regions
    )
    if regions:
        yield phrases("gaps.why.regional", names=phrases.listing(regions))
    if gaps.condition and (side.policies or side.lack == "not-stated"):
        yield _condition(gaps.base, side, gaps.condition, phrases)
    if giving:
        yield phrases("gaps.why.effect", effect=phrases(f"effect.{side.effect}"))
        if side.last_confirmed:
            yield phrases("gaps.why.confirmed", day=phrases.milestone(side.last_confirmed))


def _condition(base: KnowledgeBase, side: Side, code: str, phrases: Phrases) -> str:
    label = base.label("conditions", code, phrases.language)
    stated = [s.policy.conditions[code] for s in side.policies if code in s.policy.conditions]
    if not stated:
        return phrases("gaps.why.no-condition", condition=label)
    values = (" ".join(filter(None, (c.value, c.unit))) for c in stated)
    return phrases("gaps.why.condition", condition=label, value=phrases.listing(dict.fromkeys(values)))


def _border(base: KnowledgeBase, gap: Gap, phrases: Phrases) -> str:
    border, counted = gap.border, gap.factors[0]
    kind = base.label("borders", border.kind, phrases.language)
    km = short(border.km, phrases)
    if counted != border.km:
        return phrases("gaps.why.crossing", km=km, kind=kind, counted=short(counted, phrases))
    return phrases("gaps.why.border", km=km, kind=kind)


def _meetings(base: KnowledgeBase, gap: Gap, phrases: Phrases) -> Iterator[str]:
    if not gap.meetings:
        yield phrases("gaps.why.apart")
    for meeting in gap.meetings:
        yield _meeting(base, gap, meeting, phrases)


def _meeting(base: KnowledgeBase, gap: Gap, meeting: Meeting, phrases: Phrases) -> str:
    values = _about(base, meeting, phrases)
    if len(meeting.named) == 2:
        return phrases.fill("gaps.why.named", values)
    if not meeting.named:
        return phrases.fill("gaps.why.unnamed", values)
    both = (gap.giving.municipality, gap.receiving.municipality)
    one, other = sorted(both, key=lambda m: m.id not in meeting.named)
    return phrases.fill("gaps.why.half-named", {**values, "one": one.name, "other": other.name})


def _about(base: KnowledgeBase, meeting: Meeting, phrases: Phrases) -> dict[str, str]:
    labels = [base.label("purposes", p, phrases.language) for p in meeting.collaboration.purposes]
    return {
        "name": meeting.collaboration.name,
        "purposes": ", ".join(labels) or phrases("gaps.why.no-purpose"),
        "regions": phrases.listing(base.name(f"region/{r}") for r in meeting.regions),
        "doubt": _doubt(meeting, phrases),
    }


def _by_name(base: KnowledgeBase, gap: Gap, phrases: Phrases) -> str:
    """The collaborations that two municipalities share, by name; through a region where one is not named."""
    if not gap.meetings:
        return phrases("gaps.why.apart")
    names = []
    for meeting in gap.meetings:
        key = "gaps.meet.named" if len(meeting.named) == 2 else "gaps.meet.region"
        names.append(phrases.fill(key, _about(base, meeting, phrases)))
    return phrases("gaps.why.meet", names=phrases.listing(names))


def _doubt(meeting: Meeting, phrases: Phrases) -> str:
    if meeting.holds == "yes":
        return ""
    if meeting.last_confirmed:
        return phrases("gaps.why.doubt", day=phrases.milestone(meeting.last_confirmed))
    return phrases("gaps.why.doubt-plain")


def sum_told(gap: Gap, phrases: Phrases) -> str:
    """How the score of a gap was counted."""
    factors = " × ".join(short(factor, phrases, 3) for factor in gap.factors)
    return phrases("gaps.why.sum", factors=factors, score=phrases.number(gap.score, 2))


def short(value: float, phrases: Phrases, decimals: int = 2) -> str:
    """A number with no more decimals than it needs: 1, 0,5, 13,68."""
    point = phrases("number.point")
    told = phrases.number(value, decimals)
    return told.rstrip("0").rstrip(point) if point in told else told
