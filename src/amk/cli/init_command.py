"""`amk init`: a knowledge base of one's own, for another region or another subject."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amk.cli import completing
from amk.cli.telling import talk
from amk.edits import Edit, apply
from amk.errors import Stop
from amk.language import LANGUAGES, say_in
from amk.load import as_id
from amk.starting import Plan, files_of

FORMATS = ("text",)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")]
Title = Annotated[str, typer.Option("--title", metavar="TITLE", help="What the knowledge base is called.")]
RegionTitle = Annotated[
    str, typer.Option("--region", metavar="NAME", help="The region that it is about: a province, an area.")
]
RegionType = Annotated[
    str, typer.Option("--region-type", metavar="TYPE", help="province, housing-market-region, area, …")
]
Subject = Annotated[
    str | None, typer.Option("--subject", metavar="SUBJECT", help="What it is about; otherwise its title.")
]
Lang = Annotated[
    str,
    typer.Option(
        *("--lang",),
        metavar="|".join(LANGUAGES),
        help="The language of the knowledge base.",
        autocompletion=completing.languages,
    ),
]
Examples = Annotated[bool, typer.Option("--examples/--no-examples", help="With an example of each kind.")]


def run(
    folder: Folder,
    title: Title,
    region: RegionTitle,
    region_type: RegionType = "province",
    subject: Subject = None,
    examples: Examples = True,
    lang: Lang = "nl",
) -> None:
    """Begin a knowledge base of your own: manifest, vocabularies, an example of each kind, workflows."""
    say = say_in(lang).also("starting")
    if not (as_id(region) and title.strip()):
        raise Stop("stop.no-id")
    _refuse_used(folder)
    plan = Plan(title, region, region_type, subject or title, lang, examples)
    files = files_of(plan, say)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop("stop.no-output", found=str(folder), reason=error.strerror or "") from error
    apply(folder, [Edit(path, None, text.encode()) for path, text in sorted(files.items())])
    talk(say.fill("start.made", {"folder": str(folder), "files": str(len(files))}))


def _refuse_used(folder: Path) -> None:
    """Raises Stop for a folder in which something stands: nothing is ever written over."""
    if folder.is_dir() and not [entry for entry in folder.iterdir() if entry.name != ".git"]:
        return
    if folder.exists():
        raise Stop("stop.folder-used", folder=str(folder))
