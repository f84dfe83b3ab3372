"""What an odt from pandoc lacks: words for its pictures, entries in its contents, paper and a look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from amk.document import Document
from amk.drawing import Drawing
from amk.formats.pages import PICTURES, Entry, entries_of, fitting, is_wide, titled
from amk.language import say_in

Parts = dict[str, bytes]

_STYLES = Path(__file__).with_name("odt_styles.xml")
_STYLE = re.compile(r'<style:style\b[^>]*\bstyle:name="([^"]+)"(?:[^>]*/>|.*?</style:style>)', re.DOTALL)
_FRAME = re.compile(r"</draw:frame>")
_INDEX = "</text:table-of-content-source>"
_MOMENT = re.compile(rb"(<(?:meta:creation-date|dc:date)>)[^<]*")
_CELL = re.compile(r'(style:name="Table(Header)?RowCell".*?<style:table-cell-properties) [^>]*/>', re.DOTALL)


def mended(parts: Parts, document: Document, styled: bool) -> Parts:
    """The parts of an odt; `styled` when a house style says what paper and letters are."""
    story = _with_alternatives(parts["content.xml"].decode(), document)
    story = _with_whole_rows(_CELL.sub(_ruled, story))
    story = story.replace(_INDEX, _INDEX + _contents(entries_of(document), document.language))
    looks = parts["styles.xml"].decode()
    return {
        **parts,
        "content.xml": story.encode(),
        "styles.xml": (looks if styled else _looking(_on_a4(looks, is_wide(document)))).encode(),
        "meta.xml": _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z", parts["meta.xml"]),
    }


def _with_alternatives(story: str, document: Document) -> str:
    """Each picture with what it shows in words."""
    pieces = (block for block in fitting(titled(document), PICTURES) if isinstance(block, Drawing))
    return _FRAME.sub(lambda frame: _alternative(next(pieces)) + frame.group(), story)


def _alternative(drawing: Drawing) -> str:
    title, told = escape(drawing.title), escape(drawing.alternative)
    return f"<svg:title>{title}</svg:title><svg:desc>{told}</svg:desc>"


def _ruled(cell: re.Match[str]) -> str:
    line = "1pt solid #000000" if cell.group(2) else "0.5pt solid #969696"
    return f'{cell.group(1)} fo:border="none" fo:border-bottom="{line}" fo:padding="0.08cm" />'


def _with_whole_rows(story: str) -> str:
    """With rows that no page breaks in two."""
    look = (
        '<style:style style:name="WholeRow" style:family="table-row">'
        '<style:table-row-properties fo:keep-together="always"/></style:style></office:automatic-styles>'
    )
    story = story.replace("<table:table-row>", '<table:table-row table:style-name="WholeRow">')
    return story.replace("</office:automatic-styles>", look, 1)


def _contents(entries: Sequence[Entry], language: str) -> str:
    """The entries of a table of contents; an office adds the pages when it is asked to."""
    title = escape(say_in(language)("contents"))
    told = "".join(
        f'<text:p text:style-name="Contents_20_{entry.level}"><text:a xlink:type="simple" '
        f'xlink:href="#{entry.anchor}">{escape(entry.words)}</text:a></text:p>'
        for entry in entries
    )
    head = f'<text:index-title text:name="contents"><text:p text:style-name="Contents_20_Heading">{title}'
    return f"<text:index-body>{head}</text:p></text:index-title>{told}</text:index-body>"


def _on_a4(styles: str, lying: bool) -> str:
    width, height = ("29.7cm", "21cm") if lying else ("21cm", "29.7cm")
    styles = re.sub(r'fo:page-width="[^"]*"', f'fo:page-width="{width}"', styles)
    styles = re.sub(r'fo:page-height="[^"]*"', f'fo:page-height="{height}"', styles)
    orientation = f'style:print-orientation="{"landscape" if lying else "portrait"}"'
    return re.sub(r'style:print-orientation="[^"]*"', orientation, styles)


def _looking(styles: str) -> str:
    """The styles, with those of amk in the place of pandoc's own."""
    own = {found.group(1): found.group() for found in _STYLE.finditer(_STYLES.read_text(encoding="utf-8"))}
    known = {found.group(1) for found in _STYLE.finditer(styles)}
    styles = _STYLE.sub(lambda found: own.get(found.group(1), found.group()), styles)
    more = "".join(style for name, style in own.items() if name not in known)
    return styles.replace("</office:styles>", f"{more}</office:styles>", 1)
