"""`amk doctor` says what is set up and what is not, each with what to do; only what is needed fails."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from amk.cli import run
from amk.cli.doctor import program
from amk.storage.edits import Edit
from amk.storage.journal import journal_of, written_journal
from amk.values.extras import EXTRAS, installing
from tests.conftest import ROOT
from tests.storage.test_git_situations import Run, asked, git, repository

__all__ = ["asked", "repository"]

DRIVER = "amk merge-driver %O %A %B %P %L"


def parts(ask: Run, folder: Path) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit code, and each part that was told by its name."""
    code, out, _ = ask(folder, "doctor", "--json", "--lang", "en")
    return code, {row["part"]: row for row in json.loads(out)}


def test_a_repository_that_is_set_up_needs_nothing(repository: Path, asked: Run) -> None:
    (repository / ".gitattributes").write_text("data/**/*.yaml merge=amk\n")
    git(repository, "config", "merge.amk.driver", DRIVER)
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n")
    code, told = parts(asked, repository)

    assert code == 0
    for part in ("base", "git", "author", "repository", "hook", "driver", "journal", "amk", "python"):
        assert (told[part]["state"], told[part]["to_do"]) == ("fine", "")
    assert "branch main" in told["repository"]["found"]


def test_what_would_only_help_does_not_fail(repository: Path, asked: Run) -> None:
    code, told = parts(asked, repository)

    assert code == 0
    assert (told["driver"]["state"], told["driver"]["to_do"]) == ("better", "amk merge-driver --install")
    assert told["hook"]["state"] == "better"


def test_a_driver_that_only_one_of_two_places_names_is_no_driver(repository: Path, asked: Run) -> None:
    (repository / ".gitattributes").write_text("data/**/*.yaml merge=amk\n")
    assert "does not know what that is" in parts(asked, repository)[1]["driver"]["found"]

    (repository / ".gitattributes").unlink()
    git(repository, "config", "merge.amk.driver", DRIVER)
    assert "does not name it" in parts(asked, repository)[1]["driver"]["found"]


def test_a_hook_that_is_foreseen_and_not_installed_is_told(repository: Path, asked: Run) -> None:
    (repository / ".pre-commit-config.yaml").write_text("repos: []\n")

    assert "pre-commit install" in parts(asked, repository)[1]["hook"]["to_do"]


def test_git_that_does_not_know_who_you_are_is_needed(
    repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    git(repository, "config", "--unset", "user.email")
    code, told = parts(asked, repository)

    assert code == 1
    assert told["author"]["to_do"] == "git config --global user.email you@example.org"


def test_without_git_there_is_one_thing_to_do(
    repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, told = parts(asked, repository)

    assert (code, told["git"]["state"]) == (1, "needed")
    assert "repository" not in told


def test_a_shallow_clone_and_a_merge_that_is_not_finished_are_told(repository: Path, asked: Run) -> None:
    clone = repository.parent / "shallow"
    git(repository.parent, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    (clone / ".git" / "MERGE_HEAD").write_text(git(clone, "rev-parse", "HEAD") + "\n")
    git(clone, "config", "user.name", "x")
    git(clone, "config", "user.email", "x@example.org")
    code, told = parts(asked, clone)

    assert code == 1
    assert told["history"]["to_do"] == "git fetch --unshallow"
    assert told["repository"]["to_do"].startswith("git merge --continue")


def test_a_folder_of_another_user_is_told_with_how_to_trust_it(
    repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr("amk.storage.git._environment", lambda: {**os.environ, "LC_ALL": "C"})
    code, told = parts(asked, repository)

    assert code == 1
    assert f'safe.directory "{repository}"' in told["repository"]["to_do"]


def test_a_change_that_was_interrupted_is_to_be_finished_or_undone(repository: Path, asked: Run) -> None:
    data = repository / "data"
    path = "municipalities/oostbeek.yaml"
    edits = [
        Edit(path, b"before", (data / path).read_bytes()),
        Edit("amk.yaml", (data / "amk.yaml").read_bytes(), b""),
    ]
    journal = journal_of(data)
    assert journal
    journal.parent.mkdir(parents=True)
    journal.write_bytes(written_journal(data, edits, "set oostbeek", "2024-01-01T12:00:00"))
    journal.chmod(0o600)
    code, told = parts(asked, repository)

    assert (code, told["journal"]["state"]) == (1, "needed")
    assert "amk resume --undo" in told["journal"]["to_do"]


def test_it_says_which_knowledge_base_is_used_and_why(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def base() -> str:
        run(["doctor", "--json", "--lang", "en"])
        found: str = json.loads(capsys.readouterr().out)[0]["found"]
        return found

    monkeypatch.chdir(repository)
    assert "nearest folder upwards" in base()
    monkeypatch.chdir(repository.parent)
    assert "the one that came with amk" in base()
    monkeypatch.setenv("AMK_DATA", str(repository / "data"))
    assert "named by AMK_DATA" in base()
    monkeypatch.setenv("AMK_DATA", str(repository.parent))
    assert base().startswith("no knowledge base: ")


def test_a_cache_in_which_others_may_write_is_told(repository: Path, asked: Run, own_cache: Path) -> None:
    assert "as soon as there is something to keep" in parts(asked, repository)[1]["cache"]["found"]

    folder = own_cache / "amk"
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    told = parts(asked, repository)[1]["cache"]
    assert (told["state"], "chmod 700" in told["to_do"]) == ("better", True)


@pytest.mark.parametrize("encoding", ["cp1252", "ANSI_X3.4-1968"])
def test_a_terminal_that_reads_other_letters_is_told(
    repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(program, "terminal_encoding", lambda: encoding)

    assert encoding in parts(asked, repository)[1]["encoding"]["found"]


def test_an_extra_that_is_not_there_is_told_with_what_it_brings_and_the_command(
    repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "find_spec", lambda name: None if name == "openpyxl" else find_spec(name))
    told = parts(asked, repository)[1]["extras"]

    assert told["found"] == "sheets is not there: no xlsx"
    assert told["to_do"] == f"{sys.executable} -m pip install openpyxl"


@pytest.mark.parametrize(
    ("prefix", "config", "begins"),
    [
        ("pipx/venvs/amk", "", "pipx inject amk typst"),
        ("uv/tools/amk", "home = /usr\nuv = 0.8.3\n", "uv pip install --python "),
        ("venv", "home = /usr\n", f"{sys.executable} -m pip install typst"),
    ],
)
def test_an_extra_is_installed_as_amk_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str, config: str, begins: str
) -> None:
    environment = tmp_path / prefix
    environment.mkdir(parents=True)
    (environment / "pyvenv.cfg").write_text(config)
    monkeypatch.setattr(sys, "prefix", str(environment))

    assert installing(["typst"]).startswith(begins)


def test_the_extras_are_those_of_the_package() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    told = {name: sorted(packages.values()) for name, (_, packages) in EXTRAS.items()}

    assert told == {
        name: sorted(each.partition(">=")[0] for each in needs)
        for name, needs in extras.items()
        if name not in ("dev", "fuzz")
    }


def test_an_editor_that_is_not_there_is_told(
    repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "bestaat-niet --wait")
    assert parts(asked, repository)[1]["editor"]["state"] == "better"

    monkeypatch.setenv("EDITOR", f"{shutil.which('git')} edit")
    assert parts(asked, repository)[1]["editor"]["state"] == "fine"


@pytest.mark.parametrize("format", ["md", "html", "csv"])
def test_it_is_a_document_like_others(repository: Path, asked: Run, format: str) -> None:
    code, out, _ = asked(repository, "doctor", "-f", format, "--lang", "nl")

    assert code == 0
    assert "merge-driver --install" in out
    assert ("Samenvoegen van records" in out) == (format != "csv")
