"""A document with everything that a document may hold, for the formats that are handed over."""

from __future__ import annotations

from amk.document import Block, Bullets, Document, Facts, Heading, Link, Note, Paragraph, Table
from amk.drawing import Box, Drawing, Label, Line, Mark

NOTE = Note("Bijlage 1, r. 4.")

PICTURE = Drawing(
    400,
    200,
    (
        Box(10, 10, 80, 40, pattern="hatched"),
        Line(0, 0, 400, 0, arrow=True),
        Mark(50, 100),
        Label(5, 90, "één"),
    ),
    "Tijdlijn",
    "Twee rijen: Súdwest-Fryslân en ’s-Graveland.",
)

WHOLE = Document(
    "Beleid in Súdwest-Fryslân",
    "nl",
    (
        Heading("Beleid in Súdwest-Fryslân", 1),
        Paragraph(("De stand is bekend.", NOTE, " Zie ", Link("de regeling", "https://example.org/"), ".")),
        Heading("Stand van het beleid"),
        Table(("Gemeente", "Status"), (("Noardeast-Fryslân", ("onbekend", NOTE)), ("Eijsden", "concept"))),
        Table(("Regio", "Aantal"), (("Dijk & Dam <1>", "*2*"),), "Aantal per regio"),
        Heading("Bijlagen"),
        Bullets(("naar de raad", ("naar het college", Note("Brief, r. 1.")))),
        Bullets(("nagekeken",), boxes=True),
        Facts((("Sinds", "5 juli 2021"), ("Bron", (Link("b", "javascript:alert(1)"),)))),
        PICTURE,
        Paragraph("Verantwoording: 2 records.", quiet=True),
    ),
    "Noten",
)


def page(*blocks: Block, title: str = "Titel", language: str = "nl") -> Document:
    return Document(title, language, blocks, "Noten")


def long_page() -> Document:
    chapters = (
        (Heading(f"Hoofdstuk {number}"), Paragraph("woord " * 200), Heading("Deel", 3), Paragraph("x"))
        for number in range(1, 6)
    )
    return page(*(block for chapter in chapters for block in chapter))
