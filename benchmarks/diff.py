"""How long `amk diff` takes over two large bases, as a ratio of the time that loading both takes.

`python -m benchmarks.diff [MUNICIPALITIES]`; 5,900 municipalities make 10,000 records. One record in a
hundred differs. The goal is at most 1.3 in all.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.generating import generate

from amk.questions.changes.find import find_changes
from amk.storage.data_folder import Tree
from amk.storage.loading import load

DAY = date(2026, 11, 24)


def main(number: int) -> None:
    before = generate(1, number)
    policies = [path for path in before if path.startswith("policies/")]
    changed = {path: before[path].replace("Nota ", "Visie ") for path in policies[::40]}
    start = time.perf_counter()
    old, new = (load(Tree(Path("."), texts)).base for texts in (before, {**before, **changed}))
    loaded = time.perf_counter()
    found = find_changes(old, new, DAY)
    done = time.perf_counter()
    ratio = (done - start) / (loaded - start)
    print(f"{len(before)} records, {len(found.records)} changed: {ratio:.2f} × loading both")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5900)
