"""`amk rename`: a record under another id, with every reference to it."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.cli import FINDINGS, completing
from amk.cli.options import Data, Lang
from amk.cli.writing import DryRun, Force, as_on_disk, for_writing, record_of, write_edits
from amk.edits import Edit
from amk.errors import Stop
from amk.load import as_id
from amk.moving import moved
from amk.records import KINDS

FORMATS = ("text",)

Ref = Annotated[
    str,
    typer.Argument(metavar="REF", help="An id, a name or kind/id.", autocompletion=completing.records),
]
New = Annotated[str, typer.Argument(metavar="NEW", help="The new id: lower case, digits, hyphens.")]


def run(
    ref: Ref,
    new: New,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Give a record another id: moves the file and every reference to it."""
    here = for_writing(data, lang, kept=True)
    record = record_of(here, ref, KINDS)
    id = new.removeprefix(f"{record.kind}/")
    if id != as_id(id):
        raise Stop("stop.no-such-id", found=new, nearest=as_id(id))
    if f"{record.kind}/{id}" in here.base.known:
        raise Stop("stop.id-in-use", found=f"{record.kind}/{id}")
    texts = moved(here.base, here.tree.texts, record, id)
    old = here.base.paths[record.ref]
    gone = Edit(old, (here.tree.root / old).read_bytes(), None)
    edits = [gone, *(as_on_disk(here.tree, path, text, like=old) for path, text in texts.items())]
    if not write_edits(here, edits, dry_run, force, {f"{record.folder}/{id}.yaml": old}):
        raise typer.Exit(FINDINGS)
