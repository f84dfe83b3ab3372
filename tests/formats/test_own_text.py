"""What an officer writes comes out in every format as it was written: each format is read back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from pypdf import PdfReader

from amk.document.blocks import Document
from amk.document.markdown import parse_own_text
from amk.formats.html import write as write_html
from amk.formats.markdown import write as write_markdown
from amk.formats.print.office import write as write_office
from amk.formats.print.pdf import write as write_pdf
from amk.formats.terminal import write as write_text
from tests.formats.test_pdf import elements, text_of

OWN = """# Wat **ons** bevalt

Met `amk list` en **vet *cursief* vet**, zie [de *brief*](https://example.org/brief).[^1]

3. Eerst dit
4. Dan dat
   - met een detail
     1. en nog een
5. Slot

> Een citaat
> - met een punt

```sql
select *
  from policies
```

[^1]: Blz. **3**.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return Document("Titel", "nl", parse_own_text(OWN, level=2), "Noten")


def test_markdown_has_it_as_it_was_written(document: Document) -> None:
    written = write_markdown(document)

    assert parse_own_text(written.removeprefix("# Titel\n\n"), level=2) == document.blocks
    assert OWN.replace("(https://example.org/brief)", "(<https://example.org/brief>)") == (
        written.removeprefix("# Titel\n\n").replace("## ", "# ")
    )


def test_a_page_has_it_as_it_was_written(document: Document) -> None:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(write_html(document))

    def said(path: str) -> list[str]:
        return [" ".join("".join(found.itertext()).split()) for found in page.findall(f".//main{path}")]

    assert page.find(".//main/ol").get("start") == "3"
    assert said("/ol/li") == ["Eerst dit", "Dan dat met een detail en nog een", "Slot"]
    assert said("/ol/li/ul/li/ol/li") == ["en nog een"]
    assert said("/blockquote/ul/li") == ["met een punt"]
    assert [code.text for code in page.findall(".//pre/code")] == ["select *\n  from policies"]
    assert (said("//p/code"), said("//p/strong/em")) == (["amk list"], ["cursief"])
    assert said("//h2/strong") == ["ons"]
    assert said("//a[@href='https://example.org/brief']/em") == ["brief"]
    assert said("//section//li/strong") == ["3"]


def test_a_docx_has_it_as_it_was_written(document: Document) -> None:
    import docx

    written = docx.Document(io.BytesIO(write_office(document, "docx")))
    paragraphs = {paragraph.text: paragraph for paragraph in written.paragraphs}
    looks = {run.text: run for paragraph in written.paragraphs for run in paragraph.runs}

    assert [_level(paragraphs[text]) for text in ("Eerst dit", "met een detail", "en nog een", "Slot")] == [
        ("decimal", 0, 3),
        ("bullet", 1, 1),
        ("decimal", 2, 1),
        ("decimal", 0, 3),
    ]
    assert _style(paragraphs["Een citaat"]) == "Block Text"
    assert _style(paragraphs["select *\n  from policies"]) == "Source Code"
    assert looks["amk list"].style.name == "Verbatim Char"
    assert (looks["cursief"].bold, looks["cursief"].italic, looks["ons"].bold) == (True, True, True)
    assert "https://example.org/brief" in [link.target_ref for link in written.part.rels.values()]


def _style(paragraph: Any) -> str:
    return str(paragraph.style.name)


def _level(paragraph: Any) -> tuple[str, int, int]:
    """The kind of numbers of a list in a docx, how deep it lies, and where it starts."""
    own = paragraph._p.pPr.numPr
    depth = own.ilvl.val
    numbers = paragraph.part.numbering_part.element
    number = next(n for n in numbers.num_lst if n.numId == own.numId.val)
    [abstract] = numbers.xpath(f"w:abstractNum[@w:abstractNumId='{number.abstractNumId.val}']")
    [format] = abstract.xpath(f"w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val", namespaces=numbers.nsmap)
    starts = number.xpath(f"w:lvlOverride[@w:ilvl='{depth}']/w:startOverride/@w:val")
    return format, depth, int((starts or ["1"])[0])


def test_an_odt_has_it_as_it_was_written(document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(write_office(document, "odt"))) as archive:
        told = ElementTree.fromstring(archive.read("content.xml"))
    tag = {
        name: f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("text", "style", "office")
    }
    parents = {
        style.get(f"{tag['style']}name"): style.get(f"{tag['style']}parent-style-name")
        for style in told.iter(f"{tag['style']}style")
    }
    [outer, quoted] = told.findall(f"./{tag['office']}body/{tag['office']}text/{tag['text']}list")
    numbered = next(
        style
        for style in told.iter(f"{tag['text']}list-style")
        if style.get(f"{tag['style']}name") == outer.get(f"{tag['text']}style-name")
    )

    def styled(words: str) -> str | None:
        return next(
            parents[str(p.get(f"{tag['text']}style-name"))]
            for p in told.iter(f"{tag['text']}p")
            if " ".join("".join(p.itertext()).split()) == words
        )

    assert len(outer.findall(f"./{tag['text']}list-item")) == 3
    deepest = outer.iterfind(f".//{tag['text']}list//{tag['text']}list//{tag['text']}p")
    assert "".join("".join(p.itertext()) for p in deepest) == "en nog een"
    assert [
        level.get(f"{tag['text']}start-value")
        for level in numbered.iter(f"{tag['text']}list-level-style-number")
    ] == ["3"]
    assert "".join(quoted.itertext()).strip() == "met een punt"
    assert (styled("Een citaat"), styled("select *")) == ("Quotations", "Preformatted_20_Text")


def test_a_pdf_has_it_as_it_was_written(document: Document) -> None:
    reader = PdfReader(io.BytesIO(write_pdf(document)))
    told = [str(element["/S"]) for element in elements(reader)]
    text = text_of(reader)

    assert (told.count("/L"), told.count("/LI")) == (4, 6)
    assert "/BlockQuote" in told
    assert "/Code" in told
    assert {"/Strong", "/Em"} <= set(told)
    assert re.search(r"3\. Eerst dit\s+4\. Dan dat\s+• met een detail\s+1\. en nog een\s+5\. Slot", text)
    assert "select *" in text


def test_a_terminal_has_it_as_it_was_written(document: Document) -> None:
    written = write_text(document, 40)

    assert "3. Eerst dit\n4. Dan dat\n   - met een detail\n     1. en nog een\n5. Slot\n" in written
    assert "│ Een citaat\n│ - met een punt\n" in written
    assert "  select *\n    from policies\n" in written
    assert "[1] Blz. 3." in written


def test_stress_and_code_stand_out_on_a_terminal(document: Document) -> None:
    written = write_text(document, 100, colour=True)

    assert "\x1b[36mamk list\x1b[0m" in written
    assert "\x1b[1mvet \x1b[0m\x1b[1;3mcursief\x1b[0m\x1b[1m vet\x1b[0m" in written


@pytest.mark.parametrize("width", [20, 40, 80])
def test_whatever_lies_deep_stays_on_the_terminal(width: int) -> None:
    deep = "".join(f"{'  ' * depth}- woorden die lang genoeg zijn om te breken\n" for depth in range(5))
    written = write_text(Document("T", "nl", parse_own_text(f"{deep}\n> {'x' * 99}", 2)), width)

    assert max(map(len, written.splitlines())) <= width
