"""amk's own commands at scale: with nothing kept, with all kept, and after one record changed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.goals import CHANGED, COLD, LISTED, SOUGHT, UNCACHED, WARM
from benchmarks.measuring import Command, usual
from benchmarks.peers import WORD

AMK = (sys.executable, "-m", "amk")


def commands_of_amk(data: Path, cache: Path, region: str) -> Iterator[Command]:
    """Every command that is measured, each kind with a cache of its own.

    Cold ones find it empty, warm ones are asked twice before they count. What changes a record does
    so in a copy, so that nothing changes for those that are warm.
    """
    copy = data.with_name("changed")
    shutil.copytree(data, copy)
    one = sorted((copy / "policies").glob("*.yaml"))[0]

    def forget() -> None:
        shutil.rmtree(cache / "cold", ignore_errors=True)

    def change() -> None:
        text = one.read_text(encoding="utf-8")
        one.write_text(re.sub(r"number: \d+", f"number: {time.time_ns() % 1000}", text), encoding="utf-8")

    def cold(name: str, *words: str) -> Command:
        return Command(name, [*AMK, *words, "--data", str(data)], _kept_in(cache / "cold"), forget)

    def warm(name: str, *words: str, folder: Path = data, before: Callable[[], None] = _nothing) -> Command:
        asked, settings = [*AMK, *words, "--data", str(folder)], _kept_in(cache / folder.name)
        return Command(name, asked, settings, before, lambda: _ask_twice(asked, settings))

    count = "select count(*) from records"
    yield Command(UNCACHED, [*AMK, "--no-cache", "validate", "--data", str(data)])
    yield cold(COLD, "validate")
    yield warm(WARM, "validate")
    yield warm(CHANGED, "validate", folder=copy, before=change)
    yield cold("amk list --region, cold", "list", "--region", region)
    yield warm(LISTED, "list", "--region", region)
    yield cold("amk search, cold", "search", WORD)
    yield warm(SOUGHT, "search", WORD)
    yield warm("amk show, warm", "show", f"policy/{one.stem}")
    yield cold("amk query, cold", "query", count)
    yield warm("amk query, warm", "query", count)


def _kept_in(folder: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(folder)}


def _ask_twice(words: Sequence[str], settings: Mapping[str, str]) -> None:
    for _ in range(2):
        subprocess.run(words, env={**usual(), **settings}, stdout=subprocess.DEVNULL, check=False)


def _nothing() -> None:
    """Nothing comes before a warm command."""
