"""What belongs to a record and does not hold on a day: counted on its card, or told last where asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.document.blocks import Block, Bullets, Heading, Paragraph
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Collaboration, Figure, Municipality, Policy, Region
from amk.questions.left_out import lack_of, left_out_told, marked


def tell_ended(
    base: KnowledgeBase, record: AnyRecord, day: date, phrases: Phrases, ended: bool
) -> Iterator[Block]:
    """What does not hold on the day: a line that counts it, or each by name."""
    beside = [
        r for r in dict.fromkeys(_refs_beside(base, record)) if r in base.known and r not in base.records
    ]
    found = [base.known[ref] for ref in beside]
    if found and ended:
        yield Heading(phrases("left-out.heading"))
        yield Bullets(tuple(marked(r.name, r, day, phrases) for r in found))
    elif found:
        yield Paragraph(left_out_told(found, day, phrases), quiet=True)


def existence_told(base: KnowledgeBase, record: Municipality, day: date, phrases: Phrases) -> str:
    """That a municipality does not exist on a day, and why: that is something else than unknown."""
    if lack_of(record, day) == "unformed":
        return phrases("card.not-yet", day=phrases.day(day))
    names = [base.name(f"municipality/{s.municipality}") for s in record.successors]
    return phrases("card.gone", names=phrases.listing(names)) if names else phrases("card.ended-place")


def _refs_beside(base: KnowledgeBase, record: AnyRecord) -> Iterator[str]:
    yield from _refs(base.known.naming(record.ref, Figure, "territory"))
    match record:
        case Municipality():
            yield from (f"municipality/{id}" for id in record.neighbours)
            yield from _refs(base.known.naming(record.ref, Collaboration, "participants"))
            yield from _refs(base.known.naming(record.ref, Policy, "municipalities"))
        case Region():
            whole = base.region(record.id) or record
            yield from (f"municipality/{member.municipality}" for member in whole.members)
            yield from _refs(base.known.naming(record.ref, Municipality, "province"))
            yield from _refs(base.known.naming(record.ref, Collaboration, "regions"))
            yield from _refs(base.known.naming(record.ref, Policy, "regions"))


def _refs(records: Iterable[AnyRecord]) -> Iterator[str]:
    return (record.ref for record in records)
