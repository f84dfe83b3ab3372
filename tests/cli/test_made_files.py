"""A file that somebody else made, or changed, is not written over unasked; and what was written is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from amk.cli import run
from tests.conftest import ROOT

DATA = ["--data", str(ROOT / "docs" / "example" / "data"), "--lang", "nl"]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_what_was_written_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "brief.html"

    assert run(["report", "letter", "-o", str(target), *DATA]) == 0
    assert capsys.readouterr().err == f"amk: {target} geschreven\n"


def test_what_amk_made_is_made_again_and_what_is_empty_too(tmp_path: Path) -> None:
    target = tmp_path / "lijst.csv"
    target.touch()

    assert run(["list", "-o", str(target), *DATA]) == 0
    assert run(["list", "policies", "-o", str(target), *DATA]) == 0


@pytest.mark.parametrize("command", [["list", "-o"], ["report", "-o"], ["export", "policies", "-o"]])
def test_what_somebody_else_made_or_changed_is_kept(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.csv" if command[0] != "report" else tmp_path / "x.md"
    target.write_text("van mij", encoding="utf-8")

    assert run([*command, str(target), *DATA]) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "van mij"

    assert run([*command, str(target), "--force", *DATA]) == 0
    target.write_text(target.read_text(encoding="utf-8") + "en nog iets", encoding="utf-8")
    assert run([*command, str(target), *DATA]) == 2
