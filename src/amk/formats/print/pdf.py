"""A document as PDF/UA-1: tagged, so that a screen reader can read it, and with fonts of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

from amk.document.blocks import (
    Block,
    Bullets,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Facts,
    Footnote,
    Heading,
    ItemList,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
    Text,
    plain,
)
from amk.document.drawing import Drawing
from amk.formats.print.layout import (
    LOCALES,
    after_contents,
    fitting,
    is_long,
    is_wide,
    leads,
    share_of,
    titled,
    widths_in,
    words_of,
)
from amk.formats.svg import picture_of
from amk.language import phrases_in
from amk.values.errors import no_library

_TEMPLATE = Path(__file__).with_name("pdf.typ")
_BEYOND = re.compile(
    "[^\t\n -~\xa0-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u045f\u2000-\u206f"
    "\u20ac\u2190-\u2193\u2260-\u2265\ufffd]"
)
"""Letters that the fonts inside may lack; PDF/UA allows no letter without a shape."""


_LIGATURES = re.compile("[\ufb00-\ufb06]")


def write(document: Document, tell_lacking: Callable[[Sequence[str]], None] = lambda _: None) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    `tell_lacking` is told the letters that the fonts lack, where there are any: � stands in their place.
    Raises UserError when the library for it is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise no_library("pdf", "documents") from error
    told = json.dumps(_Told(document).document(), ensure_ascii=False)
    # “ﬁ” is how a PDF draws “fi”: pasted from one it is two letters still.
    told = _LIGATURES.sub(lambda found: normalize("NFKC", found.group()), told)
    try:
        return _compiled(told)
    except typst.TypstError:
        written = _compiled(_BEYOND.sub("\ufffd", told))
        if letters := list(dict.fromkeys(_BEYOND.findall(told))):
            tell_lacking(letters)
        return written


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


def _contents_at(blocks: Sequence[dict[str, Any]]) -> int:
    """Before which block below the title the table of contents stands: the second chapter."""
    chapters = [n for n, block in enumerate(blocks[1:]) if block["kind"] == "heading" and block["level"] == 2]
    return chapters[1]


class _Told:
    """A document as plain values for the template; knows which notes it has met."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._widths = widths_in(document)
        self._lying = is_wide(document)
        self._notes: dict[Text, str] = {}
        self._drawings = 0

    def document(self) -> dict[str, Any]:
        document = self._document
        blocks = [self._block(block) for block in fitting(titled(document), self._lying)]
        for block, after in pairwise(blocks):
            if block["kind"] == "paragraph" and after["kind"] == "table":
                block["sticky"] = True
        language, _, region = LOCALES.get(document.language, document.language).partition("-")
        return {
            "title": _said(document.title),
            "language": language,
            "region": region,
            "landscape": self._lying,
            # A letter, and a page for a table, are to be short; their headings are no chapters.
            "compact": not document.contents,
            "contents": phrases_in(document.language)("contents") if is_long(document) else "",
            "contents-at": _contents_at(blocks) if after_contents(document) else 0,
            "blocks": blocks,
        }

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(text, level):
                runs = self._text(text) if plain(text).strip() else [self._run(_said(""))]
                return {"kind": "heading", "level": level, "runs": runs}
            case Paragraph(text, quiet):
                runs = self._text(text)
                return {"kind": "paragraph", "quiet": quiet, "runs": runs, "sticky": False}
            case Bullets(items, boxes):
                return {"kind": "bullets", "boxes": boxes, "items": list(map(self._text, items))}
            case Facts(rows):
                return {"kind": "facts", "rows": [(label, self._text(text)) for label, text in rows]}
            case Table():
                return self._table(block)
            case Drawing():
                return self._drawing(block)
            case ItemList(items, first):
                return {"kind": "list", "first": first, "items": list(map(self._blocks, items))}
            case Quote(blocks):
                return {"kind": "quote", "blocks": self._blocks(blocks)}
            case CodeBlock(lines):
                return {"kind": "code", "lines": lines}

    def _blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        return list(map(self._block, blocks))

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
                return {"kind": "strong", "runs": self._text(words)}
            case Emphasis(words):
                return {"kind": "emphasis", "runs": self._text(words)}
            case Code(words):
                return {"kind": "code", "words": words}
            case LineBreak():
                return {"kind": "break"}
            case Link(words, address):
                return {
                    "kind": "link",
                    "runs": self._text(words),
                    "address": address if leads(run) else "",
                }
            case Footnote(text):
                first = text not in self._notes
                id = self._notes.setdefault(text, f"note-{len(self._notes) + 1}")
                return {"kind": "note", "first": first, "id": id, "runs": self._text(text)}


def _said(heading: str) -> str:
    """A heading on one line, never empty: PDF/UA allows no heading without words."""
    return " ".join(heading.split()) or "–"
