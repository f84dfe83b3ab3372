"""A report ready to be sent: with the sender's own words, from data in order, and looked at."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from amk.cli import run
from tests.conftest import ROOT

OWN = """# Wat dit betekent

De provincie **kan** hier sturen; zie
[de brief](https://example.org/brief).

- eerst overleg
- dan een brief
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The small knowledge base, committed."""
    copytree(ROOT / "docs" / "example" / "data", tmp_path / "base" / "data")
    git(tmp_path / "base", "init", "--quiet")
    commit(tmp_path / "base" / "data")
    return tmp_path / "base" / "data"


def git(folder: Path, *arguments: str) -> None:
    parts = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    who = dict.fromkeys(parts, "team@dijkdam.example")
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **who}, check=True)


def commit(data: Path) -> None:
    git(data, "add", ".")
    git(data, "commit", "--quiet", "--message", "data: zoals ze zijn")


def report(base: Path, *more: str) -> int:
    return run(["report", "--data", str(base), "--today", "2021-12-31", *more])


def test_own_words_stand_last_and_are_told_apart(base: Path, tmp_path: Path) -> None:
    (tmp_path / "duiding.md").write_text(OWN, encoding="utf-8")
    to = tmp_path / "x.md"

    assert report(base, "--with", str(tmp_path / "duiding.md"), "-o", str(to)) == 0
    told = to.read_text(encoding="utf-8")
    assert told.index("## Stand per gemeente") < told.index("## Duiding")
    assert "*Deze duiding is van de opsteller en komt niet uit de kennisbank.*" in told
    assert "De provincie **kan** hier sturen; zie [de brief](<https://example.org/brief>)." in told


def test_own_words_come_into_every_format(base: Path, tmp_path: Path) -> None:
    (tmp_path / "duiding.md").write_text(OWN, encoding="utf-8")

    for format in ("txt", "html", "pdf", "docx", "odt"):
        assert report(base, "--with", str(tmp_path / "duiding.md"), "-o", str(tmp_path / f"x.{format}")) == 0
    assert "<h2 id=" in (tmp_path / "x.html").read_text(encoding="utf-8")
    assert ">Duiding</h2>" in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("inside", [None, b"", b"  \n\n", b"\xff\xfe", b"a" * 300_000])
def test_a_text_that_says_nothing_is_refused(
    base: Path, tmp_path: Path, capsys: Any, inside: bytes | None
) -> None:
    own = tmp_path / "duiding.md"
    if inside is not None:
        own.write_bytes(inside)

    assert report(base, "--with", str(own)) == 2
    assert "--with" in capsys.readouterr().err


def test_a_final_report_rests_on_what_is_committed(base: Path, capsys: Any) -> None:
    assert report(base, "--final") == 0

    file = next((base / "policies").glob("*.yaml"))
    file.write_text(file.read_text(encoding="utf-8") + "# nog niet\n", encoding="utf-8")
    capsys.readouterr()

    assert report(base, "--final") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert report(base) == 0
    assert report(base, "--final", "--at", "HEAD") == 0


def test_a_final_report_knows_no_record_that_git_does_not_know(base: Path, capsys: Any) -> None:
    first = next((base / "policies").glob("*.yaml"))
    (base / "policies" / "nieuw.yaml").write_text(first.read_text(encoding="utf-8"), encoding="utf-8")

    assert report(base, "--final") == 2
    git(base, "add", ".")
    assert report(base, "--final") == 2
    assert capsys.readouterr().err.count("git commit") == 2


def test_a_final_report_rests_on_a_template_that_is_committed(base: Path, capsys: Any) -> None:
    own = base.parent / "templates" / "eigen.md"
    own.parent.mkdir()
    own.write_text("# Eigen\r\n\r\nTekst.\r\n", encoding="utf-8", newline="")
    arguments = ["report", "eigen", "--data", str(base), "--final"]

    assert run(arguments) == 2
    assert "eigen.md" in capsys.readouterr().err
    git(base.parent, "add", ".")
    git(base.parent, "commit", "--quiet", "--message", "templates: eigen")
    assert run(arguments) == 0
    own.write_text("# Anders", encoding="utf-8")
    assert run(arguments) == 2
    assert run([*arguments, "--at", "HEAD"]) == 2


def test_a_final_report_needs_data_without_errors(base: Path, capsys: Any) -> None:
    file = base / "regions" / "beekstreek.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("westbeek", "westbeck"), encoding="utf-8")
    commit(base)

    assert report(base, "--final") == 2
    assert "amk validate" in capsys.readouterr().err


def test_a_final_report_names_a_version(tmp_path: Path, capsys: Any) -> None:
    data = Path(copytree(ROOT / "docs" / "example" / "data", tmp_path / "data"))

    assert report(data, "--final") == 2
    assert "git" in capsys.readouterr().err


# The program that shows it lives longer than amk does.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open is what Linux opens files with")
def test_what_was_written_is_opened(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    begun, opened = tmp_path / "begun", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {begun}\nmv {begun} {opened}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(opener.parent), prepend=os.pathsep)
    to = tmp_path / "x.pdf"

    assert report(base, "--open", "-o", str(to)) == 0
    assert _soon(opened) == str(to)


def _soon(file: Path) -> str:
    for _ in range(200):
        if file.exists():
            return file.read_text(encoding="utf-8")
        time.sleep(0.05)
    return ""


def test_nothing_can_be_opened_that_is_not_written(base: Path, capsys: Any) -> None:
    assert report(base, "--open") == 2
    assert "-o" in capsys.readouterr().err
