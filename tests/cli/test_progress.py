"""Long work says on a terminal that it goes on, and leaves no trace of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from amk.cli import progress, run
from amk.cli.progress import at_work
from tests.conftest import ROOT

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
    done = subprocess.run(
        [sys.executable, "-m", "amk", "list", "-f", "ids"],
        capture_output=True,
        text=True,
        env={**os.environ, "TERM": "xterm"},
        check=True,
    )
    assert "\x1b" not in done.stdout + done.stderr


def test_of_work_within_work_the_whole_is_told(screen: Screen) -> None:
    with at_work("work.reading"), at_work("work.writing"):
        _wait_until_told(screen)
    assert "records lezen" in screen.getvalue()
    assert "document opmaken" not in screen.getvalue()
    with at_work("work.writing"):
        _wait_until_told(screen)


def test_whoever_stops_it_finds_the_files_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "verslag.html"
    report.write_text("van gisteren")

    def stopped(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    example = str(ROOT / "docs" / "example" / "data")
    assert run(["report", "-o", str(report), "--force", "--data", example]) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["verslag.html"]
    assert report.read_text() == "van gisteren"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_whoever_stops_it_while_it_starts_is_told_nothing() -> None:
    # The file that amk reads first waits: so long does amk take to start.
    waits = "import os, signal, sys; os.kill(os.getpid(), signal.SIGINT)"
    code = f"""
import sys, types
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == 'typer':
            {waits}
sys.meta_path.insert(0, Finder())
sys.argv = ['amk', 'list']
from amk.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
