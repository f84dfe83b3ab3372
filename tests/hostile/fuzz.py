"""Looks for inputs that amk cannot stand, and keeps those it finds among the seeds.

`python -m tests.hostile.fuzz record --runs 100000`; with `--guided`, by what parts of amk an input reaches
(needs `pip install -e '.[fuzz]'`).
"""

from __future__ import annotations

import argparse
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

COUNTED = 8
"""How many times slower amk may be where atheris counts each of its steps."""

SEEDS = Path(__file__).parent / "seeds"


def inputs(name: str, runs: int, seed: int) -> list[str]:
    """So many hostile texts for a target; the same seed gives the same texts."""
    from tests.hostile.making import Choices
    from tests.hostile.targets import TARGETS

    target, random = TARGETS[name], Random(f"{name} {seed}")
    return [target.make(Choices(random.randbytes(target.length))) for _ in range(runs)]


def keep(name: str, text: str) -> Path:
    """Keep an input that failed, to be replayed by the tests for ever."""
    place = SEEDS / name / f"{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode("utf-8", "surrogatepass"))
    return place


def try_out(name: str, runs: int, seed: int) -> list[str]:
    """Try inputs one by one: what went wrong, each time with where its input is kept."""
    from tests.hostile.targets import take

    wrong = []
    for text in inputs(name, runs, seed):
        try:
            take(name, text)
        except Exception as error:
            wrong.append(f"{keep(name, text)}: {type(error).__name__}: {str(error)[:300]}")
    return wrong


def guided(name: str, runs: int) -> None:
    """Let atheris choose the bytes; it ends the process at the first input that fails."""
    import atheris

    with atheris.instrument_imports(include=["amk"]):
        from tests.hostile.making import Choices
        from tests.hostile.targets import TARGETS, take

    def one(raw: bytes) -> None:
        text = TARGETS[name].make(Choices(raw))
        try:
            take(name, text, COUNTED)
        except Exception:
            print(keep(name, text), file=sys.stderr)
            raise

    atheris.Setup([sys.argv[0], f"-runs={runs}", "-max_len=128", "-len_control=0", "-rss_limit_mb=1500"], one)
    atheris.Fuzz()


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guided", action="store_true")
    asked = parser.parse_args()
    if asked.guided:
        guided(asked.target, asked.runs)
    wrong = try_out(asked.target, asked.runs, asked.seed)
    print("\n".join(wrong) or "nothing found")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
