"""The daily change where nothing is known yet: a policy, its step and its source, asked for at once."""

from __future__ import annotations

import shlex
from dataclasses import fields, replace
from typing import Annotated, Any

import typer

from amk.authoring.change import FieldChange, composed
from amk.authoring.citation import Citation, citation_of
from amk.authoring.duplicates import find_alike
from amk.authoring.ids import proposed_id
from amk.cli.arguments import a_code, near_told
from amk.cli.asking import Question, ask
from amk.cli.messages import talk
from amk.cli.options import option
from amk.cli.prompts import a_date_or_none, goes_by, told_back
from amk.cli.session import Session, a_date
from amk.model.field_labels import name_called, words_for_fields
from amk.model.filters import find_by_name, nearest_names
from amk.model.names import code_named, folded
from amk.model.records import AnyRecord, Municipality, Of, Policy, Region, Source, To
from amk.storage.edits import Edit
from amk.storage.loading import load_record
from amk.values.errors import UserError
from amk.values.frozen import frozen

Title = Annotated[str | None, option("--title TITLE", "For a policy that is not recorded yet: its title.")]
PolicyKind = Annotated[str | None, option("--type TYPE", "For such a policy: beleidskader, …")]
SourceTitle = Annotated[str | None, option("--source-title TITLE", "For a new source: its title.")]
Publisher = Annotated[str | None, option("--publisher NAME", "For a new source: who published it.")]
SourceDate = Annotated[str | None, option("--source-date DATE", "For a new source: of which day it is.")]
SourceType = Annotated[str | None, option("--source-type TYPE", "For a new source: besluit, bericht, …")]


@frozen
class Particulars:
    """What is said of a policy that is not recorded yet, and of a source that is not."""

    title: Title = None
    type: PolicyKind = None
    source_title: SourceTitle = None
    publisher: Publisher = None
    source_date: SourceDate = None
    source_type: SourceType = None


NONE = Particulars()
NEW = "new"
"""The answer for a source that has neither number nor address."""


@frozen
class Step:
    """What was reached and when, who decided, and what says so."""

    status: str
    date: str
    body: str | None = None
    source: str | None = None
    lines: str | None = None
    planned: bool = False


def first_policy(
    session: Session, place: Municipality | Region, step: Step, said: Particulars, asking: bool
) -> list[Edit]:
    """The files of a policy with its step, and of its source where that is not recorded yet.

    Raises UserError for what is lacking where nobody can be asked, and for what is not understood.
    """
    if asking:
        step, said = Asking(session, place, step, said).answered()
    lacking = [f"--{name}" for name, value in (("title", said.title), ("source", step.source)) if not value]
    if lacking:
        raise UserError("stop.first-policy", name=place.name, missing=", ".join(lacking))
    id = proposed_id(session.base, Policy, said.title or "", [place.id])
    source, texts = _source(session, step.source or "", said, f"{Policy.kind}/{id}")
    texts = {f"{Policy.folder}/{id}.yaml": _policy_text(session, place, step, said, source), **texts}
    for path, text in texts.items():
        _warn_of_alike(session, load_record(path, text))
    return [Edit(path, None, text.encode()) for path, text in texts.items()]


class Asking:
    """The answers that are still lacking, asked for one by one; what was answered is never lost."""

    def __init__(self, session: Session, place: Municipality | Region, step: Step, said: Particulars) -> None:
        self._session, self._phrases = session, session.phrases
        self._place, self._step, self._said = place, step, said

    def answered(self) -> tuple[Step, Particulars]:
        """The step and the particulars with what was answered."""
        try:
            self._ask_policy()
            if known_source(self._session, self._step.source or "") is None:
                self._ask_source()
        except (KeyboardInterrupt, typer.Abort):
            talk(self._phrases.fill("talk.answers", {"command": self._command()}))
            raise
        return self._step, self._said

    def _ask_policy(self) -> None:
        self._particular("title", Question(self._label("title"), example=self._phrases("ask.example.title")))
        self._particular("type", self._choice("type", "policy-types"))
        if self._step.body is None:
            self._step = replace(self._step, body=ask(self._choice("body", "bodies"), self._phrases) or None)
        if self._step.source is None:
            self._step = replace(self._step, source=ask(self._source_question(), self._phrases))

    def _ask_source(self) -> None:
        """What the source does not tell of itself."""
        known = _cited(self._session, self._step.source or "") or Citation()
        asked = (
            ("source_title", known.title, Question(self._label("title", "Source"))),
            ("publisher", known.publisher, Question(self._label("publisher"), needed=False)),
            ("source_date", _day_of(known), self._date_question()),
            ("source_type", known.type, replace(self._choice("type", "source-types", "Source"), needed=True)),
        )
        for name, found, question in asked:
            if not found:
                self._particular(name, question)

    def _particular(self, name: str, question: Question) -> None:
        if getattr(self._said, name) is None:
            self._said = replace(self._said, **{name: ask(question, self._phrases) or None})

    def _label(self, field: str, kind: str = "") -> str:
        called = name_called(field, words_for_fields(self._phrases.language))
        whose = self._phrases("ask.of-source") if kind else ""
        return f"{called}{whose}"

    def _choice(self, field: str, vocabulary: str, kind: str = "") -> Question:
        base, language = self._session.base, self._phrases.language
        labels = tuple(label for label, _ in goes_by(self._session, Of(vocabulary)))
        return Question(
            self._label(field, kind),
            needed=False,
            choices=labels,
            meant=lambda answer: code_named(answer, base.labels_of(vocabulary))[0] or None,
            told=lambda code: base.label(vocabulary, code, language),
        )

    def _date_question(self) -> Question:
        return Question(
            self._label("date", "Source"),
            needed=False,
            example=self._phrases("ask.example.date"),
            meant=a_date_or_none,
            told=lambda answer: told_back(self._session, "date", answer),
        )

    def _source_question(self) -> Question:
        names = (name for name, *_ in goes_by(self._session, To(("source",))))
        return Question(
            self._phrases("kind.source").capitalize(),
            choices=(self._phrases("ask.new-source"), *names),
            example=self._phrases("ask.example.source"),
            meant=lambda answer: self._a_source(answer),
            told=lambda found: source.title if (source := self._session.base.source(found)) else found,
        )

    def _a_source(self, answer: str) -> str | None:
        """The id of a source that is recorded, else what tells of a new one; None for what does neither."""
        known = known_source(self._session, answer)
        if known or citation_of(answer):
            return known.id if known else answer
        return NEW if folded(answer) in (NEW, folded(self._phrases("ask.new-source"))) else None

    def _command(self) -> str:
        """What was answered, as a command that goes on where this stopped."""
        options = {
            **{field.name: getattr(self._said, field.name) for field in fields(self._said)},
            "body": self._step.body,
            "source": self._step.source,
            "lines": self._step.lines,
        }
        told = [word for n, v in options.items() if v for word in (f"--{n.replace('_', '-')}", v)]
        return shlex.join(["amk", "reached", self._place.id, self._step.status, self._step.date, *told])


def known_source(session: Session, text: str) -> Source | None:
    """The source that goes by an id, a name, a number or an address; None where none or several do."""
    found = find_by_name(session.base, text, (Source,))
    by_mark = [s for s in session.base.known_of(Source) if text and text in (s.url, s.number)]
    some = {record.ref: record for record in (*found, *by_mark) if isinstance(record, Source)}
    return next(iter(some.values())) if len(some) == 1 else None


def _cited(session: Session, text: str) -> Citation | None:
    """What a publication tells of itself, with a type where the knowledge base has that."""
    found = citation_of(text)
    known = session.base.labels_of("source-types")
    return replace(found, type=found.type if found.type in known else "") if found else None


def _day_of(known: Citation) -> str:
    """The day of a publication; a year alone is still to be asked about."""
    return known.date if len(known.date) == len("2026-10-14") else ""


def _source(session: Session, text: str, said: Particulars, about: str) -> tuple[str, dict[str, str]]:
    """The id of a source, and its file where it is new. Raises UserError for what is no source."""
    if known := known_source(session, text):
        return known.id, {}
    found = _cited(session, text) or (Citation() if text == NEW or said.source_title else None)
    title = said.source_title or (found.title if found else "")
    type = a_code(session, "source-types", said.source_type) or (found.type if found else "")
    if found is None:
        near = near_told(session.phrases, nearest_names(session.base, text, (Source,)))
        raise UserError("stop.no-record", found=text, nearest=near)
    if not (title and type):
        raise UserError("stop.new-source", found=text)
    date = str(a_date(said.source_date)) if said.source_date else found.date
    values = {
        "title": title, "publisher": said.publisher or found.publisher, "type": type, "date": date,
        "number": found.number, "url": found.url,
    }  # fmt: skip
    id = proposed_id(session.base, Source, found.number or title, [date[:4]])
    wishes = [FieldChange((name,), "=", value) for name, value in values.items() if value]
    text = composed(Source, [*wishes, FieldChange(("about",), "+=", about)])
    return id, {f"{Source.folder}/{id}.yaml": text}


def _policy_text(
    session: Session, place: Municipality | Region, step: Step, said: Particulars, source: str
) -> str:
    cited: dict[str, Any] = {"source": source, **({"lines": step.lines} if step.lines else {})}
    milestone: dict[str, Any] = {"status": step.status, "date": step.date}
    milestone |= {"body": step.body} if step.body else {}
    milestone |= {"planned": "true"} if step.planned else {}
    type = a_code(session, "policy-types", said.type)
    whose = "municipalities" if isinstance(place, Municipality) else "regions"
    return composed(
        Policy,
        [
            FieldChange(("title",), "=", said.title or ""),
            *([FieldChange(("type",), "=", type)] if type else []),
            FieldChange((whose,), "+=", place.id),
            FieldChange(("milestones",), "+=", {**milestone, "evidence": [cited]}),
            FieldChange(("evidence",), "+=", cited),
        ],
    )


def _warn_of_alike(session: Session, record: AnyRecord | None) -> None:
    """Say what is recorded already and is likely the same."""
    for other in find_alike(session.loaded.base, record)[:3] if record else ():
        talk(session.phrases.fill("talk.alike", {"ref": other.ref, "name": other.name}))
