"""The table of contents of a docx or an odt: what it leads to, and the pages that an office works out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from amk.formats.print.office import write
from tests.fixtures.full_document import long_page
from tests.formats.test_office import a_docx, a_dutch_house, part, sheets_of

MCE = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}


def _paragraphs(docx: Any) -> Iterator[Any]:
    from docx.text.paragraph import Paragraph as Read

    return (Read(element, docx) for element in docx.element.iter(qn("w:p")))


def test_a_long_document_has_a_table_of_contents() -> None:
    docx = a_docx(io.BytesIO(write(long_page(), "docx")))
    entries = docx.element.xpath(".//w:sdtContent/w:p[w:pPr/w:pStyle[@w:val='TOC1']]")
    anchors = {mark.get(qn("w:name")) for mark in docx.element.xpath(".//w:bookmarkStart")}

    told = ["".join(words.text for words in entry.xpath(".//w:t")) for entry in entries]

    assert told == [f"Hoofdstuk {number}" for number in range(1, 6)]
    assert {link.get(qn("w:anchor")) for link in docx.element.xpath(".//w:hyperlink")} <= anchors
    assert "Inhoud" in [p.text for p in _paragraphs(docx)]


def test_each_entry_of_the_contents_asks_for_its_page() -> None:
    docx, odt = (
        part(write(long_page(), "docx"), "word/document.xml"),
        part(write(long_page(), "odt"), "content.xml"),
    )
    anchors = [f"contents{number}" for number in range(1, 11)]

    assert re.findall(r"PAGEREF (\w+) ", docx) == anchors
    assert re.findall(r'text:reference-format="page" text:ref-name="(\w+)"', odt) == anchors


def test_a_bookmark_of_a_docx_ends_with_its_heading() -> None:
    story = part(write(long_page(), "docx"), "word/document.xml")
    headings = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="contents\d+" />\s*<w:p>.*?</w:p>', story)
    ends = re.findall(r'<w:bookmarkEnd w:id="(\d+)" /></w:p>', story)

    assert len(headings) == 10
    assert ends == headings
    assert story.count("<w:bookmarkEnd ") == 10


def test_the_field_that_makes_the_contents_anew_is_for_word_only() -> None:
    body = a_docx(io.BytesIO(write(long_page(), "docx"))).element.body
    marks = body.findall(".//mc:Choice/w:fldChar", MCE)
    [field] = body.findall(".//mc:Choice/w:instrText", MCE)

    assert [mark.get(qn("w:fldCharType")) for mark in marks] == ["begin", "separate", "end"]
    assert field.text.startswith("TOC ")
    assert not body.findall(".//mc:Fallback", MCE)


def test_the_contents_in_a_house_style_end_where_its_sheets_do(tmp_path: Path) -> None:
    house = a_docx()
    house.sections[0].page_width, house.sections[0].left_margin, house.sections[0].right_margin = (
        twips * 635 for twips in (10000, 1000, 1500)
    )
    house.save(str(tmp_path / "huis.docx"))
    written = write(long_page(), "docx", tmp_path / "huis.docx")
    tabs = re.findall(r'w:leader="dot" w:pos="(\d+)"', part(written, "word/document.xml"))

    assert set(tabs) == {"7500"}
    assert 'w:pos="9400"' not in part(written, "word/styles.xml")


def test_the_contents_of_an_odt_lead_to_its_headings() -> None:
    story = part(write(replace(long_page(), language="en"), "odt"), "content.xml")
    led = set(re.findall(r'xlink:href="#([^"]*)"', story))

    assert ">Contents</text:p>" in story
    assert len(led) == 10
    assert led <= set(re.findall(r'<text:bookmark-start text:name="([^"]*)"', story))


@pytest.mark.slow
@pytest.mark.parametrize(("target", "housed"), [("docx", False), ("docx", True), ("odt", False)])
def test_the_contents_tell_the_page_of_each_chapter_as_opened(
    tmp_path: Path, target: Any, housed: bool
) -> None:
    style = a_dutch_house(tmp_path) if housed else None
    sheets = sheets_of(tmp_path, write(long_page(), target, style), target)
    told = re.findall(r"(Hoofdstuk \d)[\s.]+(\d)\s*$", "\n".join(sheets), re.MULTILINE)
    stands = {
        chapter: str(number)
        for number, sheet in enumerate(sheets, start=1)
        for chapter in re.findall(r"^(Hoofdstuk \d)\s*$", sheet, re.MULTILINE)
    }

    assert dict(told) == stands
    assert len(told) == 5
    assert len(set(stands.values())) > 1
