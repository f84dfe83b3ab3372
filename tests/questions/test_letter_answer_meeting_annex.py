"""Documents for others: a letter, an answer, a page for a meeting, an annex, and templates from them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from amk.cli import run
from amk.language import REPORT_NAMES, reports_in
from tests.conftest import ROOT

DATA = ROOT / "data"
DAY = ("--today", "2026-11-26")
QUESTION = "Welke gemeenten hebben beleid?"
ABOUT = {
    "letter": ("--region", "Haaglanden"),
    "answer": ("--region", "Haaglanden", "--question", QUESTION),
    "meeting": ("--region", "Haaglanden"),
    "annex": ("--region", "Haaglanden"),
}
INSIDE = r"\bamk\b|\brecords?\b|selecti(e|on)\b|\bversie\b|\b[0-9a-f]{7}\b|notes\[|data/|\.yaml"
"""Words and signs that say how amk works: nothing for who gets a letter."""


def told(
    capsys: pytest.CaptureFixture[str], template: str, *more: str, data: Path = DATA, lang: str = "nl"
) -> str:
    arguments = ["report", template, *more, *DAY, "--lang", lang, "-f", "md", "--data", str(data)]
    assert run(arguments) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, data: Path = DATA) -> str:
    assert run(["report", *arguments, *DAY, "--lang", "nl", "--data", str(data)]) == 2
    return capsys.readouterr().err


def pages(path: Path, *arguments: str) -> list[str]:
    assert run(["report", *arguments, *DAY, "-o", str(path), "--data", str(DATA)]) == 0
    return [page.extract_text() for page in PdfReader(path).pages]


@pytest.mark.parametrize("template", REPORT_NAMES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_of_how_amk_works_a_document_for_others_says_nothing(
    template: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = told(capsys, template, *ABOUT[template], lang=lang)
    without_addresses = re.sub(r"<[^>]*>", "", page)

    assert not re.search(INSIDE, without_addresses)
    assert "26 november 2026" in page.lower()


@pytest.mark.parametrize("template", REPORT_NAMES)
@pytest.mark.parametrize("suffix", ["pdf", "docx", "odt", "html", "md"])
def test_each_document_is_there_in_every_format(template: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{suffix}"

    assert run(["report", template, *ABOUT[template], *DAY, "-o", str(path), "--data", str(DATA)]) == 0
    assert path.stat().st_size > 1_000


def test_a_letter_has_what_a_letter_has(capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "letter", "--reference", "PZH-2026-1", "--since", "2021-07-05")

    for part in (
        "**Aan:** Provinciale Staten van Zuid-Holland", "**Van:** Gedeputeerde Staten van Zuid-Holland",
        "**Datum:** 26 november 2026", "**Ons kenmerk:** PZH-2026-1", "**Onderwerp:** ", "**Bijlagen:** ",
        "Geachte leden van Provinciale Staten,", "## Wat is veranderd sinds 5 juli 2021",
        "Gouda (was onbekend, nu in werking)", "Hoogachtend,",
    ):  # fmt: skip
        assert part in page
    assert page.index("Hoogachtend,") < page.index("[^1]: ")


def test_a_letter_goes_to_and_comes_from_whom_one_says(capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "letter", "--to", "de gemeenteraad van Delft", "--from", "het college")

    assert "**Aan:** de gemeenteraad van Delft" in page
    assert "Geachte heer, mevrouw," in page
    assert page.count("het college") == 2
    assert "Staten van" not in page.split("[^1]: ")[0]


def test_the_letter_names_annexes_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    letter = told(capsys, "letter", *ABOUT["letter"])
    named = re.search(r"\*\*Bijlagen:\*\* 1\. (.*); 2\. (.*)", letter)

    assert named
    assert named[1].lower() in told(capsys, "annex", *ABOUT["annex"]).splitlines()[0].lower()
    assert f"## {named[2]}" in told(capsys, "state-table", *ABOUT["letter"])


@pytest.mark.parametrize("region", ["Haaglanden", "Drechtsteden", "Holland Rijnland", "region/rotterdam"])
def test_an_answer_has_at_most_five_sentences_a_table_and_sources(
    region: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = told(capsys, "answer", "--region", region, "--question", QUESTION)
    answer = page.split("## Antwoord\n\n")[1].split("\n\n## ")[0]

    assert f"> {QUESTION}" in page
    assert 1 <= len(re.findall(r"\.(?:\[\^\d+\])?(?= |$)", answer)) <= 5
    assert all(f"\n## {part}\n" in page for part in ("Stand per gemeente", "Wat niet bekend is", "Bronnen"))


def test_an_answer_asks_for_its_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--question" in refused(capsys, "answer")


def regions() -> list[str]:
    """The regions that divide the province."""
    files = (DATA / "regions").glob("*.yaml")
    return [f.stem for f in sorted(files) if "housing-market-region" in f.read_text(encoding="utf-8")]


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_laid_on_the_table_is_one_page(region: str, lang: str, tmp_path: Path) -> None:
    assert len(pages(tmp_path / "x.pdf", "meeting", "--region", region, "--lang", lang)) == 1


def test_a_page_for_a_meeting_says_what_to_ask_and_whom(capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "meeting", *ABOUT["meeting"])
    asked = page.split("## Wat wij vragen")[1]

    assert "Is er beleid in Delft, " in asked
    assert "(beleidsmedewerker van Den Haag)" in asked
    assert "Loopt Ambtelijke werkgroep" in asked
    assert "## Wat is veranderd sinds 26 november 2025" in page
    assert "wie eraan deelnemen, is niet vermeld." in page


def test_a_meeting_is_with_somebody(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--region" in refused(capsys, "meeting")


def test_the_annex_of_the_day_after_is_the_founding_document_as_running_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = told(capsys, "annex", "--as-of", "2021-07-06")

    for name in (
        "Alblasserwaard", "Goeree-Overflakkee", "Pijnacker-Nootdorp", "Brielle", "Hellevoetsluis",
        "Westvoorne", "Rotterdam", "Midden-Holland", "Holland Rijnland", "Duin- en Bollenstreek",
        "Greenport Aalsmeer", "Greenport Oostland", "Haaglanden", "Drechtsteden",
        "Platform31", "Leerkring", "Gemeentenetwerk",
        "waterbedeffect", "regionale woonvisie", "verdeling over de gemeenten in de regio",
    ):  # fmt: skip
        assert name in page.split("\n[^1]: ")[0], name
    assert "\n|" not in page
    assert "Volgens Bijlage 1" not in page, "what is a day old needs no saying who said it"


def test_what_one_source_says_of_one_thing_is_introduced_once(capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, "annex")

    for paragraph in page.split("\n[^1]: ")[0].split("\n\n"):
        tellers = re.findall(r"(?:^|\. |\] )(Volgens [^:]*):", paragraph)
        assert all(one != other for one, other in pairwise(tellers)), paragraph[:200]


def test_a_document_for_others_has_no_contents_and_a_briefing_has_them_after_its_essentials(
    tmp_path: Path,
) -> None:
    first, *_ = pages(tmp_path / "x.pdf", "briefing", "--lang", "nl")
    assert first.index("Kern") < first.index("Inhoud")
    assert "Inhoud" not in "".join(pages(tmp_path / "y.pdf", "letter", "--lang", "nl"))

    for suffix, story, start, chapter in (
        ("docx", "word/document.xml", "<w:sdt>", r'w:name="contents{}"'),
        ("odt", "content.xml", "<text:table-of-content>", r'text:bookmark-start text:name="contents{}"'),
    ):
        path = tmp_path / f"x.{suffix}"
        assert run(["report", *DAY, "-o", str(path), "--data", str(DATA)]) == 0
        text = ZipFile(path).read(story).decode()
        places = [text.index(chapter.format(1)), text.index(start), text.index(chapter.format(2))]
        assert places == sorted(places)
        assert text.count(start) == 1


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return Path(copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize("template", REPORT_NAMES)
def test_a_copied_template_tells_the_same_and_can_be_changed(
    template: str, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", template, "--copy", "ons-stuk", "--lang", "nl", "--data", str(base)]) == 0
    assert "amk report ons-stuk" in capsys.readouterr().out
    copy = base.parent / "templates" / "ons-stuk.md"
    assert copy.read_text(encoding="utf-8") == reports_in("nl")[template].read_text(encoding="utf-8")

    ours, theirs = (told(capsys, name, *ABOUT[template], data=base) for name in ("ons-stuk", template))
    assert body(ours) == body(theirs)

    copy.write_text(copy.read_text(encoding="utf-8") + "\nEigen slot.\n", encoding="utf-8")
    assert "Eigen slot." in told(capsys, "ons-stuk", *ABOUT[template], data=base)


def body(page: str) -> str:
    """What a page tells, without what it covers."""
    return re.sub(r"\n\*[^*\n]+\*\n", "\n", page)


def test_a_copy_takes_the_place_of_nothing(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "letter", "--copy", "brief", "--data", str(base)]) == 0
    capsys.readouterr()

    assert "is er al" in refused(capsys, "letter", "--copy", "brief", data=base)
    assert "onze-brief" in refused(capsys, "letter", "--copy", "../brief", data=base)
    assert "onze-brief" in refused(capsys, "letter", "--copy", "annex", data=base)
    assert "letter, answer, meeting, annex" in refused(capsys, "briefing", "--copy", "x", data=base)


def test_a_part_that_there_is_not_is_told_with_those_that_there_are(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (base.parent / "templates").mkdir()
    (base.parent / "templates" / "eigen.md").write_text('# T\n\n{{ "polcy"|part }}\n', encoding="utf-8")

    error = refused(capsys, "eigen", data=base)
    assert "polcy" in error
    assert "bedoelt u “policy”" in error
    assert "to-ask" in error
