"""The walk-throughs in `docs/how-to`, each step run as a reader would run it.

`python .ci/howto.py` runs every line that begins with `$ ` in a fresh copy of the small knowledge
base and writes what it answered below it; with `--check` it fails where a page says otherwise, and
where a step fails that the page does not foresee.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "how-to"
BASE = ROOT / "docs" / "example" / "data"
BLOCK = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
SETTINGS = {
    "AMK_LANG": "nl",
    "COLUMNS": "88",
    "NO_COLOR": "1",
    "PYTHONUNBUFFERED": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
        ("NAME", "Gegevensbeheer"), ("EMAIL", "kennisbank@example.org"), ("DATE", "2024-02-01T12:00:00Z"),
    )},
}  # fmt: skip


def walked(page: str, folder: Path) -> str:
    """A page with what its steps answer now."""
    _prepare(folder)
    return BLOCK.sub(lambda block: f"```console\n{''.join(_answers(block[1], folder))}```\n", page)


def _prepare(folder: Path) -> None:
    shutil.copytree(BASE, folder / "data")
    for attached in PAGES.glob("*.csv"):
        shutil.copy(attached, folder)
    for command in ("init -q -b main", "add data", "commit -q -m begin"):
        _run(f"git {command}", folder)


def _answers(block: str, folder: Path) -> Iterator[str]:
    lines = block.splitlines()
    for index, line in enumerate(lines):
        if line.startswith("$ "):
            more = [text[2:] for text in _continued(lines[index + 1 :])]
            yield "".join(f"{text}\n" for text in (line, *(f"> {text}" for text in more)))
            yield _run(" ".join((line[2:].rstrip("\\"), *(text.rstrip("\\") for text in more))), folder)


def _continued(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("> "):
            return
        yield line


def _run(command: str, folder: Path) -> str:
    bins = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, **SETTINGS, "PATH": bins, "XDG_STATE_HOME": str(folder.parent / "state")}
    done = subprocess.run(
        command, shell=True, cwd=folder, env=settings, encoding="utf-8", check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode not in (0, 1) or "Traceback" in done.stdout:
        sys.exit(f"{command}\n{done.stdout}")
    told = done.stdout.replace(str(folder), "kennisbank")
    return told if not told or told.endswith("\n") else f"{told}\n"


def main() -> None:
    """Walk every page; leave with 1 when `--check` finds one that says otherwise."""
    wrong = []
    for path in sorted(PAGES.glob("*.md")):
        with tempfile.TemporaryDirectory() as place:
            page = path.read_text(encoding="utf-8")
            now = walked(page, Path(place) / "kennisbank")
        if now != page and "--check" in sys.argv:
            wrong.append(path.name)
        elif now != page:
            path.write_text(now, encoding="utf-8")
    if wrong:
        sys.exit(f"{', '.join(wrong)}: the answers are others now; python .ci/howto.py writes them")
    print("the walk-throughs answer as they say")


if __name__ == "__main__":
    main()
