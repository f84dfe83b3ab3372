"""A record is taken away when nothing cites it, or when another takes its place."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from tests.conftest import ROOT

POLICY = "policies/beleidskader-oostbeek.yaml"
ZUIDBEEK = "name: Zuidbeek\nevidence:\n  - source: brief-2021\n    lines: '4'\n"

Told = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AMK_LANG", "en")
    return Path(copytree(ROOT / "docs" / "example" / "data", tmp_path / "data"))


def amk(data: Path, *arguments: str) -> int:
    return run([*arguments, "--data", str(data)])


def read(data: Path, path: str) -> str:
    return (data / path).read_text(encoding="utf-8")


def put(data: Path, path: str, text: str) -> None:
    (data / path).write_text(text, encoding="utf-8")


def everything(data: Path) -> dict[str, str]:
    return {str(path.relative_to(data)): path.read_text(encoding="utf-8") for path in data.rglob("*.yaml")}


def test_what_nothing_cites_is_taken_away(data: Path, capsys: Told) -> None:
    assert amk(data, "remove", "beleidskader-oostbeek") == 0

    assert not (data / "policies/beleidskader-oostbeek.yaml").exists()
    assert "policies/beleidskader-oostbeek.yaml removed" in capsys.readouterr().err
    assert amk(data, "validate") == 0


def test_what_is_cited_stays_and_each_place_is_told(data: Path, capsys: Told) -> None:
    before = everything(data)

    assert amk(data, "remove", "municipality/westbeek") == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "collaborations/werkgroep-beekstreek.yaml:5:19 participants[1].municipality",
        "municipalities/oostbeek.yaml:6:5 neighbours.westbeek",
        "regions/beekstreek.yaml:6:19 members[2].municipality",
    ]
    assert "still named in 3 places" in told.err
    assert "--replaced-by" in told.err
    assert everything(data) == before


def test_another_takes_its_place_and_remembers_it(data: Path, capsys: Told) -> None:
    put(data, "sources/brief-2.yaml", "title: Brief twee\ntype: letter\ndate: 2021-07-06\n")

    assert amk(data, "remove", "source/brief-2021", "--replaced-by", "brief-2", "--force") == 0
    assert not any("source: brief-2021" in text for text in everything(data).values())
    assert "former_ids:\n  - brief-2021\n" in read(data, "sources/brief-2.yaml")
    capsys.readouterr()
    assert amk(data, "show", "brief-2021", "-f", "ids") == 0
    assert capsys.readouterr().out == "source/brief-2\n"


def test_no_list_names_one_record_twice(data: Path) -> None:
    put(
        data,
        "municipalities/zuidbeek.yaml",
        "name: Zuidbeek\nevidence:\n  - source: brief-2021\n    lines: '4'\n",
    )
    policy = read(data, POLICY)
    put(
        data,
        "policies/beleidskader-oostbeek.yaml",
        policy.replace("- oostbeek\n", "- oostbeek\n  - zuidbeek\n"),
    )
    region = read(data, "regions/beekstreek.yaml")
    put(data, "regions/beekstreek.yaml", region.replace("evidence:", "  - municipality: zuidbeek\nevidence:"))

    assert amk(data, "remove", "zuidbeek", "--replaced-by", "oostbeek") == 0
    assert "municipalities:\n  - oostbeek\nmilestones" in read(data, POLICY)
    assert read(data, "regions/beekstreek.yaml") == region


def test_no_list_says_the_same_twice_of_the_other(data: Path) -> None:
    put(data, "municipalities/zuidbeek.yaml", ZUIDBEEK)
    region = read(data, "regions/beekstreek.yaml").replace("oostbeek\n", "oostbeek\n    period: 2019/..\n")
    both = region.replace("evidence:", "  - municipality: zuidbeek\n    period: 2019/..\nevidence:")
    put(data, "regions/beekstreek.yaml", both)

    assert amk(data, "remove", "zuidbeek", "--replaced-by", "oostbeek") == 0
    assert read(data, "regions/beekstreek.yaml") == region


def test_a_neighbour_of_both_has_one_border(data: Path) -> None:
    border = "  {}:\n    km: 1.5\n    kind: land\n"
    zuidbeek = ZUIDBEEK.replace("evidence:", f"neighbours:\n{border.format('westbeek')}evidence:")
    put(data, "municipalities/zuidbeek.yaml", zuidbeek)
    westbeek = read(data, "municipalities/westbeek.yaml")
    both = westbeek.replace("neighbours:\n", f"neighbours:\n{border.format('zuidbeek')}")
    put(data, "municipalities/westbeek.yaml", both)

    assert amk(data, "remove", "zuidbeek", "--replaced-by", "oostbeek") == 0
    assert read(data, "municipalities/westbeek.yaml") == westbeek


def test_what_a_list_says_more_of_it_is_not_lost(data: Path, capsys: Told) -> None:
    put(
        data,
        "municipalities/zuidbeek.yaml",
        "name: Zuidbeek\nevidence:\n  - source: brief-2021\n    lines: '4'\n",
    )
    region = read(data, "regions/beekstreek.yaml")
    more = "  - municipality: zuidbeek\n    period: 2019/..\nevidence:"
    put(data, "regions/beekstreek.yaml", region.replace("evidence:", more))

    assert amk(data, "remove", "zuidbeek", "--replaced-by", "oostbeek", "--force") == 0
    assert "- municipality: oostbeek\n    period: 2019/..\n" in read(data, "regions/beekstreek.yaml")


def test_nothing_comes_to_cite_itself(data: Path) -> None:
    revised = "title: Kader twee\nmunicipalities:\n  - oostbeek\nreplaces:\n  - beleidskader-oostbeek\n"
    rest = read(data, POLICY).partition("milestones:")[2]
    put(data, "policies/kader-twee.yaml", f"{revised}milestones:{rest}")

    assert amk(data, "remove", "beleidskader-oostbeek", "--replaced-by", "kader-twee") == 0
    assert "replaces: []\n" in read(data, "policies/kader-twee.yaml")


@pytest.mark.parametrize("other", ["westbeek", "municipality/westbeek"])
def test_nothing_is_replaced_by_itself(data: Path, other: str, capsys: Told) -> None:
    assert amk(data, "remove", "westbeek", "--replaced-by", other) == 2
    assert "by itself" in capsys.readouterr().err


def test_another_kind_cannot_take_its_place(data: Path, capsys: Told) -> None:
    before = everything(data)

    assert amk(data, "remove", "westbeek", "--replaced-by", "policy/beleidskader-oostbeek") == 2
    assert "is of another kind than Westbeek" in capsys.readouterr().err
    assert everything(data) == before


def test_showing_it_writes_nothing(data: Path) -> None:
    before = everything(data)

    assert amk(data, "remove", "beleidskader-oostbeek", "--dry-run") == 0
    assert everything(data) == before


def test_what_would_break_the_rest_is_not_written(data: Path, capsys: Told) -> None:
    before = everything(data)

    assert amk(data, "remove", "vocabulary/policy-types") == 1
    assert "CODE001" in capsys.readouterr().out
    assert everything(data) == before
