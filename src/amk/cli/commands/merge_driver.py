"""`amk merge-driver`: what git runs where two branches changed one record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amk.authoring.merging.setup import set_up
from amk.authoring.merging.texts import Marks, MergedText, Versions, merged_text
from amk.cli import FINDINGS
from amk.cli.messages import talk, wished_language
from amk.cli.options import Data, Lang, argument, option
from amk.cli.session import find_folder, refuse_shipped
from amk.language import phrases_in
from amk.model.records import KIND_IN, Manifest
from amk.storage.data_folder import MANIFEST
from amk.storage.git import change
from amk.storage.yaml.parser import parse_yaml
from amk.values.errors import UserError

Base = Annotated[Path | None, argument("[BASE]", "The file as both branches began with it (%O).")]
Ours = Annotated[
    Path | None, argument("[OURS]", "The file as this branch has it (%A); the result goes here.")
]
Theirs = Annotated[Path | None, argument("[THEIRS]", "The file as the other branch has it (%B).")]
Place = Annotated[str | None, argument("[PATH]", "Where the record stands in the repository (%P).")]
Size = Annotated[int, argument("[SIZE]", "How long a mark of a conflict is (%L).")]
Install = Annotated[bool, option("--install", "Have git use it in this repository.")]


def run(
    base: Base = None,
    ours: Ours = None,
    theirs: Theirs = None,
    place: Place = None,
    size: Size = 7,
    install: Install = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Merge two versions of a record by what they mean; git runs it, once it is told to with --install."""
    if install:
        folder = find_folder(data)
        refuse_shipped(folder)
        set_up(folder.root)
        talk(phrases_in(lang or wished_language())("talk.driver-set-up"))
        return
    if base is None or ours is None or theirs is None or place is None:
        raise UserError("stop.driver-is-for-git")
    try:
        fine = _write_merged((base, ours, theirs), Path(place), size)
    except OSError as error:
        raise UserError("stop.driver-is-for-git") from error
    if not fine:
        raise typer.Exit(FINDINGS)


def _write_merged(files: tuple[Path, Path, Path], place: Path, size: int) -> bool:
    """Merge three files into the second; whether that left no conflict."""
    found = _merged(files, place, Marks(size))
    if found is None:
        return _merged_by_lines(files, size)
    files[1].write_bytes(found.text.encode())
    return not found.conflicts


def _merged(files: tuple[Path, Path, Path], place: Path, marks: Marks) -> MergedText | None:
    """Three files made one as records; None where that cannot be done without loss."""
    kind = Manifest if place.name == MANIFEST else KIND_IN.get(place.parent.name)
    try:
        texts = [file.read_bytes().decode() for file in files]
    except UnicodeDecodeError:
        return None
    if kind is None or any("\r" in text for text in texts):
        return None
    return merged_text(Versions(*texts), kind, _language_near(place), marks)


def _language_near(place: Path) -> str:
    """The language of the knowledge base in which a record stands: that of its plain texts."""
    for folder in place.parents:
        if (folder / MANIFEST).is_file():
            found = parse_yaml((folder / MANIFEST).read_text(encoding="utf-8", errors="replace")).data
            language = found.get("language") if isinstance(found, dict) else None
            return language if isinstance(language, str) else "nl"
    return "nl"


def _merged_by_lines(files: tuple[Path, Path, Path], size: int) -> bool:
    """Merge as git itself does; whether that left no conflict."""
    base, ours, theirs = (str(file.resolve()) for file in files)
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    return change(Path(), "merge-file", f"--marker-size={size}", *labels, ours, base, theirs).fine
