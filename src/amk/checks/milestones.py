"""Milestones: their order, their dates and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, problem_at, problem_in
from amk.model.records import AnyRecord, Evidence, Milestone, Policy
from amk.model.statuses import STAGES, advancement


def milestones_run_forward(record: AnyRecord, path: str) -> Iterator[Problem]:
    """Milestones stand in the order of their dates, and a status does not go back."""
    dates, stages = _Furthest(), _Furthest()
    for index, milestone in enumerate(record.milestones if isinstance(record, Policy) else ()):
        yield from _dated_back(record, path, index, milestone, dates.before(milestone))
        yield from _staged_back(record, path, index, milestone, stages.before(milestone))
        if milestone.date:
            dates.note(milestone, milestone.date.earliest.toordinal())
        if milestone.status in STAGES[:-1]:
            stages.note(milestone, advancement(milestone.status))


class _Furthest:
    """The furthest milestone so far: of all, of those that hold for all, and of each municipality.

    The milestones of different municipalities of a joint policy go each their own way.
    """

    def __init__(self) -> None:
        self._found: dict[str | None, tuple[int, Milestone]] = {}

    def before(self, milestone: Milestone) -> Milestone | None:
        """The furthest of those that this one must not lie before."""
        shared = ("", *milestone.municipalities) if milestone.municipalities else (None,)
        reached = (self._found[key] for key in shared if key in self._found)
        return max(reached, key=lambda entry: entry[0], default=(0, None))[1]

    def note(self, milestone: Milestone, how_far: int) -> None:
        """Take in a milestone: a number that grows, such as a day or a stage."""
        for key in (None, *(milestone.municipalities or ("",))):
            if key not in self._found or self._found[key][0] < how_far:
                self._found[key] = how_far, milestone


def _dated_back(
    record: AnyRecord, path: str, index: int, milestone: Milestone, earlier: Milestone | None
) -> Iterator[Problem]:
    if earlier and earlier.date and milestone.date and milestone.date.latest < earlier.date.earliest:
        values = {"found": str(milestone.date), "before": str(earlier.date)}
        yield problem_at(path, record, "DATE005", ("milestones", index, "date"), **values)


def _staged_back(
    record: AnyRecord, path: str, index: int, milestone: Milestone, earlier: Milestone | None
) -> Iterator[Problem]:
    runs = earlier is not None and milestone.status in STAGES[:-1] and not milestone.planned
    if earlier and runs and advancement(milestone.status) < advancement(earlier.status):
        values = {"found": milestone.status, "before": earlier.status}
        yield problem_at(path, record, "STAT001", ("milestones", index, "status"), **values)


def milestones_are_not_after_their_source(base: KnowledgeBase) -> Iterator[Problem]:
    """What a source tells as done was done by its date; what was still to come is planned."""
    for policy in base.policies:
        for index, milestone in enumerate(policy.milestones):
            last = last_day_of(base, milestone.evidence or policy.evidence)
            if milestone.date and not milestone.planned and last and milestone.date.earliest > last:
                values = {"found": str(milestone.date), "source_date": last.isoformat()}
                yield problem_in(base, policy, "DATE006", ("milestones", index, "date"), **values)


def last_day_of(base: KnowledgeBase, evidence: Iterable[Evidence]) -> date | None:
    """The last day any of the sources may be of; None when one of them has no date."""
    sources = [base.source(e.source) for e in evidence]
    days = [s.date.latest if s and s.date else date.max for s in sources]
    last = max(days, default=date.max)
    return None if last == date.max else last
