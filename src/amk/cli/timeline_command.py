"""`amk timeline`: everything dated, in order, in words, for machines, as a picture or as a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from amk.cli.covering import coverage
from amk.cli.filtering import (
    Form,
    Kinds,
    Purpose,
    Since,
    Status,
    Tag,
    Typed,
    Until,
    filters_of,
    kinds_of,
    told_filters,
)
from amk.cli.opening import Opened, opened
from amk.cli.options import (
    AsOf,
    At,
    Data,
    Format,
    Json,
    Lang,
    MunicipalityName,
    Output,
    RegionName,
    Style,
    Today,
)
from amk.cli.progress import at_work
from amk.cli.showing import DATA, DOCUMENTS, PAPER, chosen_format, put, written, written_data
from amk.cli.telling import talk
from amk.document import Block, Document, Paragraph
from amk.query import Filters, narrowed
from amk.questions.timeline import Timeline, Window, find_timeline, with_sources, with_status
from amk.questions.timeline_dates import calendar_of
from amk.questions.timeline_drawn import draw_timeline
from amk.questions.timeline_told import KEYS, tell_timeline, timeline_rows
from amk.records import AnyRecord, Collaboration, Municipality, Organisation, Policy, Region, Source
from amk.tree import revision_of

Sources = Annotated[bool, typer.Option("--sources", help="The dates of the sources it rests on too.")]

FORMATS = (*DOCUMENTS, "svg", *DATA, "ics")

USUAL = (Municipality, Region, Organisation, Collaboration, Policy)
"""The kinds that a bare `amk timeline` tells of."""


def run(
    kinds: Kinds = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    status: Status = None,
    form: Form = None,
    purpose: Purpose = None,
    tag: Tag = None,
    since: Since = None,
    until: Until = None,
    sources: Sources = False,
    as_of: AsOf = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
    style: Style = None,
) -> None:
    """Everything dated, in order: what happened when, and how sure that is."""
    here = opened(data, as_of, today, lang, at)
    here = replace(here, say=here.say.also("timeline"))
    format = chosen_format(format, output, json, FORMATS, style=style)
    filters = filters_of(here, Typed(region, municipality, status, form, purpose, tag, since, until))
    wanted = kinds_of(kinds, (*USUAL, Source) if sources else USUAL)
    with at_work("work.answering"):
        timeline = _found(here, filters, wanted)
    if format in DATA:
        rows = timeline_rows(timeline, here.say)
        # A record may have many entries; its reference is told once.
        once = list({row["ref"]: row for row in rows}.values()) if format == "ids" else rows
        put(written_data(once, format, KEYS), output)
        return
    if format == "ics":
        put(_calendar(here, timeline), output)
        return
    put(written(_document(here, filters, timeline, format), format, output, style), output)


def _found(here: Opened, filters: Filters, wanted: tuple[type[AnyRecord], ...]) -> Timeline:
    # The time asked for narrows the entries, not the records: a finding may be all that a year has.
    base = narrowed(here.base, replace(filters, since=None, until=None))
    if filters.status:
        base = with_status(base, filters.status, here.day)
    if Source in wanted:
        base = with_sources(base)
    base = base.where(lambda record: isinstance(record, wanted))
    window = Window(filters.since, filters.until, filters.municipality, Source in wanted)
    return find_timeline(base, here.day, window)


def _document(here: Opened, filters: Filters, timeline: Timeline, format: str) -> Document:
    say, title = here.say, _title(here)
    count = say("timeline.count", count=len(timeline.entries))
    _, *covered = coverage(here, told_filters(here, filters), 0)
    told = " ".join((count, *covered))
    blocks: tuple[Block, ...] = ()
    if format == "svg":
        blocks = (draw_timeline(timeline, say, title, heading=title, below=told),)
    elif format in ("html", *PAPER):
        blocks = (draw_timeline(timeline, say, say("timeline.drawn")),)
    if format != "svg":
        blocks = (*blocks, *tell_timeline(timeline, say), Paragraph(told, quiet=True))
    return Document(title, say.language, blocks, say("notes"))


def _calendar(here: Opened, timeline: Timeline) -> str:
    from amk.formats.ics import write

    if timeline.undated:
        talk(here.say("calendar.left-out", count=len(timeline.undated)))
    return write(calendar_of(timeline, here.say, _title(here), _day_of_facts(here)))


def _day_of_facts(here: Opened) -> date:
    """The day of the revision, else the day asked for: never the clock's where it can be helped."""
    if here.commit:
        return here.commit.day
    found = revision_of(here.tree.root)
    return date.fromisoformat(found.day) if found else here.day


def _title(here: Opened) -> str:
    subject = here.base.manifest.subject.in_language(here.say.language)
    return here.titled(here.say("timeline.title", subject=subject))
