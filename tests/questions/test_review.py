"""The review of a proposal: one page on what it changes, rests on and breaks, with a verdict."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from amk.cli import run
from tests.conftest import ROOT

POLICY = "policies/beleidskader-oostbeek.yaml"
SOURCE = "sources/brief-2021.yaml"
Review = Callable[..., str]


def git(folder: Path, *words: str) -> None:
    names = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    who = dict.fromkeys(names, "team@dijkdam.example")
    subprocess.run(["git", *words], cwd=folder, env={**os.environ, **who}, check=True, capture_output=True)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The small knowledge base on main, with a branch for a proposal."""
    data = Path(copytree(ROOT / "docs" / "example" / "data", tmp_path / "data"))
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "begin")
    git(tmp_path, "switch", "--quiet", "--create", "voorstel")
    return data


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def review(base: Path, capsys: pytest.CaptureFixture[str]) -> Review:
    def told(*more: str, code: int = 0, lang: str = "nl") -> str:
        assert run(["review", *more, "--data", str(base), "--lang", lang, "--today", "2021-12-31"]) == code
        return capsys.readouterr().out

    return told


def data_of(review: Review) -> Any:
    return json.loads(review("--json"))


def test_nothing_changed_is_said_and_is_no_finding(review: Review) -> None:
    assert "Oordeel: er verandert niets in betekenis." in review("-f", "md", "--exit-code")


def test_a_new_step_is_told_under_its_municipality_with_source_and_lines(base: Path, review: Review) -> None:
    step = ["reached", "beleidskader-oostbeek", "in werking", "1-6-2021", "--source", "brief-2021:8"]
    assert run([*step, "--data", str(base), "--lang", "nl"]) == 0
    review()
    page = review("-f", "md")

    assert page.startswith("# Beoordeling van een voorstel")
    assert "van versie" in page.splitlines()[0]
    assert "tot de werkmap" in page.splitlines()[0]
    assert "- Oostbeek: vastgesteld → in werking" in page
    part = page.split("### Oostbeek")[1].split("##")[0]
    assert "in werking, 1 juni 2021; bron: Brief over het beleid in de Beekstreek, r. 8" in part
    assert "Oordeel: over te nemen; er is niets gevonden dat in de weg staat." in page
    assert "- [ ] Elke nieuwe uitspraak staat in haar bron" in page
    assert "### " not in page.split("## Voor de gegevensbeheerder")[1]


def test_a_commit_of_the_proposal_is_reviewed_as_the_files_are(base: Path, review: Review) -> None:
    changed(base / POLICY, "title: Beleidskader Oostbeek", "title: Kader Oostbeek")
    before = data_of(review)
    git(base, "commit", "--quiet", "--all", "--message", "voorstel")

    assert data_of(review) == before
    assert "tot de werkmap" not in review("-f", "md")
    assert data_of(review)["changes"][0]["ref"] == "policy/beleidskader-oostbeek"
    assert "Kader Oostbeek" in review("main", "-f", "md")


def test_an_error_has_its_place_and_is_a_finding(base: Path, review: Review) -> None:
    changed(base / POLICY, "source: brief-2021", "source: brief-2012")

    page = review("-f", "md", "--exit-code", code=1)
    assert "Oordeel: nog niet over te nemen. Fouten door dit voorstel: 1; onleesbaar geworden: 0." in page
    assert "REF001" in page
    assert f"{POLICY}:" in page
    assert "Bedoelt u “brief-2021”" in page


def test_what_can_no_longer_be_read_is_not_gone(base: Path, review: Review) -> None:
    (base / POLICY).write_text("title: [\n", encoding="utf-8")

    page = review("-f", "md", "--exit-code", code=1)
    assert "policy/beleidskader-oostbeek" in page
    assert "verwijderd" not in page.split("## Voor de gegevensbeheerder")[0]
    assert data_of(review)["verdict"] == "wrong"


def test_what_rests_on_a_source_that_changed_is_suspect(base: Path, review: Review) -> None:
    changed(base / SOURCE, "date: 2021-07-05", "date: 2021-08-05")

    found = data_of(review)["suspect"]
    assert [(each["source"], each["gone"]) for each in found] == [("brief-2021", False)]
    assert "policy/beleidskader-oostbeek" in found[0]["resting"]
    page = review("-f", "md")
    assert "is gewijzigd; daarop rusten: " in page
    assert "- [ ] Wat op een gewijzigde of verwijderde bron rust, klopt nog." in page


def test_a_record_that_was_touched_elsewhere_stays_suspect(base: Path, review: Review) -> None:
    changed(base / SOURCE, "date: 2021-07-05", "date: 2021-08-05")
    changed(base / POLICY, "title: Beleidskader Oostbeek", "title: Kader Oostbeek")

    [found] = data_of(review)["suspect"]
    assert found["resting"]["policy/beleidskader-oostbeek"] == ["", "milestones[0]", "milestones[1]"]

    changed(base / POLICY, "date: 2021-03-18", "date: 2021-03-19")
    [found] = data_of(review)["suspect"]
    assert "milestones[1]" not in found["resting"]["policy/beleidskader-oostbeek"]


def test_what_the_base_says_of_itself_is_weighed_apart(base: Path, review: Review) -> None:
    changed(base / "amk.yaml", "title:", "credits:\n  - iedereen\ntitle:")

    page = review("-f", "md")
    assert "## Stand van het beleid" not in page
    assert "nadat één punt is bekeken" in page
    assert "- [ ] Wat de kennisbank over zichzelf zegt, mag zo veranderen." in page


def test_a_language_that_stayed_behind_is_told(base: Path, review: Review) -> None:
    with (base / POLICY).open("a", encoding="utf-8") as file:
        file.write("summary:\n  nl: Over huisvesting.\n  en: On housing.\n")
    git(base, "commit", "--quiet", "--all", "--message", "samenvatting")
    git(base, "branch", "--force", "main")
    changed(base / POLICY, "nl: Over huisvesting.", "nl: Over de huisvesting van velen.")

    assert data_of(review)["left_behind"] == [
        {"ref": "policy/beleidskader-oostbeek", "changed": ["nl"], "stayed": ["en"]}
    ]
    assert "gewijzigd in nl, niet in en." in review("-f", "md")


def test_what_is_likely_recorded_already_is_told_and_what_it_replaces_is_not(
    base: Path, review: Review
) -> None:
    double = (base / POLICY).read_text(encoding="utf-8")
    (base / "policies" / "kader-2.yaml").write_text(double, encoding="utf-8")
    assert [d["ref"] for d in data_of(review)["duplicates"]] == ["policy/kader-2"]

    replacing = f"{double}replaces:\n  - beleidskader-oostbeek\n"
    (base / "policies" / "kader-2.yaml").write_text(replacing, encoding="utf-8")
    assert data_of(review)["duplicates"] == []


def test_a_waiver_is_told_with_its_reason(base: Path, review: Review) -> None:
    changed(base / POLICY, "date: 2021-03-18", "date: 2021-09-18")
    assert "DATE006" in review("-f", "md")

    with (base / POLICY).open("a", encoding="utf-8") as file:
        file.write("waive:\n  - code: DATE006\n    reason: De brief noemt een besluit dat nog komt.\n")
    page = review("-f", "md")
    assert "- DATE006, omdat: De brief noemt een besluit dat nog komt." in page
    assert "Oordeel: over te nemen nadat één punt is bekeken." in page
    assert "- [ ] De reden van elke ontheffing klopt." in page


def test_what_the_briefing_would_say_otherwise_is_told(base: Path, review: Review) -> None:
    (base / POLICY).unlink()

    page = review("-f", "md")
    part = page.split("## Wat de briefing anders zegt")[1]
    assert "- Niet meer: " in part
    assert "- Nu: " in part
    assert "- [ ] Wat is verwijderd" in page


@pytest.mark.parametrize("suffix", ["md", "html", "pdf", "docx", "odt", "json"])
def test_a_review_is_there_in_every_format(suffix: str, base: Path, review: Review, tmp_path: Path) -> None:
    changed(base / POLICY, "title: Beleidskader Oostbeek", "title: Kader Oostbeek")
    target = tmp_path / f"x.{suffix}"

    review("-o", str(target))
    assert target.stat().st_size > 300


def test_a_knowledge_base_of_ones_own_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["review"]) == 2
    assert capsys.readouterr().out == ""


def test_a_review_speaks_english(base: Path, review: Review) -> None:
    changed(base / POLICY, "title: Beleidskader Oostbeek", "title: Kader Oostbeek")

    page = review("-f", "md", lang="en")
    assert "Verdict: to be taken over" in page
    assert "Oordeel" not in page
