"""What must hold between records: one function for each rule, listed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from amk.dates import Date
from amk.fields import evidence_in, marked
from amk.knowledge import KnowledgeBase
from amk.nearest import SUGGESTED, nearest
from amk.problems import Problem
from amk.records import (
    AnyRecord,
    Collaboration,
    Milestone,
    Municipality,
    Of,
    Policy,
    Region,
    To,
)
from amk.status import STAGES, advancement
from amk.yamltext import Path

Check = Callable[[KnowledgeBase], Iterator[Problem]]


def check(base: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem between the records of a base."""
    return tuple(problem for rule in CHECKS for problem in rule(base))


def _problem(base: KnowledgeBase, record: AnyRecord, code: str, way: Path, **values: str) -> Problem:
    at_key = bool(way) and code in ("BORD001", "BORD002")
    return Problem(code, base.paths.get(record.ref, ""), way, values, record.ref, at_key)


def references_exist(base: KnowledgeBase) -> Iterator[Problem]:
    """A reference names a record, in the form that its field asks for."""
    for record in base.known.values():
        references = ((way, text, mark) for way, text, mark in marked(record) if isinstance(mark, To))
        wrong = (found for found in references if not _leads_somewhere(base, *found[1:]))
        for index, (way, text, mark) in enumerate(wrong):
            yield _reference(base, record, way, text, mark, suggest=index < SUGGESTED)


def _leads_somewhere(base: KnowledgeBase, text: str, mark: To) -> bool:
    ref = f"{mark.kinds[0]}/{text}" if mark.bare else text
    return ref in base.known and not _has_other_form(text, mark)


def _has_other_form(text: str, mark: To) -> bool:
    kind, slash, _ = text.partition("/")
    return bool(slash) == mark.bare or (bool(slash) and kind not in mark.kinds)


def _reference(
    base: KnowledgeBase, record: AnyRecord, way: Path, text: str, mark: To, suggest: bool
) -> Problem:
    near = _nearest_ref(base, text, mark) if suggest else ""
    if not _has_other_form(text, mark):
        return _problem(base, record, "REF001", way, found=text, expected=mark.kinds[0], nearest=near)
    expected = f"{mark.kinds[0]}-id" if mark.bare else " / ".join(f"{kind}/…" for kind in mark.kinds)
    if mark.bare:
        near = text.partition("/")[2] or text
    return _problem(base, record, "REF002", way, found=text, expected=expected, nearest=near)


def _nearest_ref(base: KnowledgeBase, text: str, mark: To) -> str:
    refs = [ref for ref in base.known if ref.partition("/")[0] in mark.kinds]
    known = [ref.partition("/")[2] for ref in refs] if mark.bare else refs
    wanted = text if mark.bare or "/" in text else f"{mark.kinds[0]}/{text}"
    return nearest(wanted, known)


def codes_exist(base: KnowledgeBase) -> Iterator[Problem]:
    """A code is listed in its vocabulary."""
    codes: dict[str, list[str]] = {}
    for vocabulary, code in base.concepts:
        codes.setdefault(vocabulary, []).append(code)
    told = {vocabulary: ", ".join(known) for vocabulary, known in codes.items()}
    for record in base.known.values():
        marks = ((way, text, mark) for way, text, mark in marked(record) if isinstance(mark, Of))
        wrong = (mark for mark in marks if (mark[2].vocabulary, mark[1]) not in base.concepts)
        for index, (way, text, mark) in enumerate(wrong):
            known = codes.get(mark.vocabulary, []) if index < SUGGESTED else []
            values = {"found": text, "vocabulary": mark.vocabulary, "nearest": nearest(text, known)}
            yield _problem(base, record, "CODE001", way, known=told.get(mark.vocabulary, ""), **values)


def borders_are_symmetrical(base: KnowledgeBase) -> Iterator[Problem]:
    """Who names a neighbour is named by it, with the same length and kind of border."""
    for here in base.known_of(Municipality):
        for id, border in here.neighbours.items():
            there = base.municipality(id)
            way: Path = ("neighbours", id)
            if there is None:
                continue
            back = there.neighbours.get(here.id)
            if back is None:
                yield _problem(base, here, "BORD001", way, found=id, here=here.id)
            elif here.id > id and (back.km, back.kind) != (border.km, border.kind):
                mine, theirs = f"{border.km} km {border.kind}", f"{back.km} km {back.kind}"
                yield _problem(base, here, "BORD002", way, found=mine, other=theirs, there=id)


def members_exist_then(base: KnowledgeBase) -> Iterator[Problem]:
    """A member or participant exists in the period for which it is named."""
    for record in base.known.values():
        pieces: tuple[tuple[str, tuple[Any, ...]], ...] = ()
        if isinstance(record, Region):
            pieces = (("members", record.members),)
        if isinstance(record, Collaboration):
            pieces = (("participants", record.participants),)
        for field, items in pieces:
            for index, item in enumerate(items):
                yield from _exists_then(base, record, (field, index), item)


def _exists_then(base: KnowledgeBase, record: AnyRecord, way: Path, item: Any) -> Iterator[Problem]:
    municipality = base.municipality(item.municipality or "")
    period: Date | None = item.period or getattr(record, "period", None)
    if municipality is None or municipality.period is None or period is None:
        return
    lived = municipality.period
    never_together = period.earliest > lived.latest or period.latest < lived.earliest
    if never_together or (item.period and _reaches_outside(item.period, lived)):
        told = {"found": municipality.name, "period": str(period), "lived": str(lived)}
        yield _problem(base, record, "PER001", (*way, "period") if item.period else way, **told)


def _reaches_outside(period: Date, lived: Date) -> bool:
    """Whether a period certainly begins before, or goes on after, the time in which something existed."""
    begins_before = period.start is not None and period.start.last < lived.earliest
    goes_on_after = lived.end is not None and (period.end is None or period.end.first > lived.latest)
    return begins_before or goes_on_after


def milestones_run_forward(base: KnowledgeBase) -> Iterator[Problem]:
    """Milestones stand in the order of their dates, and a status does not go back."""
    for policy in base.known_of(Policy):
        dates, stages = _Furthest(), _Furthest()
        for index, milestone in enumerate(policy.milestones):
            yield from _dated_back(base, policy, index, dates.before(milestone))
            yield from _staged_back(base, policy, index, stages.before(milestone))
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
        found = (self._found[key] for key in shared if key in self._found)
        return max(found, key=lambda entry: entry[0], default=(0, None))[1]

    def note(self, milestone: Milestone, how_far: int) -> None:
        """Take in a milestone: a number that grows, such as a day or a stage."""
        for key in (None, *(milestone.municipalities or ("",))):
            if key not in self._found or self._found[key][0] < how_far:
                self._found[key] = how_far, milestone


def _dated_back(
    base: KnowledgeBase, policy: Policy, index: int, before: Milestone | None
) -> Iterator[Problem]:
    here = policy.milestones[index].date
    if before and before.date and here and here.latest < before.date.earliest:
        told = {"found": str(here), "before": str(before.date)}
        yield _problem(base, policy, "DATE005", ("milestones", index, "date"), **told)


def _staged_back(
    base: KnowledgeBase, policy: Policy, index: int, before: Milestone | None
) -> Iterator[Problem]:
    here = policy.milestones[index]
    runs = before is not None and here.status in STAGES[:-1] and not here.planned
    if before and runs and advancement(here.status) < advancement(before.status):
        told = {"found": here.status, "before": before.status}
        yield _problem(base, policy, "STAT001", ("milestones", index, "status"), **told)


def milestones_are_not_after_their_source(base: KnowledgeBase) -> Iterator[Problem]:
    """What a source tells as done was done by its date; what was still to come is planned."""
    for policy in base.known_of(Policy):
        for index, milestone in enumerate(policy.milestones):
            last = _last_day_of_sources(base, policy, milestone)
            if milestone.date and not milestone.planned and last and milestone.date.earliest > last:
                told = {"found": str(milestone.date), "source_date": last.isoformat()}
                yield _problem(base, policy, "DATE006", ("milestones", index, "date"), **told)


def _last_day_of_sources(base: KnowledgeBase, policy: Policy, milestone: Milestone) -> date | None:
    """The last day any of the sources may be of; None when one of them has no date."""
    sources = [base.source(e.source) for e in milestone.evidence or policy.evidence]
    days = [s.date.latest if s and s.date else date.max for s in sources]
    last = max(days, default=date.max)
    return None if last == date.max else last


def lines_lie_within_the_source(base: KnowledgeBase) -> Iterator[Problem]:
    """The lines cited are lines that the source has."""
    for record in base.known.values():
        for way, evidence in evidence_in(record):
            source = base.source(evidence.source)
            if source and source.line_count and evidence.lines and evidence.lines.last > source.line_count:
                told = {"found": str(evidence.lines), "count": str(source.line_count), "source": source.id}
                yield _problem(base, record, "EVID001", (*way, "lines"), **told)


def participants_name_one_party(base: KnowledgeBase) -> Iterator[Problem]:
    """A participant is one municipality, one region or one organisation."""
    for collaboration in base.known_of(Collaboration):
        for index, participant in enumerate(collaboration.participants):
            named = (participant.municipality, participant.region, participant.organisation)
            if sum(map(bool, named)) != 1:
                yield _problem(base, collaboration, "FLD005", ("participants", index))


CHECKS: tuple[Check, ...] = (
    references_exist,
    codes_exist,
    borders_are_symmetrical,
    members_exist_then,
    milestones_run_forward,
    milestones_are_not_after_their_source,
    lines_lie_within_the_source,
    participants_name_one_party,
)
