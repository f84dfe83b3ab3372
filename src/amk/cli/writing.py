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
from amk.cli.opening import Opened, opened
from amk.cli.showing import put
from amk.cli.telling import talk
from amk.edits import Edit, apply, told_edits
from amk.errors import Stop
from amk.query import find_by_name, nearest_names
from amk.questions.validation import find_caused, problem_words
from amk.records import AnyRecord, Municipality
from amk.tree import Tree, text_of

DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would change.")]
Force = Annotated[bool, typer.Option("--force", help="Write it even when it makes new errors.")]


def for_writing(data: Path | None, lang: str | None) -> Opened:
    """The data folder, to be written in. Raises Stop for the one that came with amk."""
    here = opened(data, None, None, lang, kept=False)
    if here.tree.shipped:
        raise Stop("stop.shipped-is-kept", folder=str(here.tree.root))
    return here


def record_of(here: Opened, ref: str, kinds: tuple[type[AnyRecord], ...]) -> AnyRecord:
    """The one record that goes by a reference or a name; a name that several have is refused."""
    found = find_by_name(here.base, ref, kinds)
    if len(found) == 1:
        return found[0]
    near = [record.ref for record in found] or nearest_names(here.base, ref, kinds)
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
    """The edit that gives a file a text, with the line ends that it has; those of another when it is new."""
    target = tree.root / path
    before = target.read_bytes() if target.exists() else None
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
    put(told_edits(edits), None)
    after = tree_after(here.tree, edits)
    caused = replace(find_caused(here.tree, after, date.today(), renamed or {}), earlier=None)
    if caused.problems:
        show_findings(caused, after, problem_words(here.say.language), "table", None)
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


def tree_after(tree: Tree, edits: Sequence[Edit]) -> Tree:
    """The texts as they are once the edits are applied; what is no UTF-8 reads as unreadable."""
    texts = dict(tree.texts)
    unreadable = dict(tree.unreadable)
    for edit in edits:
        texts.pop(edit.path, None)
        unreadable.pop(edit.path, None)
        if edit.after is not None:
            read = text_of(edit.after)
            if isinstance(read, str):
                texts[edit.path] = read
            else:
                unreadable[edit.path] = read
    return replace(tree, texts=dict(sorted(texts.items())), unreadable=unreadable)
