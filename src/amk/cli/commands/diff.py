"""`amk diff`: what changed in meaning between two revisions, or between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from amk.cli.answer import Answer
from amk.cli.arguments import ANYWHERE, Area, filters_of
from amk.cli.messages import talk
from amk.cli.options import argument, option
from amk.cli.output import DOCUMENTS, PAPER
from amk.cli.reads import of_own, reads
from amk.cli.session import Session, load_at
from amk.cli.session import a_day as day_of
from amk.document.blocks import Block, Paragraph
from amk.language import Phrases
from amk.model.filters import narrowed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.validity import as_of
from amk.questions.changes.find import Changes, find_changes
from amk.questions.changes.tell import data_changes, summary_of, tell_changes
from amk.questions.changes.unread import unread_between, unread_told
from amk.storage.loaded import LoadResult, not_checked_out
from amk.storage.revisions import Commit, find_commit, merge_base
from amk.values.errors import UserError

Revisions = Annotated[
    list[str] | None, argument("[REV [REV]]", "From which revision, to which; else HEAD and the files.")
]
From = Annotated[str | None, option("--from DATE", "What held on this day …")]
To = Annotated[str | None, option("--to DATE", "… against what held on this day.")]
Summary = Annotated[bool, option("--summary", "One line, as the subject of a commit.")]
ExitCode = Annotated[bool, option("--exit-code", "Leave with 1 when anything differs.")]


@reads(formats=(*DOCUMENTS, "json"), without=("as_of",), before=of_own)
def run(
    session: Session,
    revisions: Revisions = None,
    from_: From = None,
    to: To = None,
    area: Area = ANYWHERE,
    summary: Summary = False,
    exit_code: ExitCode = False,
    *,
    format: str,
) -> Answer:
    """What changed in meaning between two revisions, or between two days."""
    days = bool(from_ or to)
    sides = _days(session, from_, to, revisions) if days else _revisions(session, revisions or ())
    filters = filters_of(session, area)
    changes = find_changes(narrowed(sides.before, filters), narrowed(sides.after, filters), session.day)
    if summary and format in PAPER:
        raise UserError("stop.not-text", found=format)
    phrases = session.phrases.with_topic("changes")
    lost = [] if days else unread_between(sides.before, sides.after, not_checked_out(session.tree))
    return Answer(
        title=_title(sides, session),
        tell=lambda: _told(changes, sides, phrases, lost),
        rows=lambda: [*data_changes(changes), *lost],
        others=dict.fromkeys(DOCUMENTS, lambda: _in_short(changes, phrases, lost)) if summary else {},
        findings=exit_code and bool(changes or lost),
    )


def _in_short(changes: Changes, phrases: Phrases, lost: Sequence[Mapping[str, Any]]) -> str:
    """One line, as the subject of a commit; and a line for what could not be compared."""
    first = [summary_of(changes, phrases)] if changes or not lost else []
    return "\n".join([*first, *unread_told(lost, phrases)]) + "\n"


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two bases to compare, and what each is called; `days` when they are days of one."""

    before: KnowledgeBase
    after: KnowledgeBase
    earlier: str
    later: str
    days: bool = False


def _days(session: Session, first: str | None, last: str | None, revisions: list[str] | None) -> _Sides:
    if revisions or not first:
        raise UserError("stop.diff-days")
    then, now = day_of(first), day_of(last) if last else session.day
    if then > now:
        raise UserError("stop.diff-order", first=first, last=last or now.isoformat())
    names = session.phrases.day(then), session.phrases.day(now)
    return _Sides(as_of(session.base, then), as_of(session.base, now), *names, days=True)


def _commits(session: Session, revisions: Sequence[str]) -> tuple[Commit, Commit | None]:
    """The revisions to compare, HEAD and the files where none is named.

    `A..B` are two, and `A...B` the second with the commit where the two parted, as git reads it.
    """
    root = session.tree.root
    parted = next((text.split("...") for text in revisions if "..." in text), None)
    named = [part for text in revisions for part in text.split("...")] if parted else _apart(revisions)
    if len(named) > 2 or (parted and len(revisions) > 1):
        raise UserError("stop.diff-many", found=" ".join(revisions))
    first = find_commit(root, (named and named[0]) or "HEAD")
    second = find_commit(root, named[1] or "HEAD") if len(named) > 1 else session.commit
    if parted:
        return merge_base(root, first, second), second
    if second and merge_base(root, first, second) not in (first, second):
        phrases = session.phrases.with_topic("changes")
        talk(phrases("changes.parted", first=named[0], second=named[1] if named[1:] else second.short))
    return first, second


def _apart(revisions: Sequence[str]) -> list[str]:
    return [part for text in revisions for part in text.split("..") if part]


def _revisions(session: Session, revisions: Sequence[str]) -> _Sides:
    phrases = session.phrases.with_topic("changes")
    root = session.tree.root
    first, second = _commits(session, revisions)
    before = load_at(root, first)
    after = load_at(root, second) if second else session.loaded
    later = _called(second, phrases) if second else phrases("changes.working")
    readable = _readable_on_both(before, after, session.phrases)
    return _Sides(*readable, _called(first, phrases), later)


def _called(commit: Commit, phrases: Phrases) -> str:
    return phrases("changes.revision", id=commit.short, day=phrases.day(commit.day))


def _readable_on_both(
    before: LoadResult, after: LoadResult, phrases: Phrases
) -> tuple[KnowledgeBase, KnowledgeBase]:
    """Both bases without records that one of them could not read: nobody knows what changed in those."""
    broken = _broken(before) | _broken(after)
    if _broken(before):
        talk(phrases("talk.broken", count=len(_broken(before))))
    return _without(before.base, broken), _without(after.base, broken)


def _broken(loaded: LoadResult) -> frozenset[str]:
    known = set(loaded.base.paths.values())
    return frozenset(p.path for p in loaded.problems if p.severity == "error" and p.path not in known)


def _without(base: KnowledgeBase, paths: Iterable[str]) -> KnowledgeBase:
    left_out = frozenset(paths)
    return base.where(lambda record: base.paths.get(record.ref) not in left_out) if left_out else base


def _title(sides: _Sides, session: Session) -> str:
    phrases = session.phrases.with_topic("changes")
    manner = "days" if sides.days else "revisions"
    subject = session.base.manifest.title.in_language(phrases.language)
    return phrases(f"changes.title.{manner}", title=subject, before=sides.earlier, after=sides.later)


def _told(
    changes: Changes, sides: _Sides, phrases: Phrases, lost: Sequence[Mapping[str, Any]]
) -> Iterator[Block]:
    yield from (Paragraph(sentence) for sentence in unread_told(lost, phrases))
    if lost and not changes:
        yield Paragraph(phrases("changes.nothing-else"))
    else:
        yield from tell_changes(changes, phrases, sides.days)
