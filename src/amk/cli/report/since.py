"""The developments since a day or a revision, as `amk report changes` tells them."""

from __future__ import annotations

from datetime import date

from amk.cli.answer import Coverage, covered
from amk.cli.arguments import told_filters
from amk.cli.session import Session, a_day, load_at
from amk.document.blocks import Block
from amk.language.typed_dates import as_edtf
from amk.model.filters import Filters, narrowed
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.changes.developments import Developments, find_developments
from amk.questions.changes.developments_tell import tell_developments
from amk.storage.data_folder import revision_of
from amk.storage.revisions import find_commit, merge_base
from amk.values.dates import NotADate, parse_date
from amk.values.errors import UserError


def developments_since(session: Session, since: str, filters: Filters) -> tuple[str, tuple[Block, ...]]:
    """Title and text of the report. Raises UserError when the day is no earlier one."""
    found = found_since(session, since, filters)
    phrases = session.phrases.with_topic("changes").with_topic("developments")
    covers = Coverage(told_filters(session, filters), len(found.base.records))
    subject, area = session.subject, session.area(filters)
    title = phrases(
        "since.title", subject=subject[:1].upper() + subject[1:], area=area, since=phrases.day(found.since)
    )
    return title, tell_developments(found, phrases, area, covered(session, covers))


def found_since(session: Session, since: str, filters: Filters) -> Developments:
    """The developments since a day or a revision. Raises UserError when the day is no earlier one."""
    day, known_then = _then(session, since)
    if day > session.day:
        raise UserError("stop.since-later", since=day.isoformat(), day=session.day.isoformat())
    then = narrowed(known_then, filters) if known_then else None
    versioned = session.commit is not None or revision_of(session.tree.root) is not None
    return find_developments(narrowed(session.base, filters), day, session.day, then, versioned)


def _then(session: Session, typed: str) -> tuple[date, KnowledgeBase | None]:
    """The day meant, and what was known on it; None for the latter where no revision goes back so far."""
    since = as_edtf(typed)
    try:
        parse_date(since)
    except NotADate:
        commit = merge_base(session.tree.root, find_commit(session.tree.root, since))
        return commit.day, load_at(session.tree.root, commit).base
    day = a_day(since)
    try:
        return day, load_at(session.tree.root, find_commit(session.tree.root, since)).base
    except UserError:
        return day, None
