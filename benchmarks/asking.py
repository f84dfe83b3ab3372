"""amk's own commands at scale: with nothing kept, with all kept, and after one record changed."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.goals import CHANGED, COLD, LISTED, SOUGHT, WARM
from benchmarks.measuring import Command
from benchmarks.peers import WORD

AMK = (sys.executable, "-m", "amk")


def commands_of_amk(data: Path, cache: Path, region: str) -> Iterator[Command]:
    """Every command that is measured; the cache is a folder that only these use."""
    one = sorted((data / "policies").glob("*.yaml"))[0]
    kept = cache / "amk"

    def forget() -> None:
        shutil.rmtree(kept, ignore_errors=True)

    def change() -> None:
        text = one.read_text(encoding="utf-8")
        one.write_text(re.sub(r"number: \d+", f"number: {time.time_ns() % 1000}", text), encoding="utf-8")

    def asked(name: str, *words: str, cold: bool = False) -> Command:
        settings = {"XDG_CACHE_HOME": str(cache)}
        before = forget if cold else change if name == CHANGED else _nothing
        return Command(name, [*AMK, *words, "--data", str(data)], settings, before)

    count = "select count(*) from records"
    yield asked(COLD, "validate", cold=True)
    yield asked(WARM, "validate")
    yield asked(CHANGED, "validate")
    yield asked("amk list --region, cold", "list", "--region", region, "-f", "ids", cold=True)
    yield asked(LISTED, "list", "--region", region, "-f", "ids")
    yield asked("amk search, cold", "search", WORD, cold=True)
    yield asked(SOUGHT, "search", WORD)
    yield asked("amk show, warm", "show", f"policy/{one.stem}")
    yield asked("amk query, cold", "query", count, cold=True)
    yield asked("amk query, warm", "query", count)


def _nothing() -> None:
    """Nothing comes before a warm command."""
