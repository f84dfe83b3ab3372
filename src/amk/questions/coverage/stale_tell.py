"""What is stale, in words: a table for each owner or region, or a round of checks to tick off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Link, Paragraph, Table, Text
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Municipality, Source
from amk.questions.coverage.stale import Stale, Staleness
from amk.questions.whom import where_to_look, whom_to_ask


def tell_stale(staleness: Staleness, phrases: Phrases, area: str) -> tuple[Block, ...]:
    """What should be checked, by owner or region."""
    columns = tuple(phrases(f"stale.{name}") for name in ("where", "what", "why", "last", "whom"))
    rows = (
        (name or phrases("stale.no-group"), *_row(staleness.base, stale, phrases))
        for name, found in staleness.grouped
        for stale in found
    )
    table = (Table(columns, tuple(rows)),) if staleness.found else ()
    return (*_opening(staleness, phrases, area), *table, *_where_to_look(staleness, phrases))


def _where_to_look(staleness: Staleness, phrases: Phrases) -> Iterator[Block]:
    """The newest source with an address of each, below the table: an address is too wide for a column."""
    records = {stale.record.ref: stale.record for stale in staleness.found}
    sources = {ref: where_to_look(staleness.base, record) for ref, record in records.items()}
    points = [(f"{records[ref].name}: ", _address(source)) for ref, source in sources.items() if source]
    if points:
        yield Heading(phrases("stale.look"))
        yield Bullets(tuple(points))


def tell_round(
    staleness: Staleness, unknown: Sequence[Municipality], phrases: Phrases, area: str
) -> tuple[Block, ...]:
    """A round of checks: everything stale, then each municipality of which no status is known."""
    blocks: list[Block] = [*_opening(staleness, phrases, area), Paragraph(phrases("stale.round.about"))]
    for name, found in staleness.grouped:
        blocks += [
            _heading(name, found, phrases),
            Bullets(tuple(_point(staleness.base, s, phrases) for s in found), boxes=True),
        ]
    if unknown:
        points = (_unknown_point(staleness.base, m, phrases) for m in unknown)
        blocks += [Heading(phrases("stale.round.unknown")), Bullets(tuple(points), boxes=True)]
    return tuple(blocks)


def _opening(staleness: Staleness, phrases: Phrases, area: str) -> Iterator[Block]:
    day, limit = phrases.day(staleness.day), phrases.day(staleness.limit)
    yield Paragraph(phrases("stale.about", area=area, day=day, limit=limit))
    number = len(staleness.found)
    yield Paragraph(phrases("stale.summary", count=number) if number else phrases("stale.nothing"))


def _heading(name: str, found: Sequence[Stale], phrases: Phrases) -> Heading:
    return Heading(phrases("stale.group", name=name or phrases("stale.no-group"), number=len(found)))


def _row(base: KnowledgeBase, stale: Stale, phrases: Phrases) -> tuple[str, ...]:
    told = _name(stale, phrases), why_told(stale, phrases), _last(stale, phrases)
    return *told, whom_to_ask(base, stale.record, phrases)


def _point(base: KnowledgeBase, stale: Stale, phrases: Phrases) -> Text:
    told = phrases(
        "stale.round.point",
        name=_name(stale, phrases),
        why=why_told(stale, phrases),
        last=_last(stale, phrases),
        whom=whom_to_ask(base, stale.record, phrases),
    )
    source = where_to_look(base, stale.record)
    return (f"{told} ", _address(source), ".") if source else told


def _unknown_point(base: KnowledgeBase, municipality: Municipality, phrases: Phrases) -> str:
    whom = whom_to_ask(base, municipality, phrases)
    return phrases("stale.round.unknown.point", name=municipality.name, whom=whom)


def _address(source: Source) -> Link:
    """Where a source stands, by who published it."""
    return Link(source.short or source.publisher or source.title, source.url or "")


def _name(stale: Stale, phrases: Phrases) -> str:
    return phrases(f"stale.name.{stale.record.kind}", name=stale.record.name)


def _last(stale: Stale, phrases: Phrases) -> str:
    return phrases.milestone(stale.last) if stale.last else phrases("stale.last.never")


def why_told(stale: Stale, phrases: Phrases) -> str:
    """Why something should be checked."""
    when = phrases.milestone(stale.date) if stale.date else ""
    if stale.reason == "planned" and not stale.status:
        return phrases("stale.planned-event", date=when)
    status = phrases.status(stale.status) if stale.status else ""
    return phrases(f"stale.{stale.reason}", status=status, date=when)


KEYS = (
    "ref", "kind", "name", "reason", "status", "date", "last_confirmed", "holds", "owner", "groups", "why",
    "whom", "url",
)  # fmt: skip
"""The keys of what is stale, in order."""


def rows_of(staleness: Staleness, phrases: Phrases) -> list[dict[str, Any]]:
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
            "why": why_told(stale, phrases),
            "whom": whom_to_ask(staleness.base, stale.record, phrases),
            "url": source.url if (source := where_to_look(staleness.base, stale.record)) else None,
        }
        for stale in staleness.found
    ]
