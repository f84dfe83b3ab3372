"""The table of contents of a docx: its place, its entries, and the pages that an office works out on opening.

Word makes a contents anew from its headings (TOC). LibreOffice keeps what stands in such a field as it
is, but does work out each page that is asked for outside one (PAGEREF). So the field is there for Word
only, in an alternative that other offices pass by, and every entry asks for its page.
"""

from __future__ import annotations

import re
from html import escape

from amk.document.blocks import Document
from amk.formats.print.layout import ContentsEntry, after_contents, entries_of

_FIELD = re.compile(
    r'<w:p><w:r>(<w:fldChar w:fldCharType="begin"[^>]*>.*?"separate" />)(.*?)</w:r></w:p>', re.DOTALL
)
_INDEX = re.compile(r"<w:sdt>.*?</w:sdt>\s*", re.DOTALL)
_HEADING = re.compile(
    r'<w:bookmarkStart w:id="(\d+)" w:name="contents\d+" />\s*<w:p>.*?(?=</w:p>)', re.DOTALL
)
_BOOKMARK_END = re.compile(r'<w:bookmarkEnd w:id="(\d+)" />')

_FOR_WORD = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" Requires="w15">'
    "{field}</mc:Choice></mc:AlternateContent></w:r>"
)
_PAGE = (
    '<w:r><w:tab /></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true" /></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGEREF {anchor} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate" /></w:r><w:r><w:fldChar w:fldCharType="end" /></w:r>'
)


def with_contents(story: str, document: Document, room: int) -> str:
    """The story with entries in its table of contents, whose pages stand at the end of the room for words."""
    if not _INDEX.search(story):
        return story
    story = _FIELD.sub(lambda found: _contents(document, room, *found.groups()), story, count=1)
    return _placed(_marked(story), after_contents(document))


def _contents(document: Document, room: int, begin: str, end: str) -> str:
    """The entries, between the ends of the field that Word makes them anew by."""
    first, *others = (_entry(entry, room) for entry in entries_of(document))
    look, words = first
    told = [f"{look}{_FOR_WORD.format(field=begin)}{words}", *("".join(entry) for entry in others)]
    return f"<w:p>{'</w:p><w:p>'.join(told)}{_FOR_WORD.format(field=end)}</w:p>"


def _entry(entry: ContentsEntry, room: int) -> tuple[str, str]:
    """What an entry looks like, and its words with its page."""
    words = f'<w:r><w:t xml:space="preserve">{escape(entry.words)}</w:t></w:r>'
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{room}" /></w:tabs>'
    return (
        f'<w:pPr><w:pStyle w:val="TOC{entry.level}" />{tab}</w:pPr>',
        f'<w:hyperlink w:anchor="{entry.anchor}">{words}{_PAGE.format(anchor=entry.anchor)}</w:hyperlink>',
    )


def _marked(story: str) -> str:
    """The story with bookmarks that end with their heading.

    Those of pandoc go on to the end of the chapter; LibreOffice loses one that ends with the document.
    """
    headings = {found[1] for found in _HEADING.finditer(story)}
    story = _BOOKMARK_END.sub(lambda end: "" if end[1] in headings else end[0], story)
    return _HEADING.sub(r'\g<0><w:bookmarkEnd w:id="\g<1>" />', story)


def _placed(story: str, chapter: ContentsEntry | None) -> str:
    """The table of contents before a chapter; pandoc places it at the very beginning."""
    found = _INDEX.search(story)
    if not (found and chapter):
        return story
    start = re.compile(f'<w:bookmarkStart [^>]*w:name="{chapter.anchor}"')
    return start.sub(lambda mark: found[0] + mark[0], story.replace(found[0], "", 1), count=1)
