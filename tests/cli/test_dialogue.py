"""The daily change in one go: a policy not recorded yet, asked for, shown in words, written at once."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copytree

import pytest

from amk.authoring.citation import Citation, citation_of
from amk.cli import run
from amk.model.records import Policy, Source
from amk.storage.loading import load_record
from tests.cli.terminal import CTRL_C, talk
from tests.conftest import ROOT

terminal = pytest.mark.skipif(os.name == "nt", reason="no terminal of this sort there")
REACHED = ("reached", "westbeek", "vastgesteld", "14-10-2026")
TITLE = "Beleidskader huisvesting Westbeek"
POLICY = "policies/beleidskader-huisvesting-westbeek.yaml"
SOURCE = "sources/gmb-2026-12345.yaml"
NUMBER = "gmb-2026-12345"
PLACE = "https://zoek.officielebekendmakingen.nl"
TYPES = """\
  - code: official-publication
    labels:
      nl: officiële bekendmaking
      en: official publication
  - code: decision
    labels:
      nl: besluit
      en: decision
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    data = Path(copytree(ROOT / "docs" / "example" / "data", tmp_path / "data"))
    with (data / "vocabulary" / "source-types.yaml").open("a", encoding="utf-8") as types:
        types.write(TYPES)
    return data.parent


def files(base: Path) -> dict[str, bytes]:
    return {str(p.relative_to(base)): p.read_bytes() for p in sorted((base / "data").rglob("*.yaml"))}


def policy_in(base: Path) -> Policy:
    record = load_record(POLICY, (base / "data" / POLICY).read_text(encoding="utf-8"))
    assert isinstance(record, Policy)
    return record


def source_in(base: Path) -> Source:
    record = load_record(SOURCE, (base / "data" / SOURCE).read_text(encoding="utf-8"))
    assert isinstance(record, Source)
    return record


@terminal
def test_nothing_known_yet_to_adopted_takes_at_most_nine_answers(base: Path) -> None:
    answers = [
        TITLE,
        "beleidskader",
        "raad",
        "gmb-2026-12345",
        "Beleidskader",
        "Gemeente Westbeek",
        "20 okt 2026",
        "j",
    ]
    assert len(answers) <= 9

    told, code = talk(REACHED, answers, base)

    assert code == 0, told
    policy, source = policy_in(base), source_in(base)
    assert (policy.title, policy.type, policy.municipalities) == (TITLE, "policy-framework", ("westbeek",))
    [milestone] = policy.milestones
    assert (milestone.status, str(milestone.date), milestone.body) == ("adopted", "2026-10-14", "raad")
    assert milestone.evidence[0].source == "gmb-2026-12345"
    assert (source.type, str(source.date), source.publisher) == (
        "official-publication", "2026-10-20", "Gemeente Westbeek",
    )  # fmt: skip
    assert source.url == "https://zoek.officielebekendmakingen.nl/gmb-2026-12345.html"
    for words in (
        "→ gemeenteraad", "→ 20 oktober 2026", "→ vastgesteld", "14 oktober 2026",
        f"{POLICY} geschreven", f"{SOURCE} geschreven", "amk propose",
    ):  # fmt: skip
        assert words in told
    assert "+milestones" not in told
    assert "status: adopted" not in told
    assert run(["validate", "--data", str(base / "data"), "--today", "2026-11-01"]) == 0


@terminal
def test_each_answer_is_checked_at_once_and_a_question_mark_shows_the_choices(base: Path) -> None:
    wrong_then_right = [
        "", TITLE, "?", "beleidskder", "beleidskader", "", "onbekende bron", "gmb-2026-12345", "B", "",
        "32 oktober 2026", "oktober 2026", "j",
    ]  # fmt: skip
    told, code = talk(REACHED, wrong_then_right, base)

    assert code == 0, told
    assert "Hier is een antwoord nodig." in told
    assert "\n  beleidskader\n" in told
    assert "“beleidskder” is niet bekend (bedoelt u “beleidskader”?)" in told
    assert "“onbekende bron” is niet bekend" in told
    assert "“32 oktober 2026” is niet bekend. bijvoorbeeld 14-10-2026" in told
    assert str(source_in(base).date) == "2026-10"


@terminal
def test_ctrl_c_writes_nothing_and_loses_no_answer(base: Path) -> None:
    before = files(base)
    told, code = talk(REACHED, [TITLE, "beleidskader", "raad", CTRL_C], base)

    assert code == 130
    assert files(base) == before
    go_on = "amk reached westbeek adopted 2026-10-14"
    assert go_on in told
    [line] = [line for line in told.splitlines() if go_on in line]
    assert f"--title '{TITLE}'" in line
    assert "--type policy-framework" in line
    assert "--body raad" in line


@terminal
def test_who_does_not_agree_finds_everything_as_it_was(base: Path) -> None:
    before = files(base)
    told, code = talk((*REACHED[:3], "1-6-2021"), [TITLE, "", "", "brief-2021", "misschien", "n"], base)

    assert code == 1
    assert "Antwoord met j of n." in told
    assert "Er is niets geschreven." in told
    assert files(base) == before


@terminal
def test_a_municipality_with_policy_is_asked_which(base: Path) -> None:
    asked = ("reached", "oostbeek", "in werking", "1-6-2021", "--source", "brief-2021:8")
    told, code = talk(asked, ["?", "beleidskader oostbeek", "j"], base)

    assert code == 0, told
    assert "\n  ander beleid\n  Beleidskader Oostbeek\n" in told
    assert "status: in-force" in (base / "data/policies/beleidskader-oostbeek.yaml").read_text("utf-8")


@terminal
def test_a_new_record_keeps_what_was_answered_too(base: Path) -> None:
    told, code = talk(("new", "source"), ["Besluit X", "besluit", "", "14-10-2026", CTRL_C], base)

    assert code == 130
    assert "→ 14 oktober 2026" in told
    assert "amk new source 'title=Besluit X' type=besluit date=2026-10-14 --ask" in told


def reached(base: Path, *more: str) -> int:
    return run([*REACHED, *more, "--lang", "nl", "--data", str(base / "data")])


def test_without_a_terminal_what_is_lacking_is_named(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reached(base) == 2
    assert "geef ook --title, --source" in capsys.readouterr().err
    assert reached(base, "--title", TITLE, "--source", "gmb-2026-12345") == 2
    assert "--source-title" in capsys.readouterr().err
    assert run(["reached", "oostbeek", "in werking", "1-6-2021", "--data", str(base / "data")]) == 2
    assert "beleidskader-oostbeek" in capsys.readouterr().err


def test_with_all_of_it_given_nobody_is_asked(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--title", TITLE, "--source", "gmb-2026-12345", "--source-title", "Beleidskader")

    assert reached(base, *given, "--diff", "--dry-run") == 0
    assert "+title: Beleidskader huisvesting Westbeek" in capsys.readouterr().out
    assert not (base / "data" / POLICY).exists()
    assert reached(base, *given) == 0
    assert policy_in(base).evidence[0].source == "gmb-2026-12345"


def test_all_is_written_or_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(base)
    given = ("--title", TITLE, "--source", "gmb-2026-1", "--source-title", "B", "--source-date", "1-1-2020")

    assert reached(base, *given) == 1, "a milestone cannot lie after its source"
    assert "DATE006" in capsys.readouterr().out
    assert files(base) == before


def test_what_is_likely_recorded_already_is_told(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = ("--title", "Beleidskader Oostbeek", "--source", "brief-2021", "--dry-run")
    assert run(["reached", "oostbeek", "concept", "2020", *again, "--data", str(base / "data")]) in (0, 1)

    assert "policy/beleidskader-oostbeek" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (NUMBER, (NUMBER, f"{PLACE}/{NUMBER}.html", "2026")),
        ("CVDR711558", ("CVDR711558", "https://lokaleregelgeving.overheid.nl/CVDR711558", "")),
        (f"{PLACE}/gmb-2026-7.html", ("gmb-2026-7", f"{PLACE}/gmb-2026-7.html", "2026")),
        ("https://www.oostbeek.example/nieuws/1", ("", "https://www.oostbeek.example/nieuws/1", "")),
    ],
)  # fmt: skip
def test_a_number_and_an_address_tell_of_their_source(text: str, told: tuple[str, str, str]) -> None:
    found = citation_of(text)

    assert found is not None
    assert (found.number, found.url, found.date) == told
    assert found.type == ("official-publication" if found.number else "")


@pytest.mark.parametrize("text", ["gmb-12", "nergens.html", "zomaar wat", ""])
def test_anything_else_tells_of_none(text: str) -> None:
    assert citation_of(text) is None


def test_a_page_that_was_saved_tells_its_title_and_its_date(tmp_path: Path) -> None:
    page = tmp_path / "gmb-2026-12345.html"
    page.write_text(
        '<html><head><title>x</title><meta name="DCTERMS.title" content="Beleidskader  Westbeek">'
        '<meta name="DCTERMS.available" content="2026-10-20"><meta name="DC.creator" content="Westbeek">'
        '<meta name="DC.identifier" content="gmb-2026-12345"></head><body>&amp;</body></html>',
        encoding="utf-8",
    )

    assert citation_of(str(page)) == Citation(
        number="gmb-2026-12345",
        url="https://zoek.officielebekendmakingen.nl/gmb-2026-12345.html",
        title="Beleidskader Westbeek",
        publisher="Westbeek",
        date="2026-10-20",
        type="official-publication",
    )
