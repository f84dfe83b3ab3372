"""`amk schema`: what an editor needs to check records as they are written, and installing it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from amk.authoring.schema import SCHEMA_KINDS, schema_of, schema_of_all
from amk.authoring.schema.editors import (
    EXTENSIONS,
    SETTINGS,
    has_settings,
    recommended,
    schema_globs,
    schema_path,
    settings_told,
)
from amk.cli import FINDINGS
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import At, Data, Lang, Output, argument, option
from amk.cli.output import put
from amk.cli.session import Session, find_folder, open_session
from amk.language import Phrases
from amk.model.records import KIND_IN, Part
from amk.values.errors import UserError
from amk.values.suggestions import nearest

Kind = Annotated[
    str | None, argument("[KIND]", "policies, sources, …, manifest; all without it.", completing.kinds)
]
Install = Annotated[bool, option("--install", "Write the schemas, and tell VS Code where they are.")]


def run(
    kind: Kind = None,
    installing: Install = False,
    at: At = None,
    data: Data = None,
    lang: Lang = None,
    output: Output = None,
) -> None:
    """What editors need to check records as they are written: JSON Schema, and --install."""
    if installing and (kind or at or output):
        raise UserError("stop.schema-install")
    wanted = _kind(kind) if kind else None
    session = open_session(find_folder(data), lang, at)
    if installing:
        if not install(session):
            raise typer.Exit(FINDINGS)
        return
    schema = schema_of(session.base, wanted) if wanted else schema_of_all(session.base)
    put(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", output)


def _kind(text: str) -> type[Part]:
    """A kind by its name or by that of its folder. Raises UserError for one that there is not."""
    by_name = {**KIND_IN, **SCHEMA_KINDS}
    wanted = text.lower()
    if wanted not in by_name:
        known = ", ".join(SCHEMA_KINDS)
        raise UserError("stop.no-kind", found=text, nearest=nearest(wanted, by_name), known=known)
    return by_name[wanted]


def install(session: Session) -> bool:
    """Write the schemas and the settings, and tell of each file; False when a user must add a setting.

    Raises UserError for the knowledge base that amk ships, and where a file cannot be written.
    """
    if session.tree.shipped:
        raise UserError("stop.schema-shipped")
    phrases = session.phrases.with_topic("schema")
    root = session.tree.root.resolve()
    project, prefix = (root.parent, "data/") if root.name == "data" else (root, "")
    for name, kind in SCHEMA_KINDS.items():
        text = json.dumps(schema_of(session.base, kind), ensure_ascii=False, indent=2) + "\n"
        _write(project, schema_path(name), text, phrases)
    if not (project / EXTENSIONS).exists():
        _write(project, EXTENSIONS, recommended(), phrases)
    added = _add_settings(project, schema_globs(prefix), phrases)
    talk(phrases("schema.again"))
    return added


def _add_settings(project: Path, globs: dict[str, str], phrases: Phrases) -> bool:
    """Write the settings of the editor where there are none; what is there stays: tell what to add."""
    there = _text_of(project / SETTINGS)
    if not there.strip("\ufeff \t\r\n"):
        _write(project, SETTINGS, settings_told(globs), phrases)
    elif has_settings(there, globs):
        put(phrases("schema.same", path=SETTINGS) + "\n", None)
    else:
        talk(phrases("schema.add", path=SETTINGS))
        put(settings_told(globs), None)
        return False
    return True


def _write(project: Path, path: str, text: str, phrases: Phrases) -> None:
    """Write a file that says something else, or nothing yet; one that says the same is left alone."""
    target = (project / path).resolve()
    if _has(target, text):
        put(phrases("schema.same", path=path) + "\n", None)
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("stop.no-output", found=str(target), reason=error.strerror or "") from error
    put(text, str(target), force=True)
    put(phrases("schema.written", path=path) + "\n", None)


def _has(target: Path, text: str) -> bool:
    try:
        return target.read_bytes() == text.encode()
    except OSError:
        return False


def _text_of(path: Path) -> str:
    """The text of a file; empty when there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UserError("stop.no-output", found=str(path), reason=error.strerror or "") from error
