"""`amk validate`: whether the records are right. Only with `--fix` does it change anything."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.cache.validation import find_problems_cached
from amk.checks.rulebook import explain as rule_explained
from amk.checks.rulebook import tell_rules
from amk.checks.validation import Validation, find_caused, find_problems, language_of, problem_words, spoken
from amk.cli import FINDINGS
from amk.cli.arguments import paths_below
from amk.cli.completion import values as completing
from amk.cli.messages import talk, wished_language
from amk.cli.options import At, Data, Format, Json, Lang, Output, Today, argument, option
from amk.cli.output import DOCUMENTS, chosen_format, put, written
from amk.cli.problems import FORMATS, format_here, show_findings
from amk.cli.progress import at_work
from amk.cli.session import DataFolder, a_day, find_folder, open_cached, require_own, tell_interrupted
from amk.language import Phrases, phrases_in
from amk.model.problems import RULES
from amk.storage.data_folder import MANIFEST, Tree, states_below
from amk.storage.renames import renamed_between
from amk.storage.revisions import find_commit, merge_base, renamed_since, tree_at
from amk.storage.staged import staged_tree
from amk.values.errors import UserError
from amk.values.suggestions import nearest

SECONDS = 0.3
"""How long to wait before looking again. Looking works alike on every system and network drive."""

Paths = Annotated[list[Path] | None, argument("[PATH]...", "Files or folders to tell of.")]
Strict = Annotated[bool, option("--strict", "Warnings fail too.")]
ChangedSince = Annotated[
    str | None, option("--changed-since REVISION", "Fail only for what changed since then caused.")
]
Staged = Annotated[
    bool, option("--staged", "What git is to commit, and not what lies in the folder: for a hook.")
]
Rules = Annotated[bool, option("--rules", "List the rules.")]
Explain = Annotated[
    str | None,
    option("--explain CODE", "Tell one rule, with examples; also by a line that told it.", completing.rules),
]
Fix = Annotated[bool, option("--fix", "Put right what has one right answer; the rest is told.")]
Watch = Annotated[bool, option("--watch", "Validate again whenever a file changes, until Ctrl-C.")]


def run(
    paths: Paths = None,
    strict: Strict = False,
    changed_since: ChangedSince = None,
    staged: Staged = False,
    fix: Fix = False,
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
        _tell_rules(explain, lang, format, output)
        return
    format = chosen_format(format_here(format or ("json" if json else None), output), output, json, FORMATS)
    _refuse_together({"--staged": staged, "--fix": fix, "--at": at, "--watch": watch})
    _refuse_together({"--fix": fix, "--changed-since": changed_since})
    folder = find_folder(_named(data, paths))
    require_own(folder)
    asked = _Asked(folder, tuple(paths or ()), a_day(today) if today else date.today(), lang, staged)
    interrupted = tell_interrupted(folder.root, phrases_in(lang or wished_language()))
    if fix:
        from amk.cli.fixing import fix_records

        fix_records(folder, asked.paths, asked.today, lang or wished_language())

    def once() -> Validation:
        return _validated(asked, changed_since, at, format, output)

    if watch:
        _watch(folder.root, once)
        return
    if once().failed(strict) or interrupted:
        raise typer.Exit(FINDINGS)


def _refuse_together(options: Mapping[str, object]) -> None:
    """Raises UserError for two that name different texts to look at, or to write."""
    given = [name for name, value in options.items() if value]
    if len(given) > 1:
        raise UserError("stop.not-together", found=given[0], other=given[1])


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which folder to validate, which paths to tell of, as if on which day, in which language."""

    folder: DataFolder
    paths: tuple[Path, ...]
    today: date
    lang: str | None
    staged: bool = False


def _validated(
    asked: _Asked, since: str | None, at: str | None, format: str, output: str | None
) -> Validation:
    """Validate once, and show what was found."""
    with at_work("work.reading"):
        working = open_cached(asked.folder)
        root, tree = working.tree.root, working.tree
        if at or asked.staged:
            tree = staged_tree(root) if asked.staged else tree_at(root, find_commit(root, str(at)))
    language = language_of(tree) if at else spoken(working.loaded.base.manifest)
    phrases = _words(tree, asked.lang or language)
    only = paths_below(tree, asked.paths)
    with at_work("work.checking"):
        if since:
            validation = _since(tree, since, asked, only)
        elif at or asked.staged:
            validation = find_problems(tree, asked.today, only)
        else:
            validation = find_problems_cached(working, asked.today, only)

    show_findings(validation, tree, phrases, format, output)
    return validation


def _words(tree: Tree, lang: str) -> Phrases:
    """The words for problems in a language."""
    phrases = phrases_in(lang)
    if tree.shipped:
        talk(phrases("talk.shipped", folder=str(tree.root)))
    return problem_words(phrases.language)


def _since(tree: Tree, revision: str, asked: _Asked, only: frozenset[str]) -> Validation:
    """What the change since a revision caused: since the two parted, where it is on another branch."""
    parted = merge_base(tree.root, find_commit(tree.root, revision))
    before = tree_at(tree.root, parted)
    renamed = _renamed(before, tree) if asked.staged else renamed_since(tree.root, parted)
    return find_caused(before, tree, asked.today, renamed, only)


def _renamed(before: Tree, after: Tree) -> dict[str, str]:
    """The earlier path of each file that goes on under another name."""
    gone = {path: text.encode() for path, text in before.texts.items() if path not in after.texts}
    come = {path: text.encode() for path, text in after.texts.items() if path not in before.texts}
    return renamed_between(gone, come)


def _named(data: Path | None, paths: list[Path] | None) -> Path | None:
    """The data folder; a single folder with a manifest may be named as a path."""
    if data is None and paths and len(paths) == 1 and os.path.isdir(paths[0]):
        holds = any(os.path.lexists(paths[0] / inside / MANIFEST) for inside in (".", "data"))
        return paths[0] if holds else None
    return data


def _tell_rules(code: str | None, lang: str | None, format: str | None, output: str | None) -> None:
    """Show every rule, or one by its code. Raises UserError for a code that is no rule."""
    phrases = phrases_in(lang or "nl")
    if code is None:
        put(
            written(tell_rules(phrases), chosen_format(format, output, False, DOCUMENTS), output),
            output,
            True,
        )
        return
    wanted = code.upper()
    # A whole line of what validate told may be given: it names the rule.
    wanted = next((word for word in re.findall(r"[A-Z]+[0-9]{3}", wanted) if word in RULES), wanted)
    if wanted not in RULES:
        raise UserError("stop.no-rule", found=code, nearest=nearest(wanted, RULES))
    put(rule_explained(wanted, phrases), output, True)


def _watch(folder: Path, act: Callable[[], object]) -> None:
    """Act now, and again whenever a file below the folder changes, until interrupted."""
    seen: object = None
    # Raised where Python happens to be: in a finalizer it would be printed, and forgotten.
    heard: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    while not heard:
        now = states_below(folder)
        if now != seen:
            if seen is not None and sys.stdout.isatty():
                print("\033[2J\033[H", end="")
            act()
            sys.stdout.flush()
            seen = now
        time.sleep(SECONDS)
    raise KeyboardInterrupt
