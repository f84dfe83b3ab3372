"""Commands that read: the options that they share, and the one place where their answers are shown.

    @reads("gaps")
    def run(session: Session, condition: Stricter = None, area: Area = ANYWHERE) -> Answer:

makes a command with the options `--condition`, `--region`, `--municipality` and those of `Shared`, in that
order; a parameter behind `*` comes after them. One with the name of a shared option is given what was
typed for it; `format` is the one that was chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

import typer

from amk.cli import FINDINGS
from amk.cli.answer import Answer, statement
from amk.cli.messages import talk
from amk.cli.options import AsOf, At, Data, ForExcel, Format, Json, Lang, Output, OverWrite, Style, Today
from amk.cli.output import DATA, DOCUMENTS, PAPER, chosen_format, for_excel, put, written, written_data
from amk.cli.progress import at_work
from amk.cli.session import DataFolder, Session, find_folder, open_session, require_own
from amk.document.blocks import Block, Document, Paragraph
from amk.language import Phrases, phrases_in
from amk.values.frozen import frozen


@frozen
class Shared:
    """The options of every command that reads, in the order of its help."""

    as_of: AsOf = None
    at: At = None
    today: Today = None
    data: Data = None
    lang: Lang = None
    format: Format = None
    json: Json = False
    output: Output = None
    for_excel: ForExcel = False
    style: Style = None
    force: OverWrite = False


SHARED = tuple(field.name for field in fields(Shared))

EVERY = (*DOCUMENTS, *DATA)
PICTURED = ("html", *PAPER)
"""The formats that show a picture beside the words that tell the same."""

Formats = tuple[str, ...]


def reads(
    topic: str = "", formats: Formats = EVERY, **more: Any
) -> Callable[[Callable[..., Answer]], ReadingCommand]:
    """Make a command of a function from a session and options of its own to an answer."""
    return lambda find: ReadingCommand(find, topic, formats, **more)


@dataclass(eq=False)
class ReadingCommand:
    """A command that reads: Typer calls it with what was typed, and whoever has a session asks its answer.

    `topic` has its phrases; `without` names shared options that it lacks. `before` is called with all that
    was typed and with how to find the folder, before anything is read: it may refuse, or answer what needs
    no data. `choose` gives the formats and the usual one where these depend on what was typed.
    """

    find: Callable[..., Answer]
    topic: str
    formats: Formats
    without: Collection[str] = ()
    before: Callable[..., Answer | None] = lambda **_: None
    choose: Callable[..., tuple[Formats, str]] | None = None
    work: str = "work.answering"

    def __post_init__(self) -> None:
        _, *self._own = signature(self.find, eval_str=True).parameters.values()
        self.__doc__, self.__name__ = self.find.__doc__, self.find.__name__
        self.__signature__ = Signature(list(_options(self._own, self.without)))
        self.__annotations__ = {name: p.annotation for name, p in self.__signature__.parameters.items()}

    def answer(self, session: Session, **own: Any) -> Answer:
        """What the command answers in a session."""
        return self.find(self._speaking(session), **own)

    def document(self, session: Session, format: str, /, **own: Any) -> Document:
        """What the command answers in a session, as a document for a format."""
        speaking = self._speaking(session)
        return _document_of(self.find(speaking, **own), speaking, format, speaking.phrases)

    def _speaking(self, session: Session) -> Session:
        """A session with the phrases of the topic."""
        if not self.topic:
            return session
        return replace(session, phrases=session.phrases.with_topic(self.topic))

    def __call__(self, **typed: Any) -> None:
        """Answer what was typed, and show it."""
        typed = {**{field.name: field.default for field in fields(Shared)}, **typed}
        typed["folder"] = cache(lambda: find_folder(typed["data"]))
        known, usual = self.choose(**typed) if self.choose else (self.formats, "table")
        wished, output, style = typed["format"], typed["output"], typed["style"]
        typed["format"] = chosen_format(wished, output, typed["json"], known, style, usual)
        if typed["for_excel"]:
            typed["format"] = for_excel(typed["format"], wished, output, known)
        answer = self.before(**typed)
        session = None if answer else self._speaking(_opened(typed))
        if session:
            with at_work(self.work):
                answer = self.answer(session, **{p.name: _given(p, typed) for p in self._own})
        assert answer
        put(_made(answer, session, typed), output, typed["force"])
        if output not in (None, "-"):
            phrases = session.phrases if session else phrases_in(typed["lang"] or "en")
            talk(phrases.fill("talk.written", {"found": str(output)}))
        if answer.afterwards:
            answer.afterwards()
        if answer.findings:
            raise typer.Exit(FINDINGS)


def _options(own: Sequence[Parameter], without: Collection[str]) -> Iterator[Parameter]:
    """The parameters that Typer makes options of: its own, the shared ones, and its own behind `*`."""
    last = [p for p in own if p.kind is Parameter.KEYWORD_ONLY and p.name not in SHARED]
    first = (p for p in own if p.kind is not Parameter.KEYWORD_ONLY)
    mine = (option for p in first for option in (_each(p.annotation) if is_dataclass(p.annotation) else (p,)))
    shared = (option for option in _each(Shared) if option.name not in without)
    return (option.replace(kind=Parameter.KEYWORD_ONLY) for option in (*mine, *shared, *last))


def _each(kind: Any) -> Iterator[Parameter]:
    """An option for each field of a value of several options."""
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        yield Parameter(
            field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )


def _given(parameter: Parameter, typed: Mapping[str, Any]) -> Any:
    """What was typed for a parameter."""
    kind = parameter.annotation
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{field.name: typed[field.name] for field in fields(kind)})
    return typed[parameter.name]


def _opened(typed: Mapping[str, Any]) -> Session:
    """A session on the day asked for, else on today."""
    asked = typed["as_of"]
    session = open_session(typed["folder"](), typed["lang"], typed["at"], asked or typed["today"])
    return replace(session, asked_day=asked is not None)


def of_own(folder: Callable[[], DataFolder], **_: object) -> None:
    """For `before`: raises UserError where there is no knowledge base but the one that came with amk."""
    require_own(folder())


def _made(answer: Answer, session: Session | None, typed: Mapping[str, Any]) -> str | bytes:
    """An answer in the format that was chosen."""
    format = typed["format"]
    if format in answer.others:
        return answer.others[format]()
    if format in DATA and not typed["for_excel"]:
        return written_data(_rows(answer, format), format, answer.keys, answer.columns, answer.unread)
    phrases = session.phrases if session else phrases_in(typed["lang"] or "en")
    return written(_document_of(answer, session, format, phrases), format, typed["output"], typed["style"])


def _document_of(answer: Answer, session: Session | None, format: str, phrases: Phrases) -> Document:
    """An answer as a document for a format, with the statement of what it covers."""
    blocks = tuple(_blocks(answer, session, format))
    return Document(answer.title, phrases.language, blocks, phrases("notes"), answer.contents)


def _rows(answer: Answer, format: str) -> Any:
    if format == "ids" and answer.refs:
        return [{"ref": ref} for ref in answer.refs()]
    return answer.cells() if format == "csv" and answer.cells else answer.rows()


def _blocks(answer: Answer, session: Session | None, format: str) -> Iterator[Block]:
    if format == "svg" and answer.drawing:
        yield answer.drawing()
        return
    yield from answer.picture() if format in PICTURED else ()
    yield from answer.tell()
    if session and answer.covers:
        yield Paragraph(statement(session, answer.covers), quiet=True)
