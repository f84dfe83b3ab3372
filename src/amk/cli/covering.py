"""What an answer covers: filters, day, revision of the data, number of records."""

from __future__ import annotations

from collections.abc import Mapping

from amk.cli.opening import Opened
from amk.document import Paragraph
from amk.tree import revision_of


def cover(here: Opened, filters: Mapping[str, str | None], count: int) -> tuple[Paragraph, ...]:
    """The statement of coverage that closes a document."""
    return (Paragraph(" ".join(coverage(here, filters, count)), quiet=True),)


def coverage(here: Opened, filters: Mapping[str, str | None], count: int) -> tuple[str, ...]:
    """The sentences of the statement of coverage."""
    say = here.say
    told = ", ".join(f"{say(f'filter.{name}')} {value}" for name, value in filters.items() if value)
    selection = (say("cover.filters", filters=told),) if told else ()
    day = say("cover.day" if here.asked_day else "cover.today", day=say.day(here.day))
    return (say("cover.count", count=count), *selection, day, _revision(here))


def _revision(here: Opened) -> str:
    say = here.say
    if here.commit:
        return say("cover.at", id=here.commit.short, day=say.day(here.commit.day))
    found = revision_of(here.tree.root, here.working.blobs() if here.working else None)
    if not found:
        return say("cover.no-revision")
    dirty = say("cover.dirty") if found.dirty else ""
    return say("cover.revision", id=found.id, day=found.day, dirty=dirty)
