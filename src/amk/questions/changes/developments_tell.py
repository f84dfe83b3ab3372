"""Telling developments: lists by theme, what happened apart from what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Text
from amk.language import Phrases
from amk.model.fields import plain
from amk.model.records import Policy
from amk.questions.changes.developments import Developments, PolicyMove, Step, Turn
from amk.questions.changes.find import StatusChange
from amk.questions.changes.tell import data_changes, merger_told, status_sentences, tell_changes
from amk.questions.wording import milestone_told, noted, who_told

_MANNERS: tuple[PolicyMove, ...] = ("new", "progressed", "ended")


def tell_developments(
    found: Developments, phrases: Phrases, area: str, covered: Sequence[str]
) -> tuple[Block, ...]:
    """The developments since a day; `say` knows the words of changes and of developments."""
    phrases = phrases.with_topic("report")
    return (
        Paragraph(
            phrases("since.area", area=area, since=phrases.day(found.since), day=phrases.day(found.day))
        ),
        *_essentials(found, phrases),
        *_mergers(found, phrases),
        *_policy(found, phrases),
        *_collaboration(found, phrases),
        *_expected(found, phrases),
        *_learned(found, phrases),
        Heading(phrases("report.accountability")),
        Paragraph(" ".join((phrases("report.own-words"), *covered)), quiet=True),
    )


def _essentials(found: Developments, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("report.essentials"))
    counts = (
        ("since.steps", len(found.steps)),
        ("since.turns", len(found.turns)),
        ("since.statuses", len(found.statuses)),
        *((("since.statuses-known", len(found.known_now)),) if found.known_now else ()),
    )
    yield Bullets(
        tuple(phrases(key, count=number) if number else phrases(f"{key}.none") for key, number in counts)
    )


def _mergers(found: Developments, phrases: Phrases) -> Iterator[Block]:
    if found.mergers:
        yield Heading(phrases("changes.mergers"))
        yield Bullets(tuple(merger_told(merger, phrases) for merger in found.mergers))


def _policy(found: Developments, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("since.policy"))
    if not found.steps:
        yield Paragraph(phrases("since.no-steps"))
    for manner in _MANNERS:
        steps = [_step(found, s, phrases) for s in found.steps if s.manner == manner]
        if steps:
            yield Heading(phrases(f"since.{manner}"), level=3)
            yield Bullets(tuple(steps))
    if found.statuses:
        yield Heading(phrases("since.standing"), level=3)
        yield Bullets(status_sentences(found.statuses, phrases))
    if found.known_now:
        yield Heading(phrases("since.known-now"), level=3)
        yield Paragraph(phrases("since.known-now.about"))
        yield Bullets(status_sentences(found.known_now, phrases))


def _step(found: Developments, step: Step, phrases: Phrases) -> Text:
    milestone = step.milestone
    details = [milestone_told(milestone, phrases)] if milestone.date or milestone.date_text else []
    if milestone.body:
        details.append(found.base.label("bodies", milestone.body, phrases.language))
    verb = phrases(f"since.verb.{milestone.status}")
    told = phrases(
        "since.step" if step.certain else "since.step-maybe",
        who=who_told(found.base, _of_milestone(step), phrases),
        title=step.policy.title,
        verb=verb,
        details=f" ({', '.join(details)})" if details else "",
    )
    return noted(told, found.base, milestone.evidence or step.policy.evidence, phrases)


def _of_milestone(step: Step) -> Policy:
    """The policy as of those of its municipalities that took the step."""
    some = step.milestone.municipalities
    return replace(step.policy, municipalities=some) if some else step.policy


def _collaboration(found: Developments, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("since.collaboration"))
    if not found.turns:
        yield Paragraph(phrases("since.no-turns"))
    for manner in _MANNERS:
        turns = [_turn(found, t, phrases) for t in found.turns if t.manner == manner]
        if turns:
            yield Heading(phrases(f"since.{manner}"), level=3)
            yield Bullets(tuple(turns))


def _turn(found: Developments, turn: Turn, phrases: Phrases) -> Text:
    key = "since.turn" if turn.certain else "since.turn-maybe"
    text = (
        turn.text.in_language(phrases.language).rstrip(".")
        if turn.text
        else phrases(f"since.turn.{turn.manner}")
    )
    when = phrases.date(turn.date)
    told = phrases.fill(key, {"name": turn.collaboration.name, "text": text, "when": when})
    return noted(told, found.base, turn.evidence or turn.collaboration.evidence, phrases)


def _expected(found: Developments, phrases: Phrases) -> Iterator[Block]:
    if found.expected:
        yield Heading(phrases("since.expected"))
        yield Bullets(tuple(_awaited(found, step, phrases) for step in found.expected))


def _awaited(found: Developments, step: Step, phrases: Phrases) -> Text:
    told = phrases.fill(
        "since.awaited",
        {
            "who": who_told(found.base, step.policy, phrases),
            "title": step.policy.title,
            "status": phrases.status(step.milestone.status),
            "when": milestone_told(step.milestone, phrases),
        },
    )
    return noted(told, found.base, step.milestone.evidence or step.policy.evidence, phrases)


def _learned(found: Developments, phrases: Phrases) -> Iterator[Block]:
    """What is known now of the first day, and was not then: no development, but a correction."""
    yield Heading(phrases("since.learned", since=phrases.day(found.since)))
    if found.learned is None:
        yield Paragraph(phrases("since.begun-later" if found.versioned else "since.not-kept"))
    elif not found.learned:
        yield Paragraph(phrases("since.nothing-learned"))
    else:
        yield Paragraph(phrases("since.learned-about"))
        for block in tell_changes(found.learned, phrases, between_days=False):
            yield Heading(block.text, block.level + 1) if isinstance(block, Heading) else block


def data_developments(found: Developments, phrases: Phrases) -> dict[str, Any]:
    """The developments as data; `learned` is null where nobody can say what was known then."""
    return {
        "since": found.since.isoformat(),
        "day": found.day.isoformat(),
        "policies": [_step_data(step) for step in found.steps],
        "collaborations": [_turn_data(turn, phrases) for turn in found.turns],
        "expected": [_step_data(step) for step in found.expected],
        "statuses": [_status_data(change) for change in found.statuses],
        "known_now": [_status_data(change) for change in found.known_now],
        "learned": None if found.learned is None else data_changes(found.learned),
    }


def _step_data(step: Step) -> dict[str, Any]:
    milestone = step.milestone
    return {
        "ref": step.policy.ref,
        "name": step.policy.name,
        "manner": step.manner,
        "status": milestone.status,
        "date": str(milestone.date) if milestone.date else None,
        "body": milestone.body,
        "certain": step.certain,
        "evidence": plain(milestone.evidence or step.policy.evidence),
    }


def _turn_data(turn: Turn, phrases: Phrases) -> dict[str, Any]:
    return {
        "ref": turn.collaboration.ref,
        "name": turn.collaboration.name,
        "manner": turn.manner,
        "date": str(turn.date),
        "text": turn.text.in_language(phrases.language) if turn.text else None,
        "certain": turn.certain,
        "evidence": plain(turn.evidence or turn.collaboration.evidence),
    }


def _status_data(change: StatusChange) -> dict[str, str]:
    municipality = change.municipality
    return {
        "ref": municipality.ref,
        "name": municipality.name,
        "before": change.before,
        "after": change.after,
    }
