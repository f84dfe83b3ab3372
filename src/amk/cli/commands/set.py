"""`amk set`: fields of one record, set, added to or taken from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from amk.authoring.change import FieldChange, changed, labelled, parse_change
from amk.authoring.input import entered
from amk.cli import FINDINGS
from amk.cli.options import Data, Lang, Ref, argument
from amk.cli.saving import DryRun, Force, as_on_disk, for_writing, neighbour_edits, record_of, write_edits
from amk.model.records import KINDS, AnyRecord, Municipality, Policy
from amk.values.errors import UserError

Wishes = Annotated[
    list[str], argument("FIELD=VALUE...", "Also +=, -= and ways such as milestones[-1].status=…")
]


def run(
    ref: Ref,
    wishes: Wishes,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Set fields of one record; `FIELD=` takes one away, += and -= add to a list and take from it."""
    asked = [parse_change(wish) for wish in wishes]
    session = for_writing(data, lang, kept=True)
    record = record_of(session, ref, KINDS)
    asked = labelled(asked, type(record))
    _refuse_derived(record, asked)
    meant = [each for wish in asked for each in entered(session.base, type(record), wish)]
    text = changed(session.tree.texts[session.base.paths[record.ref]], type(record), meant)
    edits = [as_on_disk(session.tree, session.base.paths[record.ref], text)]
    if isinstance(record, Municipality):
        edits += neighbour_edits(session, record.id, meant)
    if not write_edits(session, edits, dry_run, force):
        raise typer.Exit(FINDINGS)


def _refuse_derived(record: AnyRecord, asked: Iterable[FieldChange]) -> None:
    """Raises UserError for what amk derives from milestones, with how that is recorded."""
    if isinstance(record, (Municipality, Policy)) and any(each.field_path[0] == "status" for each in asked):
        raise UserError("stop.set-status")
