"""What a template may ask for: the answers of amk's commands as plain data, found when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from amk.cli.asking import scopes, wanted_of
from amk.cli.opening import Opened
from amk.cli.since import found_since
from amk.dates import parse_date
from amk.durations import before, parse_duration
from amk.errors import Stop
from amk.holding import as_of
from amk.knowledge import KnowledgeBase
from amk.query import Filters, narrowed
from amk.questions.coverage import dividing_regions, find_coverage
from amk.questions.coverage_told import rows_of as coverage_rows
from amk.questions.developments_told import data_developments
from amk.questions.facts import facts_of
from amk.questions.gaps import Interest, find_gaps
from amk.questions.gaps_told import rows_of as gap_rows
from amk.questions.network import find_network
from amk.questions.network_told import data_network
from amk.questions.stale import find_stale
from amk.questions.stale_told import rows_of as stale_rows
from amk.questions.standing_out import PATIENCE, find_standing_out
from amk.questions.timeline import Window, find_timeline
from amk.questions.timeline_told import timeline_rows
from amk.records import AnyRecord, Collaboration, Municipality, Organisation, Policy, Region, Source

KINDS: dict[str, type[AnyRecord]] = {
    "municipalities": Municipality,
    "regions": Region,
    "organisations": Organisation,
    "collaborations": Collaboration,
    "policies": Policy,
    "sources": Source,
}


def answers_of(here: Opened, filters: Filters, since: str | None) -> dict[str, Callable[[], Any]]:
    """Each answer by the name that a template has for it, under the keys of the command's `-f json`."""
    base = narrowed(as_of(here.base, here.day), filters)
    answers: dict[str, Callable[[], Any]] = {
        **{name: _records(base, kind, here) for name, kind in KINDS.items()},
        "gaps": lambda: _gaps(here, filters),
        "timeline": lambda: _timeline(here, filters),
        "coverage": lambda: _coverage(here, filters),
        "stale": lambda: _stale(here, filters),
        "network": lambda: data_network(find_network(base, here.day)),
        "changes": lambda: _changes(here, filters, since),
        "counts": lambda: asdict(
            find_standing_out(here.base, here.day, filters.region, filters.municipality)
        ),
        "area": lambda: here.area(filters),
        "day": here.day.isoformat,
        "since": lambda: since,
        "subject": lambda: base.manifest.subject.in_language(here.say.language),
        "title": lambda: base.manifest.title.in_language(here.say.language),
    }
    return {name: _cleaned(answer) for name, answer in answers.items()}


def _cleaned(answer: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: _on_one_line(answer())


def _on_one_line(value: Any) -> Any:
    """A value in which no text breaks the line, and so the row or the point, that it stands in."""
    match value:
        case str():
            return " ".join(value.split()) if "\n" in value else value
        case list():
            return [_on_one_line(item) for item in value]
        case dict():
            return {key: _on_one_line(item) for key, item in value.items()}
    return value


def _records(base: KnowledgeBase, kind: type[AnyRecord], here: Opened) -> Callable[[], list[dict[str, Any]]]:
    return lambda: [dict(facts_of(base, record, here.day)) for record in base.all(kind)]


def _gaps(here: Opened, filters: Filters) -> list[dict[str, Any]]:
    base = as_of(here.base, here.day)
    interest = Interest(scopes=tuple(scopes(base, filters.region, filters.municipality)))
    return gap_rows(find_gaps(base, here.day, interest), here.say.also("gaps"))


def _timeline(here: Opened, filters: Filters) -> list[dict[str, Any]]:
    known = narrowed(here.base, filters).where(lambda record: not isinstance(record, Source))
    window = Window(until=parse_date(here.day.isoformat()), municipality=filters.municipality)
    return timeline_rows(find_timeline(known, here.day, window), here.say.also("timeline"))


def _coverage(here: Opened, filters: Filters) -> list[dict[str, Any]]:
    regions = [] if filters.municipality else dividing_regions(as_of(here.base, here.day))
    wanted = wanted_of(here, filters.region, filters.municipality)
    return coverage_rows(find_coverage(here.base, here.day, regions, wanted))


def _stale(here: Opened, filters: Filters) -> list[dict[str, Any]]:
    limit = before(here.day, parse_duration(PATIENCE))
    wanted = wanted_of(here, filters.region, filters.municipality)
    return stale_rows(find_stale(here.base, here.day, limit, wanted), here.say.also("stale"))


def _changes(here: Opened, filters: Filters, since: str | None) -> dict[str, Any]:
    if not since:
        raise Stop("stop.no-since")
    return data_developments(found_since(here, since, filters), here.say)
