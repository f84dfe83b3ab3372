"""Hostile inputs, kills and corruptions, counted: `make fuzz` and `make torture`.

`python -m benchmarks.torture --inputs 1000000` and `--kills 1000 --corruptions 10000`; what is wrong is
told with the seed that shows it again, and inputs that fail are kept among the seeds of the tests.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import machine, record, table

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.cache.corruption import corrupt
from tests.hostile.fuzz import shares, try_all
from tests.hostile.torture import WRITINGS, torture


def fuzzed(inputs: int, seed: int) -> tuple[str, list[str]]:
    """The section on hostile inputs, and what was wrong."""
    count, wrong, most = try_all(inputs, seed)
    rows = [(name, f"{share:,}") for name, share in shares(inputs).items()]
    told = f"{count:,} inputs, {len(wrong)} faults, at most {most:.0f} MB in a process."
    return f"{told}\n\n{table(('what takes it in', 'inputs'), rows)}", wrong


def tortured(kills: int, corruptions: int, seed: int) -> tuple[str, list[str]]:
    """The section on kills and corruptions, and what was wrong."""
    with TemporaryDirectory() as folder:
        found = torture(kills, seed, Path(folder))
    wrong = corrupt(corruptions, seed)
    told = table(
        ("tried", "times", "faults", "torn", "lost", "wrong answers"),
        [
            (f"kills: {', '.join(WRITINGS)}", f"{found.kills:,}",
             *(str(found.kinds[kind]) for kind in ("fault", "torn", "lost")), ""),
            ("corruptions of what is kept", f"{corruptions:,}", "", "", "", str(len(wrong))),
        ],
    )  # fmt: skip
    return f"{found.halfway} kills came halfway through a set of files.\n\n{told}", [*found.wrong, *wrong]


def main() -> None:
    """Try what is asked for, and write it into the results."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("inputs", "kills", "corruptions", "seed"):
        asked.add_argument(f"--{name}", type=int, default=0)
    given = asked.parse_args()
    sections = {
        "Hostile inputs": fuzzed(given.inputs, given.seed) if given.inputs else None,
        "Torture": tortured(given.kills, given.corruptions, given.seed) if given.kills else None,
    }
    wrong = []
    for title, section in sections.items():
        if section:
            record(title, f"{date.today():%-d %B %Y}. {machine()}.\n\n{section[0]}")
            wrong += section[1]
    print("\n".join(wrong) or "nothing wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
