"""What git has not, or may not show, is told as such: never as removed, recorded or not under git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]


def git(folder: Path, *arguments: str, day: str = "2024-01-01") -> str:
    when = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    done = subprocess.run(
        ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments),
        cwd=folder, check=True, capture_output=True, encoding="utf-8", env={**os.environ, **when},
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example under git, in which one name was changed twice after it was recorded."""
    monkeypatch.setenv("AMK_LANG", "en")
    folder = tmp_path / "base"
    copytree(ROOT / "docs" / "example" / "data", folder / "data")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    git(folder, "config", "user.name", "x")
    git(folder, "config", "user.email", "x@example.org")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "base")
    for month in ("02", "03"):
        rename(folder / "data", month)
        git(folder, "commit", "-qam", f"name {month}", day=f"2024-{month}-01")
    return folder


def rename(data: Path, name: str) -> None:
    record = data / "municipalities" / "oostbeek.yaml"
    lines = record.read_text(encoding="utf-8").split("\n")
    record.write_text("\n".join(f"name: O{name}" if line.startswith("name:") else line for line in lines))


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Run:
    def ask(folder: Path, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([*arguments, "--data", str(folder)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return ask


def clone(repository: Path, *options: str) -> Path:
    target = repository.parent / "clone"
    git(repository.parent, "clone", "-q", *options, f"file://{repository}", str(target))
    return target


@pytest.mark.parametrize("command", ["log municipality/oostbeek", "diff HEAD~2 HEAD", "list --at HEAD~1"])
def test_contents_that_were_not_fetched_are_no_absence(command: str, repository: Path, asked: Run) -> None:
    partial = clone(repository, "--filter=blob:none")

    code, out, err = asked(partial, *command.split())

    assert (code, out) == (2, "")
    assert "git fetch --refetch --no-filter" in err


def test_where_history_was_cut_off_nothing_was_recorded(repository: Path, asked: Run) -> None:
    shallow = clone(repository, "--depth=1")

    _, out, _ = asked(shallow, "log", "municipality/oostbeek")

    assert "what came before is not in this copy (git fetch --unshallow)" in out
    assert "- recorded\n" not in out
    assert "- recorded\n" in asked(repository, "log", "municipality/oostbeek")[1]


def test_what_is_not_checked_out_is_neither_gone_nor_changed(repository: Path, asked: Run) -> None:
    git(repository, "sparse-checkout", "init", "--no-cone")
    git(repository, "sparse-checkout", "set", "/data/*", "!/data/policies")

    _, out, err = asked(repository, "diff")

    assert "Nothing has changed" in out
    assert "git sparse-checkout add data" in err
    assert "git sparse-checkout add data" in asked(repository, "list", "policies")[2]
    assert asked(repository, "propose")[0] == 2, "there is nothing to propose"


def test_a_folder_that_moved_keeps_its_history(repository: Path, asked: Run) -> None:
    (repository / "kb").mkdir()
    git(repository, "mv", "data", "kb/data")
    git(repository, "commit", "-qm", "moved", day="2024-05-01")

    _, log, _ = asked(repository / "kb", "log", "municipality/oostbeek")
    code, diff, _ = asked(repository / "kb", "diff", "HEAD~1", "HEAD")

    assert "O02 → O03" in log
    assert (code, "Nothing has changed" in diff) == (0, True)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
def test_a_repository_of_somebody_else_is_told_as_such(repository: Path, asked: Run) -> None:
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 12345, 12345, follow_symlinks=False)

    code, _, err = asked(repository, "log", "municipality/oostbeek")
    _, document, _ = asked(repository, "list", "-f", "md")

    assert code == 2
    assert f"git config --global --add safe.directory {repository}" in err
    assert "not under version control" not in document


@pytest.mark.parametrize("held", [b"gitdir: \0", b"gitdir: " + b"x" * 5000, b"\xff\xfe", b""])
def test_whatever_stands_in_a_git_file_reading_goes_on(held: bytes, repository: Path, asked: Run) -> None:
    (repository / ".git").rename(repository / "git")
    (repository / ".git").write_bytes(held)

    assert asked(repository, "list")[0] == 0


def changed(repository: Path) -> None:
    rename(repository / "data", "04")


def test_where_git_refuses_a_proposal_leaves_nothing_behind(repository: Path, asked: Run) -> None:
    changed(repository)
    (repository / ".git" / "index.lock").touch()

    code, _, err = asked(repository, "propose")

    assert (code, "index.lock" in err) == (2, True)
    (repository / ".git" / "index.lock").unlink()
    assert git(repository, "branch", "--format=%(refname:short)") == "main"
    assert git(repository, "status", "--porcelain") == "M data/municipalities/oostbeek.yaml"


def test_a_hook_that_refuses_leaves_new_records_as_they_were(repository: Path, asked: Run) -> None:
    changed(repository)
    source = (repository / "data" / "sources" / "brief-2021.yaml").read_text(encoding="utf-8")
    new = repository / "data" / "sources" / "brief-2022.yaml"
    new.write_text(source.replace("title: ", "title: Nieuwe "), encoding="utf-8")
    before = git(repository, "status", "--porcelain")
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)

    assert asked(repository, "propose", "--force")[0] == 2
    assert git(repository, "status", "--porcelain") == before
    assert git(repository, "branch", "--format=%(refname:short)") == "main"


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_INDEX_FILE"])
def test_a_proposal_is_made_in_the_folders_own_repository(
    variable: str, repository: Path, asked: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository.parent / "other"
    git(repository.parent, "init", "-q", "-b", "main", str(other))
    (other / "a.txt").write_text("a")
    git(other, "add", ".")
    git(other, "commit", "-qm", "of somebody else")
    index = (other / ".git" / "index").read_bytes()
    changed(repository)
    monkeypatch.setenv(variable, str(other / ".git" / ("" if variable == "GIT_DIR" else "index")))

    assert asked(repository, "propose")[0] == 0

    monkeypatch.delenv(variable)
    assert git(other, "log", "--all", "--format=%s") == "of somebody else"
    assert (other / ".git" / "index").read_bytes() == index
    assert git(repository, "show", "--name-only", "--format=", "HEAD") == "data/municipalities/oostbeek.yaml"
    assert git(repository, "status", "--porcelain") == ""


def test_a_proposal_holds_the_records_it_tells_of_and_names_the_rest(repository: Path, asked: Run) -> None:
    changed(repository)
    (repository / "data" / "notities.txt").write_text("van een ander")

    _, _, err = asked(repository, "propose")

    assert "notities.txt" in err
    assert git(repository, "status", "--porcelain") == "?? data/notities.txt"


@pytest.mark.parametrize(
    "command", ["validate --changed-since HEAD~1", "diff", "list", "log municipality/oostbeek"]
)
def test_reading_runs_no_program_that_the_repository_names(
    command: str, repository: Path, asked: Run
) -> None:
    ran = repository.parent / "ran"
    (repository / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    for setting in (
        "filter.x.clean",
        "filter.x.smudge",
        "diff.x.textconv",
        "diff.x.command",
        "diff.external",
    ):
        git(repository, "config", setting, f"touch {ran}; cat")
    changed(repository)
    (repository / "data" / "municipalities" / "oostbeek.yaml").rename(
        repository / "data" / "municipalities" / "oosterbeek.yaml"
    )

    asked(repository, *command.split())

    assert not ran.exists()


def test_three_dots_compare_with_where_the_two_parted(repository: Path, asked: Run) -> None:
    git(repository, "switch", "-qc", "branch")
    rename(repository / "data", "04")
    git(repository, "commit", "-qam", "on the branch", day="2024-06-01")
    git(repository, "switch", "-q", "main")
    manifest = repository / "data" / "amk.yaml"
    manifest.write_text(manifest.read_text().replace("public: true", "") + "public: false\n")
    git(repository, "commit", "-qam", "main went on", day="2024-07-01")
    git(repository, "switch", "-q", "branch")

    _, apart, hint = asked(repository, "diff", "main", "HEAD")
    _, since, quiet = asked(repository, "diff", "main...HEAD")
    _, report, _ = asked(repository, "report", "changes", "--since", "main")

    assert "About the knowledge base itself" in apart
    assert "amk diff main...HEAD" in hint
    assert "About the knowledge base itself" not in since
    assert "04" in since
    assert "amk diff" not in quiet
    assert "About the knowledge base itself" not in report


def test_only_what_reads_alike_on_both_sides_is_proposed_as_layout(repository: Path, asked: Run) -> None:
    record = repository / "data" / "municipalities" / "oostbeek.yaml"
    record.write_text("\n" + record.read_text())
    _, layout, _ = asked(repository, "propose", "--dry-run")
    record.write_text("name: [\n")
    _, broken, _ = asked(repository, "propose", "--dry-run", "--force")

    assert layout.startswith("data: layout, without a change of meaning")
    assert "data: a change whose meaning cannot be compared" in broken
    assert "municipality/oostbeek" in broken


def test_a_subject_that_says_how_to_reach_somebody_is_refused(repository: Path, asked: Run) -> None:
    changed(repository)

    code, out, err = asked(repository, "propose", "--subject", "call 0182 123456", "--dry-run")
    assert (code, out) == (2, "")
    assert "0182" not in err
