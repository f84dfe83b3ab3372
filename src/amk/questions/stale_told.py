"""What is stale, in words: a table for each owner or region, or a round of checks to tick off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from amk.document import Block, Bullets, Heading, Paragraph, Table
from amk.language import Say
from amk.questions.stale import Stale, Staleness
from amk.records import Municipality


def tell_stale(staleness: Staleness, say: Say, area: str) -> tuple[Block, ...]:
    """What should be checked, by owner or region."""
    columns = tuple(say(f"stale.{name}") for name in ("where", "what", "why", "last"))
    rows = (
        (name or say("stale.no-group"), *_row(stale, say))
        for name, found in staleness.grouped
        for stale in found
    )
    table = (Table(columns, tuple(rows)),) if staleness.found else ()
    return (*_opening(staleness, say, area), *table)


def tell_round(
    staleness: Staleness, unknown: Sequence[Municipality], say: Say, area: str
) -> tuple[Block, ...]:
    """A round of checks: everything stale, then each municipality of which no status is known."""
    blocks: list[Block] = [*_opening(staleness, say, area), Paragraph(say("stale.round.about"))]
    for name, found in staleness.grouped:
        blocks += [_heading(name, found, say), Bullets(tuple(_point(s, say) for s in found), boxes=True)]
    if unknown:
        points = (say("stale.round.unknown.point", name=m.name) for m in unknown)
        blocks += [Heading(say("stale.round.unknown")), Bullets(tuple(points), boxes=True)]
    return tuple(blocks)


def _opening(staleness: Staleness, say: Say, area: str) -> Iterator[Block]:
    day, limit = say.day(staleness.day), say.day(staleness.limit)
    yield Paragraph(say("stale.about", area=area, day=day, limit=limit))
    number = len(staleness.found)
    yield Paragraph(say("stale.summary", count=number) if number else say("stale.nothing"))


def _heading(name: str, found: Sequence[Stale], say: Say) -> Heading:
    return Heading(say("stale.group", name=name or say("stale.no-group"), number=len(found)))


def _row(stale: Stale, say: Say) -> tuple[str, ...]:
    return _name(stale, say), why_told(stale, say), _last(stale, say)


def _point(stale: Stale, say: Say) -> str:
    return say("stale.round.point", name=_name(stale, say), why=why_told(stale, say), last=_last(stale, say))


def _name(stale: Stale, say: Say) -> str:
    return say(f"stale.name.{stale.record.kind}", name=stale.record.name)


def _last(stale: Stale, say: Say) -> str:
    return say.day(stale.last) if stale.last else say("stale.last.never")


def why_told(stale: Stale, say: Say) -> str:
    """Why something should be checked."""
    when = say.milestone(stale.date) if stale.date else ""
    if stale.reason == "planned" and not stale.status:
        return say("stale.planned-event", date=when)
    status = say.status(stale.status) if stale.status else ""
    return say(f"stale.{stale.reason}", status=status, date=when)


KEYS = (
    "ref", "kind", "name", "reason", "status", "date", "last_confirmed", "holds", "owner", "groups", "why"
)  # fmt: skip
"""The keys of what is stale, in order."""


def rows_of(staleness: Staleness, say: Say) -> list[dict[str, Any]]:
    """What is stale for machines; `reason` is stable, `why` is in the language asked for."""
    return [
        {
            "ref": stale.record.ref,
            "kind": stale.record.kind,
            "name": stale.record.name,
            "reason": stale.reason,
            "status": stale.status,
            "date": str(stale.date) if stale.date else None,
            "last_confirmed": str(stale.last) if stale.last else None,
            "holds": stale.holds,
            "owner": stale.record.owner,
            "groups": list(stale.groups),
            "why": why_told(stale, say),
        }
        for stale in staleness.found
    ]
