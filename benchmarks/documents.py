"""Seconds for the whole briefing as a document to hand over, the whole command, on the shipped data.

Run it with `python benchmarks/documents.py`; the goal is 1.5 seconds for pdf and for docx.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7
ROOT = Path(__file__).parents[1]
GOALS = {"pdf": 1.5, "docx": 1.5}
DOCUMENTS = (("report", "md"), ("report", "html"), ("report", "pdf"), ("report", "docx"), ("report", "odt"))
DRAWN = (("timeline", "pdf"), ("timeline", "docx"))
"""With a drawing of several pages, for comparison."""


def seconds(command: str, to: Path) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "amk", command, "-o", str(to)], cwd=ROOT, check=True)
    return time.perf_counter() - begun


def main() -> None:
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {ROUNDS} rounds\n"
    )
    print("| command | median s | least | kB | goal |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for command, format in (*DOCUMENTS, *DRAWN):
            to = Path(folder) / f"{command}.{format}"
            times = [seconds(command, to) for _ in range(ROUNDS + 1)][1:]
            goal = f"≤ {GOALS[format]}" if command == "report" and format in GOALS else ""
            size = to.stat().st_size // 1024
            told = f"{statistics.median(times):.2f} | {min(times):.2f} | {size} | {goal}"
            print(f"| amk {command} -o x.{format} | {told} |")


main()
