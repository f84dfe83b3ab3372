"""`amk init`: a knowledge base of one's own, for another region or another subject."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.authoring.new_base import Scaffold, files_of, region_type_named, subject_of
from amk.authoring.origin import find_origin, parse_origin
from amk.checks.validation import find_problems, hint, message, problem_words
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import argument, option
from amk.language import LANGUAGES, Phrases, phrases_in
from amk.storage.apply import apply
from amk.storage.data_folder import Tree
from amk.storage.edits import Edit
from amk.storage.loading import as_id
from amk.values.errors import UserError

Folder = Annotated[Path, argument("DIR", "A folder that is new or empty.")]
Title = Annotated[str, option("--title TITLE", "What the knowledge base is called.")]
RegionTitle = Annotated[str, option("--region NAME", "The region that it is about: a province, an area.")]
RegionType = Annotated[
    str, option("--region-type TYPE", "province, housing-market-region, area, …, or its label.")
]
Origin = Annotated[
    str | None,
    option("--amk ADDRESS@VERSION", "Where workflows get amk: its repository at a tag or a commit."),
]
Subject = Annotated[str | None, option("--subject SUBJECT", "What it is about; otherwise its title.")]
Lang = Annotated[
    str,
    option(
        f"--lang {'|'.join(LANGUAGES)}",
        "The language of the knowledge base.",
        completing.languages,
        envvar="AMK_LANG",
    ),
]
Examples = Annotated[bool, option("--examples/--no-examples", "With an example of each kind.")]


def run(
    folder: Folder,
    title: Title,
    region: RegionTitle,
    region_type: RegionType = "province",
    subject: Subject = None,
    examples: Examples = True,
    amk: Origin = None,
    lang: Lang = "nl",
) -> None:
    """Begin a knowledge base of your own: manifest, vocabularies, an example of each kind, workflows."""
    phrases = phrases_in(lang).with_topic("new_base")
    if not as_id(region):
        raise UserError("stop.no-region-id", found=region)
    _refuse_used(folder)
    origin = _origin(amk, phrases)
    plan = Scaffold(
        title,
        region,
        region_type_named(region_type),
        subject or subject_of(title, region),
        lang,
        examples,
        origin,
    )
    files = files_of(plan, phrases)
    _refuse_wrong(folder, files, lang)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("stop.no-output", found=str(folder), reason=error.strerror or "") from error
    apply(folder, [Edit(path, None, text.encode()) for path, text in sorted(files.items())], "init")
    talk(phrases.fill("start.made", {"folder": str(folder), "files": str(len(files))}))
    if not origin:
        talk(phrases("start.no-origin"))


def _origin(given: str | None, phrases: Phrases) -> str:
    """Where amk can be had: as given, as it says of itself, or as typed; nothing where nobody knows."""
    if given is not None:
        return parse_origin(given)
    found = find_origin()
    if found or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return found
    typed = typer.prompt(phrases("start.ask-origin"), default="", show_default=False, err=True)
    return parse_origin(typed) if typed else ""


def _refuse_wrong(folder: Path, files: Mapping[str, str], lang: str) -> None:
    """Raises UserError where validation would find something wrong with what is to be written."""
    records = {path.removeprefix("data/"): text for path, text in files.items() if path.startswith("data/")}
    found = find_problems(Tree(folder / "data", records), date.today())
    if found.problems:
        words = problem_words(lang)
        told = (message(found.problems[0], words), hint(found.problems[0], words))
        raise UserError("stop.init-wrong", reason=" ".join(told))


def _refuse_used(folder: Path) -> None:
    """Raises UserError for a folder in which something stands: nothing is ever written over."""
    if folder.is_dir() and not [entry for entry in folder.iterdir() if entry.name != ".git"]:
        return
    if folder.exists():
        raise UserError("stop.folder-used", folder=str(folder))
