"""`amk edit`: a record in one's own editor, put in place only when it is right."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from amk.cli import FINDINGS, completing
from amk.cli.opening import Opened
from amk.cli.options import Data, Lang
from amk.cli.telling import talk
from amk.cli.writing import Force, for_writing, record_of, write_raw
from amk.errors import Lost, Stop
from amk.records import KINDS

FORMATS = ("text",)

Ref = Annotated[
    str,
    typer.Argument(metavar="REF", help="An id, a name or kind/id.", autocompletion=completing.records),
]

USUAL = ("nano", "vim", "vi") if os.name == "posix" else ("notepad",)
"""The editors that are tried where neither VISUAL nor EDITOR names one."""


def run(ref: Ref, force: Force = False, data: Data = None, lang: Lang = None) -> None:
    """Open a record in your editor; it is put in place when it is right, like visudo does."""
    here = for_writing(data, lang, kept=True)
    record = record_of(here, ref, KINDS)
    path = here.base.paths[record.ref]
    before = (here.tree.root / path).read_bytes()
    copy = _copy_of(record.id, before)
    if not _edited(here, path, before, copy, force):
        talk(here.say.fill("talk.kept-copy", {"found": str(copy)}))
        raise typer.Exit(FINDINGS)
    shutil.rmtree(copy.parent, ignore_errors=True)


def _copy_of(id: str, raw: bytes) -> Path:
    copy = Path(tempfile.mkdtemp(prefix="amk-")) / f"{id}.yaml"
    copy.write_bytes(raw)
    return copy


def _edited(here: Opened, path: str, before: bytes, copy: Path, force: bool) -> bool:
    """Whether what was edited is in place now, or nothing was changed."""
    while True:
        _open_editor(copy)
        after = copy.read_bytes()
        if after == before:
            talk(here.say("talk.unchanged"))
            return True
        try:
            if write_raw(here, path, before, after, dry_run=False, force=force):
                return True
        except (Stop, Lost):
            talk(here.say.fill("talk.kept-copy", {"found": str(copy)}))
            raise
        if not (sys.stdin.isatty() and typer.confirm(here.say("ask.again"), default=True, err=True)):
            return False


def _open_editor(path: Path) -> None:
    """Open an editor and wait for it. Raises Stop where there is none, or where it fails."""
    wished = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    usual = next((found for name in USUAL if (found := shutil.which(name))), None)
    command = shlex.split(wished, posix=os.name == "posix") if wished else [usual] if usual else []
    if not command:
        raise Stop("stop.no-editor")
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        raise Stop("stop.editor-failed", found=command[0], reason=error.strerror or "") from error
    if done.returncode:
        raise Stop("stop.editor-failed", found=command[0], reason=f"exit {done.returncode}")
