"""How amk itself stands here: versions, extras, editor, terminal, and where it keeps things."""

from __future__ import annotations

import locale
import os
import platform
import shlex
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from amk import __version__
from amk.cache.location import cache_folder, is_private
from amk.cli.commands.edit import USUAL
from amk.cli.doctor import Finding
from amk.values.extras import EXTRAS, installing


def find_program() -> Iterator[Finding]:
    """The program and what it leans on, in the order in which it is told."""
    yield Finding("amk", "there", values={"version": __version__, "folder": str(Path(__file__).parents[2])})
    yield Finding(
        "python", "there", values={"version": platform.python_version(), "program": sys.executable or "?"}
    )
    yield from _extras()
    yield _editor()
    yield _encoding()
    yield _cache()


def _extras() -> Iterator[Finding]:
    lacking = False
    for extra, (formats, packages) in EXTRAS.items():
        absent = [package for module, package in packages.items() if find_spec(module) is None]
        if absent:
            lacking = True
            told = {"extra": extra, "formats": formats, "command": installing(absent)}
            yield Finding("extras", "absent", "better", told)
    if not lacking:
        yield Finding(
            "extras", "all", values={"formats": ", ".join(formats for formats, _ in EXTRAS.values())}
        )


def _editor() -> Finding:
    wished = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(wished, posix=os.name == "posix")
    except ValueError:
        command = [wished]
    if command:
        there = shutil.which(command[0].strip('"')) is not None
        return Finding("editor", *(("chosen", "fine") if there else ("gone", "better")), {"found": wished})
    usual = next((name for name in USUAL if shutil.which(name)), None)
    return (
        Finding("editor", "usual", values={"found": usual}) if usual else Finding("editor", "none", "better")
    )


def _encoding() -> Finding:
    """How the terminal reads letters: amk always writes UTF-8."""
    found = terminal_encoding()
    is_utf8 = found.lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")
    return Finding("encoding", *(("utf-8", "fine") if is_utf8 else ("other", "better")), {"found": found})


def terminal_encoding() -> str:
    """What the terminal takes bytes for; where there is none, what the system says of texts."""
    return os.device_encoding(1) or locale.getencoding()


def _cache() -> Finding:
    folder = cache_folder()
    if folder is None:
        return Finding("cache", "none")
    values = {"folder": str(folder)}
    if not folder.exists():
        return Finding("cache", "to-come", values=values)
    if not is_private(folder):
        return Finding("cache", "not-private", "better", values)
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("cache", "read-only", "better", values)
    return Finding("cache", "there", values=values)
