"""Long work says on a terminal that it goes on, and leaves no trace of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from amk.cli import progress
from amk.cli.progress import at_work

ERASED = "\r\x1b[K"


class Screen(io.StringIO):
    """A terminal that keeps what was written to it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    found = Screen()
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=found))
    monkeypatch.setattr(progress, "EVERY", 0.02)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("AMK_LANG", "nl")
    return found


def _wait_until_told(screen: Screen) -> None:
    until = time.monotonic() + 10
    while not screen.getvalue() and time.monotonic() < until:
        time.sleep(0.005)


def test_long_work_is_told_and_the_line_goes(screen: Screen) -> None:
    with at_work("work.reading"):
        _wait_until_told(screen)
    told = screen.getvalue()
    assert told.startswith(f"{ERASED}amk: records lezen… (1 s)")
    assert told.endswith(ERASED)


def test_short_work_is_not_told(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 60)
    with at_work("work.reading"):
        pass
    assert screen.getvalue() == ""


def test_the_line_goes_when_work_fails(screen: Screen) -> None:
    with pytest.raises(ValueError, match="torn"):
        _fail_at_work(screen)
    assert screen.getvalue().endswith(ERASED)


def test_a_simple_terminal_is_spared(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    with at_work("work.reading"):
        time.sleep(0.1)
    assert screen.getvalue() == ""


def _fail_at_work(screen: Screen) -> None:
    with at_work("work.writing"):
        _wait_until_told(screen)
        raise ValueError("torn")


def test_what_is_piped_holds_no_word_of_it() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "amk", "list", "-f", "ids"],
        capture_output=True,
        text=True,
        env={**os.environ, "TERM": "xterm"},
        check=True,
    )
    assert "\x1b" not in run.stdout + run.stderr
