"""`amk edit`: a record in one's own editor, put in place only when it is right."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

from amk.cli import FINDINGS
from amk.cli.arguments import unreadable_path
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, Ref
from amk.cli.saving import Force, for_writing, record_of, write_raw
from amk.cli.session import Session
from amk.language import Phrases
from amk.model.records import KINDS
from amk.values.errors import CacheCorrupt, UserError

USUAL = ("nano", "micro", "vim", "vi") if os.name == "posix" else ("notepad",)
"""The editors that are tried where neither VISUAL nor EDITOR names one: first what a layman can leave."""


def run(ref: Ref, force: Force = False, data: Data = None, lang: Lang = None) -> None:
    """Open a record in your editor; it is put in place when it is right, like visudo does."""
    session = for_writing(data, lang, kept=True)
    path = unreadable_path(session, ref, KINDS) or session.base.paths[record_of(session, ref, KINDS).ref]
    before = (session.tree.root / path).read_bytes()
    copy = _copy_of(Path(path).stem, before)
    if not _edited(session, path, before, copy, force):
        talk(session.phrases.fill("talk.kept-copy", {"found": str(copy)}))
        raise typer.Exit(FINDINGS)
    shutil.rmtree(copy.parent, ignore_errors=True)


def _copy_of(id: str, raw: bytes) -> Path:
    copy = Path(tempfile.mkdtemp(prefix="amk-")) / f"{id}.yaml"
    copy.write_bytes(raw)
    return copy


def _edited(session: Session, path: str, before: bytes, copy: Path, force: bool) -> bool:
    """Whether what was edited is in place now, or nothing was changed."""
    while True:
        _open_editor(copy, session.phrases)
        after = copy.read_bytes()
        if after == before:
            talk(session.phrases("talk.unchanged"))
            return True
        try:
            if write_raw(session, path, before, after, dry_run=False, force=force):
                return True
        except (UserError, CacheCorrupt):
            talk(session.phrases.fill("talk.kept-copy", {"found": str(copy)}))
            raise
        if not (sys.stdin.isatty() and typer.confirm(session.phrases("ask.again"), default=True, err=True)):
            return False


def _open_editor(path: Path, phrases: Phrases) -> None:
    """Open an editor and wait for it; of one that the user did not choose it says how to leave it.

    Raises UserError where there is none, or where it fails.
    """
    wished = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    usual = next((found for name in USUAL if (found := shutil.which(name))), None)
    try:
        command = shlex.split(wished, posix=os.name == "posix") if wished else [usual] if usual else []
    except ValueError as error:
        raise UserError("stop.editor-failed", found=wished or "", reason=str(error)) from error
    if not command:
        raise UserError("stop.no-editor")
    if not wished:
        name = Path(command[0]).stem
        talk(phrases(f"edit.leave.{'vi' if name == 'vim' else name}", name=path.name))
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        raise UserError("stop.editor-failed", found=command[0], reason=error.strerror or "") from error
    if done.returncode:
        raise UserError("stop.editor-failed", found=command[0], reason=f"exit {done.returncode}")
