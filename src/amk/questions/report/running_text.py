"""Parts of the annex: policy and collaboration as running text, in the order in which they came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from amk.document.blocks import Block
from amk.language import Phrases
from amk.model.policy_status import PolicyStatus
from amk.model.records import Collaboration, Evidence, Topic
from amk.model.statuses import EFFECTIVE
from amk.questions.attribution import teller_of, teller_of_note, words_of
from amk.questions.changes.tell import merger_told
from amk.questions.report.collaborations import convening_told, piece_told, pieces_of, since_told
from amk.questions.report.essentials import UNDER_WAY
from amk.questions.report.find import Briefing
from amk.questions.report.notes import whom_about
from amk.questions.report.sentences import Sentence, in_one_paragraph, together
from amk.questions.wording import aside, evidence_of_standing, evidence_told, milestone_told, who_told


def trends_in_text(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """What the sources see happening over the whole."""
    yield from in_one_paragraph(together(_notes(briefing, "trend", phrases)))


def policies_in_text(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """Who is making policy and who has it, by date; what became of municipalities; what is told of each."""
    for statuses in (UNDER_WAY, EFFECTIVE):
        some = sorted((s for s in briefing.policies if s.status in statuses), key=_reached)
        yield from in_one_paragraph(together(_step(briefing, s, phrases) for s in some))
    words = phrases.with_topic("changes")
    yield from in_one_paragraph(merger_told(merger, words) for merger in briefing.mergers)
    yield from _by_subject(_notes(briefing, "policy", phrases))


def collaborations_in_text(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """What is seen over the whole, then a paragraph for each collaboration, the eldest first."""
    notes = [*_notes(briefing, "collaboration", phrases)]
    of = {c.name: c for c in briefing.collaborations}
    yield from _by_subject(note for note in notes if note.about not in of)
    for collaboration in sorted(of.values(), key=_begun):
        own = (note for note in notes if note.about == collaboration.name)
        told = (*_collaboration(briefing, collaboration, phrases), *own)
        yield from in_one_paragraph(together(_called(told, collaboration.name)))


def organised_in_text(briefing: Briefing, phrases: Phrases) -> Iterator[Block]:
    """What is told of the party that organised, then a paragraph for each thing that it organised."""
    yield from _by_subject(_notes(briefing, "convenor", phrases))
    for collaboration in sorted(briefing.convened, key=_begun):
        about = f"{collaboration.name}."
        pieces = together(_pieces(briefing, collaboration, "", phrases))
        yield from in_one_paragraph((about, convening_told(briefing, collaboration, phrases), *pieces))


def _by_subject(sentences: Iterable[Sentence]) -> Iterator[Block]:
    """A paragraph for each thing that is told of."""
    by_subject: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        by_subject.setdefault(sentence.about, []).append(sentence)
    for some in by_subject.values():
        yield from in_one_paragraph(together(some))


def _called(sentences: Iterable[Sentence], name: str) -> Iterator[Sentence]:
    """Sentences about one thing: it is called by its name once."""
    for number, sentence in enumerate(sentences):
        yield sentence.without_about() if number and sentence.about == name else sentence


def _notes(briefing: Briefing, topic: Topic, phrases: Phrases) -> Iterator[Sentence]:
    for found in briefing.about(topic):
        record, note = found.record, found.note
        teller = teller_of_note(briefing.base, record, note, briefing.day, phrases)
        evidence = note.evidence or record.evidence
        about = whom_about(briefing, found, phrases)
        yield _sentence(briefing, about, teller, words_of(note, phrases), evidence, phrases)


def _step(briefing: Briefing, status: PolicyStatus, phrases: Phrases) -> Sentence:
    """The latest step of a policy; one that is being made is told as of its source."""
    evidence = evidence_of_standing(status)
    about = who_told(briefing.base, status.policy, phrases)
    making = status.status in UNDER_WAY
    teller = teller_of(briefing.base, evidence, briefing.day, phrases) if making else ""
    return _sentence(briefing, about, teller, _step_told(briefing, status, phrases), evidence, phrases)


def _step_told(briefing: Briefing, status: PolicyStatus, phrases: Phrases) -> str:
    """Which step, when it was taken and by whom, all of that one milestone."""
    milestone, body, when = status.milestone, "", ""
    if milestone:
        body = briefing.base.label("bodies", milestone.body, phrases.language) if milestone.body else ""
        when = milestone_told(milestone, phrases) if milestone.date or milestone.date_text else ""
    beside = ", ".join(part for part in (when, body) if part)
    verb = phrases.with_topic("developments")(f"since.verb.{status.status}")
    title = phrases("quoted", words=status.policy.title)
    return f"{title} {verb}{aside(beside) if beside else ''}."


def _collaboration(briefing: Briefing, collaboration: Collaboration, phrases: Phrases) -> Iterator[Sentence]:
    """Since when and what for, and what happened in it."""
    base, evidence = briefing.base, collaboration.evidence
    about = collaboration.name + aside(since_told(base, collaboration, phrases))
    teller = teller_of(base, evidence, briefing.day, phrases)
    summary = collaboration.summary.in_language(phrases.language) if collaboration.summary else ""
    yield _sentence(briefing, about, teller, summary, evidence, phrases)
    yield from _pieces(briefing, collaboration, collaboration.name, phrases)


def _pieces(
    briefing: Briefing, collaboration: Collaboration, about: str, phrases: Phrases
) -> Iterator[Sentence]:
    for piece in pieces_of(briefing, collaboration):
        evidence = piece.evidence or collaboration.evidence
        teller = teller_of(briefing.base, evidence, briefing.day, phrases)
        yield _sentence(briefing, about, teller, piece_told(piece, phrases), evidence, phrases)


def _sentence(
    briefing: Briefing, about: str, teller: str, words: str, evidence: Iterable[Evidence], phrases: Phrases
) -> Sentence:
    return Sentence(about, teller, words, evidence_told(briefing.base, evidence, phrases))


def _reached(status: PolicyStatus) -> tuple[date, str]:
    when = status.milestone.date if status.milestone else None
    return (when.earliest if when else date.max), status.policy.title


def _begun(collaboration: Collaboration) -> tuple[date, str]:
    period = collaboration.period
    known = period is not None and not period.starts_unknown
    return (period.earliest if period and known else date.min), collaboration.name
