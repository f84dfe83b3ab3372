"""`amk stale`: what should be checked before a letter goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import ANYWHERE, Area, concerning, filters_of, told_filters
from amk.cli.options import option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import EVERY, reads
from amk.cli.session import Session
from amk.model.policy_status import municipality_status_on
from amk.model.records import AnyRecord, Municipality
from amk.model.statuses import UNKNOWN
from amk.questions.coverage.stale import Staleness, find_stale
from amk.questions.coverage.stale_tell import KEYS, rows_of, tell_round, tell_stale
from amk.questions.records.facts import unreadable_rows
from amk.values.durations import NotADuration, before, parse_duration
from amk.values.errors import UserError

OlderThan = Annotated[str, option("--older-than DURATION", "Too old after: 12m, 2y, 90d.")]
AsChecklist = Annotated[
    bool, option("--as-checklist", "A round of checks: Markdown, or with -o x.xlsx a workbook.")
]


def _formats(as_checklist: bool, **_: object) -> tuple[tuple[str, ...], str]:
    """A round of checks is Markdown or a workbook: the formats, and the usual one."""
    return ((*DOCUMENTS, "xlsx"), "md") if as_checklist else (EVERY, "table")


@reads("stale", choose=_formats)
def run(
    session: Session,
    older_than: OlderThan = "12m",
    as_checklist: AsChecklist = False,
    area: Area = ANYWHERE,
) -> Answer:
    """What to check: planned steps that are past, policy that should have lapsed, what is too old."""
    whole, session = session, session.on_the_day()
    phrases, filters = session.phrases, filters_of(session, area)
    wanted, named = concerning(whole, filters), session.area(filters)
    found = find_stale(whole.base, session.day, _limit(session.day, older_than), wanted)
    told = {**told_filters(session, filters), "older-than": older_than}
    key = "stale.title.round" if as_checklist else "stale.title"
    return Answer(
        title=session.titled(phrases(key, subject=session.subject, area=named)),
        tell=lambda: (
            tell_round(found, _unknown(session, wanted), phrases, named)
            if as_checklist
            else tell_stale(found, phrases, named)
        ),
        contents=not as_checklist,
        covers=Coverage(told, found.looked_at, "stale.count"),
        rows=lambda: rows_of(found, phrases),
        keys=KEYS,
        unread=unreadable_rows(whole.base),
        others={"xlsx": lambda: _workbook(session, found, _unknown(session, wanted))},
    )


def _workbook(session: Session, found: Staleness, unknown: list[Municipality]) -> bytes:
    """What should be checked as a workbook that amk import reads back."""
    from amk.authoring.workbook.sheets import SHEETED, sheets_of
    from amk.authoring.workbook.xlsx import write_workbook

    phrases = session.phrases.with_topic("workbook")
    refs = {*(stale.record.ref for stale in found.found), *(m.ref for m in unknown)}
    sheets = sheets_of(session.base.where(lambda record: record.ref in refs), SHEETED, phrases)
    filled = [sheet for sheet in sheets if not sheet.field or sheet.rows]
    return write_workbook(filled, session.base, phrases)


def _limit(day: date, text: str) -> date:
    """The day before which a confirmation is too old. Raises UserError for what is no duration."""
    try:
        return before(day, parse_duration(text))
    except NotADuration as error:
        raise UserError("stop.no-duration", found=text) from error


def _unknown(session: Session, wanted: Callable[[AnyRecord], bool]) -> list[Municipality]:
    """The municipalities of whose policy nothing is known."""
    base, day = session.base, session.day
    asked = (m for m in base.municipalities if wanted(m))
    return [m for m in asked if municipality_status_on(base, m, day).status == UNKNOWN]
