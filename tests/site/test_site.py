"""A site is the whole knowledge base as pages: each leads on, none leads astray, and nothing of it runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from shutil import copytree

import html5lib
import pytest

from amk.cli import run
from tests.conftest import ROOT

EXAMPLE = ROOT / "docs" / "example" / "data"
Told = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(copytree(EXAMPLE, tmp_path / "data"))


def site(data: Path, folder: Path, *more: str) -> int:
    return run(["site", "-o", str(folder), "--data", str(data), "--today", "2022-01-01", *more])


def made(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    assert site(data, tmp_path / "site") == 0
    return tmp_path / "site"


class Links(HTMLParser):
    """Where a page leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path, content in made(folder).items():
        if path.endswith(".html"):
            yield path, content.decode()


def test_each_record_has_a_page_in_each_language(data: Path, folder: Path) -> None:
    there = made(folder).keys()

    assert {"gemeente/oostbeek/index.html", "en/municipality/oostbeek/index.html"} <= there
    assert {"beleid/beleidskader-oostbeek/index.html", "begrippen/forms/index.html"} <= there
    records = [path for path in data.rglob("*.yaml") if path.name != "amk.yaml"]
    assert sum(path.count("/") == 2 for path in there if not path.startswith("en/")) == len(records)


def test_every_link_leads_to_a_file_that_is_there(folder: Path) -> None:
    there = made(folder).keys()
    for path, text in pages(folder):
        for link in Links(text).found:
            address, _, _ = link.partition("#")
            if address and not address.startswith("https://"):
                assert normpath(join(dirname(path), address)) in there, (path, link)


def test_every_page_is_whole(folder: Path) -> None:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    for path, text in pages(folder):
        assert parser.parse(text).findtext("head/title"), path
        assert text.count("<h1>") == 1, path


def test_every_page_says_of_which_day_it_is(folder: Path) -> None:
    assert all("1 januari 2022" in text or "1 January 2022" in text for _, text in pages(folder))


def test_the_same_page_in_the_other_language_is_one_step_away(folder: Path) -> None:
    dutch = (folder / "gemeente" / "oostbeek" / "index.html").read_text(encoding="utf-8")
    english = (folder / "en" / "municipality" / "oostbeek" / "index.html").read_text(encoding="utf-8")

    assert '<a href="../../en/municipality/oostbeek/index.html" lang="en" hreflang="en">English</a>' in dutch
    assert '<a href="../../../gemeente/oostbeek/index.html" lang="nl" hreflang="nl">Nederlands</a>' in english


def test_a_record_leads_to_what_it_names_and_to_what_names_it(folder: Path) -> None:
    found = Links((folder / "gemeente" / "oostbeek" / "index.html").read_text(encoding="utf-8")).found

    assert {"../../beleid/beleidskader-oostbeek/index.html", "../../regio/beekstreek/index.html"} <= {*found}
    assert {"../westbeek/index.html", "../../bron/brief-2021/index.html"} <= {*found}


def test_the_same_data_give_the_same_bytes(data: Path, folder: Path, tmp_path: Path) -> None:
    assert site(data, tmp_path / "again") == 0

    assert made(tmp_path / "again") == made(folder)


def test_only_what_changed_is_written_again(data: Path, folder: Path, capsys: Told) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    capsys.readouterr()
    assert site(data, folder) == 0

    assert "0 geschreven, 0 weggehaald" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")} == stamps


def test_what_is_gone_is_taken_away_and_what_is_renamed_leads_on(data: Path, folder: Path) -> None:
    assert run(["rename", "policy/beleidskader-oostbeek", "kader", "--data", str(data)]) == 0
    (data / "collaborations" / "werkgroep-beekstreek.yaml").unlink()
    assert site(data, folder) == 0
    old = (folder / "beleid" / "beleidskader-oostbeek" / "index.html").read_text(encoding="utf-8")

    assert 'content="0; url=../kader/index.html"' in old
    assert not (folder / "samenwerking" / "werkgroep-beekstreek").exists()


def test_nothing_is_written_over_that_amk_did_not_make(data: Path, tmp_path: Path, capsys: Told) -> None:
    own = tmp_path / "site" / "index.html"
    own.parent.mkdir()
    own.write_text("mijn eigen pagina", encoding="utf-8")

    assert site(data, tmp_path / "site") == 2
    assert "--force" in capsys.readouterr().err
    assert made(tmp_path / "site") == {"index.html": b"mijn eigen pagina"}
    assert site(data, tmp_path / "site", "--force") == 0
    assert b"mijn eigen" not in own.read_bytes()


def test_a_page_that_somebody_changed_is_not_lost(data: Path, folder: Path) -> None:
    page = folder / "gemeente" / "oostbeek" / "index.html"
    page.write_text("met de hand verbeterd", encoding="utf-8")

    assert site(data, folder) == 2
    assert page.read_text(encoding="utf-8") == "met de hand verbeterd"


@pytest.mark.parametrize("noted", ["../buiten.html", "a/../../buiten.html"])
def test_what_is_noted_of_elsewhere_is_not_touched(data: Path, folder: Path, noted: str) -> None:
    outside = folder.parent / "buiten.html"
    outside.write_text("", encoding="utf-8")
    note = folder / ".amk-site.json"
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    note.write_text(json.dumps({**json.loads(note.read_text()), noted: empty}), encoding="utf-8")

    assert site(data, folder) == 0
    assert outside.exists()


@pytest.mark.parametrize("place", ["gemeente", "gemeente/oostbeek"])
def test_no_link_leads_writing_out_of_the_folder(data: Path, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    link = tmp_path / "site" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)

    assert site(data, tmp_path / "site", "--force") == 2
    assert not list(outside.rglob("*.html"))


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_nothing_that_a_record_says_runs(data: Path, tmp_path: Path) -> None:
    for record in data.rglob("*.yaml"):
        told = json.dumps(f"{HOSTILE} {record.stem}").replace("\\", r"\\")
        text = record.read_text(encoding="utf-8")
        hostile = re.sub(r"^(name|title): [^\n]+$", rf"\1: {told}", text, flags=re.MULTILINE)
        record.write_text(hostile, encoding="utf-8")
    manifest = (data / "amk.yaml").read_text(encoding="utf-8")
    (data / "amk.yaml").write_text(f"{manifest}repository: 'javascript:alert(1)'\n", encoding="utf-8")
    assert site(data, tmp_path / "site") == 0
    told_pages = dict(pages(tmp_path / "site"))

    assert any("alert(1)" in text for text in told_pages.values())
    for path, text in told_pages.items():
        assert "<script>alert" not in text, path
        assert not re.search(r"<[^>]*\sonerror", text.replace("&#39;", "'")), path
        assert not any("javascript:" in link for link in Links(text).found), path


FORGES = [
    ("https://github.com/provincie/kb", "/edit/main/data/municipalities/oostbeek.yaml", "/issues/new?title="),
    ("https://gitlab.com/provincie/kb.git", "/-/edit/main/data/municipalities/", "/-/issues/new?issue%5B"),
]


@pytest.mark.parametrize(("forge", "edit", "issue"), FORGES)
def test_a_page_leads_to_where_it_is_changed(
    data: Path, tmp_path: Path, forge: str, edit: str, issue: str
) -> None:
    manifest = (data / "amk.yaml").read_text(encoding="utf-8")
    (data / "amk.yaml").write_text(f"{manifest}repository: {forge}\n", encoding="utf-8")
    assert site(data, tmp_path / "site") == 0
    text = (tmp_path / "site" / "gemeente" / "oostbeek" / "index.html").read_text(encoding="utf-8")

    assert f"{forge.removesuffix('.git')}{edit}" in text
    assert f"{forge.removesuffix('.git')}{issue}" in text
    assert "Wijzig dit" in text


def test_without_a_forge_there_is_no_way_to_change_it(folder: Path) -> None:
    assert all("<footer" not in text for _, text in pages(folder))


def test_what_may_be_taken_along_is_there(folder: Path) -> None:
    there = {path for path in made(folder) if path.startswith("download/")}
    records = json.loads((folder / "download" / "records.json").read_text(encoding="utf-8"))

    assert {"download/briefing.pdf", "download/briefing.docx", "download/records.xlsx"} <= there
    assert {"municipality/oostbeek", "policy/beleidskader-oostbeek"} <= {record["ref"] for record in records}


def test_a_site_of_another_day_tells_what_held_then(data: Path, tmp_path: Path) -> None:
    asked = ["site", "-o", str(tmp_path / "site"), "--data", str(data), "--as-of", "2020-12-01"]
    assert run(asked) == 0
    text = (tmp_path / "site" / "gemeente" / "index.html").read_text(encoding="utf-8")

    assert "1 december 2020" in text
    assert "vastgesteld" not in text


def test_where_no_folder_can_be_made_it_says_so(data: Path, tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "bestand").write_text("", encoding="utf-8")

    assert site(data, tmp_path / "bestand" / "site") == 2
    assert "bestand" in capsys.readouterr().err


@pytest.mark.parametrize("below", ["", "site"])
def test_no_page_is_written_among_the_records(data: Path, below: str, capsys: Told) -> None:
    before = made(data)

    assert site(data, data / below) == 2
    assert "daarbuiten" in capsys.readouterr().err
    assert made(data) == before
