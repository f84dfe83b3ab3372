"""What a docx from pandoc lacks: contents, rows that stay whole, paper and a look."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from amk.document.blocks import Document
from amk.formats.print.docx_contents import with_contents
from amk.formats.print.docx_style import completed, renamed
from amk.formats.print.layout import is_wide

Parts = dict[str, bytes]

_STYLES = Path(__file__).with_name("docx_styles.xml")
_STYLE = re.compile(r'<w:style\b[^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_SECTION = re.compile(r"<w:sectPr>.*?</w:sectPr>", re.DOTALL)
_SHEET = re.compile(r'<w:pgSz\b[^>]*\bw:w="(\d+)"')
_EDGES = re.compile(r"<w:pgMar\b[^>]*>")
_SIDE = re.compile(r'\bw:(?:left|right)="(\d+)"')
_GRID = re.compile(r"<w:tblGrid>.*?</w:tblGrid>", re.DOTALL)
_ROOM_BEFORE = re.compile(
    r"((?:</w:tbl>|</w:sdt>)\s*<w:p><w:pPr>(?:(?!</?w:p>|<w:ind|<w:jc).)*?)</w:pPr>", re.DOTALL
)
_BEFORE_TABLE = re.compile(
    r'<w:pStyle w:val="(?:FirstParagraph|BodyText)" />(?=(?:(?!</w:p>).)*</w:p>\s*<w:p><w:pPr>'
    r'<w:pStyle w:val="TableCaption")',
    re.DOTALL,
)
_EXTENT = re.compile(r'<(wp:extent|a:ext) cx="(\d+)" cy="(\d+)"')
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial" /><w:sz w:val="20" />'

_SHORT, _LONG, _MARGIN = 11906, 16838, 1247
"""The sides of a sheet of A4 and its margins left and right, in twentieths of a point."""

_ROOM = "9400"
"""Where amk's own styles have the end of a line, for each sheet to fill in."""

_EMU, _PANDOC = 635, 5334000
"""English metric units in a twentieth of a point, and of them the width of a sheet to pandoc."""

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def mended(parts: Parts, document: Document, styled: bool) -> Parts:
    """The parts of a docx; `styled` when a house style says what paper and letters are."""
    story = parts["word/document.xml"].decode()
    story = _TABLE.sub(lambda found: found.group().replace('w:val="Compact"', 'w:val="TableText"'), story)
    # The first column names its row.
    story = story.replace('w:firstColumn="0"', 'w:firstColumn="1"').replace(
        'w:val="0020" />', 'w:val="00A0" />'
    )
    story = story.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc>")
    story = _BEFORE_TABLE.sub(r"\g<0><w:keepNext />", story)
    story = story.replace('w:val="eachSect"', 'w:val="continuous"')
    core = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z", parts["docProps/core.xml"])
    parts = {**parts, "docProps/core.xml": core}
    if styled:
        # Letters of a house may be wider than those that the columns were measured for.
        story = story.replace('<w:tblLayout w:type="fixed" />', '<w:tblLayout w:type="autofit" />')
        room = _room_in_house(story)
        story = with_contents(story, document, room)
        return _in_house({**parts, "word/document.xml": story.encode()}, room)
    width, height = (_LONG, _SHORT) if is_wide(document) else (_SHORT, _LONG)
    room = width - 2 * _MARGIN
    story = with_contents(story, document, room)
    story = _GRID.sub(lambda found: _grid(found.group(), room), story)
    story = _ROOM_BEFORE.sub(r'\g<1><w:spacing w:before="140" /></w:pPr>', story)
    story = _EXTENT.sub(lambda found: _extent(found, room * _EMU / _PANDOC), story)
    story = _SECTION.sub(lambda _: _section(width, height), story)
    looks = _looking(parts["word/styles.xml"].decode())
    return {
        **_with_footer(parts, document.title),
        "word/document.xml": story.encode(),
        "word/styles.xml": looks.replace(_ROOM, str(room)).encode(),
    }


def _room_in_house(story: str) -> int:
    """How wide words stand on the sheets of a house; those of amk where it does not say."""
    widths = [int(width) for width in _SHEET.findall(story)]
    margins = [int(margin) for edges in _EDGES.findall(story)[-1:] for margin in _SIDE.findall(edges)]
    return widths[-1] - sum(margins) if widths and len(margins) == 2 else _SHORT - 2 * _MARGIN


def _in_house(parts: Parts, room: int) -> Parts:
    """The parts with every style that they use, those of the house first."""
    names: list[str] = [name for name in ("word/document.xml", "word/footnotes.xml") if name in parts]
    used = "".join(parts[name].decode() for name in names)
    own = _STYLES.read_text(encoding="utf-8").replace(_ROOM, str(room))
    styles, ids = completed(parts["word/styles.xml"].decode(), own, used)
    stories = {name: renamed(parts[name].decode(), ids).encode() for name in names}
    return {**parts, **stories, "word/styles.xml": styles.encode()}


def _grid(grid: str, room: int) -> str:
    """The columns of a table in their proportions, over all of the room."""
    widths = [int(width) for width in re.findall(r'w:w="(\d+)"', grid)]
    columns = (f'<w:gridCol w:w="{round(width * room / sum(widths))}" />' for width in widths)
    return f"<w:tblGrid>{''.join(columns)}</w:tblGrid>"


def _extent(found: re.Match[str], times: float) -> str:
    """The size of a picture, made larger by as much as the sheet is wider than pandoc thinks."""
    tag, width, height = found.groups()
    return f'<{tag} cx="{round(int(width) * times)}" cy="{round(int(height) * times)}"'


def _section(width: int, height: int) -> str:
    lying = ' w:orient="landscape"' if width > height else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" xmlns:r="{_RELATION}" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{lying}/><w:pgMar w:top="1247" w:bottom="1247" '
        f'w:left="{_MARGIN}" w:right="{_MARGIN}" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )


def _with_footer(parts: Parts, title: str) -> Parts:
    """With the title and the number of the page at the foot of every page."""
    number = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{name}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{after}'
        for name, after in (("PAGE", "<w:r><w:t> / </w:t></w:r>"), ("NUMPAGES", ""))
    )
    footer = (
        f'<w:ftr {_SPACE}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(title)}</w:t></w:r><w:r><w:tab/></w:r>{number}</w:p></w:ftr>'
    )
    relation = f'<Relationship Id="rIdFooter" Type="{_RELATION}/footer" Target="footer1.xml"/>'
    kind = (
        '<Override PartName="/word/footer1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>'
    )
    relations, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    return {
        **parts,
        "word/footer1.xml": footer.encode(),
        relations: parts[relations].replace(b"</Relationships>", f"{relation}</Relationships>".encode()),
        types: parts[types].replace(b"</Types>", kind.encode()),
    }


def _looking(styles: str) -> str:
    """The styles, with those of amk in the place of pandoc's own."""
    own = {found.group(1): found.group() for found in _STYLE.finditer(_STYLES.read_text(encoding="utf-8"))}
    known = {found.group(1) for found in _STYLE.finditer(styles)}
    styles = _STYLE.sub(lambda found: own.get(found.group(1), found.group()), styles)
    more = "".join(style for name, style in own.items() if name not in known)
    styles = styles.replace("</w:styles>", f"{more}</w:styles>")
    return re.sub(r"<w:rFonts [^>]*minorHAnsi[^>]*/>\s*<w:sz [^>]*/>", _FONT, styles, count=1)
