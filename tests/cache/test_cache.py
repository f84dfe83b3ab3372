"""What is kept between runs is never stale, never needed, and never in the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from amk.cache.location import cache_files, clear_cache
from amk.cli import run

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"
POLICY = "policies/beleidskader-oostbeek.yaml"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("AMK_NO_CACHE", raising=False)
    return Path(copytree(EXAMPLE, tmp_path / "data"))


Ask = Callable[..., str]


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*arguments: str) -> str:
        run([*arguments, "--data", str(data), "--today", "2021-12-31"])
        return capsys.readouterr().out

    return asked


def titles(ask: Ask) -> list[str]:
    return [row["name"] for row in json.loads(ask("list", "policies", "--json"))]


def same_size_same_times(path: Path) -> None:
    """Another text of the same length, with the times that the file had."""
    was = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Beleidskader", b"Beleidsplan "))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def swapped(path: Path) -> None:
    other = path.with_name("ander.yaml")
    other.write_text(path.read_text(encoding="utf-8").replace("Beleidskader", "Nota"), encoding="utf-8")
    os.replace(other, path)


def renamed(path: Path) -> None:
    path.rename(path.with_name("nota-oostbeek.yaml"))


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [same_size_same_times, swapped, renamed, removed])
@pytest.mark.parametrize(
    "question", [("list", "policies", "--json"), ("search", "beleidskader", "--json"), ("validate",)]
)
def test_no_answer_is_ever_stale(
    data: Path,
    ask: Ask,
    change: Callable[[Path], None],
    question: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = ask(*question)
    assert ask(*question) == before

    change(data / POLICY)
    kept = ask(*question)
    monkeypatch.setenv("AMK_NO_CACHE", "1")

    assert kept == ask(*question)


def test_what_git_puts_back_is_answered_as_before(data: Path, ask: Ask) -> None:
    first = ask("list", "policies", "--json")
    text = (data / POLICY).read_bytes()
    (data / POLICY).write_bytes(text.replace(b"Beleidskader", b"Nota"))
    assert titles(ask) == ["Nota Oostbeek"]
    (data / POLICY).write_bytes(text)

    assert ask("list", "policies", "--json") == first


@pytest.mark.parametrize("question", [("list", "--json"), ("search", "oostbeek", "--json"), ("validate",)])
def test_what_is_torn_is_read_anew(data: Path, ask: Ask, question: tuple[str, ...]) -> None:
    before = ask(*question)
    files = list(cache_files())
    assert files
    for path in files:
        path.write_bytes(path.read_bytes()[:100])

    assert ask(*question) == before


def test_where_nothing_can_be_kept_the_answer_is_the_same(
    data: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask("search", "oostbeek", "--json"), ask("validate")
    (tmp_path / "vol").write_text("hier past geen map")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "vol"))

    assert (ask("search", "oostbeek", "--json"), ask("validate")) == before


FULL = """
import resource, sys
from amk.cli import run
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no file can be kept from growing here")
@pytest.mark.parametrize("bytes_left", [0, 5_000, 30_000])
@pytest.mark.parametrize("question", [("list", "--json"), ("search", "oostbeek", "--json"), ("validate",)])
def test_a_full_disk_takes_no_answer_away(
    data: Path, ask: Ask, question: tuple[str, ...], bytes_left: int
) -> None:
    before = ask(*question)
    clear_cache()
    command = [*question, "--data", str(data), "--today", "2021-12-31"]

    told = subprocess.run(
        [sys.executable, "-c", FULL, str(bytes_left), *command], capture_output=True, encoding="utf-8"
    )

    assert (told.stdout, told.stderr, told.returncode) == (before, "", 0)


def test_two_at_once_answer_alike(data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "amk", "search", "oostbeek", "--json", "--data", str(data)]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, env=env, encoding="utf-8") for _ in range(4)]

    answers = {process.communicate()[0] for process in both}

    assert len(answers) == 1
    assert "oostbeek" in answers.pop()


def test_clearing_throws_away_and_tells(data: Path, ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    ask("list")
    assert run(["cache"]) == 0
    assert "MB" in capsys.readouterr().out

    assert run(["cache", "--clear"]) == 0

    assert not list(cache_files())


def test_no_cache_keeps_nothing(
    data: Path, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMK_NO_CACHE", "")
    assert run(["--no-cache", "list", "--data", str(data)]) == 0

    assert not list(cache_files())
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
