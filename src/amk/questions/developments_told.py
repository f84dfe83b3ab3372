"""Telling developments: running text by theme, what happened apart from what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from amk.document import Block, Bullets, Heading, Paragraph, Text
from amk.fields import plain
from amk.language import Say
from amk.questions.changes_told import data_changes, merger_told, status_sentences, tell_changes
from amk.questions.developments import Developments, Manner, Step, Turn
from amk.questions.telling import milestone_told, noted, who_told

_MANNERS: tuple[Manner, ...] = ("new", "progressed", "ended")


def tell_developments(found: Developments, say: Say, area: str, covered: Sequence[str]) -> tuple[Block, ...]:
    """The developments since a day; `say` knows the words of changes and of developments."""
    return (
        Paragraph(say("since.area", area=area, since=say.day(found.since), day=say.day(found.day))),
        *_essentials(found, say),
        *_mergers(found, say),
        *_policy(found, say),
        *_collaboration(found, say),
        *_expected(found, say),
        *_learned(found, say),
        Heading(say("report.accountability")),
        Paragraph(" ".join((say("report.own-words"), *covered)), quiet=True),
    )


def _essentials(found: Developments, say: Say) -> Iterator[Block]:
    yield Heading(say("report.essentials"))
    counts = (
        ("since.steps", len(found.steps)),
        ("since.turns", len(found.turns)),
        ("since.statuses", len(found.statuses)),
    )
    yield Bullets(tuple(say(key, count=number) if number else say(f"{key}.none") for key, number in counts))


def _mergers(found: Developments, say: Say) -> Iterator[Block]:
    if found.mergers:
        yield Heading(say("changes.mergers"))
        yield Bullets(tuple(merger_told(merger, say) for merger in found.mergers))


def _policy(found: Developments, say: Say) -> Iterator[Block]:
    yield Heading(say("since.policy"))
    if not found.steps:
        yield Paragraph(say("since.no-steps"))
    for manner in _MANNERS:
        steps = [_step(found, s, say) for s in found.steps if s.manner == manner]
        if steps:
            yield Heading(say(f"since.{manner}"), level=3)
            yield Paragraph(_running(steps))
    if found.statuses:
        yield Heading(say("since.standing"), level=3)
        yield Bullets(status_sentences(found.statuses, say))


def _step(found: Developments, step: Step, say: Say) -> Text:
    milestone = step.milestone
    details = [milestone_told(milestone, say)] if milestone.date or milestone.date_text else []
    if milestone.body:
        details.append(found.base.label("bodies", milestone.body, say.language))
    verb = say(f"since.verb.{milestone.status}")
    told = say(
        "since.step" if step.certain else "since.step-maybe",
        who=who_told(found.base, step.policy, say),
        title=step.policy.title,
        verb=verb,
        details=f" ({', '.join(details)})" if details else "",
    )
    return noted(told, found.base, milestone.evidence or step.policy.evidence, say)


def _collaboration(found: Developments, say: Say) -> Iterator[Block]:
    yield Heading(say("since.collaboration"))
    if not found.turns:
        yield Paragraph(say("since.no-turns"))
    for manner in _MANNERS:
        turns = [_turn(found, t, say) for t in found.turns if t.manner == manner]
        if turns:
            yield Heading(say(f"since.{manner}"), level=3)
            yield Paragraph(_running(turns))


def _turn(found: Developments, turn: Turn, say: Say) -> Text:
    key = "since.turn" if turn.certain else "since.turn-maybe"
    text = turn.text.in_language(say.language).rstrip(".") if turn.text else say(f"since.turn.{turn.manner}")
    when = say.date(turn.date)
    told = say.fill(key, {"name": turn.collaboration.name, "text": text, "when": when})
    return noted(told, found.base, turn.evidence or turn.collaboration.evidence, say)


def _expected(found: Developments, say: Say) -> Iterator[Block]:
    if found.expected:
        yield Heading(say("since.expected"))
        yield Paragraph(_running([_awaited(found, step, say) for step in found.expected]))


def _awaited(found: Developments, step: Step, say: Say) -> Text:
    told = say.fill(
        "since.awaited",
        {
            "who": who_told(found.base, step.policy, say),
            "title": step.policy.title,
            "status": say.status(step.milestone.status),
            "when": milestone_told(step.milestone, say),
        },
    )
    return noted(told, found.base, step.milestone.evidence or step.policy.evidence, say)


def _learned(found: Developments, say: Say) -> Iterator[Block]:
    """What is known now of the first day, and was not then: no development, but a correction."""
    yield Heading(say("since.learned", since=say.day(found.since)))
    if found.learned is None:
        yield Paragraph(say("since.not-kept"))
    elif not found.learned:
        yield Paragraph(say("since.nothing-learned"))
    else:
        yield Paragraph(say("since.learned-about"))
        for block in tell_changes(found.learned, say, between_days=False):
            yield Heading(block.text, block.level + 1) if isinstance(block, Heading) else block


def _running(sentences: Sequence[Text]) -> Text:
    """Sentences in a row, each with its notes."""
    runs: list[object] = []
    for sentence in sentences:
        runs += [" "] if runs else []
        runs += [sentence] if isinstance(sentence, str) else sentence
    return tuple(runs)  # type: ignore[arg-type] # runs of texts are runs


def data_developments(found: Developments, say: Say) -> dict[str, Any]:
    """The developments as data; `learned` is null where nobody can say what was known then."""
    return {
        "since": found.since.isoformat(),
        "day": found.day.isoformat(),
        "policies": [_step_data(step) for step in found.steps],
        "collaborations": [_turn_data(turn, say) for turn in found.turns],
        "expected": [_step_data(step) for step in found.expected],
        "statuses": [
            {"ref": s.municipality.ref, "name": s.municipality.name, "before": s.before, "after": s.after}
            for s in found.statuses
        ],
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


def _turn_data(turn: Turn, say: Say) -> dict[str, Any]:
    return {
        "ref": turn.collaboration.ref,
        "name": turn.collaboration.name,
        "manner": turn.manner,
        "date": str(turn.date),
        "text": turn.text.in_language(say.language) if turn.text else None,
        "certain": turn.certain,
        "evidence": plain(turn.evidence or turn.collaboration.evidence),
    }
