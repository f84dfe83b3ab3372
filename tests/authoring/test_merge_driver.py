"""Real merges and rebases of git, with amk as the driver that merges records."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from amk.authoring.merging.setup import find_setup
from amk.cli import run
from amk.model.records import Policy
from amk.storage.data_folder import working_tree
from amk.storage.loading import load
from tests.conftest import ROOT

POLICY = "policies/beleidskader-oostbeek.yaml"

Change = Callable[[Path], None]


def git(folder: Path, *arguments: str, fine: bool = True) -> str:
    done = subprocess.run(
        ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments),
        cwd=folder, check=fine, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.strip() + done.stderr.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example under git, with the driver set up, and an `amk` of this very source on the path."""
    program = tmp_path / "bin" / "amk"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m amk "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("AMK_LANG", "en")
    folder = tmp_path / "base"
    copytree(ROOT / "docs" / "example" / "data", folder / "data")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    assert run(["merge-driver", "--install", "--data", str(folder / "data")]) == 0
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "base")
    return folder


def do(folder: Path, *arguments: str) -> None:
    assert run([*arguments, "--data", str(folder / "data")]) == 0


def meanwhile(folder: Path, ours: Change, theirs: Change) -> None:
    """What two did on two branches, each in a commit."""
    git(folder, "switch", "-qc", "theirs")
    theirs(folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "theirs")
    git(folder, "switch", "-q", "main")
    ours(folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "ours")


def setting(*wishes: str, ref: str = "policy/beleidskader-oostbeek") -> Change:
    return lambda folder: do(folder, "set", ref, *wishes, "--force")


def policy(folder: Path) -> Policy:
    (found,) = load(working_tree(folder / "data")).base.policies
    return found


def merge(folder: Path) -> str:
    return git(folder, "merge", "--no-edit", "theirs", fine=False)


def rebase(folder: Path) -> str:
    return git(folder, "rebase", "theirs", fine=False)


both_ways = pytest.mark.parametrize("unite", [merge, rebase])


@both_ways
def test_two_additions_at_one_place_merge(repository: Path, unite: Callable[[Path], str]) -> None:
    meanwhile(repository, setting("tags+=haven"), setting("tags+=polder"))

    assert "CONFLICT" not in unite(repository)
    assert {"haven", "polder"} <= set(policy(repository).tags)
    assert git(repository, "status", "--short") == ""


def test_without_the_driver_they_would_have_been_a_conflict(repository: Path) -> None:
    git(repository, "config", "--remove-section", "merge.amk")
    meanwhile(repository, setting("tags+=haven"), setting("tags+=polder"))

    assert "CONFLICT" in merge(repository)


@both_ways
def test_two_values_conflict_and_validate_names_both(
    repository: Path, unite: Callable[[Path], str], capsys: pytest.CaptureFixture[str]
) -> None:
    meanwhile(repository, setting("title=Een", "tags+=haven"), setting("title=Twee", "tags+=polder"))
    told = unite(repository)
    capsys.readouterr()
    code = run(["validate", "--data", str(repository / "data")])
    found = capsys.readouterr().out

    assert "CONFLICT" in told
    assert code == 1
    assert "YAML011" in found
    assert "title: Een" in found
    assert "title: Twee" in found
    assert (repository / "data" / POLICY).read_text(encoding="utf-8").count("<<<<<<<") == 1


def test_edit_opens_a_conflict(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(repository, setting("title=Een"), setting("title=Twee"))
    merge(repository)
    monkeypatch.setenv("EDITOR", "sed -i -e /^<<<<<<</d -e /^=======/,/^>>>>>>>/d")
    do(repository, "edit", "policy/beleidskader-oostbeek")

    assert policy(repository).title == "Een"


@both_ways
def test_a_rename_and_an_edit_merge(repository: Path, unite: Callable[[Path], str]) -> None:
    meanwhile(
        repository,
        lambda folder: do(folder, "rename", "policy/beleidskader-oostbeek", "kamers-oostbeek"),
        setting("tags+=polder"),
    )

    assert "CONFLICT" not in unite(repository)
    assert policy(repository).id == "kamers-oostbeek"
    assert policy(repository).former_ids == ("beleidskader-oostbeek",)
    assert "polder" in policy(repository).tags


@both_ways
def test_two_steps_of_one_policy_merge(repository: Path, unite: Callable[[Path], str]) -> None:
    step = "milestones[{}].{}"
    count = len(policy(repository).milestones)
    one = [f"{step.format(count, 'status')}=in-force", f"{step.format(count, 'date')}=2021-04"]
    other = [f"{step.format(count, 'status')}=evaluation", f"{step.format(count, 'date')}=2021-06"]
    meanwhile(repository, setting(*other), setting(*one))

    assert "CONFLICT" not in unite(repository)
    assert [m.status for m in policy(repository).milestones][count:] == ["in-force", "evaluation"]


@both_ways
def test_a_comment_beside_what_the_other_changed_survives(
    repository: Path, unite: Callable[[Path], str]
) -> None:
    def commented(folder: Path) -> None:
        file = folder / "data" / POLICY
        file.write_text(f"# nog na te vragen\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    meanwhile(repository, commented, setting("title=Twee"))

    assert "CONFLICT" not in unite(repository)
    assert "# nog na te vragen\n" in (repository / "data" / POLICY).read_text(encoding="utf-8")
    assert policy(repository).title == "Twee"


def test_what_amk_cannot_read_is_merged_by_lines(repository: Path) -> None:
    def broken(folder: Path) -> None:
        file = folder / "data" / POLICY
        file.write_text(file.read_text(encoding="utf-8") + "tags: [\n", encoding="utf-8")

    meanwhile(repository, broken, setting("title=Twee"))

    assert "CONFLICT" not in merge(repository)
    text = (repository / "data" / POLICY).read_text(encoding="utf-8")
    assert text.endswith("tags: [\n")
    assert "title: Twee" in text


def test_setting_it_up_twice_is_setting_it_up_once(repository: Path) -> None:
    before = (repository / ".gitattributes").read_text(encoding="utf-8")
    do(repository, "merge-driver", "--install")

    assert (
        (repository / ".gitattributes").read_text(encoding="utf-8") == before == "data/**/*.yaml merge=amk\n"
    )
    assert find_setup(repository / "data").named
    assert find_setup(repository / "data").known


def test_by_hand_it_says_who_calls_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merge-driver"]) == 2
    assert "--install" in capsys.readouterr().err


def test_files_that_are_not_there_are_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(tmp_path / name) for name in ("base", "ours", "theirs")]

    assert run(["merge-driver", *asked, "data/policies/a.yaml"]) == 2
    assert "--install" in capsys.readouterr().err
