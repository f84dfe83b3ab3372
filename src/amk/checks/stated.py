"""Figures say how much, of a day that their source knows; commitments are answered after their day."""

from __future__ import annotations

from collections.abc import Iterator

from amk.checks.milestones import last_day_of
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, problem_at, problem_in
from amk.model.records import AnyRecord, Commitment, Figure
from amk.values.dates import Date
from amk.values.parsed import FieldPath


def figures_say_how_much(record: AnyRecord, path: str) -> Iterator[Problem]:
    """A figure has a value or bounds, and the lower bound is not above the upper one."""
    if not isinstance(record, Figure):
        return
    least, most = record.at_least, record.at_most
    bounds = [name for name, bound in (("at_least", least), ("at_most", most)) if bound is not None]
    if record.value is None and not bounds:
        yield problem_at(path, record, "FIG001", ())
    elif record.value is not None and bounds:
        yield problem_at(path, record, "FIG001", (bounds[0],))
    elif least is not None and most is not None and least > most:
        yield problem_at(path, record, "FIG001", ("at_most",))


def figures_are_not_after_their_source(base: KnowledgeBase) -> Iterator[Problem]:
    """What a source tells as counted was counted by its date; what was still to come is ahead."""
    for figure in base.all(Figure):
        last = last_day_of(base, figure.evidence)
        if figure.year and not figure.is_ahead and last and figure.year.earliest > last:
            values = {"found": str(figure.year), "source_date": last.isoformat()}
            yield problem_in(base, figure, "FIG002", ("year",), **values)


def commitments_come_first(record: AnyRecord, path: str) -> Iterator[Problem]:
    """A commitment is due, and answered, on the day that it was made or later."""
    if isinstance(record, Commitment) and record.date:
        made = record.date
        for field_path, when in _later(record):
            if when.latest < made.earliest:
                values = {"found": str(when), "made": str(made)}
                yield problem_at(path, record, "COMM001", field_path, **values)


def _later(commitment: Commitment) -> Iterator[tuple[FieldPath, Date]]:
    if commitment.due:
        yield ("due",), commitment.due
    answers = enumerate(commitment.fulfilled_by)
    yield from ((("fulfilled_by", index, "date"), a.date) for index, a in answers if a.date)


def fulfilled_commitments_say_with_what(record: AnyRecord, path: str) -> Iterator[Problem]:
    """What is fulfilled, or partly, says with what."""
    done = isinstance(record, Commitment) and record.fulfilled in ("yes", "partly")
    if isinstance(record, Commitment) and done and not record.fulfilled_by:
        yield problem_at(path, record, "COMM002", ("fulfilled",), found=record.fulfilled)
