"""Telling a review: the verdict, then what changes by whose it is, what to weigh, and what to tick off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amk.checks.validation import hint, message, problem_words
from amk.document.blocks import Block, Bullets, Heading, Paragraph
from amk.language import Phrases
from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import sorting_name
from amk.model.problems import Problem
from amk.model.records import AnyRecord, Collaboration, Figure, Municipality, Policy, Region
from amk.questions.changes.find import Change, Changes
from amk.questions.changes.tell import (
    change_sentences,
    data_changes,
    manifest_sentences,
    merger_told,
    status_sentences,
)
from amk.questions.changes.unread import unread_told
from amk.questions.changes.values import Voice
from amk.questions.figures_and_commitments import territory_told
from amk.questions.review.find import Review
from amk.questions.wording import named_some, who_told

NEWS = ("news", "press-release")
"""Types of source that report a decision and are not the decision."""


def tell_review(review: Review, phrases: Phrases) -> Iterator[Block]:
    """A review; `phrases` know the words of changes and of reviews."""
    yield Paragraph(verdict(review, phrases))
    yield from _changes(review.changes, phrases)
    yield from _points("review.unreadable", list(unread_told(review.lost, phrases)), phrases)
    yield from _points("review.problems", [*_problems(review, phrases)], phrases)
    yield from _points("review.waivers", [*_waivers(review, phrases)], phrases)
    yield from _points("review.suspect", [*_suspect(review, phrases)], phrases)
    yield from _points("review.left-behind", [*_left_behind(review, phrases)], phrases)
    yield from _points("review.alike", [*_alike(review, phrases)], phrases)
    yield from _briefing(review, phrases)
    yield Heading(phrases("review.checklist"))
    yield Bullets(tuple(_checklist(review, phrases)), boxes=True)


def verdict(review: Review, phrases: Phrases) -> str:
    """Whether it can be taken over, in one sentence."""
    if review.errors or review.unreadable:
        return phrases("review.verdict.wrong", errors=review.errors, unreadable=len(review.unreadable))
    if not review.changes:
        return phrases("review.verdict.nothing")
    if review.weighed:
        return phrases("review.verdict.weigh", count=review.weighed)
    return phrases("review.verdict.fine")


def _points(key: str, points: list[str], phrases: Phrases) -> Iterator[Block]:
    if points:
        yield Heading(phrases(key))
        yield Bullets(tuple(points))


def _changes(changes: Changes, phrases: Phrases) -> Iterator[Block]:
    """What changes in meaning, under whose it is."""
    general = [merger_told(merger, phrases) for merger in changes.mergers]
    general += status_sentences(changes.statuses, phrases)
    yield from _points("changes.statuses", general, phrases)
    yield from _points("changes.manifest", [*manifest_sentences(changes, phrases)], phrases)
    by_owner: dict[str, list[str]] = {}
    for change in changes.records:
        base = changes.after if change.after else changes.before
        owner = _owner(base, change.record, phrases)
        by_owner.setdefault(owner, []).extend(change_sentences(change, changes, phrases))
    if by_owner:
        yield Heading(phrases("review.changes"))
    for owner in sorted(by_owner, key=sorting_name):
        yield Heading(owner, level=3)
        yield Bullets(tuple(by_owner[owner]))


def _owner(base: KnowledgeBase, record: AnyRecord, phrases: Phrases) -> str:
    """Whose a record is: a municipality or a region by its name, and else its kind."""
    match record:
        case Municipality() | Region():
            return record.name
        case Policy() if record.municipalities or record.regions:
            return who_told(base, record, phrases)
        case Figure():
            return territory_told(base, record, phrases)
        case Collaboration():
            return phrases("kinds.collaboration")
    return phrases(f"kinds.{record.kind}")


def _problems(review: Review, phrases: Phrases) -> Iterator[str]:
    words = problem_words(phrases.language)
    for problem in review.caused.problems:
        severity = words(problem.severity)
        yield phrases.fill(
            "review.problem",
            {
                "place": _place(problem), "severity": severity, "code": problem.code,
                "message": message(problem, words), "hint": hint(problem, words),
            },
        )  # fmt: skip


def _place(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path


def _waivers(review: Review, phrases: Phrases) -> Iterator[str]:
    for (code, reason), _ in review.caused.waivers.items():
        yield phrases.fill("review.waiver", {"code": code, "reason": reason})


def _suspect(review: Review, phrases: Phrases) -> Iterator[str]:
    """A source, and the records that rest on it, each with in how many places."""
    for found in review.suspect:
        base = review.changes.before if found.gone else review.changes.after
        named = [
            f"{review.changes.after.name(ref)} ({len(places)}×)" for ref, places in found.resting.items()
        ]
        key = "review.suspect.gone" if found.gone else "review.suspect.changed"
        source = base.name(f"source/{found.source}")
        yield phrases.fill(key, {"source": source, "names": named_some(named, phrases)})


def _left_behind(review: Review, phrases: Phrases) -> Iterator[str]:
    for found in review.left_behind:
        voice = Voice(review.changes.before, review.changes.after, phrases, type(found.record))
        told = {"name": found.record.name, "label": voice.place(found.field_path)}
        told |= {"changed": ", ".join(found.changed), "stayed": ", ".join(found.stayed)}
        yield phrases.fill("review.left", told)


def _alike(review: Review, phrases: Phrases) -> Iterator[str]:
    for record, others in review.alike:
        names = phrases.listing(f"{other.name} ({other.ref})" for other in others)
        yield phrases.fill("review.double", {"name": record.name, "others": names})


def _briefing(review: Review, phrases: Phrases) -> Iterator[Block]:
    """What the essentials of the briefing would say otherwise."""
    told = [phrases.fill("review.no-longer", {"line": line}) for line in review.gone]
    told += [phrases.fill("review.now", {"line": line}) for line in review.new]
    yield from _points("review.briefing", told, phrases)


def _checklist(review: Review, phrases: Phrases) -> Iterator[str]:
    """What nobody but a person can tell; what a change does not touch is not asked about."""
    asked = {
        "evidence": any(change.after for change in review.changes.records),
        "decision": any(map(_rests_on_news, _new_in(review.changes))),
        "waivers": bool(review.caused.waivers),
        "suspect": bool(review.suspect),
        "left-behind": bool(review.left_behind),
        "alike": bool(review.alike),
        "removed": any(change.kind == "removed" for change in review.changes.records),
        "manifest": bool(review.changes.manifest),
        "persons": True,
    }
    yield from (phrases(f"review.check.{name}") for name, wanted in asked.items() if wanted)


def _new_in(changes: Changes) -> Iterator[tuple[KnowledgeBase, Change]]:
    return ((changes.after, change) for change in changes.records if change.after)


def _rests_on_news(new: tuple[KnowledgeBase, Change]) -> bool:
    """Whether a policy rests on what reports a decision."""
    base, change = new
    sources = (base.source(evidence.source) for _, evidence in evidence_in(change.record))
    return isinstance(change.record, Policy) and any(source and source.type in NEWS for source in sources)


def data_review(review: Review, phrases: Phrases) -> dict[str, Any]:
    """The review as data, under the keys of `review -f json`."""
    words = problem_words(phrases.language)
    return {
        "verdict": "wrong" if review.errors or review.unreadable else "weigh" if review.weighed else "fine",
        "changes": [*data_changes(review.changes), *review.lost],
        "problems": [
            {
                "code": p.code,
                "severity": p.severity,
                "path": p.path,
                "line": p.line,
                "message": message(p, words),
            }
            for p in review.caused.problems
        ],
        "waivers": [{"code": code, "reason": reason} for code, reason in review.caused.waivers],
        "suspect": [
            {"source": found.source, "gone": found.gone, "resting": {**found.resting}}
            for found in review.suspect
        ],
        "left_behind": [
            {"ref": f.record.ref, "changed": [*f.changed], "stayed": [*f.stayed]} for f in review.left_behind
        ],
        "duplicates": [
            {"ref": r.ref, "alike": [other.ref for other in others]} for r, others in review.alike
        ],
        "briefing": {"gone": [*review.gone], "new": [*review.new]},
    }
