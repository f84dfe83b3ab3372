"""`amk set`: fields of one record, set, added to or taken from."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.changing import changed, parse_wish
from amk.cli import FINDINGS, completing
from amk.cli.options import Data, Lang
from amk.cli.writing import (
    DryRun,
    Force,
    as_on_disk,
    for_writing,
    neighbour_edits,
    record_of,
    write_edits,
)
from amk.entering import entered
from amk.records import KINDS, Municipality

Ref = Annotated[
    str,
    typer.Argument(metavar="REF", help="An id, a name or kind/id.", autocompletion=completing.records),
]
Wishes = Annotated[
    list[str],
    typer.Argument(metavar="FIELD=VALUE...", help="Also +=, -= and ways such as milestones[-1].status=…"),
]

FORMATS = ("text",)


def run(
    ref: Ref,
    wishes: Wishes,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Set fields of one record; `FIELD=` takes one away, += and -= add to a list and take from it."""
    asked = [parse_wish(wish) for wish in wishes]
    here = for_writing(data, lang, kept=True)
    record = record_of(here, ref, KINDS)
    meant = [each for wish in asked for each in entered(here.base, type(record), wish)]
    text = changed(here.tree.texts[here.base.paths[record.ref]], type(record), meant)
    edits = [as_on_disk(here.tree, here.base.paths[record.ref], text)]
    if isinstance(record, Municipality):
        edits += neighbour_edits(here, record.id, meant)
    if not write_edits(here, edits, dry_run, force):
        raise typer.Exit(FINDINGS)
