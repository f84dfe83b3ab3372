"""`amk validate`: whether the records are right. It changes nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from amk.cli import FINDINGS
from amk.cli.opening import open_tree, talk
from amk.cli.options import Data, Format, Json, Lang, Output
from amk.cli.showing import chosen_format, put
from amk.errors import Stop
from amk.formats.data import write_json
from amk.language import say_in
from amk.questions.validation import (
    data_validation,
    find_problems,
    problem_words,
    tell_validation,
)
from amk.tree import MANIFEST, Tree

Paths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files or folders to tell of.")]


def run(
    paths: Paths = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """Whether the records are right: every problem at once, with its place."""
    format = chosen_format(format, output, json, ("table", "json"))
    tree = open_tree(_folder(data, paths))
    language = say_in(lang or "nl").language
    if tree.shipped:
        talk(say_in(language)("talk.shipped", folder=str(tree.root)))
    say = problem_words(language)
    validation = find_problems(tree, _only(tree, paths or []))

    def shown(path: str) -> str:
        return _as_seen_from_here(tree.root / path)

    if format == "json":
        rows = data_validation(validation, say, shown)
        put(write_json(rows), output)
    else:
        put(tell_validation(validation, tree, say, shown), output)
    if validation.failed:
        raise typer.Exit(FINDINGS)


def _folder(data: Path | None, paths: list[Path] | None) -> Path | None:
    """The data folder; a single folder with a manifest may be named as a path."""
    if data is None and paths and len(paths) == 1 and os.path.isdir(paths[0]):
        holds = any(os.path.lexists(paths[0] / inside / MANIFEST) for inside in (".", "data"))
        return paths[0] if holds else None
    return data


def _only(tree: Tree, paths: list[Path]) -> frozenset[str]:
    """The paths named, as paths below the data folder. Raises Stop for one outside it."""
    known = (*tree.texts, *tree.unreadable)
    found: set[str] = set()
    for path in paths:
        inside = _below(tree.root, path)
        named = [k for k in known if inside in (".", k) or k.startswith(f"{inside}/")]
        if not named:
            raise Stop("stop.no-path", found=str(path), folder=str(tree.root))
        found.update(named)
    return frozenset(found) if len(found) < len(known) else frozenset()


def _below(root: Path, path: Path) -> str:
    here, base = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if here == base.parent:
        return "."
    return here.relative_to(base).as_posix() if here.is_relative_to(base) else "?"


def _as_seen_from_here(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
