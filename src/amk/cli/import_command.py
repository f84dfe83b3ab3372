"""`amk import`: what somebody changed in a workbook, shown as a change in meaning and then taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.changing import Wish, changed, composed
from amk.cli import FINDINGS, completing
from amk.cli.filtering import kinds_of
from amk.cli.opening import Opened
from amk.cli.options import Data, Lang
from amk.cli.progress import at_work
from amk.cli.showing import put, written
from amk.cli.telling import talk
from amk.cli.writing import DryRun, Force, as_on_disk, for_writing
from amk.edits import Edit, apply
from amk.entering import entered
from amk.foreseen import tree_after
from amk.importing import Cell, Import, Objection, find_import
from amk.language import Say
from amk.load import load
from amk.problems import Problem
from amk.questions.changes import find_changes
from amk.questions.changes_told import tell_changes
from amk.questions.listing import document_of
from amk.questions.validation import find_caused, message, problem_words
from amk.records import Evidenced
from amk.workbooks import place_of, read_grids

FORMATS = ("text",)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A workbook (xlsx), or one table as csv.")]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="What the rows of a csv are: policy, …",
        autocompletion=completing.kinds,
    ),
]
FromSource = Annotated[
    str | None, typer.Option("--source", metavar="SOURCE", help="The source of new records that name none.")
]
Delete = Annotated[
    bool, typer.Option("--delete", help="Also remove what was in the workbook and no longer is.")
]


def run(
    file: File,
    kind: Kind = None,
    source: FromSource = None,
    delete: Delete = False,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Read a workbook or a CSV file back: shows what changes in meaning, and every problem by its cell."""
    here = for_writing(data, lang)
    say = here.say.also("sheets")
    chosen = kinds_of([kind], ())[0] if kind else None
    with at_work("work.checking"):
        found = find_import(here.base, read_grids(file), say, chosen, delete)
        edits = list(_edits(here, found, source))
    if not edits and not found.objections:
        talk(say("import.nothing"))
        return
    _show(here, edits, say, file)
    failed = _tell_problems(here, found, edits, say)
    if failed and not (force and not found.objections):
        talk(say("import.refused"))
        raise typer.Exit(FINDINGS)
    if not dry_run:
        apply(here.tree.root, edits)
        talk(say("import.written", count=len(edits)))


def _edits(here: Opened, found: Import, source: str | None) -> Iterator[Edit]:
    """What is to be written: changed records, new ones, and those that go."""
    texts, paths = here.tree.texts, here.base.paths
    for ref in {**found.wishes, **found.added}:
        wishes = _in_order(found.wishes.get(ref, ()))
        if ref in found.added:
            kind = found.added[ref]
            lacking = issubclass(kind, Evidenced) and not any(w.way[0] == "evidence" for w in wishes)
            cited = entered(here.base, kind, Wish(("evidence",), "+=", source or ""))
            more = cited if source and lacking else []
            path = f"{kind.folder}/{ref.partition('/')[2]}.yaml"
            yield as_on_disk(here.tree, path, composed(kind, [*wishes, *more]))
        elif ref in paths and ref not in found.removed:
            record = here.base.known[ref]
            edit = as_on_disk(here.tree, paths[ref], changed(texts[paths[ref]], type(record), wishes))
            if edit.before != edit.after:
                yield edit
    for ref in found.removed:
        yield Edit(paths[ref], (here.tree.root / paths[ref]).read_bytes(), None)


def _in_order(wishes: Sequence[Wish]) -> list[Wish]:
    """What is set and added first; then what goes, the last of a list first, so that numbers hold."""
    going = [w for w in wishes if w.manner == "=" and len(w.way) == 2 and isinstance(w.way[1], int)]
    staying = [w for w in wishes if w not in going]
    return [*staying, *sorted(going, key=lambda wish: -int(wish.way[1]))]


def _show(here: Opened, edits: Sequence[Edit], say: Say, file: Path) -> None:
    after = load(tree_after(here.tree, edits)).base
    words = here.say.also("changes")
    changes = find_changes(here.base, after, here.day)
    title = say.fill("import.what", {"file": file.name})
    put(written(document_of(title, words, tell_changes(changes, words, False)), "table", None), None)


def _tell_problems(here: Opened, found: Import, edits: Sequence[Edit], say: Say) -> bool:
    """Tell every problem by its cell; whether there is one that stops the import."""
    after = tree_after(here.tree, edits)
    caused = find_caused(here.tree, after, date.today(), {})
    words = problem_words(here.say.language)
    if found.objections or caused.problems:
        put("\n", None)
    for objection in found.objections:
        put(_line(say, objection.cell, _objection(objection, say)), None)
    for problem in caused.problems:
        cell = _cell_of(found, problem)
        told = f"{words(problem.severity)} {problem.code} {message(problem, words)}"
        place = place_of(cell.sheet, cell.row, cell.column) if cell else f"{problem.path}:{problem.line}"
        put(say.fill("import.problem", {"place": place, "message": told}) + "\n", None)
    return bool(found.objections) or replace(caused, earlier=None).failed()


def _line(say: Say, cell: Cell, told: str) -> str:
    return (
        say.fill("import.problem", {"place": place_of(cell.sheet, cell.row, cell.column), "message": told})
        + "\n"
    )


def _objection(objection: Objection, say: Say) -> str:
    values: Mapping[str, str] = {"nearest": "", **objection.values}
    near = values["nearest"]
    return say.fill(objection.phrase, {**values, "nearest": say("nearest", nearest=near) if near else ""})


def _cell_of(found: Import, problem: Problem) -> Cell | None:
    """The cell that a problem came from: the one whose place is nearest to it."""
    best: tuple[int, Cell] | None = None
    for (ref, way), cell in found.cells.items():
        if ref == problem.ref:
            shared = next((i for i, (a, b) in enumerate(zip(way, problem.way, strict=False)) if a != b), None)
            depth = min(len(way), len(problem.way)) if shared is None else shared
            if depth and (best is None or depth > best[0]):
                best = depth, cell
    rows = [cell for (ref, _), cell in found.cells.items() if ref == problem.ref]
    return best[1] if best else Cell(rows[0].sheet, rows[0].row) if rows else None
