"""`amk validate`: whether the records are right. It changes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.cli import FINDINGS, completing
from amk.cli.findings import FORMATS, format_here, show_findings
from amk.cli.opening import a_day, open_working, paths_below
from amk.cli.options import At, Data, Format, Json, Lang, Output, Today
from amk.cli.progress import at_work
from amk.cli.rulebook import tell_rulebook
from amk.cli.showing import chosen_format
from amk.cli.telling import talk
from amk.cli.watching import watching
from amk.kept.validation import find_kept_problems
from amk.language import Say, say_in
from amk.questions.validation import (
    Validation,
    find_caused,
    find_problems,
    language_of,
    problem_words,
    spoken,
)
from amk.revisions import find_commit, merge_base, renamed_since, tree_at
from amk.tree import MANIFEST, Tree, find_root

Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files or folders to tell of.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail too.")]
ChangedSince = Annotated[
    str | None,
    typer.Option("--changed-since", metavar="REVISION", help="Fail only for what changed since then caused."),
]
Rules = Annotated[bool, typer.Option("--rules", help="List the rules.")]
Explain = Annotated[
    str | None,
    typer.Option(
        "--explain", metavar="CODE", help="Tell one rule, with examples.", autocompletion=completing.rules
    ),
]
Watch = Annotated[bool, typer.Option("--watch", help="Validate again whenever a file changes, until Ctrl-C.")]


def run(
    paths: Paths = None,
    strict: Strict = False,
    changed_since: ChangedSince = None,
    rules: Rules = False,
    explain: Explain = None,
    watch: Watch = False,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """Whether the records are right: every problem at once, with its place."""
    if rules or explain:
        tell_rulebook(explain, lang, format, output)
        return
    format = chosen_format(format_here(format or ("json" if json else None), output), output, json, FORMATS)
    asked = _Asked(_folder(data, paths), tuple(paths or ()), a_day(today) if today else date.today(), lang)

    def once() -> Validation:
        return _validated(asked, changed_since, at, format, output)

    if watch:
        watching(find_root(asked.data, Path.cwd()), once)
        return
    if once().failed(strict):
        raise typer.Exit(FINDINGS)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which folder to validate, which paths to tell of, as if on which day, in which language."""

    data: Path | None
    paths: tuple[Path, ...]
    today: date
    lang: str | None


def _validated(
    asked: _Asked, since: str | None, at: str | None, format: str, output: str | None
) -> Validation:
    """Validate once, and show what was found."""
    with at_work("work.reading"):
        working = open_working(asked.data)
        tree = tree_at(working.tree.root, find_commit(working.tree.root, at)) if at else working.tree
    language = language_of(tree) if at else spoken(working.loaded.base.manifest)
    say = _words(tree, asked.lang or language)
    only = paths_below(tree, asked.paths)
    with at_work("work.checking"):
        if since:
            validation = _since(tree, since, asked.today, only)
        elif at:
            validation = find_problems(tree, asked.today, only)
        else:
            validation = find_kept_problems(working, asked.today, only)

    show_findings(validation, tree, say, format, output)
    return validation


def _words(tree: Tree, lang: str) -> Say:
    """The words for problems in a language."""
    say = say_in(lang)
    if tree.shipped:
        talk(say("talk.shipped", folder=str(tree.root)))
    return problem_words(say.language)


def _since(tree: Tree, revision: str, today: date, only: frozenset[str]) -> Validation:
    """What the change since a revision caused: since the two parted, where it is on another branch."""
    parted = merge_base(tree.root, find_commit(tree.root, revision))
    before = tree_at(tree.root, parted)
    return find_caused(before, tree, today, renamed_since(tree.root, parted), only)


def _folder(data: Path | None, paths: list[Path] | None) -> Path | None:
    """The data folder; a single folder with a manifest may be named as a path."""
    if data is None and paths and len(paths) == 1 and os.path.isdir(paths[0]):
        holds = any(os.path.lexists(paths[0] / inside / MANIFEST) for inside in (".", "data"))
        return paths[0] if holds else None
    return data
