"""The briefing for the province and for two regions: what a reader, and one who cannot see, finds in each."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx as reading
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.every_page import DAY, made
from tests.formats.test_pdf import elements, kinds, text_of

AREAS = {
    "Zuid-Holland": (),
    "Haaglanden": ("--region", "Haaglanden"),
    "Drechtsteden": ("--region", "Drechtsteden"),
}
CHAPTERS = (
    "Kern", "Wat opvalt", "1. Stand van het beleid", "2. Samenwerking",
    "3. Inzet van organiserende partijen", "4. Wat niet bekend is", "Verantwoording", "Stand per gemeente",
)  # fmt: skip
STATED = {
    "Zuid-Holland": ("Cijfers", "Toezeggingen"),
    "Haaglanden": ("Cijfers", "Toezeggingen"),
    "Drechtsteden": ("Cijfers",),
}
"""The chapters that only areas with figures and commitments have, before what it rests on."""
TITLE = "Huisvesting arbeidsmigranten: beleid en samenwerking in {area}"


def chapters_of(area: str) -> list[str]:
    return [*CHAPTERS[:-2], *STATED[area], *CHAPTERS[-2:]]


@pytest.fixture(scope="module")
def briefings(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    folder: Path = tmp_path_factory.mktemp("briefings")
    return {
        (area, suffix): made(folder / f"{area}.{suffix}", ("report", *filters, *DAY))
        for area, filters in AREAS.items()
        for suffix in ("pdf", "docx", "odt", "html", "md")
    }


Briefings = dict[tuple[str, str], Path]
each_area = pytest.mark.parametrize("area", AREAS)


def notes_of(briefings: Briefings, area: str) -> int:
    """How many footnotes the page has, which every format must have."""
    return len(re.findall(r"^\[\^\d+\]: ", briefings[area, "md"].read_text(encoding="utf-8"), re.MULTILINE))


@each_area
def test_the_pdf_is_tagged_and_says_its_title_its_language_and_its_standard(
    briefings: Briefings, area: str
) -> None:
    reader = PdfReader(briefings[area, "pdf"])
    root: Any = reader.root_object

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-NL"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE.format(area=area)
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    sheets: list[Any] = list(reader.pages)
    assert all(sheet["/Tabs"] == "/S" for sheet in sheets if "/Annots" in sheet)


@each_area
def test_every_font_of_the_pdf_is_in_it(briefings: Briefings, area: str) -> None:
    reader = PdfReader(briefings[area, "pdf"])
    sheets: list[Any] = list(reader.pages)
    fonts = [font.get_object() for sheet in sheets for font in sheet["/Resources"].get("/Font", {}).values()]
    inner = [f["/DescendantFonts"][0].get_object() if "/DescendantFonts" in f else f for f in fonts]

    assert inner
    for font in inner:
        described = font["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described), font["/BaseFont"]
    assert all("/ToUnicode" in font for font in fonts)


@each_area
def test_the_chapters_are_headings_in_order_and_bookmarks_of_the_pdf(briefings: Briefings, area: str) -> None:
    reader = PdfReader(briefings[area, "pdf"])
    top, under = reader.outline[0], reader.outline[1]
    text = text_of(reader)
    after_contents = text[text.rindex("Gebied:") :]

    assert top.title == TITLE.format(area=area)  # type: ignore[union-attr] # the first is an entry
    assert isinstance(under, list)
    told = [entry.title for entry in under if not isinstance(entry, list)]
    assert [title for title in told if title != "Inhoud"] == chapters_of(area)
    places = [after_contents.index(chapter) for chapter in chapters_of(area)]
    assert places == sorted(places)
    levels = [int(kind[2:]) for kind in kinds(reader) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_area
def test_the_pdf_has_tables_with_heads_notes_and_a_map_in_words(briefings: Briefings, area: str) -> None:
    reader = PdfReader(briefings[area, "pdf"])
    found = kinds(reader)
    pictures = [element for element in elements(reader) if element["/S"] == "/Figure"]

    assert found.count("/THead") == found.count("/Table") >= 2
    assert found.count("/Note") == notes_of(briefings, area)
    assert all("/Alt" in element for element in pictures)
    assert any("Tegelkaart" in str(element["/Alt"]) for element in pictures)
    assert "/Caption" in found


@each_area
def test_the_docx_is_read_back_with_headings_heads_notes_and_a_map_in_words(
    briefings: Briefings, area: str
) -> None:
    check_docx(briefings, area, briefings[area, "docx"])


def check_docx(briefings: Briefings, area: str, file: Path) -> None:
    docx: Any = reading.Document(str(file))
    with ZipFile(file) as archive:
        notes = archive.read("word/footnotes.xml").decode()
    styled = [(p.style.name, p.text) for p in docx.paragraphs if p.text]

    assert styled[0] == ("Title", TITLE.format(area=area))
    assert [text for style, text in styled if style == "Heading 1"] == chapters_of(area)
    assert docx.core_properties.title == TITLE.format(area=area)
    [language] = docx.styles.element.xpath("w:docDefaults//w:lang")
    assert language.get(qn("w:val")) == "nl-NL"
    assert len(docx.tables) >= 2
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in docx.tables)
    # Two more are the line above the notes, and its continuation.
    real = [n for n in re.findall(r"<w:footnote [^>]*>", notes) if 'w:type="' not in n]
    assert len(real) == notes_of(briefings, area)
    described = [element.get("descr") for element in docx.element.iter(qn("wp:docPr"))]
    assert len(described) == 1
    assert described[0].startswith("Tegelkaart")


@each_area
def test_the_picture_in_a_docx_is_not_told_twice(briefings: Briefings, area: str) -> None:
    with ZipFile(briefings[area, "docx"]) as archive:
        story = archive.read("word/document.xml").decode()
    assert "base64" not in story


@each_area
def test_the_odt_has_headings_heads_notes_and_a_map_in_words(briefings: Briefings, area: str) -> None:
    with ZipFile(briefings[area, "odt"]) as archive:
        story = archive.read("content.xml").decode()
        looks = archive.read("styles.xml").decode()

    chapters = re.findall(r'<text:h [^>]*text:outline-level="1"[^>]*>(.*?)</text:h>', story)
    assert [re.sub("<[^>]*>", "", chapter) for chapter in chapters] == chapters_of(area)
    assert story.count("<table:table-header-rows>") == story.count("<table:table ") >= 2
    assert story.count("<text:note ") == notes_of(briefings, area)
    assert "<svg:desc>Tegelkaart" in story
    assert TITLE.format(area=area) in re.findall(r"<style:footer>.*?</style:footer>", looks, re.DOTALL)[0]


@each_area
def test_the_page_stands_alone_and_has_the_chapters_the_notes_and_the_map(
    briefings: Briefings, area: str
) -> None:
    page = briefings[area, "html"].read_text(encoding="utf-8")

    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\((?!#)", page)
    assert [
        c for c in re.findall(r"<h2[^>]*>(.*?)</h2>", page) if c not in ("Inhoud", "Noten")
    ] == chapters_of(area)
    assert len(re.findall(r'<li id="note-\d+">', page)) == notes_of(briefings, area)
    assert page.count("<svg") == page.count("<figcaption>") == 1


@pytest.mark.slow
@each_area
def test_libreoffice_opens_the_docx_and_what_it_saves_reads_the_same(
    briefings: Briefings, area: str, tmp_path: Path
) -> None:
    check_docx(briefings, area, converted(briefings[area, "docx"], "docx", tmp_path))


@pytest.mark.slow
@each_area
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_libreoffice_prints_every_chapter_and_note_with_the_number_of_the_page(
    briefings: Briefings, area: str, suffix: str, tmp_path: Path
) -> None:
    reader = PdfReader(converted(briefings[area, suffix], "pdf", tmp_path))
    sheets = [" ".join(sheet.extract_text().split()) for sheet in reader.pages]
    whole = " ".join(sheets)
    # LibreOffice at times ends with empty sheets, where its notes took less room than it had set apart:
    # on some pages it then counts them, on others not.
    sheets = sheets[: max(n for n, sheet in enumerate(sheets, start=1) if sheet)]

    assert all(chapter in whole for chapter in CHAPTERS)
    assert all(re.search(rf"\b{n} ?/ ?\d+\b", sheet) for n, sheet in enumerate(sheets, start=1))
    assert all(TITLE.format(area=area) in sheet for sheet in sheets)


def converted(file: Path, target: str, folder: Path) -> Path:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-writer-nogui")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", target, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{target}"
