"""`amk show`: everything about one record, or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import named
from amk.cli.completion import values as completing
from amk.cli.options import Ended, argument
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.document.blocks import Block, Heading, plain
from amk.model.records import KINDS, AnyRecord
from amk.questions.records.card import tell_card
from amk.questions.records.facts import facts_of, keys_of

Refs = Annotated[list[str], argument("REF...", "An id, a name or kind/id.", completing.records)]


@reads()
def run(session: Session, refs: Refs, ended: Ended = False) -> Answer:
    """Everything about one record, or several, on a readable page."""
    session = session.on_the_day()
    found = [named(session, ref, KINDS, "stop.no-record") for ref in refs]
    # What did not hold on the day can still be shown: as it is known, told as ended.
    records = [session.base.records.get(record.ref, record) for record in found]
    title = session.titled(session.phrases.listing(record.name for record in records))
    return Answer(
        title=title,
        tell=lambda: _cards(session, records, title, ended),
        covers=Coverage(count=len(records)),
        rows=lambda: [facts_of(session.base, record, session.day) for record in records],
        keys=keys_of([type(record) for record in records]),
    )


def _cards(session: Session, records: Sequence[AnyRecord], title: str, ended: bool) -> Iterator[Block]:
    """A card for each record; below one heading where there are several."""
    several = len(records) > 1
    if several:
        yield Heading(title, level=1)
    for record in records:
        card = _card(session, record, ended)
        yield from map(_one_deeper, card) if several else card


def _card(session: Session, record: AnyRecord, ended: bool) -> tuple[Block, ...]:
    """A card whose heading names the day and the revision that were asked for."""
    first, *others = tell_card(session.base, record, session.day, session.phrases, ended)
    heading = replace(first, text=session.titled(plain(first.text))) if isinstance(first, Heading) else first
    return heading, *others


def _one_deeper(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block
