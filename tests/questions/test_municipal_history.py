"""The life of a municipality is that of all that names it, up to what is not committed yet."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from amk.cli import run
from tests.conftest import ROOT

POLICY = "policies/beleidskader-oostbeek.yaml"


def git(folder: Path, *arguments: str) -> str:
    day = {f"GIT_{who}_DATE": "2024-01-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    done = subprocess.run(
        ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments),
        cwd=folder, check=True, capture_output=True, encoding="utf-8", env={**os.environ, **day},
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AMK_LANG", "en")
    folder = tmp_path / "base"
    copytree(ROOT / "docs" / "example" / "data", folder / "data")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    commit(folder, "base")
    return folder


def commit(folder: Path, subject: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", subject)


def change(folder: Path, path: str, was: str, now: str) -> None:
    file = folder / "data" / path
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now), encoding="utf-8")


def history(folder: Path, ref: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["log", ref, "-f", "json", "--data", str(folder / "data")]) == 0
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return told


def of(episodes: list[dict[str, Any]], subject: str) -> dict[str, Any]:
    """What a commit did, by the record that it did it to."""
    return {str(e["ref"]): e["change"] for e in episodes if e["subject"] == subject}


def test_the_beginning_tells_all_that_names_it(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert of(history(repository, "oostbeek", capsys), "base") == {
        "municipality/oostbeek": "added",
        "policy/beleidskader-oostbeek": "added",
        "collaboration/werkgroep-beekstreek": "added",
        "region/beekstreek": "added",
    }


def test_a_change_of_its_policy_is_in_its_life(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    commit(repository, "titled")

    assert of(history(repository, "oostbeek", capsys), "titled") == {
        "policy/beleidskader-oostbeek": "changed"
    }
    assert of(history(repository, "noordbeek", capsys), "titled") == {}


def test_of_a_neighbour_only_what_is_said_of_it(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, "municipalities/westbeek.yaml", "km: 4.2", "km: 4.3")
    change(repository, "municipalities/westbeek.yaml", "name: Westbeek", "name: Westbeke")
    commit(repository, "border")

    [episode] = [e for e in history(repository, "oostbeek", capsys) if e["subject"] == "border"]
    assert episode["ref"] == "municipality/westbeek"
    assert [field["field"] for field in episode["fields"]] == ["neighbours.oostbeek.km"]


def test_what_is_gone_was_there(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "data" / POLICY).unlink()
    commit(repository, "gone")

    assert of(history(repository, "oostbeek", capsys), "gone") == {"policy/beleidskader-oostbeek": "removed"}


def test_a_record_under_another_id_goes_on(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rename", "policy/beleidskader-oostbeek", "kader", "--data", str(repository / "data")]) == 0
    commit(repository, "renamed")

    assert of(history(repository, "oostbeek", capsys), "renamed") == {"policy/kader": "renamed"}


def test_a_municipality_under_another_id_keeps_its_life(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rename", "municipality/oostbeek", "oost", "--data", str(repository / "data")]) == 0
    commit(repository, "renamed")
    told = history(repository, "oost", capsys)

    assert of(told, "renamed")["municipality/oost"] == "renamed"
    assert of(told, "base")["policy/beleidskader-oostbeek"] == "added"


def test_what_could_not_be_read_is_neither_gone_nor_unchanged(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = (repository / "data" / POLICY).read_text(encoding="utf-8")
    change(repository, POLICY, "title:", "title: [")
    commit(repository, "broken")
    (repository / "data" / POLICY).write_text(sound, encoding="utf-8")
    commit(repository, "mended")
    told = history(repository, "oostbeek", capsys)

    assert of(told, "broken") == of(told, "mended") == {"policy/beleidskader-oostbeek": "unreadable"}


@pytest.mark.parametrize("ref", ["beleidskader-oostbeek", "policy/beleidskader-oostbeek"])
def test_a_record_that_cannot_be_read_has_its_history(
    repository: Path, ref: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository, POLICY, "title:", "title: [")
    told = history(repository, ref, capsys)

    assert [(e["commit"] is None, e["change"]) for e in told] == [(True, "unreadable"), (False, "added")]


@pytest.mark.parametrize("ref", ["oostbeek", "policy/beleidskader-oostbeek"])
def test_what_is_not_committed_yet_is_the_last_entry(
    repository: Path, ref: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    first, *others = history(repository, ref, capsys)

    assert (first["commit"], first["date"], first["change"]) == (None, None, "changed")
    assert first["ref"] == "policy/beleidskader-oostbeek"
    assert all(e["commit"] for e in others)
    assert run(["log", ref, "--data", str(repository / "data")]) == 0
    assert "Not committed yet" in capsys.readouterr().out


def test_a_record_that_was_never_committed_is_told_as_such(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = repository / "data" / "policies" / "nota.yaml"
    new.write_text((repository / "data" / POLICY).read_text(encoding="utf-8"), encoding="utf-8")

    [episode] = history(repository, "policy/nota", capsys)
    assert (episode["commit"], episode["change"]) == (None, "added")


def test_a_folder_that_moved_keeps_the_life_of_all(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    commit(repository, "titled")
    (repository / "kb").mkdir()
    git(repository, "mv", "data", "kb/data")
    commit(repository, "moved")
    told = history(repository / "kb", "oostbeek", capsys)

    assert of(told, "moved") == {}
    assert of(told, "titled") == {"policy/beleidskader-oostbeek": "changed"}


def test_where_history_was_cut_off_nothing_is_told_as_recorded_then(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    commit(repository, "titled")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(tmp_path / "shallow"))
    told = history(tmp_path / "shallow", "oostbeek", capsys)

    assert set(of(told, "titled").values()) == {"cut"}


def without_milestones(folder: Path) -> None:
    file = folder / "data" / POLICY
    kept, _, rest = file.read_text(encoding="utf-8").partition("\nmilestones:")
    rest = rest.partition("\nevidence:")[2]
    file.write_text(f"{kept}\nmilestones: none\nevidence:{rest}", encoding="utf-8")


@pytest.mark.parametrize("ref", ["oostbeek", "policy/beleidskader-oostbeek"])
def test_a_field_that_could_not_be_read_is_told_and_never_as_gone(
    repository: Path, ref: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = (repository / "data" / POLICY).read_text(encoding="utf-8")
    without_milestones(repository)
    commit(repository, "broken")
    (repository / "data" / POLICY).write_text(sound, encoding="utf-8")
    commit(repository, "mended")
    told = [e for e in history(repository, ref, capsys) if e["subject"] in ("broken", "mended")]

    assert [(e["subject"], e["change"], e["fields"], e["incomplete"]) for e in told] == [
        ("mended", "changed", [], ["milestones"]),
        ("broken", "changed", [], ["milestones"]),
    ]
    assert run(["log", ref, "--data", str(repository / "data")]) == 0
    assert "could not be read in full before or after this change: Milestones" in capsys.readouterr().out


def test_of_one_field_only_what_could_not_be_read_of_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_milestones(repository)
    asked = ["log", "policy/beleidskader-oostbeek", "-f", "json", "--data", str(repository / "data")]
    found = {}
    for field in ("milestones", "status", "title"):
        assert run([*asked[:2], field, *asked[2:]]) == 0
        found[field] = [e["commit"] is None for e in json.loads(capsys.readouterr().out)]

    assert found == {"milestones": [True, False], "status": [True, False], "title": [False]}


def test_what_cites_an_id_that_a_municipality_had_is_in_its_life(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository, "municipalities/oostbeek.yaml", "\nevidence:", "\nformer_ids:\n  - oost\nevidence:")
    change(repository, POLICY, "  - oostbeek", "  - oost")
    commit(repository, "cited by a former id")
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    commit(repository, "titled")

    assert of(history(repository, "oostbeek", capsys), "titled") == {
        "policy/beleidskader-oostbeek": "changed"
    }
