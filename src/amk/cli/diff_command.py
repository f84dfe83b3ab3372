"""`amk diff`: what changed in meaning between two revisions, or between two days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from amk.cli import FINDINGS
from amk.cli.opening import Opened, load_at, named_municipality, named_region, opened
from amk.cli.opening import a_day as day_of
from amk.cli.options import At, Data, Format, Json, Lang, MunicipalityName, Output, RegionName, Style, Today
from amk.cli.progress import at_work
from amk.cli.showing import DOCUMENTS, PAPER, chosen_format, put, written
from amk.cli.telling import talk
from amk.document import Document
from amk.errors import Stop
from amk.formats.data import write_json
from amk.holding import as_of
from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.loaded import Loaded
from amk.query import Filters, narrowed
from amk.questions.changes import Changes, find_changes
from amk.questions.changes_told import data_changes, summary_of, tell_changes
from amk.questions.listing import document_of
from amk.revisions import Commit, find_commit

Revisions = Annotated[
    list[str] | None,
    typer.Argument(metavar="[REV [REV]]", help="From which revision, to which; else HEAD and the files."),
]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="What held on this day …")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="… against what held on this day.")]
Summary = Annotated[bool, typer.Option("--summary", help="One line, as the subject of a commit.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Leave with 1 when anything differs.")]

FORMATS = (*DOCUMENTS, "json")


def run(
    revisions: Revisions = None,
    from_: From = None,
    to: To = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    summary: Summary = False,
    exit_code: ExitCode = False,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
    style: Style = None,
) -> None:
    """What changed in meaning between two revisions, or between two days."""
    format = chosen_format(format, output, json, FORMATS, style=style)
    here = opened(data, None, today, lang, at)
    days = bool(from_ or to)
    sides = _days(here, from_, to, revisions) if days else _revisions(here, _named(revisions))
    filters = Filters(named_region(here, region), named_municipality(here, municipality))
    with at_work("work.answering"):
        changes = find_changes(narrowed(sides.before, filters), narrowed(sides.after, filters), here.day)
    if summary and format in PAPER:
        raise Stop("stop.not-text", found=format)
    if format == "json":
        put(write_json(data_changes(changes)), output)
    elif summary:
        put(summary_of(changes, here.say.also("changes")) + "\n", output)
    else:
        put(written(_document(changes, sides, here), format, output, style), output)
    if exit_code and changes:
        raise typer.Exit(FINDINGS)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The two bases to compare, and what each is called; `days` when they are days of one."""

    before: KnowledgeBase
    after: KnowledgeBase
    earlier: str
    later: str
    days: bool = False


def _days(here: Opened, first: str | None, last: str | None, revisions: list[str] | None) -> _Sides:
    if revisions or not first:
        raise Stop("stop.diff-days")
    then, now = day_of(first), day_of(last) if last else here.day
    if then > now:
        raise Stop("stop.diff-order", first=first, last=last or now.isoformat())
    names = here.say.day(then), here.say.day(now)
    return _Sides(as_of(here.base, then), as_of(here.base, now), *names, days=True)


def _named(revisions: list[str] | None) -> list[str]:
    """The revisions named: none, one or two; `A..B` is two."""
    named = [part for text in revisions or () for part in text.split("..") if part]
    if len(named) > 2:
        raise Stop("stop.diff-many", found=" ".join(named))
    return named


def _revisions(here: Opened, named: list[str]) -> _Sides:
    say = here.say.also("changes")
    root = here.tree.root
    first = find_commit(root, named[0] if named else "HEAD")
    second = find_commit(root, named[1]) if len(named) > 1 else here.commit
    before = load_at(root, first)
    after = load_at(root, second) if second else here.loaded
    later = _called(second, say) if second else say("changes.working")
    readable = _readable_on_both(before, after, here.say)
    return _Sides(*readable, _called(first, say), later)


def _called(commit: Commit, say: Say) -> str:
    return say("changes.revision", id=commit.short, day=say.day(commit.day))


def _readable_on_both(before: Loaded, after: Loaded, say: Say) -> tuple[KnowledgeBase, KnowledgeBase]:
    """Both bases without records that one of them could not read: nobody knows what changed in those."""
    broken = _broken(before) | _broken(after)
    if _broken(before):
        talk(say("talk.broken", count=len(_broken(before))))
    return _without(before.base, broken), _without(after.base, broken)


def _broken(loaded: Loaded) -> frozenset[str]:
    known = set(loaded.base.paths.values())
    return frozenset(p.path for p in loaded.problems if p.severity == "error" and p.path not in known)


def _without(base: KnowledgeBase, paths: Iterable[str]) -> KnowledgeBase:
    left_out = frozenset(paths)
    return base.where(lambda record: base.paths.get(record.ref) not in left_out) if left_out else base


def _document(changes: Changes, sides: _Sides, here: Opened) -> Document:
    say = here.say.also("changes")
    subject = here.base.manifest.title.in_language(say.language)
    manner = "days" if sides.days else "revisions"
    title = say(f"changes.title.{manner}", title=subject, before=sides.earlier, after=sides.later)
    blocks = tell_changes(changes, say, sides.days)
    return document_of(title, say, blocks)
