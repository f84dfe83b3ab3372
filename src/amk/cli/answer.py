"""An answer: what a command found, to be told in any format, and the statement of what it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from amk.cli.session import Session
from amk.document.blocks import Block
from amk.questions.records.facts import fields_left_out
from amk.questions.wording import named_some
from amk.storage.data_folder import revision_of
from amk.storage.git import is_of_another
from amk.values.frozen import frozen

Rows = Sequence[Mapping[str, Any]]


@frozen
class Coverage:
    """What an answer covers: the filters in words, and how many of what (a phrase; "" tells none)."""

    filters: Mapping[str, str | None] = field(default_factory=dict)
    count: int = 0
    counted: str = "cover.count"
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Answer:
    """What a command found: a document to read and rows for machines, each made when it is asked for.

    `covers` closes the document. `picture` comes before what is told where a format shows pictures, and
    `drawing` stands alone. `rows` are an array, or one object; `cells` and `refs` are what CSV and ids have
    in their place where they are not the same. `others` are the formats that only this command knows.
    `contents` is false for a letter.
    """

    title: str = ""
    tell: Callable[[], Iterable[Block]] = tuple
    covers: Coverage | None = None
    picture: Callable[[], Iterable[Block]] = tuple
    drawing: Callable[[], Block] | None = None
    rows: Callable[[], Any] = tuple
    cells: Callable[[], Rows] | None = None
    refs: Callable[[], Iterable[str]] | None = None
    keys: Sequence[str] = ()
    columns: Sequence[str] = ()
    unread: Rows = ()
    others: Mapping[str, Callable[[], str | bytes]] = field(default_factory=dict)
    findings: bool = False
    contents: bool = True
    afterwards: Callable[[], None] | None = None


def statement(session: Session, covers: Coverage) -> str:
    """The statement of coverage that closes a document."""
    return " ".join(covered(session, covers))


def covered(session: Session, covers: Coverage) -> tuple[str, ...]:
    """The sentences of the statement of coverage."""
    phrases = session.phrases
    told = ", ".join(
        f"{phrases(f'filter.{name}')} {value}" for name, value in covers.filters.items() if value
    )
    selection = (phrases("cover.filters", filters=told),) if told else ()
    day = phrases("cover.day" if session.asked_day else "cover.today", day=phrases.day(session.day))
    counted = (phrases(covers.counted, count=covers.count),) if covers.counted else ()
    return (*counted, *selection, day, revision_told(session), *lacking(session), *covers.remarks)


def lacking(session: Session) -> Iterator[str]:
    """What could not be read: an answer says itself what it lacks."""
    phrases, base = session.phrases, session.base
    if base.unread:
        yield phrases("cover.unread", records=named_some(list(base.unread), phrases))
    if base.incomplete:
        told = [f"{ref} ({', '.join(fields_left_out(base, ref))})" for ref in base.incomplete]
        yield phrases("cover.incomplete", records=named_some(told, phrases))


def revision_told(session: Session) -> str:
    """Which revision an answer is of, and whether its files were changed since."""
    phrases = session.phrases
    if session.revision is not None:
        return session.revision
    if session.commit:
        return phrases("cover.at", id=session.commit.short, day=phrases.day(session.commit.day))
    found = revision_of(session.tree.root, session.working.blobs() if session.working else None)
    if not found:
        return phrases("cover.not-yours" if is_of_another(session.tree.root) else "cover.no-revision")
    dirty = phrases("cover.dirty") if found.dirty else ""
    return phrases("cover.revision", id=found.id, day=phrases.day(date.fromisoformat(found.day)), dirty=dirty)
