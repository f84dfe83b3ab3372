"""Writing a change to one record: shown, checked against all records, and then written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.bordering import mirrored
from amk.changing import Wish, changed
from amk.cli.findings import show_findings
from amk.cli.opening import Opened, opened, refuse_shipped
from amk.cli.progress import at_work
from amk.cli.showing import put
from amk.cli.telling import talk
from amk.edits import Edit, apply, told_edits
from amk.errors import Stop
from amk.foreseen import tree_after
from amk.kept.foreseeing import find_foreseen
from amk.kept.rereading import reread
from amk.kept.working import Working
from amk.query import find_by_name, nearest_names
from amk.questions.validation import problem_words
from amk.records import AnyRecord, Municipality
from amk.tree import Tree, text_of

DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would change.")]
Force = Annotated[bool, typer.Option("--force", help="Write it even when it makes new errors.")]


def for_writing(data: Path | None, lang: str | None, kept: bool = False) -> Opened:
    """The data folder, to be written in. Raises Stop for the one that came with amk.

    `kept` where what is kept may say where to look: each record of the base is read from its file.
    """
    refuse_shipped(data)
    here = opened(data, None, None, lang, kept=kept)
    return replace(here, base=reread(here.working)) if here.working else here


def record_of(here: Opened, ref: str, kinds: tuple[type[AnyRecord], ...]) -> AnyRecord:
    """The one record that goes by a reference or a name; a name that several have is refused."""
    found = find_by_name(here.base, ref, kinds)
    if len(found) == 1:
        return found[0]
    near = [record.ref for record in found] or nearest_names(here.loaded.base, ref, kinds)
    raise Stop(
        "stop.no-record", found=ref, nearest=here.say("nearest", nearest=", ".join(near)) if near else ""
    )


def write_record(here: Opened, record: AnyRecord, text: str, dry_run: bool, force: bool) -> bool:
    """Show a change to a record and write it; False when it makes new errors and was not written."""
    return write_edits(here, [as_on_disk(here.tree, here.base.paths[record.ref], text)], dry_run, force)


def write_raw(here: Opened, path: str, before: bytes, after: bytes, dry_run: bool, force: bool) -> bool:
    """Show a file as somebody left it and write it; False when it makes new errors and was not written."""
    return write_edits(here, [Edit(path, before, after)], dry_run, force)


def neighbour_edits(here: Opened, id: str, wishes: Sequence[Wish]) -> list[Edit]:
    """The edits at the neighbours of a municipality, for what is said of its borders."""
    found = []
    for neighbour, theirs in mirrored(here.base, id, wishes).items():
        path = here.base.paths[f"{Municipality.kind}/{neighbour}"]
        found.append(as_on_disk(here.tree, path, changed(here.tree.texts[path], Municipality, theirs)))
    return found


def as_on_disk(tree: Tree, path: str, text: str, like: str | None = None) -> Edit:
    """The edit that gives a file a text, with the line ends that it has; those of another when it is new.

    Raises Stop where the file no longer says what was read.
    """
    target = tree.root / path
    before = target.read_bytes() if target.exists() else None
    if (None if before is None else text_of(before)) != tree.texts.get(path):
        raise Stop("stop.changed-meanwhile", found=path)
    raw = (tree.root / like).read_bytes() if before is None and like else before or b""
    return Edit(path, before, (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode())


def write_edits(
    here: Opened,
    edits: Sequence[Edit],
    dry_run: bool,
    force: bool,
    renamed: Mapping[str, str] | None = None,
) -> bool:
    """Show edits and apply them; False when they make new errors and were not applied."""
    with at_work("work.checking"):
        found = find_foreseen(_working(here), edits, date.today(), renamed or {})
    caused = replace(found, earlier=None)
    put(told_edits(edits), None)
    if caused.problems:
        show_findings(caused, tree_after(here.tree, edits), problem_words(here.say.language), "table", None)
    if caused.failed() and not force:
        talk(here.say("talk.not-written"))
        return False
    changing = [edit for edit in edits if edit.before != edit.after]
    if not dry_run and changing:
        apply(here.tree.root, changing)
        for edit in changing:
            gone = edit.after is None
            talk(here.say.fill("talk.removed" if gone else "talk.written", {"found": edit.path}))
    return True


def _working(here: Opened) -> Working:
    """The data folder as it was read."""
    return here.working or Working(here.tree, here.loaded)
