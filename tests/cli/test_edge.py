"""Where amk meets the machine: stdout closed or full, pipes, devices, empty values, no base of one's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest

from amk.cli import run
from tests.conftest import ROOT

DATA = ("--data", str(ROOT / "data"))
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files")


def shell(line: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "AMK_LANG": "en"}
    command = line.replace("amk", f"{sys.executable} -m amk", 1)
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, encoding="utf-8", env=environment, cwd=ROOT, check=False
    )


@posix
@pytest.mark.parametrize("command", ["amk list", "amk --version", "amk report -f md", "amk validate -f json"])
def test_a_stdout_that_is_closed_is_told_in_one_sentence(command: str) -> None:
    done = shell(f"{command} >&-")

    assert (done.returncode, done.stderr) == (2, "amk: the answer cannot be written: the output is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
@pytest.mark.parametrize("command", ["amk list", "amk list -f json", "amk report -f md"])
def test_a_disk_that_is_full_is_told_in_one_sentence(command: str) -> None:
    done = shell(f"{command} > /dev/full")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "the answer cannot be written" in done.stderr


@posix
def test_a_reader_that_has_had_enough_is_no_error() -> None:
    done = shell("amk list -f json | true; exit ${PIPESTATUS[0]}")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--region="],
        ["list", "--region", ""],
        ["list", "--as-of="],
        ["list", "--tag", ""],
        ["diff", "", "HEAD"],
        ["validate", "--changed-since="],
        ["report", "--municipality="],
        ["show", ""],
    ],
)
def test_an_empty_value_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments, *DATA]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "lege waarde" in told.err or "empty" in told.err


@posix
def test_a_pipe_that_is_asked_for_is_written_to(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()

    assert run(["list", "municipalities", "-f", "csv", "-o", str(pipe), *DATA]) == 0

    reader.join(timeout=10)
    assert pipe.is_fifo()
    assert read[0].startswith(b"ref,kind,id,name")


@posix
def test_a_link_stays_one_and_its_aim_is_written(tmp_path: Path) -> None:
    aim, link = tmp_path / "aim.csv", tmp_path / "link.csv"
    aim.write_text("old")
    link.symlink_to(aim)

    assert run(["list", "-f", "csv", "-o", str(link), *DATA]) == 0

    assert link.is_symlink()
    assert aim.read_text(encoding="utf-8").startswith("ref,kind")


@pytest.mark.parametrize("name", ["amk.yaml", "policies/p.yaml", "policies/new.yaml"])
def test_an_answer_never_takes_the_place_of_a_record(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "amk.yaml").write_text("title: t\nsubject: s\n")
    (tmp_path / "policies" / "p.yaml").write_text("title: P\n")

    assert run(["list", "-f", "json", "-o", str(tmp_path / name), *DATA]) == 2

    assert name.split("/")[-1] in capsys.readouterr().err
    assert (tmp_path / "amk.yaml").read_text() == "title: t\nsubject: s\n"
    assert (tmp_path / "policies" / "p.yaml").read_text() == "title: P\n"


@pytest.mark.parametrize("command", ["validate", "fmt", "fmt --check", "diff", "log rotterdam", "propose"])
def test_a_gate_without_a_base_of_ones_own_is_not_green(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AMK_DATA", raising=False)

    assert run(command.split()) == 2
    assert "--data" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [("show", "\udcff\udcfe"), ("log", "\udcff"), ("list", "--region", "\udcff")]
)
def test_bytes_that_are_no_text_are_refused(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--lang", "nl"]) == 2

    assert "geen tekst die amk kan lezen" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["x.duckdb", "x.parquet"])
def test_where_no_database_can_be_written_that_is_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("duckdb")
    target = tmp_path / "nergens" / name

    assert run(["export", "-o", str(target), "--data", str(ROOT / "data")]) == 2

    assert capsys.readouterr().err.count("\n") == 1


def test_an_editor_that_is_no_command_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "x'y")
    data = copytree(ROOT / "docs" / "example" / "data", tmp_path / "data")

    assert run(["edit", "oostbeek", "--data", str(data)]) == 2

    assert "x'y" in capsys.readouterr().err
