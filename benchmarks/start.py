"""Whole-process times of amk's commands, side by side with what they rest on, in one run.

Run it with `make bench`. The commands take turns, so that a machine that slows down slows all of
them; what counts is the ratio to `import typer`, not the seconds.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 11
ROOT = Path(__file__).parents[1]

COMMANDS: dict[str, tuple[str, ...]] = {
    "python -c pass": ("-c", "pass"),
    "import typer": ("-c", "import typer"),
    "amk --help": ("-m", "amk", "--help"),
    "amk list": ("-m", "amk", "list"),
    "amk show rotterdam": ("-m", "amk", "show", "rotterdam"),
    "amk validate": ("-m", "amk", "validate"),
    "amk report": ("-m", "amk", "report"),
}
GOALS = {"amk --help": 1.5, "amk list": 4.5, "amk show rotterdam": 4.5}


def seconds(arguments: tuple[str, ...]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main() -> None:
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(ROUNDS + 1):
        for name, arguments in COMMANDS.items():
            spent = seconds(arguments)
            if number:
                taken[name].append(spent)
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {ROUNDS} rounds\n"
    )
    print("| command | median ms | least | × import typer | goal |\n|---|---|---|---|---|")
    base = statistics.median(taken["import typer"])
    for name, times in taken.items():
        middle = statistics.median(times)
        goal = f"≤ {GOALS[name]}" if name in GOALS else ""
        print(f"| {name} | {middle * 1000:.0f} | {min(times) * 1000:.0f} | {middle / base:.2f} | {goal} |")


main()
