"""Where each statement of a record comes from: the commit since which it says what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amk.cli import run
from tests.questions.test_municipal_history import (
    POLICY,
    change,
    commit,
    git,
    repository,
    without_milestones,
)

__all__ = ["repository"]

Told = pytest.CaptureFixture[str]


def blame(folder: Path, capsys: Told, ref: str = "policy/beleidskader-oostbeek") -> dict[str, Any]:
    """The subject of the commit that each place comes from; None for one that is not committed."""
    return {field: told["subject"] for field, told in origins(folder, capsys, ref).items()}


def origins(folder: Path, capsys: Told, ref: str = "policy/beleidskader-oostbeek") -> dict[str, Any]:
    capsys.readouterr()
    assert run(["blame", ref, "-f", "json", "--data", str(folder / "data")]) == 0
    return {told["field"]: told for told in json.loads(capsys.readouterr().out)}


def test_at_first_all_comes_from_the_first_commit(repository: Path, capsys: Told) -> None:
    assert set(blame(repository, capsys).values()) == {"base"}
    assert list(blame(repository, capsys)) == [
        "title", "type", "municipalities[0]", "milestones[0]", "milestones[1]", "effect", "evidence[0]",
    ]  # fmt: skip


def test_what_changed_comes_from_the_commit_that_changed_it(repository: Path, capsys: Told) -> None:
    change(repository, POLICY, "2021-03-18", "2021-03-19")
    commit(repository, "a day later")
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    commit(repository, "titled")
    found = blame(repository, capsys)

    assert {field: subject for field, subject in found.items() if subject != "base"} == {
        "milestones[1]": "a day later",
        "title": "titled",
    }


def test_what_came_back_comes_from_the_commit_that_brought_it_back(repository: Path, capsys: Told) -> None:
    for was, now in (("Beleidskader Oostbeek", "Kader"), ("Kader", "Beleidskader Oostbeek")):
        change(repository, POLICY, f"title: {was}", f"title: {now}")
        commit(repository, f"titled {now}")

    assert blame(repository, capsys)["title"] == "titled Beleidskader Oostbeek"


def test_order_and_layout_have_no_author(repository: Path, capsys: Told) -> None:
    change(repository, POLICY, "municipalities:\n  - oostbeek", "municipalities: [oostbeek]")
    change(repository, POLICY, "title: Beleidskader Oostbeek\n", "")
    file = repository / "data" / POLICY
    file.write_text(file.read_text(encoding="utf-8") + "title: 'Beleidskader Oostbeek'\n", encoding="utf-8")
    commit(repository, "layout")

    assert set(blame(repository, capsys).values()) == {"base"}


def test_it_follows_a_record_to_another_id(repository: Path, capsys: Told) -> None:
    assert run(["rename", "policy/beleidskader-oostbeek", "kader", "--data", str(repository / "data")]) == 0
    commit(repository, "renamed")
    found = blame(repository, capsys, "policy/kader")

    assert found.pop("former_ids[0]") == "renamed"
    assert set(found.values()) == {"base"}


def test_each_language_and_each_border_has_its_own(repository: Path, capsys: Told) -> None:
    change(repository, POLICY, "\nevidence:", "\nsummary:\n  nl: Regels.\n  en: Rules.\nevidence:")
    commit(repository, "summary")
    change(repository, POLICY, "en: Rules.", "en: Some rules.")
    commit(repository, "English")
    change(repository, "municipalities/oostbeek.yaml", "km: 4.2", "km: 4.3")
    commit(repository, "border")

    assert blame(repository, capsys)["summary.nl"] == "summary"
    assert blame(repository, capsys)["summary.en"] == "English"
    assert blame(repository, capsys, "oostbeek")["neighbours.westbeek"] == "border"
    assert blame(repository, capsys, "oostbeek")["name"] == "base"


def test_what_is_not_committed_comes_from_no_commit(repository: Path, capsys: Told) -> None:
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    told = origins(repository, capsys)

    assert (told["title"]["commit"], told["title"]["date"], told["title"]["subject"]) == (None, None, None)
    assert told["type"]["subject"] == "base"
    assert run(["blame", "policy/beleidskader-oostbeek", "--data", str(repository / "data")]) == 0
    assert "Not committed yet" in " ".join(capsys.readouterr().out.split())


def test_where_history_is_cut_off_it_may_have_been_before(
    repository: Path, tmp_path: Path, capsys: Told
) -> None:
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    commit(repository, "titled")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", str(tmp_path / "shallow"))

    assert all(told["or_before"] for told in origins(tmp_path / "shallow", capsys).values())
    assert not any(told["or_before"] for told in origins(repository, capsys).values())


def test_behind_a_version_that_nobody_can_read_it_may_have_been_before(
    repository: Path, capsys: Told
) -> None:
    sound = (repository / "data" / POLICY).read_text(encoding="utf-8")
    change(repository, POLICY, "title:", "title: [")
    commit(repository, "broken")
    (repository / "data" / POLICY).write_text(sound, encoding="utf-8")
    commit(repository, "mended")
    told = origins(repository, capsys)

    assert {each["subject"] for each in told.values()} == {"mended"}
    assert all(each["or_before"] for each in told.values())


def test_what_cannot_be_read_now_is_told_so_and_not_as_what_stands_for_it(
    repository: Path, capsys: Told
) -> None:
    change(repository, POLICY, "\nevidence:", "\neffect: perhaps\nevidence:")
    told = origins(repository, capsys)

    assert {field for field, each in told.items() if not each["readable"]} == {"effect"}
    assert (told["effect"]["value"], told["effect"]["commit"]) == (None, None)
    assert told["title"]["subject"] == "base"
    assert run(["blame", "policy/beleidskader-oostbeek", "--data", str(repository / "data")]) == 0
    assert "cannot be read in full" in " ".join(capsys.readouterr().out.split())


def test_behind_a_field_that_nobody_could_read_it_may_have_been_before(
    repository: Path, capsys: Told
) -> None:
    sound = (repository / "data" / POLICY).read_text(encoding="utf-8")
    without_milestones(repository)
    commit(repository, "broken")
    (repository / "data" / POLICY).write_text(sound, encoding="utf-8")
    commit(repository, "mended")
    told = origins(repository, capsys)

    assert {f for f, each in told.items() if each["or_before"]} == {"milestones[0]", "milestones[1]"}
    assert told["milestones[0]"]["subject"] == "mended"
    assert told["title"]["subject"] == "base"


def test_who_it_was_stands_on_the_terminal_only(repository: Path, capsys: Told) -> None:
    asked = ["blame", "policy/beleidskader-oostbeek", "--authors", "--data", str(repository / "data")]
    change(repository, POLICY, "title: Beleidskader Oostbeek", "title: Kader")
    git(repository, "commit", "-qam", "titled", "--author=Steward <a@b>")

    assert run(asked) == 0
    assert "Steward" in capsys.readouterr().out
    for format in ("md", "json"):
        assert run([*asked, "-f", format]) == 0
        assert "Steward" not in capsys.readouterr().out


@pytest.mark.parametrize(("ref", "told"), [("niets", "niets"), ("policy/nergens", "nergens")])
def test_of_what_there_never_was_there_is_no_origin(
    repository: Path, ref: str, told: str, capsys: Told
) -> None:
    assert run(["blame", ref, "--data", str(repository / "data")]) == 2
    assert told in capsys.readouterr().err
