"""A document as the tree that pandoc makes a docx or an odt of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

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
from amk.formats.print.layout import LOCALES, fitting, is_wide, leads, share_of, titled, widths_in, words_of
from amk.formats.print.png import png_of
from amk.language import phrases_in

Node = dict[str, Any]
Target = Literal["docx", "odt"]

_VERSION = [1, 23, 1]
_PLAIN = ["", [], []]


def tree_of(document: Document, target: Target, folder: Path) -> str:
    """The document as pandoc's JSON; its title stands in the metadata, its pictures in the folder."""
    return json.dumps(_Tree(document, target, folder).document())


class _Tree:
    """Knows which notes it has met: what a note says is told once, and referred to after that."""

    def __init__(self, document: Document, target: Target, folder: Path) -> None:
        self._document = document
        self._target = target
        self._folder = folder
        self._pictures = 0
        self._widths = widths_in(document)
        self._lying = is_wide(document)
        self._notes: dict[Text, int] = {}
        self._headings = 0

    def document(self) -> Node:
        title, *blocks = titled(self._document)
        assert isinstance(title, Heading)
        language = self._document.language
        meta = {
            "title": {"t": "MetaInlines", "c": _words(plain(title.text))},
            "lang": _string(LOCALES.get(language, language)),
            "toc-title": _string(phrases_in(language)("contents")),
        }
        nodes = [node for block in fitting(blocks, self._lying) for node in self._nodes(block)]
        return {"pandoc-api-version": _VERSION, "meta": meta, "blocks": nodes}

    def _nodes(self, block: Block) -> list[Node]:
        match block:
            case Heading(text, level):
                return [_node("Header", [max(level - 1, 1), self._anchor(), self._text(text)])]
            case Paragraph(text, quiet):
                said = self._text(text)
                return [_node("Para", [_node("Emph", said)] if quiet else said)]
            case Bullets(items, boxes):
                mark = _words("☐ ") if boxes else []
                return [_node("BulletList", [[_node("Plain", mark + self._text(item))] for item in items])]
            case Facts(rows):
                return [self._fact(label, text) for label, text in rows]
            case Table():
                return [self._table(block)]
            case Drawing():
                return [_captioned(block.title, self._target), _node("Para", [self._picture(block)])]
            case ItemList(items, first):
                told = [self._item(item) for item in items]
                numbers = [first or 0, {"t": "Decimal"}, {"t": "Period"}]
                return [_node("BulletList", told) if first is None else _node("OrderedList", [numbers, told])]
            case Quote(blocks):
                return [_node("BlockQuote", [node for inner in blocks for node in self._nodes(inner)])]
            case CodeBlock(lines):
                return [_node("CodeBlock", [_PLAIN, lines])]

    def _item(self, blocks: tuple[Block, ...]) -> list[Node]:
        """An item of a list; one with a single paragraph stands as close to the next as words alone do."""
        nodes = [node for block in blocks for node in self._nodes(block)]
        if sum(isinstance(block, Paragraph) for block in blocks) > 1:
            return nodes
        return [{**node, "t": "Plain"} if node["t"] == "Para" else node for node in nodes]

    def _anchor(self) -> list[Any]:
        self._headings += 1
        return [f"contents{self._headings}", ["unnumbered"], []]

    def _fact(self, label: str, text: Text) -> Node:
        return _node("Plain", [_node("Strong", _words(f"{label}:")), {"t": "Space"}, *self._text(text)])

    def _table(self, table: Table) -> Node:
        caption = [_node("Plain", _words(table.caption))] if table.caption else []
        columns = [[_AS_USUAL, _node("ColWidth", width)] for width in self._widths[table.columns]]
        head = [_PLAIN, [_row([_words(column) for column in table.columns])]]
        rows = [_row([self._text(cell) for cell in row]) for row in table.rows]
        return _node("Table", [_PLAIN, [None, caption], columns, head, [[_PLAIN, 0, [], rows]], [_PLAIN, []]])

    def _picture(self, drawing: Drawing) -> Node:
        # A file, not an address that holds the picture: pandoc would tell that address as its description.
        self._pictures += 1
        name = f"picture{self._pictures}.png"
        (self._folder / name).write_bytes(png_of(drawing, self._document.language))
        width = f"{100 * share_of(drawing, self._lying):.0f}%"
        return _node(
            "Image", [["", [], [["width", width]]], _words(drawing.alternative), [name, drawing.title]]
        )

    def _text(self, text: Text) -> list[Node]:
        return [node for run in words_of(text) for node in self._run(run)]

    def _run(self, run: Run) -> list[Node]:
        match run:
            case str():
                return _words(run)
            case Strong(words):
                return [_node("Strong", self._text(words))]
            case Emphasis(words):
                return [_node("Emph", self._text(words))]
            case Code(words):
                return [_node("Code", [_PLAIN, words])]
            case LineBreak():
                return [{"t": "LineBreak"}]
            case Link(words, address):
                told = self._text(words)
                return [_node("Link", [_PLAIN, told, [address, ""]])] if leads(run) else told
            case Footnote(text):
                return self._note(text)

    def _note(self, text: Text) -> list[Node]:
        if text in self._notes:
            return [_again(self._notes[text], self._target)]
        number = self._notes[text] = len(self._notes) + 1
        note = _node("Note", [_node("Para", self._text(text))])
        if self._target == "odt":
            return [note]
        return [_raw("docx", _MARK.format(n=number)), note, _raw("docx", _END.format(n=number))]


_AS_USUAL: Mapping[str, str] = {"t": "AlignDefault"}
_MARK = '<w:bookmarkStart w:id="{n}00000" w:name="_RefNote{n}"/>'
_END = '<w:bookmarkEnd w:id="{n}00000"/>'
_AGAIN: Mapping[Target, str] = {
    "docx": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> NOTEREF _RefNote{n} \\f \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{n}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "odt": '<text:span text:style-name="Footnote_20_anchor"><text:note-ref '
    'text:note-class="footnote" text:reference-format="text" '
    'text:ref-name="ftn{before}">{n}</text:note-ref></text:span>',
}


def _again(number: int, target: Target) -> Node:
    """A mark that refers to a note that stands elsewhere."""
    return _raw(target, _AGAIN[target].format(n=number, before=number - 1))


_CAPTION: Mapping[Target, str] = {"docx": "Image Caption", "odt": "FigureCaption"}


def _captioned(words: str, target: Target) -> Node:
    """What a picture shows, above it; a figure of pandoc would have it below, and in a frame in odt."""
    style = ["", [], [["custom-style", _CAPTION[target]]]]
    return _node("Div", [style, [_node("Para", _words(words))]])


def _raw(target: Target, markup: str) -> Node:
    return _node("RawInline", [{"docx": "openxml", "odt": "opendocument"}[target], markup])


def _row(cells: list[list[Node]]) -> list[Any]:
    return [_PLAIN, [[_PLAIN, _AS_USUAL, 1, 1, [_node("Plain", cell)]] for cell in cells]]


def _words(text: str) -> list[Node]:
    """Words with the spaces between them, as pandoc wants them."""
    nodes: list[Node] = []
    for number, word in enumerate(text.split(" ")):
        nodes += [{"t": "Space"}] if number else []
        nodes += [_node("Str", word)] if word else []
    return nodes


def _node(kind: str, inside: Any) -> Node:
    return {"t": kind, "c": inside}


def _string(text: str) -> Node:
    return _node("MetaString", text)
