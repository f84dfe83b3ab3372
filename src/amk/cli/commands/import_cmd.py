"""`amk import`: what somebody changed in a workbook, shown as a change in meaning and then taken over."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.authoring.change import FieldChange, changed, composed
from amk.authoring.input import entered
from amk.authoring.workbook.found import Import, ImportIssue
from amk.authoring.workbook.grids import SheetCell, place_of
from amk.authoring.workbook.importing import find_import
from amk.authoring.workbook.reading import LARGEST, grids_of, read_grids
from amk.checks.validation import Validation, find_caused, hint, message, problem_words
from amk.cli import FINDINGS
from amk.cli.arguments import kinds_of
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, argument, option
from amk.cli.output import put, written
from amk.cli.progress import at_work
from amk.cli.saving import DryRun, Force, as_on_disk, for_writing
from amk.cli.session import Session
from amk.document.blocks import Bullets, Heading
from amk.language import Phrases
from amk.model.problems import Problem
from amk.model.records import KIND_NAMED, Evidenced
from amk.questions.changes.find import find_changes
from amk.questions.changes.tell import tell_changes
from amk.questions.records.listing import document_of
from amk.storage.apply import apply
from amk.storage.edits import Edit
from amk.storage.loading import load
from amk.storage.preview import tree_after
from amk.values.control_characters import one_line

File = Annotated[Path, argument("FILE", "A workbook (xlsx), or one table as csv; - for stdin.")]
Kind = Annotated[str | None, option("--kind KIND", "What the rows of a csv are: policy, …", completing.kinds)]
FromSource = Annotated[str | None, option("--source SOURCE", "The source of new records that name none.")]
Delete = Annotated[bool, option("--delete", "Also remove what was in the workbook and no longer is.")]


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
    session = for_writing(data, lang)
    phrases = session.phrases.with_topic("workbook")
    chosen = kinds_of([kind], ())[0] if kind else None
    piped = str(file) == "-"
    grids = grids_of("stdin", sys.stdin.buffer.read(LARGEST + 1)) if piped else read_grids(file)
    with at_work("work.checking"):
        found = find_import(session.base, grids, phrases, chosen, delete)
        edits = list(_edits(session, found, source))
    for notice in found.notices:
        talk(f"amk: {_line(phrases, notice)}")
    if not edits and not found.objections:
        talk(phrases("import.nothing"))
        return
    caused = replace(
        find_caused(session.tree, tree_after(session.tree, edits), date.today(), {}), earlier=None
    )
    unclear = {**found.unclear, **{p.ref: None for p in caused.problems if p.severity == "error" and p.ref}}
    if edits or unclear:
        _show(session, edits, unclear, phrases, "stdin" if piped else file.name)
    _tell_problems(found, caused, phrases)
    if found.objections or (caused.failed() and not force):
        talk(phrases("import.refused"))
        raise typer.Exit(FINDINGS)
    if not dry_run:
        apply(session.tree.root, edits, f"import {file.name}")
        talk(phrases("import.written", count=len(edits)))


def _edits(session: Session, found: Import, source: str | None) -> Iterator[Edit]:
    """What is to be written: changed records, new ones, and those that go."""
    texts, paths = session.tree.texts, session.base.paths
    for ref in (ref for ref in {**found.wishes, **found.added} if ref not in found.unclear):
        wishes = _in_order(found.wishes.get(ref, ()))
        if ref in found.added:
            kind = found.added[ref]
            lacking = issubclass(kind, Evidenced) and not any(w.field_path[0] == "evidence" for w in wishes)
            cited = entered(session.base, kind, FieldChange(("evidence",), "+=", source or ""))
            more = cited if source and lacking else []
            yield as_on_disk(session.tree, _path_of(ref), composed(kind, [*wishes, *more]))
        elif ref in paths and ref not in found.removed:
            record = session.base.known[ref]
            edit = as_on_disk(session.tree, paths[ref], changed(texts[paths[ref]], type(record), wishes))
            if edit.before != edit.after:
                yield edit
    for ref in found.removed:
        yield Edit(paths[ref], (session.tree.root / paths[ref]).read_bytes(), None)


def _path_of(ref: str) -> str:
    """Where the file of a new record is to lie."""
    kind, _, id = ref.partition("/")
    return f"{KIND_NAMED[kind].folder}/{id}.yaml"


def _in_order(wishes: Sequence[FieldChange]) -> list[FieldChange]:
    """What is set and added first; then what goes, the last of a list first, so that numbers hold."""
    going: list[FieldChange] = []
    staying: list[FieldChange] = []
    for w in wishes:
        goes = w.operator == "=" and len(w.field_path) == 2 and isinstance(w.field_path[1], int)
        (going if goes else staying).append(w)
    return [*staying, *sorted(going, key=lambda wish: -int(wish.field_path[1]))]


def _show(
    session: Session, edits: Sequence[Edit], unclear: Mapping[str, None], phrases: Phrases, name: str
) -> None:
    """What changes in meaning; of a record that was not understood nothing is told but that."""
    paths = {session.base.paths.get(ref, _path_of(ref)) for ref in unclear}
    after = load(tree_after(session.tree, [edit for edit in edits if edit.path not in paths])).base
    words = session.phrases.with_topic("changes")
    changes = tell_changes(find_changes(session.base, after, session.day), words, False)
    told = [session.base.name(ref) if ref in session.base.known else ref for ref in unclear]
    not_understood = (Heading(phrases("import.unclear")), Bullets(tuple(told))) if told else ()
    blocks = not_understood if told and len(paths) >= len(edits) else (*changes, *not_understood)
    title = phrases.fill("import.what", {"file": name})
    put(written(document_of(title, words, blocks), "table", None), None)


def _tell_problems(found: Import, caused: Validation, phrases: Phrases) -> None:
    """Tell every problem by its cell."""
    words = problem_words(phrases.language)
    if found.objections or caused.problems:
        put("\n", None)
    for objection in found.objections:
        put(_line(phrases, objection) + "\n", None)
    for problem in (p for p in caused.problems if p.ref not in found.unclear):
        cell = _cell_of(found, problem)
        uncited = problem.code == "FLD002" and problem.field_path == ("evidence",)
        advice = phrases("import.no-evidence") if uncited else hint(problem, words)
        told = f"{words(problem.severity)} {problem.code} {message(problem, words)} {advice}"
        place = place_of(cell) if cell else f"{problem.path}:{problem.line}"
        put(phrases.fill("import.problem", {"place": place, "message": told}) + "\n", None)


def _line(phrases: Phrases, issue: ImportIssue) -> str:
    values: Mapping[str, str] = {"nearest": "", **issue.values}
    near = values["nearest"]
    told: Mapping[str, str] = {**values, "nearest": phrases("nearest", nearest=near) if near else ""}
    told = {key: one_line(text) for key, text in told.items()}
    key = f"{issue.phrase}.{'one' if told['count'] == '1' else 'many'}" if "count" in told else issue.phrase
    message = phrases.fill(key, told)
    return phrases.fill("import.problem", {"place": place_of(issue.cell), "message": message})


def _cell_of(found: Import, problem: Problem) -> SheetCell | None:
    """The cell that a problem came from: the one whose place is nearest to it, else its row."""
    cells = found.cells.get(problem.ref, {})
    path = problem.field_path
    for depth in range(len(path), 0, -1):
        near = next((cell for wished, cell in cells.items() if wished[:depth] == path[:depth]), None)
        if near:
            return near
    first = next(iter(cells.values()), None)
    return SheetCell(first.sheet, first.row) if first else None
