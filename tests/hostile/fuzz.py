"""Looks for inputs that amk cannot stand, and keeps those it finds among the seeds.

`python -m tests.hostile.fuzz record --runs 100000`, or `all` for all targets, each its share; with
`--guided`, by what parts of amk an input reaches (needs `pip install -e '.[fuzz]'`).
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from random import Random

COUNTED = 8
"""How many times slower amk may be where atheris counts each of its steps."""

AT_ONCE = 500
"""How many inputs a process is handed at a time."""

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


def shares(runs: int) -> dict[str, int]:
    """So many inputs divided over all targets."""
    from tests.hostile.targets import TARGETS

    whole = sum(target.share for target in TARGETS.values())
    return {name: -(-runs * target.share // whole) for name, target in TARGETS.items()}


def try_all(runs: int, seed: int) -> tuple[int, list[str], float]:
    """So many inputs over all targets, on every core: how many, what went wrong, and the most MB."""
    pieces = [
        (name, min(AT_ONCE, count - start), seed * 1_000_000 + start)
        for name, count in shares(runs).items()
        for start in range(0, count, AT_ONCE)
    ]
    # Not with `max_tasks_per_child`: Python 3.11 waits for ever where processes are to be replaced.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        done = list(pool.map(_piece, *zip(*pieces, strict=True)))
    return (
        sum(piece[1] for piece in pieces),
        [line for wrong, _ in done for line in wrong],
        max(m for _, m in done),
    )


def _piece(name: str, runs: int, seed: int) -> tuple[list[str], float]:
    os.environ["AMK_NO_CACHE"] = "1"
    sys.argv = ["amk"]
    return try_out(name, runs, seed), peak()


def peak() -> float:
    """The most memory this process ever had, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        # What `resource` says on Linux counts the process that started this one too.
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    if find_spec("resource") is None:
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


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
    if asked.target == "all":
        count, wrong, most = try_all(asked.runs, asked.seed)
    else:
        count, wrong, most = asked.runs, try_out(asked.target, asked.runs, asked.seed), peak()
    print("\n".join(wrong))
    print(f"{count} inputs, {len(wrong)} faults, at most {most:.0f} MB")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
