"""Whole commands taking turns: seconds by the clock and of all processors, and memory of all processes.

Memory is what the kernel says was resident at most in any one process (`ru_maxrss`), or what the processes
of the command held together at a moment (their PSS, so that shared pages count once), whichever is more.
It is sampled in a first round that does not count for time, unless a command is too long to run again.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

LONG = 10.0
"""A command that takes longer runs once."""

TOO_LONG = 900.0
"""A command that takes longer is stopped."""

SHARE = 0.02
"""Memory is looked at every so much of the time that has gone by, so that looking costs little."""


@dataclass(frozen=True)
class Command:
    """What runs, under which name, with which settings, and what comes before it each time."""

    name: str
    words: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    once: Callable[[], None] = lambda: None
    """What comes before it for the first time only: a cache that its users would have warm."""
    fine: tuple[int, ...] = (0,)


@dataclass
class Measured:
    """The seconds that a command took, its memory in MB, and why there is nothing where there is nothing.

    `cpu` are the seconds of all its processes: what others do on the machine changes them less.
    """

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: float = 0.0
    failure: str = ""

    @property
    def median(self) -> float | None:
        return statistics.median(self.seconds) if self.seconds else None

    @property
    def cpu_median(self) -> float | None:
        return statistics.median(self.cpu) if self.cpu else None

    @property
    def runs_again(self) -> bool:
        return not self.failure and not (self.seconds and max(self.seconds) > LONG)


def measure(commands: Sequence[Command], rounds: int) -> list[Measured]:
    """Every command once for its memory, then all of them in turns."""
    found = [Measured() for _ in commands]
    for number in range(rounds + 1):
        for command, measured in zip(commands, found, strict=True):
            if number == 0:
                command.once()
            if measured.runs_again:
                _run(command, measured, sampled=number == 0)
    return found


def _run(command: Command, measured: Measured, sampled: bool) -> None:
    command.before()
    begun = time.perf_counter()
    process = subprocess.Popen(
        command.words, env={**usual(), **command.settings}, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    stopping = threading.Timer(TOO_LONG, _stop, [process.pid])
    stopping.start()
    watch = _Watch(process.pid)
    if sampled:
        watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    stopping.cancel()
    watch.done.set()
    if sampled:
        watch.join()
    _note(command, measured, process.returncode, took, counts=not sampled or took > LONG)
    if len(measured.cpu) < len(measured.seconds):
        measured.cpu.append(usage.ru_utime + usage.ru_stime)
    measured.memory = max(measured.memory, usage.ru_maxrss / 1024, watch.most / 1024)


def usual() -> dict[str, str]:
    """The surroundings of a user: what Python compiled is kept, and it writes as it likes."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}


def _note(command: Command, measured: Measured, code: int, took: float, counts: bool) -> None:
    if took >= TOO_LONG:
        measured.failure = f"stopped after {TOO_LONG:.0f} s"
    elif code not in command.fine:
        measured.failure = f"failed (exit code {code})"
    elif counts:
        measured.seconds.append(took)


def _stop(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


class _Watch(threading.Thread):
    """The most kB that the processes of a session held together, where the system tells it."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.most, self.done = session, 0, threading.Event()

    def run(self) -> None:
        begun = time.perf_counter()
        while not self.done.wait(max(SHARE, SHARE * (time.perf_counter() - begun))):
            self.most = max(self.most, sum(map(_held, _processes(self.session))))


def _processes(session: int) -> list[Path]:
    """The folders in /proc of the processes of a session."""
    return [folder for folder in Path("/proc").glob("[0-9]*") if _session_of(folder) == session]


def _session_of(folder: Path) -> int | None:
    with suppress(OSError, ValueError, IndexError):
        return int((folder / "stat").read_text().rpartition(")")[2].split()[3])
    return None


def _held(folder: Path) -> int:
    with suppress(OSError, ValueError):
        for line in (folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
