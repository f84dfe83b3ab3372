"""`amk remove`: a record taken away, when nothing cites it or another takes its place."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.authoring.remove import citations_of
from amk.authoring.remove import replaced_by as texts_with
from amk.cli import FINDINGS
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, Ref, option
from amk.cli.output import put
from amk.cli.saving import DryRun, Force, as_on_disk, for_writing, record_of, write_edits
from amk.cli.session import Session
from amk.model.records import KINDS, AnyRecord
from amk.storage.edits import Edit
from amk.values.errors import UserError

ReplacedBy = Annotated[
    str | None,
    option("--replaced-by REF", "The record that what cites this one is to cite.", completing.records),
]


def run(
    ref: Ref,
    replaced_by: ReplacedBy = None,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Take a record away; refused while others cite it, unless another takes its place."""
    session = for_writing(data, lang, kept=True)
    record = record_of(session, ref, KINDS)
    path = session.base.paths[record.ref]
    edits = _replacing(session, record, replaced_by) if replaced_by else []
    if not replaced_by and _is_cited(session, record, path):
        raise typer.Exit(FINDINGS)
    gone = Edit(path, (session.tree.root / path).read_bytes(), None)
    if not write_edits(session, [gone, *edits], dry_run, force):
        raise typer.Exit(FINDINGS)


def _is_cited(session: Session, record: AnyRecord, path: str) -> bool:
    """Whether others cite a record; where they do is told."""
    found = list(citations_of(session.tree.texts, record, path))
    if found:
        put("".join(f"{c.path}:{c.line}:{c.column} {c.field}\n" for c in found), None)
        talk(session.phrases("talk.cited", count=len(found), name=record.name))
    return bool(found)


def _replacing(session: Session, record: AnyRecord, named: str) -> list[Edit]:
    other = record_of(session, named, KINDS if "/" in named else (type(record),))
    if not isinstance(other, type(record)):
        kind = session.phrases.with_topic("labels")(f"kind.{record.kind}")
        raise UserError("stop.replaced-by-another-kind", found=other.ref, name=record.name, kind=kind)
    if other.ref == record.ref:
        raise UserError("stop.replaced-by-itself", found=record.ref)
    texts = texts_with(session.base, session.tree.texts, record, other)
    return [as_on_disk(session.tree, path, text) for path, text in texts.items()]
