"""`amk rename`: a record under another id, with every reference to it."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.authoring.rename import moved
from amk.cli import FINDINGS
from amk.cli.options import Data, Lang, Ref, argument
from amk.cli.saving import DryRun, Force, as_on_disk, for_writing, record_of, write_edits
from amk.model.records import KINDS
from amk.storage.edits import Edit
from amk.storage.loading import as_id
from amk.values.errors import UserError

New = Annotated[str, argument("NEW", "The new id: lower case, digits, hyphens.")]


def run(
    ref: Ref,
    new: New,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Give a record another id: moves the file and every reference to it."""
    session = for_writing(data, lang, kept=True)
    record = record_of(session, ref, KINDS)
    id = new.removeprefix(f"{record.kind}/")
    if id != as_id(id):
        raise UserError("stop.no-such-id", found=new, nearest=as_id(id))
    if f"{record.kind}/{id}" in session.base.known:
        raise UserError("stop.id-in-use", found=f"{record.kind}/{id}")
    texts = moved(session.base, session.tree.texts, record, id)
    old = session.base.paths[record.ref]
    gone = Edit(old, (session.tree.root / old).read_bytes(), None)
    edits = [gone, *(as_on_disk(session.tree, path, text, like=old) for path, text in texts.items())]
    if not write_edits(session, edits, dry_run, force, {f"{record.folder}/{id}.yaml": old}):
        raise typer.Exit(FINDINGS)
