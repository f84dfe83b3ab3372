"""A merger is recorded at once: in the municipalities, their neighbours and their regions."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Municipality, Region
from amk.storage.data_folder import working_tree
from amk.storage.loading import load
from tests.conftest import ROOT

Told = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AMK_LANG", "en")
    return Path(copytree(ROOT / "data", tmp_path / "data"))


def base_in(data: Path) -> KnowledgeBase:
    return load(working_tree(data)).base


def town(data: Path, id: str) -> Municipality:
    found = base_in(data).municipality(id)
    assert found
    return found


def region(data: Path, id: str) -> Region:
    found = base_in(data).region(id)
    assert found
    return found


def merge(data: Path, *arguments: str) -> int:
    return run(["merge-municipalities", *arguments, "--data", str(data)])


def duinvoorde(data: Path, *more: str) -> int:
    named = ("Wassenaar", "Voorschoten", "--into", "Duinvoorde", "--on", "1-1-2027")
    return merge(data, *named, "--source", "tooi-register-gemeenten", *more)


def test_who_merges_ends_the_day_before_and_says_who_takes_its_place(data: Path) -> None:
    assert duinvoorde(data, "--legal-basis", "stb-2026-1") == 0

    for id in ("wassenaar", "voorschoten"):
        assert str(town(data, id).period) == "/2026-12-31"
        [event] = town(data, id).successors
        told = (event.municipality, str(event.date), event.legal_basis, event.evidence[0].source)
        assert told == ("duinvoorde", "2027-01-01", "stb-2026-1", "tooi-register-gemeenten")


def test_the_borders_of_both_are_those_of_the_new_one(data: Path) -> None:
    one, other = town(data, "wassenaar").neighbours, town(data, "voorschoten").neighbours
    assert duinvoorde(data) == 0
    new = town(data, "duinvoorde").neighbours

    assert new.keys() == (one.keys() | other.keys()) - {"wassenaar", "voorschoten"}
    for id, border in new.items():
        parts = [borders[id].km for borders in (one, other) if id in borders]
        assert border.km == round(sum(parts), 2)
        assert (border.remark is not None) == (len(parts) > 1)
        back = town(data, id).neighbours["duinvoorde"]
        assert (back.km, back.kind) == (border.km, border.kind)


def test_each_region_gets_it_in_their_place_and_that_is_asked_about(data: Path, capsys: Told) -> None:
    assert duinvoorde(data) == 0
    told = capsys.readouterr().err

    for id, gone in (("haaglanden", "wassenaar"), ("holland-rijnland", "voorschoten")):
        periods = {member.municipality: str(member.period) for member in region(data, id).members}
        assert periods[gone] == "../2026-12-31"
        assert periods["duinvoorde"] == "2027-01-01/.."
    assert "Duinvoorde is in Haaglanden and Holland Rijnland now" in told
    assert "still to be looked up for Duinvoorde: code and URI" in told.replace("Code", "code")


def test_the_day_before_there_are_two_and_on_the_day_there_is_one(data: Path, capsys: Told) -> None:
    assert duinvoorde(data) == 0
    for day, there in (("2026-12-31", ["voorschoten", "wassenaar"]), ("2027-01-01", ["duinvoorde"])):
        capsys.readouterr()
        assert run(["list", "municipalities", "-f", "ids", "--as-of", day, "--data", str(data)]) == 0
        found = capsys.readouterr().out
        assert [
            id for id in ("duinvoorde", "voorschoten", "wassenaar") if f"municipality/{id}\n" in found
        ] == there


def test_it_passes_validation_and_all_that_is_missing_is_found(data: Path, capsys: Told) -> None:
    assert duinvoorde(data) == 0
    capsys.readouterr()
    assert run(["validate", "--strict", "--data", str(data)]) == 0
    new = data / "municipalities" / "duinvoorde.yaml"
    text = new.read_text(encoding="utf-8")
    new.write_text(re.sub(r"tile:\n.*\n.*\n", "", text), encoding="utf-8")
    haaglanden = data / "regions" / "haaglanden.yaml"
    told = haaglanden.read_text(encoding="utf-8")
    without = re.sub(r"  - municipality: duinvoorde\n(    .*\n)+", "", told)
    haaglanden.write_text(without, encoding="utf-8")
    capsys.readouterr()
    run(["validate", "--data", str(data)])
    found = capsys.readouterr().out

    assert "‘tile’ still lacks of it: duinvoorde" in found
    assert "SUCC002 duinvoorde takes its place; ‘members’ still lacks of it: duinvoorde" in found


def test_a_border_that_is_missing_is_found(data: Path, capsys: Told) -> None:
    assert duinvoorde(data) == 0
    for one, other in (("duinvoorde", "katwijk"), ("katwijk", "duinvoorde")):
        assert run(["set", one, f"neighbours.{other}=", "--force", "--data", str(data)]) == 0
    capsys.readouterr()
    run(["validate", "--data", str(data)])

    assert (
        "SUCC002 Duinvoorde takes its place; ‘neighbours’ still lacks of it: katwijk"
        in capsys.readouterr().out
    )


def without_voorne(data: Path) -> None:
    """The data as if Voorne aan Zee had not been recorded."""
    for path in data.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "municipalities":
            text = re.sub(r"  voorne-aan-zee:\n(    .*\n)+", "", text)
            text = re.sub(r"successors:\n  - municipality: voorne-aan-zee\n(    .*\n)+", "", text)
            text = text.replace("period: /2022-12-31", "period: /..")
        elif path.parent.name == "regions":
            text = re.sub(r"  - municipality: voorne-aan-zee\n(    .*\n)+", "", text)
            text = text.replace("    period: ../2022-12-31\n", "")
        path.write_text(text, encoding="utf-8")
    for name in ("municipalities/voorne-aan-zee", "policies/beleid-voorne-aan-zee"):
        (data / f"{name}.yaml").unlink()


def test_the_merger_of_2023_comes_out_as_it_is_recorded(data: Path, capsys: Told) -> None:
    recorded, rotterdam = town(data, "voorne-aan-zee"), region(data, "rotterdam")
    ended = {id: town(data, id).period for id in ("brielle", "hellevoetsluis", "westvoorne")}
    without_voorne(data)
    named = ("Hellevoetsluis", "Brielle", "Westvoorne", "--into", "Voorne aan Zee", "--on", "1-1-2023")
    basis = ("--source", "tooi-register-gemeenten", "--legal-basis", "stb-2022-307", "--code", "GM1992")
    assert merge(data, *named, *basis, "--force") == 0
    made = town(data, "voorne-aan-zee")

    assert (made.name, made.code, made.period, made.tile) == (
        recorded.name, recorded.code, recorded.period, recorded.tile,
    )  # fmt: skip
    assert {id: border.kind for id, border in made.neighbours.items()} == {
        id: border.kind for id, border in recorded.neighbours.items()
    }
    assert {id: town(data, id).period for id in ended} == ended
    assert all(town(data, id).successors[0].legal_basis == "stb-2022-307" for id in ended)
    assert {(m.municipality, str(m.period)) for m in region(data, "rotterdam").members} == {
        (m.municipality, str(m.period)) for m in rotterdam.members
    }


def test_what_it_has_of_the_first_is_told(data: Path, capsys: Told) -> None:
    assert duinvoorde(data) == 0
    assert "taken from Wassenaar for Duinvoorde: " in capsys.readouterr().err
    new, first = town(data, "duinvoorde"), town(data, "wassenaar")
    assert (new.tile, new.location) == (first.tile, first.location)


def test_showing_it_writes_nothing(data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}

    assert duinvoorde(data, "--dry-run") == 0
    assert {path: path.read_bytes() for path in data.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Wassenaar", "--into", "Duinvoorde", "--on", "1-1-2027"], "at least two"),
        (["Wassenaar", "wassenaar", "--into", "Duinvoorde", "--on", "1-1-2027"], "at least two"),
        (["Wassenaar", "Voorschoten", "--into", "Leiden", "--on", "1-1-2027"], "the one that stays"),
        (["Wassenaar", "Voorschoten", "--into", "Duinvoorde", "--on", "ooit"], "ooit"),
        (["Wassenaar", "Voorschoten", "--into", "Duinvoorde", "--on", "2027"], "not one day"),
        (["Wassenaar", "Voorschoten", "--into", "Duinvoorde", "--on", "jan 2027"], "not one day"),
        (["Wassenaar", "Nergenshuizen", "--into", "Duinvoorde", "--on", "1-1-2027"], "Nergenshuizen"),
        (
            ["Wassenaar", "Brielle", "--into", "Duinvoorde", "--on", "1-1-2027"],
            "Brielle does not exist",
        ),
        (["Wassenaar", "Voorschoten", "--into", "Duinvoorde", "--on", "1-1-2027", "--tile", "7"], "3,7"),
    ],
)
def test_what_cannot_be_a_merger_is_refused(
    data: Path, arguments: list[str], told: str, capsys: Told
) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*.yaml")}

    assert merge(data, *arguments, "--source", "tooi-register-gemeenten") == 2
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in data.rglob("*.yaml")} == before
