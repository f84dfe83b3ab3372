"""What an odt from pandoc lacks: words for its pictures, entries in its contents, paper and a look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from amk.document.blocks import Document
from amk.document.drawing import Drawing
from amk.formats.print.layout import ContentsEntry, after_contents, entries_of, fitting, is_wide, titled
from amk.language import phrases_in

Parts = dict[str, bytes]

_STYLES = Path(__file__).with_name("odt_styles.xml")
_STYLE = re.compile(r'<style:style\b[^>]*\bstyle:name="([^"]+)"(?:[^>]*/>|.*?</style:style>)', re.DOTALL)
_FRAME = re.compile(r"</draw:frame>")
_TABLE = '<style:table-properties table:align="center" fo:margin-bottom="0.25cm"'
_INDEX = "</text:table-of-content-source>"
_WHOLE_INDEX = re.compile(r"<text:table-of-content>.*?</text:table-of-content>\s*", re.DOTALL)
_MOMENT = re.compile(rb"(<(?:meta:creation-date|dc:date)>)[^<]*")
_AFTER_CONTENTS = re.compile(r'(</text:table-of-content>\s*<text:p text:style-name=)"Text_20_body"')
_BEFORE_TABLE = re.compile(
    r'(?:First_20_paragraph|Text_20_body)(?=">(?:(?!</text:p>).)*</text:p>\s*'
    r'<text:p text:style-name="TableCaption")',
    re.DOTALL,
)
_FOOTER = "MP1"
"""The style of what stands at the foot of a sheet: that of a house is its own."""

_FOOT = re.compile(r"<style:footer>.*?</style:footer>", re.DOTALL)
_CELL = re.compile(r'(style:name="Table(Header)?RowCell".*?<style:table-cell-properties) [^>]*/>', re.DOTALL)

_SHORT, _LONG, _MARGIN = 21.0, 29.7, 2.2
"""The sides of a sheet of A4 and its margins, in centimetres."""

_INDENT = 0.5
"""How far the second level of the contents stands in, in centimetres."""


def mended(parts: Parts, document: Document, styled: bool) -> Parts:
    """The parts of an odt; `styled` when a house style says what paper and letters are."""
    story = _with_alternatives(parts["content.xml"].decode(), document)
    story = _with_room(_CELL.sub(_ruled, story))
    story = story.replace('<style:table-properties table:align="center"', _TABLE)
    story = story.replace(_INDEX, _INDEX + _contents(entries_of(document), document.language))
    story = _placed(story, after_contents(document))
    looks = parts["styles.xml"].decode()
    looks = _completed(looks, _SHORT) if styled else _on_a4(looks, document)
    return {
        **parts,
        "content.xml": story.encode(),
        "styles.xml": looks.encode(),
        "meta.xml": _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z", parts["meta.xml"]),
    }


def _with_alternatives(story: str, document: Document) -> str:
    """Each picture with what it shows in words."""
    pieces = (block for block in fitting(titled(document), is_wide(document)) if isinstance(block, Drawing))
    return _FRAME.sub(lambda frame: _alternative(next(pieces)) + frame.group(), story)


def _alternative(drawing: Drawing) -> str:
    title, told = escape(drawing.title), escape(drawing.alternative)
    return f"<svg:title>{title}</svg:title><svg:desc>{told}</svg:desc>"


def _ruled(cell: re.Match[str]) -> str:
    line = "1pt solid #000000" if cell.group(2) else "0.5pt solid #969696"
    return f'{cell.group(1)} fo:border="none" fo:border-bottom="{line}" fo:padding="0.08cm" />'


_LOOKS = (
    '<style:style style:name="WholeRow" style:family="table-row">'
    '<style:table-row-properties fo:keep-together="always"/></style:style>'
    '<style:style style:name="BeforeTable" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:paragraph-properties fo:keep-with-next="always"/></style:style>'
    '<style:style style:name="AfterContents" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:paragraph-properties fo:margin-top="0.5cm"/></style:style></office:automatic-styles>'
)


def _with_room(story: str) -> str:
    """With whole rows, what introduces a table beside it, and room after a table of contents."""
    story = story.replace("<table:table-row>", '<table:table-row table:style-name="WholeRow">')
    story = _BEFORE_TABLE.sub("BeforeTable", story)
    story = _AFTER_CONTENTS.sub(r'\g<1>"AfterContents"', story)
    return story.replace("</office:automatic-styles>", _LOOKS, 1)


def _placed(story: str, chapter: ContentsEntry | None) -> str:
    """The table of contents before a chapter; pandoc places it at the very beginning."""
    found = _WHOLE_INDEX.search(story)
    if not (found and chapter):
        return story
    without = story.replace(found[0], "", 1)
    start = without.rindex("<text:h ", 0, without.index(f'text:name="{chapter.anchor}"'))
    return without[:start] + found[0] + without[start:]


_PAGE = '<text:bookmark-ref text:reference-format="page" text:ref-name="{anchor}"></text:bookmark-ref>'


def _contents(entries: Sequence[ContentsEntry], language: str) -> str:
    """The entries of a table of contents; an office works out the pages when it opens them."""
    title = escape(phrases_in(language)("contents"))
    told = "".join(
        f'<text:p text:style-name="Contents_20_{entry.level}"><text:a xlink:type="simple" '
        f'xlink:href="#{entry.anchor}">{escape(entry.words)}</text:a><text:tab/>'
        f"{_PAGE.format(anchor=entry.anchor)}</text:p>"
        for entry in entries
    )
    head = f'<text:index-title text:name="contents"><text:p text:style-name="Contents_20_Heading">{title}'
    return f"<text:index-body>{head}</text:p></text:index-title>{told}</text:index-body>"


def _on_a4(styles: str, document: Document) -> str:
    """The styles of amk for sheets of A4, with the title and the number of the page at the foot of each."""
    lying = is_wide(document)
    width, height = (_LONG, _SHORT) if lying else (_SHORT, _LONG)
    orientation = f'style:print-orientation="{"landscape" if lying else "portrait"}"'
    styles = _looking(styles, width)
    styles = re.sub(r'fo:page-width="[^"]*"', f'fo:page-width="{width}cm"', styles)
    styles = re.sub(r'fo:page-height="[^"]*"', f'fo:page-height="{height}cm"', styles)
    styles = re.sub(r'fo:margin-(left|right|top|bottom)="1in"', rf'fo:margin-\1="{_MARGIN}cm"', styles)
    styles = re.sub(r'style:print-orientation="[^"]*"', orientation, styles)
    foot = _foot(document.title)
    return _FOOT.sub(lambda _: foot, styles, count=1)


def _foot(title: str) -> str:
    number = '<text:page-number text:select-page="current">1</text:page-number>'
    count = "<text:page-count>1</text:page-count>"
    return (
        f'<style:footer><text:p text:style-name="MP1">{escape(title)}<text:tab/>{number} / {count}</text:p>'
        "</style:footer>"
    )


def _looking(styles: str, width: float) -> str:
    """The styles, with those of amk in the place of pandoc's own."""
    own = _own_styles(width)
    return _completed(_STYLE.sub(lambda found: own.get(found.group(1), found.group()), styles), width)


def _completed(styles: str, width: float) -> str:
    """The styles, with those of amk that are not among them: a house knows its own, not all."""
    known = {found.group(1) for found in _STYLE.finditer(styles)}
    own = _own_styles(width).items()
    more = "".join(style for name, style in own if name not in known and name != _FOOTER)
    return styles.replace("</office:styles>", f"{more}</office:styles>", 1)


def _own_styles(width: float) -> dict[str, str]:
    """The styles of amk by name; a line ends at the edge of the sheet, counted from its indent."""
    room = width - 2 * _MARGIN
    told = _STYLES.read_text(encoding="utf-8")
    told = told.replace("INDENTED", f"{room - _INDENT:.1f}cm").replace("ROOM", f"{room:.1f}cm")
    return {found.group(1): found.group() for found in _STYLE.finditer(told)}
