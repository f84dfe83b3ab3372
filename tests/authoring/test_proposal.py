"""A proposal: a branch and a commit told from the change in meaning, of the data alone, never pushed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import copytree

import pytest

from amk.authoring.proposal import address_of
from amk.cli import run

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(("git", *arguments), cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example under git, with a milestone that is not committed yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AMK_LANG", "nl")
    folder = tmp_path / "kennisbank"
    copytree(EXAMPLE, folder / "data")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(folder))
    git(folder, "config", "user.name", "Proef")
    git(folder, "config", "user.email", "proef@example.org")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "begin")
    (folder / "kladje.txt").write_text("niet van de gegevens")
    data = ["--data", str(folder / "data")]
    source = ["--source", "brief-2021", "--lines", "8"]
    assert run(["reached", "beleidskader-oostbeek", "in-force", "2021-06-01", *source, *data]) == 0
    return folder


def test_a_proposal_tells_what_changed_and_holds_the_data_alone(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert run(["propose", "--data", str(repository / "data")]) == 0

    subject, body = git(repository, "log", "-1", "--format=%s"), git(repository, "log", "-1", "--format=%b")
    assert subject.startswith("data: Oostbeek: vastgesteld → in werking")
    assert "1 juni 2021" in body
    assert (
        git(repository, "show", "--name-only", "--format=", "HEAD")
        == "data/policies/beleidskader-oostbeek.yaml"
    )
    assert git(repository, "branch", "--show-current").startswith("amk/oostbeek-vastgesteld-in-werking")
    assert git(repository, "status", "--short") == "?? kladje.txt"
    assert "git remote add" in capsys.readouterr().err


def test_a_proposal_says_how_to_push_and_where_to_open_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "remote", "add", "origin", "git@github.com:provincie/kennisbank.git")

    assert run(["propose", "--branch", "oostbeek", "--data", str(repository / "data")]) == 0

    told = capsys.readouterr().err
    assert "git push -u origin oostbeek" in told
    assert "https://github.com/provincie/kennisbank/pull/new/oostbeek" in told


def test_a_dry_run_commits_nothing(repository: Path) -> None:
    before = git(repository, "rev-parse", "HEAD")

    assert run(["propose", "--dry-run", "--data", str(repository / "data")]) == 0

    assert git(repository, "rev-parse", "HEAD") == before
    assert git(repository, "branch", "--show-current") == "main"


def test_without_a_change_there_is_nothing_to_propose(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "checkout", "--quiet", "data")

    assert run(["propose", "--data", str(repository / "data")]) == 2

    assert "niets gewijzigd" in capsys.readouterr().err


def test_new_errors_are_not_proposed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = repository / "data/policies/beleidskader-oostbeek.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("- oostbeek", "- nergens"), encoding="utf-8")

    assert run(["propose", "--data", str(repository / "data")]) == 1

    assert "REF001" in capsys.readouterr().out
    assert git(repository, "branch", "--show-current") == "main"


def test_when_git_refuses_everything_is_as_it_was(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'de haak zegt nee' >&2\nexit 1\n")
    hook.chmod(0o755)

    assert run(["propose", "--data", str(repository / "data")]) == 2

    assert "de haak zegt nee" in capsys.readouterr().err
    assert git(repository, "branch", "--format=%(refname:short)") == "main"
    assert "M data/policies/beleidskader-oostbeek.yaml" in git(repository, "status", "--short")


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/p/k.git", "https://github.com/p/k/pull/new/amk/x"),
        ("ssh://git@github.com/p/k", "https://github.com/p/k/pull/new/amk/x"),
        (
            "https://token@gitlab.example.nl/groep/sub/k.git",
            "https://gitlab.example.nl/groep/sub/k/-/merge_requests/new?merge_request%5Bsource_branch%5D=amk%2Fx",
        ),
        ("/srv/git/k.git", ""),
        ("https://git.example.nl/k.git", ""),
    ],
)
def test_the_page_to_open_it_is_told_where_it_is_known(remote: str, address: str) -> None:
    assert address_of(remote, "amk/x") == address
