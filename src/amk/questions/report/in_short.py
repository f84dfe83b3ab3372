"""Parts of a letter, an answer and a page for a meeting: the state of affairs in sentences and one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from amk.document.blocks import Block, Bullets, Footnote, Paragraph, Table, Text, plain
from amk.language import Phrases
from amk.model.confirmation import last_confirmed
from amk.model.policy_status import municipality_status_on
from amk.model.records import Collaboration
from amk.questions.changes.developments import Developments
from amk.questions.report.collaborations import since_told
from amk.questions.report.essentials import by_status, freshness, unknown, unreadable, who_works_together
from amk.questions.report.find import Briefing, MunicipalityState
from amk.questions.report.sentences import in_one_paragraph
from amk.questions.report.tell import questions
from amk.questions.wording import (
    MOST_NAMED,
    aside,
    evidence_of_status,
    evidence_told,
    milestone_told,
    noted,
    standing_told,
)

ASKED = 3
"""How many open questions stand in a document that is to be short."""


def policy_in_short(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """Who has policy, who is working on it, where none was found, and how old that picture is."""
    newest = [freshness(briefing, phrases)] if briefing.places else []
    yield from in_one_paragraph((*by_status(briefing, phrases, cited=True), *newest))


def collaboration_in_short(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """Who works together: a point each where they are few, a paragraph of names where they are many."""
    told = tuple(who_works_together(briefing, phrases))
    few = len(told) > 1 and len(briefing.collaborations) + len(briefing.convened_now) <= MOST_NAMED
    yield from (Bullets(told),) if briefing.is_part and few else in_one_paragraph(told)


def not_known_in_short(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """Of how many nothing is known, and the first of the open questions."""
    yield from in_one_paragraph((*unknown(briefing, phrases), *unreadable(briefing, phrases)))
    asked = tuple(questions(briefing, phrases))
    rest = [phrases("letter.more", count=len(asked) - ASKED)] if asked[ASKED:] else []
    if asked:
        yield Bullets((*asked[:ASKED], *rest))


def answer_in_sentences(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """An answer of at most five sentences, each with what it rests on."""
    running = (*briefing.collaborations, *briefing.convened_now)
    told = [*by_status(briefing, phrases, cited=True)][:3]
    if running:
        told.append(_who_meets(briefing, running, phrases))
    else:
        told.append(phrases("report.no-collaborations"))
    names = [place.municipality.name for place in briefing.unknown]
    if names and len(briefing.places) > 1:
        named = aside(phrases.listing(names)) if len(names) <= MOST_NAMED else ""
        told.append(phrases("answer.unknown", count=len(names), names=named))
    yield from in_one_paragraph((*told, *unreadable(briefing, phrases)))


def _who_meets(briefing: Briefing, running: tuple[Collaboration, ...], phrases: Phrases) -> Text:
    """The collaborations in one sentence: by name with since when where they are few, else their number."""
    base = briefing.base
    if len(running) > MOST_NAMED:
        return phrases("answer.collaborations.number", count=len(running))
    names = [c.name + aside(since_told(base, c, phrases)) for c in running]
    told = phrases("answer.collaborations", count=len(names), names=phrases.listing(names))
    return noted(told, base, [e for c in running for e in c.evidence], phrases)


def state_in_short(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """How far each municipality is, since when, and when that was last confirmed."""
    columns = ("kind.municipality", "field.status", "state.since", "field.last_confirmed")
    labels = tuple(phrases(c)[:1].upper() + phrases(c)[1:] for c in columns)
    rows = tuple(_state_row(briefing, place, phrases) for place in briefing.places)
    if rows:
        caption = phrases("report.per-municipality.caption", day=phrases.day(briefing.day))
        yield Table(labels, rows, caption)


def state_together(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """The same in fewer rows: municipalities of which the same is known, by the same source, share one."""
    for block in state_in_short(briefing, phrases):
        if isinstance(block, Table):
            sharing: dict[tuple[Text, ...], list[str]] = {}
            for name, *known in block.rows:
                sharing.setdefault(tuple(known), []).append(plain(name))
            rows = ((phrases.listing(names), *known) for known, names in sharing.items())
            yield replace(block, rows=tuple(rows))


def _state_row(briefing: Briefing, place: MunicipalityState, phrases: Phrases) -> tuple[Text, ...]:
    status, last = place.policy_status, place.last_confirmed
    milestone = status.leading.milestone if status.leading else None
    told = noted(standing_told(status, phrases), briefing.base, evidence_of_status(status), phrases)
    return (
        place.municipality.name,
        told,
        milestone_told(milestone, phrases) if milestone else phrases("not-applicable"),
        phrases.milestone(last) if last else phrases("unknown"),
    )


def meetings_in_short(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """Who meets whom, since when, and when that was last confirmed: a point for each collaboration."""
    running = (*briefing.collaborations, *briefing.convened_now)
    if not running:
        yield Paragraph(phrases("report.no-collaborations"))
        return
    yield Bullets(tuple(_meeting(briefing, c, phrases) for c in running))


def _meeting(briefing: Briefing, collaboration: Collaboration, phrases: Phrases) -> Text:
    base = briefing.base
    last = last_confirmed(base, collaboration, briefing.day)
    names = [base.name(p.ref) for p in collaboration.participants]
    complete = "" if collaboration.participants_complete == "true" else "-some"
    who = (
        phrases(f"meets.named{complete}", names=phrases.listing(names)) if names else phrases("meets.unnamed")
    )
    confirmed = phrases("report.confirmed", when=phrases.on(last)) if last else ""
    told = f"{collaboration.name}{aside(since_told(base, collaboration, phrases))}: {who} {confirmed}".strip()
    evidence = (*collaboration.evidence, *(e for p in collaboration.participants for e in p.evidence))
    return noted(told, base, evidence, phrases)


def changes_in_short(found: Developments, phrases: Phrases) -> Iterator[Block]:
    """Whose status changed, of whom it is known by now, and how much happened in collaboration."""
    told: list[Text] = [_moved(found, phrases) if found.statuses else phrases("since.statuses.none")]
    if found.known_now:
        told.append(phrases("since.statuses-known", count=len(found.known_now)))
    turns = len(found.turns)
    told.append(phrases("since.turns", count=turns) if turns else phrases("since.turns.none"))
    yield from in_one_paragraph(told)


def _moved(found: Developments, phrases: Phrases) -> Text:
    """The municipalities whose status changed, from what to what, and on what that rests."""
    listed, rests = [], []
    for change in found.statuses:
        name, now = (
            change.municipality.name,
            municipality_status_on(found.base, change.municipality, found.day),
        )
        before, after = phrases.status(change.before), phrases.status(change.after)
        listed.append(phrases("letter.moved", name=name, before=before, after=after))
        rest = evidence_told(found.base, evidence_of_status(now), phrases)
        rests += [f"{name}: {rest}"] if rest else []
    words = phrases("letter.changed", count=len(listed), listed=phrases.listing(listed))
    return (words, Footnote(" ".join(rests))) if rests else words
