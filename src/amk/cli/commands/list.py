"""`amk list`: what there is, filtered, sorted and in the format asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import (
    UNFILTERED,
    Kinds,
    RawFilters,
    conditions_of,
    filters_of,
    kinds_of,
    told_filters,
)
from amk.cli.completion import values as completing
from amk.cli.options import Ended, Where, option
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.field_labels import field_labelled
from amk.model.filters import Filters, narrowed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.narrowed_records import NarrowedRecords
from amk.model.records import Collaboration, Municipality, Policy
from amk.questions.records.facts import field_names, keys_of, unreadable_rows
from amk.questions.records.listing import ListOptions, find_listing, tell_listing
from amk.values.errors import UserError
from amk.values.suggestions import nearest

Sort = Annotated[str | None, option("--sort FIELD", "-FIELD for backwards.", completing.fields)]
Columns = Annotated[str | None, option("--columns A,B", "Only these fields.", completing.fields)]
Limit = Annotated[int | None, option("--limit N", "No more than N records.")]

USUAL = (Municipality, Collaboration, Policy)
"""The kinds that a bare `amk list` shows."""


@reads()
def run(
    session: Session,
    kinds: Kinds = None,
    typed: RawFilters = UNFILTERED,
    where: Where = None,
    sort: Sort = None,
    columns: Columns = None,
    limit: Limit = None,
    ended: Ended = False,
) -> Answer:
    """What there is: municipalities, collaborations, policies and other records."""
    session = session.on_the_day()
    filters, wanted = filters_of(session, typed), kinds_of(kinds, USUAL)
    wish = ListOptions(
        status=filters.status,
        where=conditions_of(session, where or (), wanted),
        sort=_known_field(sort) if sort else None,
        limit=_positive(limit),
        ended=ended,
    )
    fields = [_known_field(column.strip()) for column in columns.split(",")] if columns else []
    base, others = narrowed(session.base, filters), _beside(session, filters)
    listing = find_listing(base, wanted, session.day, wish, others)
    told = {**told_filters(session, filters), "where": ", ".join(where or ()) or None}
    return Answer(
        title=session.titled(session.base.manifest.title.in_language(session.phrases.language)),
        tell=lambda: tell_listing(listing, session.phrases, fields),
        covers=Coverage(told, len(listing.entries)),
        rows=lambda: [entry.facts for entry in listing.entries],
        keys=keys_of(wanted),
        columns=fields,
        unread=unreadable_rows(session.base, wanted),
    )


def _beside(session: Session, filters: Filters) -> KnowledgeBase:
    """What meets the filters and does not hold on the day: it has ended, or is yet to begin."""
    held = session.base.records
    whole = narrowed(session.loaded.base, filters)
    return replace(
        whole, records=NarrowedRecords(whole.records, lambda record: None if record.ref in held else record)
    )


def _known_field(text: str) -> str:
    backwards = "-" if text.startswith("-") else ""
    first, dot, rest = text.removeprefix("-").partition(".")
    first = field_labelled(first, field_names())
    if first not in field_names():
        raise UserError("stop.no-field", found=first, nearest=nearest(first, field_names()))
    return f"{backwards}{first}{dot}{rest}"


def _positive(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise UserError("stop.no-limit")
    return limit
