"""A document as one self-contained web page that a screen reader can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, Template
from markupsafe import Markup

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
    number_notes,
    plain,
    runs,
)
from amk.document.drawing import Drawing
from amk.formats.print.layout import entries_of, is_broad, is_long, titled
from amk.formats.svg import DARK_TONES, TONES, picture_of
from amk.language import phrases_in
from amk.values.frozen import frozen

_BESIDE = re.compile(r"[\w./-]+(?:#[\w-]+)?")
"""A link to a page beside this one: no scheme, no host."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --line: #767680; --link: #0b4f9c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --paper: #17171b; --line: #8f8f99; --link: #9cc7ff; }
}
body { color: var(--ink); background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; margin: 0; }
header, nav, main { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 1.5rem; }
main { padding-bottom: 1.5rem; }
main:focus { outline: none; }
nav ol { list-style: none; padding: 0; }
nav .level-2 { padding-left: 1.2rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1.5rem; top: .5rem; padding: .3rem .6rem; background: var(--paper); z-index: 1; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.2rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
p, li, dd { max-width: 46rem; }
a { color: var(--link); }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 1rem; }
pre, code { font-family: ui-monospace, monospace; font-size: .95em; }
.wide { overflow-x: auto; margin: 1rem 0; }
figure { margin: 1.5rem 0; }
figure.broad { width: min(100vw - 3rem, 110rem); margin-left: calc(50% - min(50vw - 1.5rem, 55rem)); }
figure svg { display: block; width: 100%; height: auto; }
figcaption { font-style: italic; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-style: italic; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; }
th, td { border-bottom: 1px solid var(--line); }
th[scope=row] { font-weight: 600; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; }
dd { margin: 0; }
.quiet { font-size: .92rem; font-style: italic; }
.notes { font-size: .92rem; }
sup { line-height: 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
@page { margin: 2cm; }
@media print {
  :root { --ink: #000; --paper: #fff; --line: #767680; --link: #000; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .wide { overflow: visible; }
  .skip { display: none; }
  figure.broad { width: auto; margin-left: 0; }
  figure div { min-width: 0 !important; }
  h2, h3, caption, figcaption { break-after: avoid; }
  figure { break-inside: avoid; }
  body { font-size: 10pt; }
}
"""

_DRAWN = "".join(
    f'  figure [{part}="{colour}"] {{ {part}: {DARK_TONES[tone]}; }}\n'
    for tone, colour in TONES.items()
    for part in ("fill", "stroke")
)
DRAWN = f"@media screen and (prefers-color-scheme: dark) {{\n{_DRAWN}}}\n"
"""On a dark screen a drawing is dark too; what is printed is as on paper."""


@frozen
class Inside:
    """What a page holds of a document, as HTML; `drawn` where a drawing is among it."""

    title: str
    heading: str
    skip: Markup
    contents: Markup
    main: Markup
    drawn: bool


def write(document: Document) -> str:
    """The document as a page without scripts and without anything from elsewhere."""
    inside = inside_of(document)
    style = Markup(f"<style>{STYLE}{DRAWN if inside.drawn else ''}</style>")
    return page_of(inside, document.language, style)


def inside_of(document: Document, local: bool = False) -> Inside:
    """What a page holds of a document; `local` where links may lead to pages beside it."""
    page = _Page(number_notes(document), document.language, local)
    head, *others = titled(document)
    assert isinstance(head, Heading)
    told = "\n".join((*map(page.block, others), "\n".join(page.notes(document.notes_title))))
    skip, contents = _contents(document) if is_long(document) else ("", "")
    drawn = any(isinstance(block, Drawing) for block in others)
    heading = plain(head.text)
    return Inside(document.title, heading, Markup(skip), Markup(contents), Markup(told), drawn)


def page_of(inside: Inside, language: str, head: Markup, before: str = "", after: str = "") -> str:
    """A whole page; `head` brings its style, `before` and `after` stand around what it holds."""
    template = _template()
    around = {"head": head, "before": Markup(before), "after": Markup(after)}
    return template.render(inside=inside, language=language, **around)


@cache
def _template() -> Template:
    text = (Path(__file__).parent / "page.html.jinja").read_text(encoding="utf-8")
    return Environment(autoescape=True, keep_trailing_newline=True).from_string(text)


def _contents(document: Document) -> tuple[str, str]:
    """For a long document: a link past the table of contents, and the table of contents."""
    phrases = phrases_in(document.language)
    entries = "\n".join(
        f'<li class="level-{entry.level}"><a href="#{entry.anchor}">{escape(entry.words)}</a></li>'
        for entry in entries_of(document)
    )
    return (
        f'<a class="skip" href="#main">{escape(phrases("contents.skip"))}</a>\n',
        f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(phrases("contents"))}</h2>\n'
        f"<ol>\n{entries}\n</ol>\n</nav>\n",
    )


class _Page:
    """Counts how often each note has been referred to, so that every mark has an id of its own."""

    def __init__(self, numbers: Mapping[Text, int], language: str, local: bool) -> None:
        self._numbers = numbers
        self._language = language
        self._local = local
        self._drawings = 0
        self._headings = 0
        self._marks: dict[Text, int] = {}
        self._tables = 0

    def block(self, block: Block) -> str:
        match block:
            case Heading(text, level):
                self._headings += 1
                return f'<h{level} id="contents{self._headings}">{self._text(text)}</h{level}>'
            case Paragraph(text, quiet):
                kind = ' class="quiet"' if quiet else ""
                return f"<p{kind}>{self._text(text)}</p>"
            case Bullets(items, boxes):
                mark = "☐ " if boxes else ""
                told = "\n".join(f"<li>{mark}{self._text(item)}</li>" for item in items)
                return f"<ul>\n{told}\n</ul>"
            case Table():
                return self._table(block)
            case Facts(rows):
                pairs = (f"<dt>{escape(label)}</dt><dd>{self._text(text)}</dd>" for label, text in rows)
                return "<dl>\n" + "\n".join(pairs) + "\n</dl>"
            case Drawing():
                return self._drawing(block)
            case ItemList(items, first):
                kind, start = ("ul", "") if first is None else ("ol", f' start="{first}"')
                told = "\n".join(f"<li>{self._item(item)}</li>" for item in items)
                return f"<{kind}{start}>\n{told}\n</{kind}>"
            case Quote(blocks):
                told = "\n".join(map(self.block, blocks))
                return f"<blockquote>\n{told}\n</blockquote>"
            case CodeBlock(lines):
                return f"<pre><code>{escape(lines)}</code></pre>"

    def _item(self, blocks: tuple[Block, ...]) -> str:
        """An item of a list: a first paragraph stands beside its mark, as in a list of words alone."""
        told = [
            self._text(block.text) if number == 0 and isinstance(block, Paragraph) else self.block(block)
            for number, block in enumerate(blocks)
        ]
        return "\n".join(told)

    def _drawing(self, drawing: Drawing) -> str:
        self._drawings += 1
        picture = picture_of(drawing, self._language, f"drawing-{self._drawings}")
        title = escape(drawing.title)
        broad = ' class="broad"' if is_broad(drawing) else ""
        least, most = round(0.8 * drawing.width), round(1.25 * drawing.width)
        return (
            f"<figure{broad}>\n<figcaption>{title}</figcaption>\n"
            f'<div class="wide" role="region" tabindex="0" aria-label="{title} ({self._drawings})">\n'
            f'<div style="min-width: {least}px; max-width: {most}px">\n{picture}\n</div>\n</div>\n</figure>'
        )

    def notes(self, title: str) -> Iterator[str]:
        if not self._numbers:
            return
        yield f'<section class="notes" aria-labelledby="notes">\n<h2 id="notes">{escape(title)}</h2>\n<ol>'
        for text, number in self._numbers.items():
            back = f'<a href="#ref-{number}-1" aria-label="{escape(title)} {number}: ↩">↩</a>'
            yield f'<li id="note-{number}">{self._text(text)} {back}</li>'
        yield "</ol>\n</section>"

    def _table(self, table: Table) -> str:
        self._tables += 1
        name = escape(table.caption or ", ".join(table.columns))
        caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
        head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
        rows = "\n".join(self._row(row) for row in table.rows)
        return (
            f'<div class="wide" role="region" tabindex="0" aria-label="{name} ({self._tables})">\n'
            f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>\n</div>"
        )

    def _row(self, row: tuple[Text, ...]) -> str:
        first, *rest = row
        cells = "".join(f"<td>{self._text(cell)}</td>" for cell in rest)
        return f'<tr><th scope="row">{self._text(first)}</th>{cells}</tr>'

    def _text(self, text: Text) -> str:
        return "".join(self._run(run) for run in runs(text))

    def _run(self, run: Run) -> str:
        match run:
            case str():
                return escape(run)
            case Footnote(text):
                return self._mark(text)
            case Strong(words):
                return f"<strong>{self._text(words)}</strong>"
            case Emphasis(words):
                return f"<em>{self._text(words)}</em>"
            case Code(words):
                return f"<code>{escape(words)}</code>"
            case LineBreak():
                return "<br>"
            case Link(words, address):
                told = self._text(words)
                beside = self._local and _BESIDE.fullmatch(address)
                safe = beside or address.startswith(("https://", "http://"))
                return f'<a href="{escape(address)}">{told}</a>' if safe else told

    def _mark(self, text: Text) -> str:
        number = self._numbers[text]
        self._marks[text] = self._marks.get(text, 0) + 1
        id = f"ref-{number}-{self._marks[text]}"
        return f'<sup><a id="{id}" href="#note-{number}" aria-describedby="notes">{number}</a></sup>'
