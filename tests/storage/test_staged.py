"""`validate --staged` looks at what git is to commit: the index, and never at what lies in the folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amk.storage.staged import staged_tree
from tests.conftest import ROOT
from tests.storage.test_git_situations import Run, asked, git, repository

__all__ = ["asked", "repository"]

RIGHT = "title: Nota\nmunicipalities:\n  - westbeek\nevidence:\n  - source: brief-2021\n    lines: '8'\n"
BROKEN = RIGHT.replace("westbeek", "nergens")
NOTE = "data/policies/nota.yaml"


def staged(repository: Path, text: str, path: str = NOTE) -> Path:
    file = repository / path
    file.write_text(text)
    git(repository, "add", path)
    return file


def test_what_is_staged_is_validated_whatever_lies_in_the_folder(repository: Path, asked: Run) -> None:
    staged(repository, BROKEN).write_text(RIGHT)
    assert asked(repository, "validate")[0] == 0
    code, out, _ = asked(repository, "validate", "--staged")
    assert (code, "REF001" in out) == (1, True)

    staged(repository, RIGHT).write_text(BROKEN)
    assert asked(repository, "validate")[0] == 1
    assert asked(repository, "validate", "--staged")[0] == 0


def test_a_file_that_is_not_added_is_not_committed_and_not_looked_at(repository: Path, asked: Run) -> None:
    (repository / NOTE).write_text(BROKEN)
    assert asked(repository, "validate", "--staged")[0] == 0

    git(repository, "add", "--intent-to-add", NOTE)
    assert asked(repository, "validate", "--staged")[0] == 0


def test_an_empty_file_that_is_added_is_looked_at(repository: Path, asked: Run) -> None:
    staged(repository, "")

    assert asked(repository, "validate", "--staged")[0] == 1


def test_a_removal_counts_when_it_is_staged(repository: Path, asked: Run) -> None:
    (repository / "data/sources/brief-2021.yaml").unlink()
    assert asked(repository, "validate", "--staged")[0] == 0

    git(repository, "rm", "-q", "--cached", "data/sources/brief-2021.yaml")
    assert asked(repository, "validate", "--staged")[0] == 1


def test_beside_changed_since_only_what_the_staged_change_caused_fails(repository: Path, asked: Run) -> None:
    staged(repository, BROKEN, "data/policies/eerder.yaml")
    git(repository, "commit", "-qm", "broken before", "--no-verify")
    staged(repository, RIGHT.replace("Nota", "Andere nota"))

    assert asked(repository, "validate", "--staged")[0] == 1
    assert asked(repository, "validate", "--staged", "--changed-since", "HEAD")[0] == 0
    git(repository, "mv", "data/policies/eerder.yaml", "data/policies/later.yaml")
    assert asked(repository, "validate", "--staged", "--changed-since", "HEAD")[0] == 0


def test_no_program_that_the_repository_names_is_run(repository: Path, asked: Run) -> None:
    ran = repository.parent / "ran"
    (repository / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    for key in ("filter.x.clean", "filter.x.smudge", "filter.x.process", "core.fsmonitor"):
        git(repository, "config", key, f"touch {ran}; cat")
    (repository / NOTE).write_text(BROKEN)

    assert asked(repository, "validate", "--staged", "--changed-since", "HEAD")[0] == 0
    assert not ran.exists()


@pytest.mark.parametrize(
    "commit", [["commit", "-qam", "x"], ["commit", "-qm", "x"], ["commit", "-qm", "x", "--", NOTE]]
)
def test_a_hook_sees_the_index_that_git_commits_from(repository: Path, commit: list[str]) -> None:
    staged(repository, RIGHT)
    git(repository, "commit", "-qm", "nota")
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(f"#!/bin/sh\nPYTHONPATH={ROOT}/src exec {sys.executable} -m amk validate --staged\n")
    hook.chmod(0o755)
    (repository / NOTE).write_text(BROKEN)
    if commit == ["commit", "-qm", "x"]:
        git(repository, "add", NOTE)
        (repository / NOTE).write_text(RIGHT)

    with pytest.raises(subprocess.CalledProcessError):
        git(repository, *commit)
    assert git(repository, "log", "-1", "--format=%s") == "nota"


def test_an_index_of_another_repository_is_not_believed(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    git(tmp_path, "init", "-q", str(other))
    (other / "x.yaml").write_text("a: b\n")
    git(other, "add", ".")
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))

    assert "policies/beleidskader-oostbeek.yaml" in staged_tree(repository / "data").texts


def test_a_conflict_is_told_with_its_file(repository: Path, asked: Run) -> None:
    staged(repository, RIGHT)
    git(repository, "commit", "-qm", "a")
    git(repository, "switch", "-qc", "side", "HEAD~1")
    staged(repository, RIGHT.replace("Nota", "Anders"))
    git(repository, "commit", "-qm", "b")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "-q", "main")

    code, _, err = asked(repository, "validate", "--staged")

    assert code == 2
    assert "policies/nota.yaml" in err


@pytest.mark.parametrize("more", [["--at", "HEAD"], ["--watch"]])
def test_it_goes_with_nothing_that_reads_elsewhere(repository: Path, asked: Run, more: list[str]) -> None:
    code, _, err = asked(repository, "validate", "--staged", *more)

    assert (code, "--staged" in err) == (2, True)


def test_without_a_repository_there_is_one_sentence(tmp_path: Path, asked: Run) -> None:
    (tmp_path / "amk.yaml").write_text("title: x\nsubject: y\nschema: 1\n")

    code, _, err = asked(tmp_path, "validate", "--staged")

    assert code == 2
    assert err.count("\n") == 1
