"""Whole-process times of amk's commands on the shipped data, beside what they rest on, in one run.

`python -m benchmarks.start` writes the section "Start" of RESULTS.md. The commands take turns, so that a
machine that slows down slows all of them; what counts is the ratio to `import typer`, not the seconds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from benchmarks.goals import verdict
from benchmarks.measuring import Command, Measured, measure
from benchmarks.results import machine, record, table

ROUNDS = 11
ROOT = Path(__file__).parents[1]
BASE = "import typer"

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "python -c pass": ("-c", "pass"),
    BASE: ("-c", "import typer"),
    "amk --help": ("-m", "amk", "--help"),
    "amk list": ("-m", "amk", "list"),
    "amk show rotterdam": ("-m", "amk", "show", "rotterdam"),
    "amk validate": ("-m", "amk", "validate"),
    "amk report": ("-m", "amk", "report"),
}
GOALS = {"amk --help": 1.5, "amk list": 2.5, "amk show rotterdam": 2.5}


def told(found: Mapping[str, Measured]) -> str:
    """The section: each command beside `import typer`, and whether it meets its goal."""
    head = f"`make bench`, {date.today():%-d %B %Y}. {machine()}. Medians of {ROUNDS} rounds, warm."
    return f"{head}\n\n{table(('command', 'ms', f'× {BASE}', 'MB', 'goal', ''), _rows(found))}"


def _rows(found: Mapping[str, Measured]) -> Iterator[tuple[str, ...]]:
    base = found[BASE].median
    for name, measured in found.items():
        if base is None or measured.median is None:
            yield name, measured.failure, "", "", "", ""
            continue
        ratio, goal = measured.median / base, GOALS.get(name)
        judged = (f"≤ {goal} ×", verdict(ratio <= goal)) if goal else ("", "")
        yield name, f"{measured.median * 1000:.0f}", f"{ratio:.2f}", f"{measured.memory:.0f}", *judged


def main() -> None:
    """Measure from the root of the repository, and write the section."""
    os.chdir(ROOT)
    commands = [Command(name, [sys.executable, *words]) for name, words in COMMANDS.items()]
    record("Start", told(dict(zip(COMMANDS, measure(commands, ROUNDS), strict=True))))


if __name__ == "__main__":
    main()
