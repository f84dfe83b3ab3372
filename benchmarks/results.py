"""The page of results, of which a run replaces its own section; tables, and the machine they are from."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path

PAGE = Path(__file__).with_name("RESULTS.md")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def replaced(page: str, title: str, body: str) -> str:
    """The page with the section of this title, which ends where the next begins; a new one comes last."""
    section = f"## {title}\n\n{body.strip()}\n"
    before, found, after = f"\n{page}".partition(f"\n## {title}\n")
    if not found:
        return f"{page.rstrip()}\n\n{section}"
    _, more, rest = after.partition("\n## ")
    return f"{before}\n{section}{more}{rest}".removeprefix("\n")


def record(title: str, body: str) -> None:
    """Write a section into the page."""
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), title, body), encoding="utf-8", newline="\n")


def machine() -> str:
    """The machine in one line."""
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {_kernel()}, {python}"


def _kernel() -> str:
    return ".".join(platform.release().split(".")[:2])


def _processor() -> str:
    return _first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _memory() -> str:
    found = _first("/proc/meminfo", "MemTotal").split()
    return f"{int(found[0]) / 1024**2:.0f} GB" if found else "memory unknown"


def _first(path: str, key: str) -> str:
    """The value of the first line with this key."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
