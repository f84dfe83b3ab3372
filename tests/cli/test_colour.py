"""Colour where it is welcome, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from amk.cli import run
from amk.cli.output import _colour_is_welcome
from tests.conftest import ROOT

DATA = str(ROOT / "docs" / "example" / "data")
COMMANDS = (["list"], ["show", "oostbeek"], ["report"], ["search", "beleid"], ["map"])


def piped(call: list[str], **environment: str) -> str:
    inherited = {key: value for key, value in os.environ.items() if not key.endswith("_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "amk", *call, "--data", DATA],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**inherited, "PYTHONIOENCODING": "utf-8", **environment},
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("call", COMMANDS, ids=" ".join)
def test_into_a_pipe_goes_no_colour_unless_it_is_forced(call: list[str]) -> None:
    assert "\x1b" not in piped(call)
    assert "\x1b[1" in piped(call, FORCE_COLOR="1")
    assert "\x1b" not in piped(call, FORCE_COLOR="1", NO_COLOR="1")


@pytest.mark.parametrize(
    ("environment", "on_a_terminal", "in_a_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, True),
    ],
)
def test_who_asks_for_colour_or_for_none_gets_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], on_a_terminal: bool, in_a_pipe: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert (_colour_is_welcome(True), _colour_is_welcome(False)) == (on_a_terminal, in_a_pipe)


@pytest.mark.parametrize("format", ["txt", "md", "html", "csv", "json"])
def test_a_file_has_no_colour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    to = tmp_path / f"x.{format}"

    assert run(["list", "--data", DATA, "-o", str(to)]) == 0
    assert b"\x1b" not in to.read_bytes()
