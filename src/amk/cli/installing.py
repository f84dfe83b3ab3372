"""Installing schemas: beside the data folder, with the settings by which an editor finds them."""

from __future__ import annotations

import json
from pathlib import Path

from amk.cli.opening import Opened
from amk.cli.showing import put
from amk.cli.telling import talk
from amk.editors import (
    EXTENSIONS,
    SETTINGS,
    NotMergeable,
    merged_settings,
    recommended,
    schema_globs,
    schema_path,
    settings_told,
)
from amk.errors import Stop
from amk.language import Say
from amk.schema import SCHEMA_KINDS, schema_of


def install(here: Opened) -> bool:
    """Write the schemas and the settings, and tell of each file; False when a user must add a setting.

    Raises Stop for the knowledge base that amk ships, and where a file cannot be written.
    """
    if here.tree.shipped:
        raise Stop("stop.schema-shipped")
    say = here.say.also("schema")
    root = here.tree.root.resolve()
    project, prefix = (root.parent, "data/") if root.name == "data" else (root, "")
    for name, kind in SCHEMA_KINDS.items():
        text = json.dumps(schema_of(here.base, kind), ensure_ascii=False, indent=2) + "\n"
        _write(project, schema_path(name), text, say)
    if not (project / EXTENSIONS).exists():
        _write(project, EXTENSIONS, recommended(), say)
    added = _add_settings(project, schema_globs(prefix), say)
    talk(say("schema.again"))
    return added


def _add_settings(project: Path, globs: dict[str, str], say: Say) -> bool:
    """Add the schemas to the settings of the editor; where that cannot be, tell what to add."""
    try:
        _write(project, SETTINGS, merged_settings(_text_of(project / SETTINGS), globs), say)
    except (NotMergeable, UnicodeDecodeError):
        talk(say("schema.not-merged", path=SETTINGS))
        put(settings_told(globs), None)
        return False
    return True


def _write(project: Path, path: str, text: str, say: Say) -> None:
    """Write a file that says something else, or nothing yet; one that says the same is left alone."""
    target = (project / path).resolve()
    if _has(target, text):
        put(say("schema.same", path=path) + "\n", None)
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop("stop.no-output", found=str(target), reason=error.strerror or "") from error
    put(text, str(target))
    put(say("schema.written", path=path) + "\n", None)


def _has(target: Path, text: str) -> bool:
    try:
        return target.read_bytes() == text.encode()
    except OSError:
        return False


def _text_of(path: Path) -> str:
    """The text of a file, with the ends of its lines as they are; empty when there is none."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Stop("stop.no-output", found=str(path), reason=error.strerror or "") from error
