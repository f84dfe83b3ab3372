"""A document as PDF/UA-1: tagged, so that a screen reader can read it, and with fonts of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from amk.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Link,
    Note,
    Paragraph,
    Run,
    Strong,
    Table,
    Text,
)
from amk.drawing import Drawing
from amk.errors import no_library
from amk.formats.pages import LOCALES, fitting, is_long, is_wide, leads, share_of, titled, widths_in, words_of
from amk.formats.svg import picture_of
from amk.language import say_in

_TEMPLATE = Path(__file__).with_name("pdf.typ")
_BEYOND = re.compile(
    "[^\t\n -~\xa0-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u045f\u2000-\u206f"
    "\u20ac\u2190-\u2193\u2260-\u2265\ufffd]"
)
"""Letters that the fonts inside may lack; PDF/UA allows no letter without a shape."""


def write(document: Document) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    Raises Stop when the library for it is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise no_library("pdf", "documents") from error
    told = json.dumps(_Told(document).document(), ensure_ascii=False)
    try:
        return _compiled(told)
    except typst.TypstError:
        return _compiled(_BEYOND.sub("\ufffd", told))


def _compiled(told: str) -> bytes:
    import typst

    written = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"told": told},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    assert isinstance(written, bytes)
    return written


class _Told:
    """A document as plain values for the template; knows which notes it has met."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._widths = widths_in(document)
        self._lying = is_wide(document)
        self._notes: dict[str, str] = {}
        self._drawings = 0

    def document(self) -> dict[str, Any]:
        document = self._document
        language, _, region = LOCALES.get(document.language, document.language).partition("-")
        return {
            "title": _said(document.title),
            "language": language,
            "region": region,
            "landscape": self._lying,
            "contents": say_in(document.language)("contents") if is_long(document) else "",
            "blocks": [self._block(block) for block in fitting(titled(document), self._lying)],
        }

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(text, level):
                return {"kind": "heading", "level": level, "words": _said(text)}
            case Paragraph(text, quiet):
                return {"kind": "paragraph", "quiet": quiet, "runs": self._text(text)}
            case Bullets(items, boxes):
                return {"kind": "bullets", "boxes": boxes, "items": list(map(self._text, items))}
            case Facts(rows):
                return {"kind": "facts", "rows": [(label, self._text(text)) for label, text in rows]}
            case Table():
                return self._table(block)
            case Drawing():
                return self._drawing(block)

    def _table(self, table: Table) -> dict[str, Any]:
        return {
            "kind": "table",
            "caption": table.caption,
            "columns": table.columns,
            "widths": self._widths[table.columns],
            "rows": [list(map(self._text, row)) for row in table.rows],
        }

    def _drawing(self, drawing: Drawing) -> dict[str, Any]:
        self._drawings += 1
        picture = picture_of(drawing, self._document.language, f"drawing-{self._drawings}")
        return {
            "kind": "drawing",
            "svg": picture,
            "alternative": drawing.alternative,
            "caption": drawing.title,
            "width": share_of(drawing, self._lying),
        }

    def _text(self, text: Text) -> list[dict[str, Any]]:
        return [self._run(run) for run in words_of(text)]

    def _run(self, run: Run) -> dict[str, Any]:
        match run:
            case str():
                return {"kind": "words", "words": run}
            case Strong(words):
                return {"kind": "strong", "words": words}
            case Link(words, address):
                return (
                    {"kind": "link", "words": words, "address": address} if leads(run) else self._run(words)
                )
            case Note(text):
                first = text not in self._notes
                id = self._notes.setdefault(text, f"note-{len(self._notes) + 1}")
                return {"kind": "note", "first": first, "id": id, "words": text}


def _said(heading: str) -> str:
    """A heading on one line, never empty: PDF/UA allows no heading without words."""
    return " ".join(heading.split()) or "–"
