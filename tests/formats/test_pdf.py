"""PDF: what a screen reader finds in it, and that it is the same every time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from amk.document.blocks import Document, Footnote, Heading, Paragraph, Table
from amk.document.drawing import Drawing, Label, Line
from amk.formats.print.pdf import write
from tests.fixtures.full_document import PICTURE, WHOLE, long_page, page


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(write(document)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


def elements(reader: PdfReader) -> Iterator[Any]:
    """Every element of the structure, in reading order."""
    waiting: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop(0)
        if not hasattr(element, "get"):
            continue
        if "/S" in element:
            yield element
        inside = element.get("/K")
        children = list(inside) if isinstance(inside, ArrayObject) else [inside]
        waiting[:0] = [child.get_object() for child in children if hasattr(child, "get_object")]


def kinds(reader: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in elements(reader)]


@pytest.fixture(scope="module")
def whole() -> PdfReader:
    return read(WHOLE)


def test_it_is_tagged_and_says_its_title_and_language(whole: PdfReader) -> None:
    root: Any = whole.root_object

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-NL"
    assert whole.metadata is not None
    assert whole.metadata.title == "Beleid in Súdwest-Fryslân"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_it_says_that_it_keeps_to_pdf_ua(whole: PdfReader) -> None:
    metadata: Any = whole.root_object["/Metadata"].get_object()

    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata.get_data().decode()


def test_english_is_told_as_such() -> None:
    assert str(read(replace(WHOLE, language="en")).root_object["/Lang"]) == "en-GB"


def test_headings_are_headings_and_bookmarks(whole: PdfReader) -> None:
    outline: Any = whole.outline
    top, under = outline

    assert top.title == "Beleid in Súdwest-Fryslân"
    assert [entry.title for entry in under] == ["Stand van het beleid", "Bijlagen"]
    assert kinds(whole).count("/H1") == 1
    assert kinds(whole).count("/H2") == 2


def test_a_table_has_cells_for_its_columns(whole: PdfReader) -> None:
    assert kinds(whole).count("/Table") == 2
    assert kinds(whole).count("/TH") == 4
    assert "/THead" in kinds(whole)
    assert "/Caption" in kinds(whole)


def test_a_drawing_says_in_words_what_it_shows(whole: PdfReader) -> None:
    alternatives = [str(element["/Alt"]) for element in elements(whole) if "/Alt" in element]

    assert PICTURE.alternative in alternatives


def test_the_words_stand_in_reading_order(whole: PdfReader) -> None:
    text = text_of(whole)
    told = ["De stand is bekend", "Noardeast-Fryslân", "Dijk & Dam <1>", "*2*", "naar de raad", "Sinds"]

    assert [text.index(words) for words in told] == sorted(text.index(words) for words in told)


def test_a_note_that_is_told_twice_has_one_number(whole: PdfReader) -> None:
    assert text_of(whole).count("Bijlage 1, r. 4.") == 1
    assert kinds(whole).count("/Note") == 2


def test_only_web_addresses_are_links(whole: PdfReader) -> None:
    actions = [
        str(annotation.get_object()["/A"]["/URI"])
        for sheet in whole.pages
        for annotation in sheet.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    ]

    assert set(actions) == {"https://example.org/"}


def test_a_long_document_has_a_table_of_contents() -> None:
    assert "/TOC" in kinds(read(long_page()))
    assert "/TOC" not in kinds(read(WHOLE))


def test_the_head_of_a_table_is_repeated_on_every_page() -> None:
    reader = read(page(Table(("Gemeente", "Status"), tuple((f"G{n}", "onbekend") for n in range(120)))))

    assert len(reader.pages) > 2
    assert all("Gemeente" in sheet.extract_text() for sheet in reader.pages)


def test_a_wide_table_lies_on_its_side() -> None:
    words = tuple(f"arbeidsvoorwaarden{n}" for n in range(8))
    wide, narrow = (read(page(Table(cells, (cells,)))).pages[0].mediabox for cells in (words, words[:3]))

    assert wide.width > wide.height
    assert narrow.width < narrow.height


def test_a_tall_drawing_goes_on_over_the_next_page() -> None:
    rows = tuple(Label(0, 20.0 * n, f"rij {n}") for n in range(1, 150))
    reader = read(page(Drawing(500, 3000, (*rows, Line(9, 0, 9, 3000)), "Tijdlijn", "150 rijen")))

    assert len(reader.pages) >= 4
    assert all(f"rij {n}" in text_of(reader) for n in range(1, 150))


def test_a_drawing_a_little_taller_than_a_sheet_is_made_smaller_and_not_cut() -> None:
    drawing = Drawing(900, 1400, (Label(0, 20, "boven"), Label(0, 1390, "onder")), "Netwerk", "Twee woorden.")
    reader = read(page(drawing))
    [sheet] = [sheet for sheet in reader.pages if "boven" in sheet.extract_text()]

    assert "onder" in sheet.extract_text()


def test_two_maps_side_by_side_lie_on_their_side_on_one_sheet() -> None:
    reader = read(page(Drawing(1500, 1000, (Label(0, 20, "x"),), "Kaarten", "Twee kaarten.")))

    assert len(reader.pages) == 1
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_a_drawing_has_a_caption(whole: PdfReader) -> None:
    assert f"{PICTURE.title} Verantwoording" in text_of(whole).replace("één ", "")


def test_no_heading_skips_a_level() -> None:
    found = kinds(read(page(Heading("Titel", 1), Heading("Deel", 3), Heading("Onder", 4))))

    assert [kind for kind in found if kind.startswith("/H")] == ["/H1", "/H2", "/H3"]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert write(WHOLE) == write(WHOLE)
    assert "/CreationDate" not in (read(WHOLE).metadata or {})


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_words_can_be_written(words: str) -> None:
    assert write(page(Paragraph((words, Footnote(words))), Table((words,), ((words,),)), title=words))


def test_what_no_font_inside_can_show_is_marked_as_such() -> None:
    assert "Dorp \ufffd\ufffd" in text_of(read(page(Paragraph("Dorp 漢字"))))


def test_letters_that_no_font_has_are_told_each_once() -> None:
    told: list[str] = []

    write(page(Paragraph("Dorp 漢字漢 مسكن 🏠 Ţară Łódź България")), told.extend)

    assert told == [*"漢字مسكن🏠"]


def test_nothing_is_told_where_every_letter_has_a_shape() -> None:
    told: list[str] = []

    write(page(Paragraph("’s-Gravenhage, Súdwest-Fryslân – ĳ, Łódź, България, € 3,–")), told.extend)

    assert told == []


def test_a_ligature_that_was_pasted_from_a_pdf_is_its_letters() -> None:
    told: list[str] = []
    found = text_of(PdfReader(io.BytesIO(write(page(Paragraph("oﬃcieel, ﬁets, ﬂat")), told.extend))))

    assert "officieel, fiets, flat" in found
    assert told == []
