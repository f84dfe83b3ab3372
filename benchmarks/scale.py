"""Whole commands at a size, beside what peers take for less: seconds, ratios and memory, in one run.

`python benchmarks/scale.py [RECORDS] [--peers]` generates a knowledge base, asks amk cold, warm and after
one change, and with `--peers` every peer that is installed: yamale (a few fields), check-jsonschema (with
amk's own schema of policies), yamllint, recsel over one file of records, and grep. Commands take turns;
medians of three, one for what takes longer than ten seconds.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

BIN = Path(sys.executable).parent
LONG = 10.0


@dataclass
class Command:
    """A whole command: what it is called, what it runs, and what comes before it each time."""

    name: str
    words: list[str]
    before: Callable[[], None] = lambda: None
    seconds: list[float] = field(default_factory=list)
    memory: int = 0

    def run(self) -> None:
        self.before()
        begun = time.perf_counter()
        process = subprocess.Popen(self.words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        self.seconds.append(time.perf_counter() - begun)
        self.memory = max(self.memory, usage.ru_maxrss // 1024)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def of_amk(data: Path, cache: Path) -> Iterator[Command]:
    """Ask amk with nothing kept, with all kept, and after one record changed."""
    amk = [sys.executable, "-m", "amk"]
    region = next((data / "regions").glob("regio-*.yaml")).read_text(encoding="utf-8").splitlines()[0][6:]
    one = next((data / "policies").glob("*.yaml"))

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    def change() -> None:
        one.write_text(f"{one.read_text(encoding='utf-8')}# {time.time_ns()}\n", encoding="utf-8")

    place = ["--data", str(data)]
    yield Command("amk validate, nothing kept", [*amk, "validate", *place], forget)
    yield Command("amk validate, nothing changed", [*amk, "validate", *place])
    yield Command("amk validate, one record changed", [*amk, "validate", *place], change)
    yield Command("amk list, nothing kept", [*amk, "list", *place, "-f", "ids"], forget)
    yield Command("amk list --region, warm", [*amk, "list", "--region", region, *place, "-f", "ids"])
    yield Command("amk search, nothing kept", [*amk, "search", "aanpak", *place], forget)
    yield Command("amk search, warm", [*amk, "search", "aanpak", *place])
    yield Command("amk show, warm", [*amk, "show", f"policy/{one.stem}", *place])
    yield Command("amk query, warm", [*amk, "query", "select count(*) from records", *place])


def of_peers(data: Path, work: Path) -> Iterator[Command]:
    """Every peer that is installed, asked for what it can do."""
    if (BIN / "yamale").exists():
        schema = work / "any.yaml"
        schema.write_text(
            "name: str(required=False)\ntitle: str(required=False)\nevidence: list(map(), required=False)\n"
        )
        yield Command(
            "yamale (a few fields)", [str(BIN / "yamale"), "--no-strict", "-s", str(schema), str(data)]
        )
    if (BIN / "check-jsonschema").exists():
        schema = work / "policy.json"
        told = subprocess.run(
            [sys.executable, "-m", "amk", "schema", "policy"], capture_output=True, check=True
        )
        schema.write_bytes(told.stdout)
        files = sorted(map(str, (data / "policies").glob("*.yaml")))
        yield Command(
            f"check-jsonschema ({len(files)} policies)",
            [str(BIN / "check-jsonschema"), "--schemafile", str(schema), *files],
        )
    if (BIN / "yamllint").exists():
        yield Command("yamllint (layout)", [str(BIN / "yamllint"), "-d", "relaxed", str(data)])
    if shutil.which("recsel"):
        records = work / "all.rec"
        _as_rec(data, records)
        yield Command(
            "recsel (one file)", ["recsel", "-e", "kind = 'policy' && status = 'adopted'", str(records)]
        )
    yield Command("grep -r", ["grep", "-r", "-i", "aanpak", str(data)])
    yield Command("python -c 'import typer'", [sys.executable, "-c", "import typer"])


def _as_rec(data: Path, target: Path) -> None:
    kinds = ["policies", "municipalities", "collaborations", "regions", "sources"]
    command = [sys.executable, "-m", "amk", "list", *kinds, "--json", "--data", str(data)]
    told = subprocess.run(command, capture_output=True, check=True)
    with target.open("w", encoding="utf-8") as file:
        for row in json.loads(told.stdout):
            flat = {
                key: str(value).replace("\n", " ")
                for key, value in row.items()
                if value not in (None, [], {})
            }
            file.write("".join(f"{key}: {value}\n" for key, value in flat.items()) + "\n")


def main() -> None:
    """Measure, and print a table with the machine that it was measured on."""
    wanted = int(next((a for a in sys.argv[1:] if a.isdigit()), "10000"))
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        data = work / "data"
        # In a process of its own: what this one has in memory would count for those that it starts.
        maker = [sys.executable, str(Path(__file__).with_name("generating.py")), str(data)]
        subprocess.run([*maker, str(max(1, wanted * 6 // 10)), "1"], check=True)
        records = sum(1 for _ in data.rglob("*.yaml")) - 1
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        commands = [
            *of_amk(data, work / "cache" / "amk"),
            *(of_peers(data, work) if "--peers" in sys.argv else ()),
        ]
        for turn in range(3):
            for command in commands:
                if turn == 0 or command.median < LONG:
                    command.run()
        _tell(records, commands)


def _tell(records: int, commands: list[Command]) -> None:
    yamale = next((c.median for c in commands if c.name.startswith("yamale")), None)
    python, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
    print(f"{records} records; {os.cpu_count()} cores, Python {python}, {system}\n")
    print("| command | seconds | × yamale | MB |\n|---|---|---|---|")
    for command in commands:
        ratio = f"{command.median / yamale:.2f}" if yamale else "–"
        print(f"| {command.name} | {command.median:.2f} | {ratio} | {command.memory} |")


if __name__ == "__main__":
    main()
