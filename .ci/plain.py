"""The README's commands on the install that the README gives: without any extra.

`python .ci/plain.py AMK` runs each `amk …` line of the README in a copy of the knowledge base, and what the
extras are for besides. Each answers, or says in one sentence what to install; none ends in a traceback.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"^(?:\$ )?amk ([^#\n]+)", re.MULTILINE)
WAITING = ("--watch", "edit")
"""What goes on until somebody stops it, or opens an editor."""
EXTRAS = (
    "network --statistics",
    "network -f graphml",
    "network -f dot",
    "export -o y.xlsx",
    "export -o y.duckdb",
    "export -o y.parquet",
    "export --to postgresql://u@localhost/x",
    "import x.xlsx",
    "stale --as-checklist -o x.xlsx",
    "report -o x.pdf",
    "report -o x.docx",
    "report -o x.odt",
    "timeline -o x.ics",
)
SETTINGS = {
    "AMK_LANG": "en",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def commands() -> Iterator[list[str]]:
    """What the README shows, and what the extras are for."""
    shown = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    for line in (*shown, *EXTRAS):
        words = shlex.split(line)
        if not set(WAITING) & set(words):
            yield words


def faults_of(amk: str, words: list[str], folder: Path) -> list[str]:
    """What is wrong with how a command ends."""
    run = subprocess.run(
        [amk, *words],
        cwd=folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, **SETTINGS},
        check=False,
    )
    told = f"amk {shlex.join(words)}: exit {run.returncode}"
    if "Traceback" in run.stderr or run.returncode not in (0, 1, 2):
        return [f"{told}: {run.stderr.splitlines()[-1:]}"]
    if shlex.join(words) in EXTRAS and "pip install" not in run.stderr:
        return [f"{told}, without saying what to install: {run.stderr.strip()}"]
    return []


def main() -> None:
    """Tell what is wrong, and fail if anything is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "base"
        folder.mkdir()
        shutil.copytree(ROOT / "data", folder / "data")
        (folder / "templates").mkdir()
        (folder / "templates" / "own.md").write_text("# {{ title }}\n", encoding="utf-8")
        (folder / "x.xlsx").write_bytes(b"PK")
        for command in ("init -q -b main", "add data", "commit -q -m begin", "tag brief-2021"):
            subprocess.run(["git", *command.split()], cwd=folder, check=True, env={**os.environ, **SETTINGS})
        tried = list(commands())
        faults = [fault for words in tried for fault in faults_of(sys.argv[1], words, folder)]
    print("\n".join(faults) or f"{len(tried)} commands answer without any extra, or say what to install")
    sys.exit(bool(faults))


main()
