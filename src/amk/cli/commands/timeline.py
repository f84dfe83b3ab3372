"""`amk timeline`: everything dated, in order, in words, for machines, as a picture or as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from amk.cli.answer import Answer, Coverage, statement
from amk.cli.arguments import UNFILTERED, Kinds, RawFilters, filters_of, kinds_of, told_filters
from amk.cli.messages import talk
from amk.cli.options import option
from amk.cli.output import DATA, DOCUMENTS
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.filters import Filters, narrowed
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Municipality,
    Organisation,
    Policy,
    Region,
    Source,
)
from amk.questions.records.facts import unreadable_rows
from amk.questions.timeline.calendar import calendar_of
from amk.questions.timeline.draw import draw_timeline
from amk.questions.timeline.find import Timeline, Window, find_timeline, with_sources, with_status
from amk.questions.timeline.tell import KEYS, tell_timeline, timeline_rows
from amk.storage.data_folder import revision_of

Sources = Annotated[bool, option("--sources", "The dates of the sources it rests on too.")]

USUAL = (Municipality, Region, Organisation, Collaboration, Policy, Commitment)
"""The kinds that a bare `amk timeline` tells of."""


@reads("timeline", (*DOCUMENTS, "svg", *DATA, "ics"))
def run(
    session: Session, kinds: Kinds = None, typed: RawFilters = UNFILTERED, sources: Sources = False
) -> Answer:
    """Everything dated, in order: what happened when, and how sure that is."""
    session = session.as_asked()
    phrases, filters = session.phrases, filters_of(session, typed)
    timeline = _found(session, filters, kinds_of(kinds, (*USUAL, Source) if sources else USUAL))
    title = session.titled(phrases("timeline.title", subject=session.subject))
    covers = Coverage(told_filters(session, filters), len(timeline.entries), "timeline.count")
    return Answer(
        title=title,
        tell=lambda: tell_timeline(timeline, phrases),
        covers=covers,
        picture=lambda: (draw_timeline(timeline, phrases, phrases("timeline.drawn")),),
        drawing=lambda: draw_timeline(
            timeline, phrases, title, heading=title, below=statement(session, covers)
        ),
        rows=lambda: timeline_rows(timeline, phrases),
        # A record may have many entries; its reference is told once.
        refs=lambda: dict.fromkeys(row["ref"] for row in timeline_rows(timeline, phrases)),
        keys=KEYS,
        unread=unreadable_rows(session.base),
        others={"ics": lambda: _calendar(session, timeline, title)},
    )


def _found(session: Session, filters: Filters, wanted: tuple[type[AnyRecord], ...]) -> Timeline:
    # The time asked for narrows the entries, not the records: a finding may be all that a year has.
    base = narrowed(session.base, replace(filters, since=None, until=None))
    if filters.status:
        base = with_status(base, filters.status, session.day)
    if Source in wanted:
        base = with_sources(base)
    base = base.where(lambda record: isinstance(record, wanted))
    window = Window(filters.since, filters.until, filters.municipality, Source in wanted)
    return find_timeline(base, session.day, window)


def _calendar(session: Session, timeline: Timeline, title: str) -> str:
    from amk.formats.ics import write

    if timeline.undated:
        talk(session.phrases("calendar.left-out", count=len(timeline.undated)))
    return write(calendar_of(timeline, session.phrases, title, _day_of_facts(session)))


def _day_of_facts(session: Session) -> date:
    """The day of the revision, else the day asked for: never the clock's where it can be helped."""
    if session.commit:
        return session.commit.day
    found = revision_of(session.tree.root)
    return date.fromisoformat(found.day) if found else session.day
