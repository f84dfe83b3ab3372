"""`amk coverage`: how much is known on a day, and how well it is founded."""

from __future__ import annotations

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import ANYWHERE, Area, concerning, filters_of, told_filters
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.validity import as_of
from amk.questions.coverage.find import dividing_regions, find_coverage
from amk.questions.coverage.tell import KEYS, rows_of, tell_coverage
from amk.questions.records.facts import unreadable_rows


@reads("coverage")
def run(session: Session, area: Area = ANYWHERE) -> Answer:
    """How much is known: per region, of whom nothing is, how well founded, what contradicts."""
    phrases, filters = session.phrases, filters_of(session, area)
    regions = [] if filters.municipality else dividing_regions(as_of(session.base, session.day))
    # What had ended by the day still counts as a statement, so the base is not narrowed to it.
    found = find_coverage(session.base, session.day, regions, concerning(session, filters))
    return Answer(
        title=session.titled(phrases("known.title", subject=session.subject)),
        tell=lambda: tell_coverage(found, phrases, session.area(filters)),
        covers=Coverage(told_filters(session, filters), len(found.tallies[0].places), "known.count"),
        rows=lambda: rows_of(found),
        refs=lambda: (row["ref"] for row in rows_of(found) if row["topic"] == "silent"),
        keys=KEYS,
        unread=unreadable_rows(session.base),
    )
