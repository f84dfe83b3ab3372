"""What a template may ask for: the answers of amk's commands as plain data, found when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from amk.cli.arguments import Area, RawFilters
from amk.cli.commands import coverage, gaps, network, stale, timeline
from amk.cli.commands import list as listing
from amk.cli.reads import ReadingCommand
from amk.cli.report.since import found_since
from amk.cli.session import Session
from amk.model.filters import Filters
from amk.model.records import KINDS, Vocabulary
from amk.questions.changes.developments_tell import data_developments
from amk.questions.report.highlights import counts_of, find_standing_out
from amk.values.errors import UserError

KINDS_ASKED = tuple(kind.folder for kind in KINDS if kind is not Vocabulary)


def answers_of(session: Session, filters: Filters, since: str | None) -> dict[str, Callable[[], Any]]:
    """Each answer by the name that a template has for it, under the keys of the command's `-f json`."""
    area = Area([*filters.regions], filters.municipality)
    typed = RawFilters([*filters.regions], filters.municipality)
    until = RawFilters([*filters.regions], filters.municipality, until=session.day.isoformat())

    # What had ended by the day did happen: a timeline is not narrowed to it.
    known = replace(session, asked_day=False)

    def rows(command: ReadingCommand, session: Session = session, **own: Any) -> Callable[[], Any]:
        return lambda: command.answer(session, **own).rows()

    answers: dict[str, Callable[[], Any]] = {
        **{kind: rows(listing.run, kinds=[kind], typed=typed) for kind in KINDS_ASKED},
        "gaps": rows(gaps.run, area=area),
        "timeline": rows(timeline.run, known, typed=until),
        "coverage": rows(coverage.run, area=area),
        "stale": rows(stale.run, area=area),
        "network": rows(network.run, area=area),
        "changes": lambda: _changes(session, filters, since),
        "counts": lambda: counts_of(
            find_standing_out(session.base, session.day, filters.regions, filters.municipality)
        ),
        "area": lambda: session.area(filters),
        "day": session.day.isoformat,
        "since": lambda: since,
        "subject": lambda: session.subject,
        "title": lambda: session.base.manifest.title.in_language(session.phrases.language),
    }
    return {name: _cleaned(answer) for name, answer in answers.items()}


def _cleaned(answer: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: _on_one_line(answer())


def _on_one_line(value: Any) -> Any:
    """A value in which no text breaks the line, and so the row or the point, that it stands in."""
    match value:
        case str():
            return " ".join(value.split()) if "\n" in value else value
        case [*items]:
            return [_on_one_line(item) for item in items]
        case {**fields}:
            return {key: _on_one_line(item) for key, item in fields.items()}
    return value


def _changes(session: Session, filters: Filters, since: str | None) -> dict[str, Any]:
    if not since:
        raise UserError("stop.no-since")
    return data_developments(found_since(session, since, filters), session.phrases)
