"""docx and odt: what an office, and a reader who cannot see it, finds in them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import docx as reading
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from amk.document.blocks import Footnote, Paragraph, Table
from amk.formats.print.office import write
from amk.values.errors import UserError
from tests.fixtures.full_document import PICTURE, WHOLE, long_page, page

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


@pytest.fixture(scope="module")
def docx() -> Any:
    return a_docx(io.BytesIO(write(WHOLE, "docx")))


def a_docx(written: str | io.BytesIO | None = None) -> Any:
    return reading.Document(written)


def part(written: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(written)) as archive:
        return archive.read(name).decode()


@pytest.fixture(scope="module")
def odt() -> bytes:
    return write(WHOLE, "odt")


def styles(docx: Any) -> Iterator[tuple[str, str]]:
    return ((p.style.name, p.text) for p in docx.paragraphs if p.text)


def test_a_docx_has_real_headings(docx: Any) -> None:
    told = list(styles(docx))

    assert told[0] == ("Title", "Beleid in Súdwest-Fryslân")
    assert [text for style, text in told if style == "Heading 1"] == ["Stand van het beleid", "Bijlagen"]


def test_a_docx_says_its_title_and_its_language(docx: Any) -> None:
    [language] = docx.styles.element.xpath("w:docDefaults//w:lang")

    assert docx.core_properties.title == "Beleid in Súdwest-Fryslân"
    assert language.get(qn("w:val")) == "nl-NL"
    english = a_docx(io.BytesIO(write(replace(WHOLE, language="en"), "docx")))
    assert english.styles.element.xpath("w:docDefaults//w:lang")[0].get(qn("w:val")) == "en-GB"


def test_the_head_of_each_table_is_repeated_and_no_row_is_broken(docx: Any) -> None:
    for table in docx.tables:
        head, *rows = table.rows
        assert head._tr.xpath("w:trPr/w:tblHeader")
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in rows)
    assert [len(table.rows) for table in docx.tables] == [3, 2]


def test_a_table_fills_the_width_of_the_page(docx: Any) -> None:
    [section] = docx.sections
    room = section.page_width - section.left_margin - section.right_margin

    for table in docx.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.01)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_wide_table_lies_on_its_side() -> None:
    words = tuple(f"arbeidsvoorwaarden{n}" for n in range(8))
    [section] = a_docx(io.BytesIO(write(page(Table(words, (words,))), "docx"))).sections

    assert section.page_width > section.page_height


def test_a_caption_stands_with_its_table(docx: Any) -> None:
    assert ("Table Caption", "Aantal per regio") in list(styles(docx))


def test_a_docx_has_real_footnotes_and_one_for_what_is_told_twice() -> None:
    written = write(WHOLE, "docx")
    notes, story = part(written, "word/footnotes.xml"), part(written, "word/document.xml")

    assert notes.count("Bijlage") == 1
    assert story.count("<w:footnoteReference ") == 2
    assert 'w:name="_RefNote1"' in story
    assert "NOTEREF _RefNote1 " in story


def test_a_drawing_says_in_words_what_it_shows(docx: Any, odt: bytes) -> None:
    [picture] = docx.inline_shapes

    assert picture._inline.docPr.get("descr") == PICTURE.alternative
    assert f"<svg:desc>{PICTURE.alternative}</svg:desc>" in part(odt, "content.xml")
    with ZipFile(io.BytesIO(odt)) as archive:
        [name] = [name for name in archive.namelist() if name.startswith("Pictures/")]
        assert archive.read(name).startswith(b"\x89PNG")


def test_a_picture_has_a_caption_above_it_and_is_described_in_words_only(docx: Any, odt: bytes) -> None:
    told = list(styles(docx))
    [picture] = [p for p in docx.paragraphs if p._p.xpath(".//w:drawing")]
    described = [element.get("descr") for element in picture._p.iter() if element.get("descr")]

    assert ("Image Caption", PICTURE.title) in told
    assert described[0] == PICTURE.alternative
    assert not any("base64" in words for words in described)
    assert f'<text:p text:style-name="FigureCaption">{PICTURE.title}</text:p>' in part(odt, "content.xml")


def test_a_small_picture_is_not_blown_up_and_a_large_one_fills_the_sheet() -> None:
    small, large = (
        a_docx(io.BytesIO(write(page(replace(PICTURE, width=width)), "docx"))) for width in (370, 1000)
    )
    [section] = large.sections
    room = section.page_width - section.left_margin - section.right_margin

    assert large.inline_shapes[0].width == pytest.approx(room, rel=0.01)
    assert small.inline_shapes[0].width == pytest.approx(room / 2, rel=0.01)


def test_the_first_column_of_a_docx_names_its_rows(docx: Any) -> None:
    for table in docx.tables:
        [look] = table._tbl.xpath("w:tblPr/w:tblLook")
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_an_odt_has_its_title_and_the_number_of_the_page_at_its_foot(odt: bytes) -> None:
    [foot] = re.findall(r"<style:footer>.*?</style:footer>", part(odt, "styles.xml"), re.DOTALL)

    assert "Beleid in Súdwest-Fryslân<text:tab/><text:page-number" in foot
    assert "<text:page-count>" in foot


def test_a_fact_stands_beside_its_label(docx: Any, odt: bytes) -> None:
    [fact] = [paragraph for paragraph in docx.paragraphs if paragraph.text.startswith("Sinds")]

    assert fact.text == "Sinds: 5 juli 2021"
    assert [run.text for run in fact.runs if run.bold] == ["Sinds:"]


def test_no_words_become_markup(docx: Any) -> None:
    assert docx.tables[1].cell(1, 0).text == "Dijk & Dam <1>"
    assert docx.tables[1].cell(1, 1).text == "*2*"


def test_only_web_addresses_are_links(docx: Any) -> None:
    led = {r.target_ref for r in docx.part.rels.values() if r.is_external}

    assert led == {"https://example.org/"}


def test_a_docx_has_the_number_of_the_page_at_its_foot(docx: Any) -> None:
    footer = docx.sections[0].footer

    assert "Beleid in Súdwest-Fryslân" in footer.paragraphs[0].text
    assert footer._element.xpath(".//w:instrText[text()='PAGE']")


def test_an_odt_has_headings_notes_and_repeated_heads(odt: bytes) -> None:
    story = part(odt, "content.xml")

    assert '<text:p text:style-name="Title">Beleid in Súdwest-Fryslân</text:p>' in story
    assert len(re.findall(r'<text:h [^>]*text:outline-level="1"', story)) == 2
    assert story.count("<table:table-header-rows>") == 2
    assert story.count("<text:note ") == 2
    assert 'text:ref-name="ftn0">1</text:note-ref>' in story


def test_an_odt_says_its_title_its_language_and_what_it_is(odt: bytes) -> None:
    looks = part(odt, "styles.xml")

    assert 'fo:language="nl"' in looks
    assert 'fo:country="NL"' in looks
    assert "<dc:title>Beleid in Súdwest-Fryslân</dc:title>" in part(odt, "meta.xml")
    with ZipFile(io.BytesIO(odt)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, odt: bytes) -> None:
    first = write(WHOLE, "docx")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")

    assert write(WHOLE, "docx") == first
    assert write(WHOLE, "odt") == odt


def test_a_house_style_is_taken_over(tmp_path: Path) -> None:
    house = a_docx()
    house.styles["Heading 1"].font.name = "Huisletter"
    house.sections[0].page_width = 9_000_000
    house.save(str(tmp_path / "huis.docx"))
    docx = a_docx(io.BytesIO(write(WHOLE, "docx", tmp_path / "huis.docx")))

    assert docx.styles["Heading 1"].font.name == "Huisletter"
    assert round(docx.sections[0].page_width.mm) == 250


DUTCH = {
    "Normal": "Standaard",
    "Heading1": "Kop1",
    "Title": "Titel",
    "Caption": "Bijschrift",
    "TableNormal": "Standaardtabel",
}


def a_dutch_house(folder: Path) -> Path:
    """A house style as a Dutch Word writes it: it knows nothing of the styles that are pandoc's."""
    made = io.BytesIO()
    house = a_docx()
    house.styles["Heading 1"].font.name = house.styles["Caption"].font.name = "Huisletter"
    house.save(made)
    told = r'((?:w:styleId|<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val)=")({})"'.format(
        "|".join(DUTCH)
    )
    file = folder / "huis.docx"
    with ZipFile(made) as archive, ZipFile(file, "w") as to:
        for name in archive.namelist():
            inside = archive.read(name)
            if name.endswith("styles.xml"):
                inside = re.sub(
                    told, lambda found: f'{found.group(1)}{DUTCH[found.group(2)]}"', inside.decode()
                ).encode()
            to.writestr(name, inside)
    return file


def test_what_a_house_style_lacks_is_added_in_its_own_letters(tmp_path: Path) -> None:
    written = write(
        replace(long_page(), blocks=(*long_page().blocks, *WHOLE.blocks)), "docx", a_dutch_house(tmp_path)
    )
    docx = a_docx(io.BytesIO(written))
    looks, story = part(written, "word/styles.xml"), part(written, "word/document.xml")
    known = re.findall(r'w:styleId="([^"]+)"', looks)
    used = set(
        re.findall(
            r'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', story + part(written, "word/footnotes.xml")
        )
    )

    assert len(known) == len(set(known))
    assert used <= set(known)
    assert {"Kop1", "Titel", "TableText", "TOC1", "FootnoteReference"} <= used
    assert docx.styles["Heading 1"].font.name == "Huisletter"
    assert docx.styles["Image Caption"].base_style.style_id == "Bijschrift"
    assert docx.styles["Table Text"].base_style.base_style.name == "Normal"
    assert docx.styles["Table"].base_style.style_id == "Standaardtabel"


def test_an_odt_in_a_house_style_has_every_style_it_uses(tmp_path: Path, odt: bytes) -> None:
    house = tmp_path / "huis.odt"
    with ZipFile(io.BytesIO(odt)) as archive, ZipFile(house, "w") as to:
        for name in archive.namelist():
            inside = archive.read(name)
            if name == "styles.xml":
                inside = re.sub(
                    rb'<style:style style:name="(Table|Figure|First|Footnote)[^>]*>.*?</style:style>',
                    b"",
                    inside,
                )
            to.writestr(name, inside)
    written = write(WHOLE, "odt", house)
    known = set(
        re.findall(r'style:name="([^"]+)"', part(written, "styles.xml") + part(written, "content.xml"))
    )

    assert set(re.findall(r'text:style-name="([^"]+)"', part(written, "content.xml"))) <= known


@pytest.mark.parametrize("inside", [b"", b"PK\x03\x04", b"geen docx", None])
def test_a_style_that_is_no_document_is_refused(tmp_path: Path, inside: bytes | None) -> None:
    style = tmp_path / "huis.docx"
    if inside is not None:
        style.write_bytes(inside)

    with pytest.raises(UserError, match=r"stop\.no-style"):
        write(WHOLE, "docx", style)


def test_a_docx_is_no_style_for_an_odt(tmp_path: Path, odt: bytes) -> None:
    (tmp_path / "huis").write_bytes(odt)

    assert write(WHOLE, "odt", tmp_path / "huis")
    with pytest.raises(UserError, match=r"stop\.no-style"):
        write(WHOLE, "docx", tmp_path / "huis")


@settings(max_examples=8, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_words_can_be_written(words: str) -> None:
    document = page(Paragraph((words, Footnote(words))), Table((words,), ((words,),)), title=words)

    assert a_docx(io.BytesIO(write(document, "docx"))).tables
    assert write(document, "odt")


def sheets_of(folder: Path, written: bytes, target: str) -> list[str]:
    """What stands on each sheet when LibreOffice opens it."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-writer-nogui")
    file = folder / f"x.{target}"
    file.write_bytes(written)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [sheet.extract_text() for sheet in PdfReader(folder / "x.pdf").pages]


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_libreoffice_reads_it(tmp_path: Path, target: Any) -> None:
    document = long_page()
    written = write(replace(document, blocks=(*document.blocks, *WHOLE.blocks[1:])), target)
    text = " ".join(sheets_of(tmp_path, written, target))

    assert "Inhoud" in text
    assert "Noardeast-Fryslân" in text
    assert text.count("Bijlage 1, r. 4.") == 1
