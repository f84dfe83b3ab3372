"""Writing a change to one record: shown, checked against all records, and then written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.cli.findings import show_findings
from amk.cli.opening import Opened, opened, talk
from amk.cli.showing import put
from amk.edits import Edit, apply, told_edits
from amk.errors import Stop
from amk.query import find_by_name, nearest_names
from amk.questions.validation import find_caused, problem_words
from amk.records import AnyRecord

DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would change.")]
Force = Annotated[bool, typer.Option("--force", help="Write it even when it makes new errors.")]


def for_writing(data: Path | None, lang: str | None) -> Opened:
    """The data folder, to be written in. Raises Stop for the one that came with amk."""
    here = opened(data, None, None, lang)
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
    path = here.base.paths[record.ref]
    raw = (here.tree.root / path).read_bytes()
    after = (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode()
    edit = Edit(path, raw, after)
    put(told_edits([edit]), None)
    changed = replace(here.tree, texts={**here.tree.texts, path: text})
    caused = find_caused(here.tree, changed, date.today(), {})
    caused = replace(caused, earlier=None)
    if caused.problems:
        show_findings(caused, changed, problem_words(here.say.language), "table", None)
    if caused.failed() and not force:
        talk(here.say("talk.not-written"))
        return False
    if not dry_run and raw != after:
        apply(here.tree.root, [edit])
        talk(here.say.fill("talk.written", {"found": path}))
    return True
