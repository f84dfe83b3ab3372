"""A terminal for tests: amk asks, and the answers are typed one by one when it waits for them."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import ROOT

CTRL_C = "\x03"
WAITS = (b": ", b"] ")
"""How a prompt ends."""


def talk(words: Sequence[str], answers: Sequence[str], folder: Path) -> tuple[str, int]:
    """All that stands on the terminal in the end, and the exit code."""
    import pty

    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AMK_")},
        "PYTHONPATH": str(ROOT / "src"), "AMK_LANG": "nl", "COLUMNS": "100", "TERM": "dumb",
        "XDG_STATE_HOME": str(folder / "state"), "INPUTRC": os.devnull,
    }  # fmt: skip
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "amk", *words], env)
    told = _typed(terminal, [*answers])
    code = _ended(pid)
    # Closed last, for that would end whoever still has it.
    os.close(terminal)
    return told, code


def _ended(pid: int) -> int:
    """The exit code; one that waits for what nobody types is ended, and so is the test."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _typed(terminal: int, answers: list[str]) -> str:
    told, seen = b"", 0
    while select.select([terminal], [], [], 30)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not piece:
            break
        told += piece
        if answers and told[seen:].endswith(WAITS):
            seen = len(told)
            answer = answers.pop(0)
            # Python's readline is deaf to a Ctrl-C between showing a prompt and waiting behind it.
            time.sleep(0.5 if answer == CTRL_C else 0.02)
            os.write(terminal, (answer if answer == CTRL_C else f"{answer}\n").encode())
    return told.decode().replace("\r\n", "\n")
