"""The developments since a day or a revision, as `amk report changes` tells them."""

from __future__ import annotations

from datetime import date

from amk.cli.covering import coverage
from amk.cli.opening import Opened, a_day, load_at
from amk.dates import NotADate, parse_date
from amk.document import Block
from amk.errors import Stop
from amk.knowledge import KnowledgeBase
from amk.query import Filters, narrowed
from amk.questions.developments import Developments, find_developments
from amk.questions.developments_told import tell_developments
from amk.revisions import find_commit


def developments_since(here: Opened, since: str, filters: Filters) -> tuple[str, tuple[Block, ...]]:
    """Title and text of the report. Raises Stop when the day is no earlier one."""
    found = found_since(here, since, filters)
    say = here.say.also("changes").also("developments")
    count = len(found.base.records)
    subject = here.base.manifest.subject.in_language(say.language)
    area = here.area(filters)
    title = say(
        "since.title", subject=subject[:1].upper() + subject[1:], area=area, since=say.day(found.since)
    )
    return title, tell_developments(found, say, area, coverage(here, here.told(filters), count))


def found_since(here: Opened, since: str, filters: Filters) -> Developments:
    """The developments since a day or a revision. Raises Stop when the day is no earlier one."""
    day, known_then = _then(here, since)
    if day > here.day:
        raise Stop("stop.since-later", since=day.isoformat(), day=here.day.isoformat())
    then = narrowed(known_then, filters) if known_then else None
    return find_developments(narrowed(here.base, filters), day, here.day, then)


def _then(here: Opened, since: str) -> tuple[date, KnowledgeBase | None]:
    """The day meant, and what was known on it; None for the latter where no revision goes back so far."""
    try:
        parse_date(since)
    except NotADate:
        commit = find_commit(here.tree.root, since)
        return commit.day, load_at(here.tree.root, commit).base
    day = a_day(since)
    try:
        return day, load_at(here.tree.root, find_commit(here.tree.root, since)).base
    except Stop:
        return day, None
