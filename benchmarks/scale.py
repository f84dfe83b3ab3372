"""amk and its peers at several sizes, paired in one run, as ratios, with memory and the goals.

`python -m benchmarks.scale --sizes 100 10000` generates a knowledge base of each size, gives each installed
peer its own form of the same records, lets all commands take turns, and writes the section "Scale" of
RESULTS.md. A peer that would take longer than a quarter of an hour at a size is not run there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.asking import commands_of_amk
from benchmarks.goals import CPU, SMALL, judged, judged_memory
from benchmarks.measuring import TOO_LONG, Command, Measured, measure
from benchmarks.peers import PEERS, Peer, commands_of
from benchmarks.results import machine, record, table

REGION = "regio-00010"


@dataclass(frozen=True)
class At:
    """What was measured at a size, by the name of the command; where the records are, and how many."""

    size: int
    records: int
    median_bytes: int
    found: Mapping[str, Measured]


def _prepared(size: int, work: Path, forms: Sequence[str]) -> Path:
    """A knowledge base and its other forms, made in processes of their own."""
    data = work / f"{size}" / "data"
    made = [sys.executable, "-m", "benchmarks.generating", str(data), "--records", str(size)]
    subprocess.run(made, check=True)
    if forms:
        made = [sys.executable, "-m", "benchmarks.forms", str(data), str(work / f"{size}" / "forms"), *forms]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    return data


def _bounded(peers: Sequence[Peer], before: At | None, size: int) -> tuple[list[Peer], dict[str, Measured]]:
    """The peers that can be waited for at this size, and why not the others."""
    run, left = [], {}
    for peer in peers:
        known = before.found[peer.name] if before else Measured()
        expected = (known.median or 0.0) * size / before.size if before else 0.0
        if known.failure:
            left[peer.name] = Measured(failure=known.failure)
        elif expected > TOO_LONG:
            left[peer.name] = Measured(failure=f"not run: over {expected / 60:.0f} minutes expected")
        else:
            run.append(peer)
    return run, left


def _at(size: int, work: Path, peers: Sequence[Peer], before: At | None, rounds: int) -> At:
    run, left = _bounded(peers, before, size)
    data = _prepared(size, work, sorted({peer.form for peer in run if peer.form}))
    commands = [
        *commands_of_amk(data, work / f"{size}" / "cache", REGION),
        *(commands_of(peer, data, data.with_name("forms"), REGION) for peer in run),
        Command("python -c 'import typer'", [sys.executable, "-c", "import typer"]),
    ]
    bytes_of = sorted(path.stat().st_size for path in data.rglob("*.yaml"))
    found = dict(zip((c.name for c in commands), measure(commands, rounds), strict=True))
    return At(size, len(bytes_of) - 1, bytes_of[len(bytes_of) // 2], {**found, **left})


def told(every: Sequence[At], peers: Sequence[Peer], rounds: int) -> str:
    """The section: the machine, the goals, what took how long, and what each peer does for it."""
    parts = [
        f"`python -m benchmarks.scale --sizes {' '.join(str(at.size) for at in every)}`, "
        f"{date.today():%-d %B %Y}. {machine()}. Medians of {rounds} rounds in which all take turns; "
        "one run for what takes longer than ten seconds. MB: the most that all processes of a command held "
        "together; nothing is told below the 16 MB of the program that measures.",
        *_goals(every),
    ]
    for at in every:
        parts += [f"### {at.records:,} records, of {at.median_bytes} bytes on the median", _timed(at)]
    parts += ["### What each peer does for it", _work(peers)]
    return "\n\n".join(parts)


def _goals(every: Sequence[At]) -> Iterator[str]:
    each = [(at.size, name, measured) for at in every for name, measured in at.found.items()]
    seconds = {(n, size): m.median for size, n, m in each if m.median is not None}
    seconds |= {(n + CPU, size): m.cpu_median for size, n, m in each if m.cpu_median is not None}
    rows = list(judged(seconds))
    small = next((at for at in every if at.size == SMALL), None)
    if small:
        rows.append(judged_memory([(n, m.memory) for n, m in small.found.items() if n.startswith("amk")]))
    if rows:
        yield table(("goal", "measured", ""), rows)


def _timed(at: At) -> str:
    base = at.found.get("yamale", Measured())
    heading = ("command", "seconds", "× yamale", "CPU seconds", "× yamale", "MB")
    return table(heading, (_row(*pair, base) for pair in at.found.items()))


def _row(name: str, measured: Measured, base: Measured) -> tuple[str, ...]:
    if measured.median is None:
        return name, measured.failure, "", "", "", ""
    pairs = (measured.median, base.median), (measured.cpu_median, base.cpu_median)
    told = (each for own, other in pairs for each in (f"{own:.2f}", f"{own / other:.2f}" if other else "–"))
    return name, *told, f"{measured.memory:.0f}"


def _work(peers: Sequence[Peer]) -> str:
    missing = {peer.program for peer in PEERS if peer not in peers}
    lines = table(("peer", "does", "does not"), ((p.name, p.does, p.does_not) for p in peers))
    absent = f"\n\nNot installed here: {', '.join(sorted(missing))}." if missing else ""
    return f"{lines}{absent}\n\nVersions: {', '.join(_versions(peers))}."


def _versions(peers: Sequence[Peer]) -> Iterator[str]:
    for peer in {peer.program: peer for peer in peers}.values():
        done = subprocess.run([str(peer.path), "--version"], capture_output=True, text=True, check=False)
        first = (done.stdout or done.stderr).strip().splitlines()[:1]
        yield first[0] if first else peer.program


def main() -> None:
    """Measure, and write the section."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sizes", type=int, nargs="+", default=[100, SMALL], metavar="RECORDS")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--peers", nargs="*", metavar="NAME", help="only these; none for amk alone")
    asked.add_argument("--section", default="Scale", help="the section of RESULTS.md that is replaced")
    asked.add_argument("--print", action="store_true", help="print the section, and leave RESULTS.md alone")
    options = asked.parse_args()
    wanted = [p for p in PEERS if p.path and (options.peers is None or p.program in options.peers)]
    every: list[At] = []
    with tempfile.TemporaryDirectory(prefix="amk-bench-") as place:
        for size in sorted(options.sizes):
            print(f"{size} records …", file=sys.stderr)
            every.append(_at(size, Path(place), wanted, every[-1] if every else None, options.rounds))
    section = told(every, wanted, options.rounds)
    if options.print:
        print(section)
    else:
        record(options.section, section)


if __name__ == "__main__":
    main()
