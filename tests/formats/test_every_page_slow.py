"""Every page that a user can make, on paper: for each, what a reader who cannot see it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx as reading
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.every_page import pages_in
from tests.formats.test_pdf import elements, kinds

pytestmark = pytest.mark.slow

COUNTRIES = {"nl": "NL", "en": "GB"}


def test_every_pdf_is_tagged_titled_in_its_language_and_described(tmp_path: Path) -> None:
    for name, file in pages_in(tmp_path, "pdf").items():
        reader = PdfReader(file)
        root: Any = reader.root_object
        found = kinds(reader)
        language = name[-2:]

        assert root["/MarkInfo"]["/Marked"], name
        assert root["/Lang"] == f"{language}-{COUNTRIES[language]}", name
        assert reader.metadata is not None
        assert reader.metadata.title, name
        assert reader.outline, name
        assert found.count("/H1") == 1, name
        assert found.count("/THead") == found.count("/Table"), name
        assert all("/Alt" in e for e in elements(reader) if e["/S"] == "/Figure"), name


def test_every_docx_has_a_title_heads_of_tables_and_pictures_in_words(tmp_path: Path) -> None:
    for name, file in pages_in(tmp_path, "docx").items():
        docx: Any = reading.Document(str(file))
        [language] = docx.styles.element.xpath("w:docDefaults//w:lang")

        assert docx.core_properties.title, name
        assert docx.paragraphs[0].style.name == "Title", name
        assert language.get(qn("w:val"))[:2] == name[-2:], name
        assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in docx.tables), name
        described = [element.get("descr") for element in docx.element.iter(qn("wp:docPr"))]
        assert all(len(words.split()) >= 3 for words in described), name


def test_every_odt_has_a_title_heads_of_tables_and_pictures_in_words(tmp_path: Path) -> None:
    for name, file in pages_in(tmp_path, "odt").items():
        with ZipFile(file) as archive:
            story, looks, about = (
                archive.read(f"{part}.xml").decode() for part in ("content", "styles", "meta")
            )

        assert re.search("<dc:title>[^<]+</dc:title>", about), name
        assert f'fo:language="{name[-2:]}"' in looks, name
        assert story.count("<table:table-header-rows>") == story.count("<table:table "), name
        assert story.count("<draw:frame") == story.count("<svg:desc>") == story.count("FigureCaption"), name
