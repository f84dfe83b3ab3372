"""A document as Markdown, one line a paragraph, with footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    runs,
)
from amk.document.drawing import Drawing

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_AT_START = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|#{1,6}(?=\s|$)|[-+](?=\s|$)|=+|-{2,})", re.MULTILINE)

_CLOSING = re.compile(r"(?<!\S)#+$")
_SPACES = re.compile(r"\s+")
_BAR = re.compile(r"(?<!\\)\|")
_BREAKS = re.compile(r"[<>\\\s]")

Notes = Mapping[Text, int]


def write(document: Document) -> str:
    """The document as Markdown; it begins with its title and ends with its notes."""
    notes = number_notes(document)
    blocks = document.blocks
    titled = bool(blocks) and isinstance(blocks[0], Heading) and blocks[0].level == 1
    head = () if titled else (Heading(document.title, level=1),)
    parts = [_block(block, notes) for block in (*head, *blocks)]
    parts.append("\n".join(f"[^{number}]: {_text(text, notes)}" for text, number in notes.items()))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, notes: Notes) -> str:
    match block:
        case Heading(text, level):
            title = _CLOSING.sub(r"\\\g<0>", _text(text, notes))
            return f"{'#' * level} {title}"
        case Paragraph(text, quiet):
            said = _line(text, notes)
            return f"*{said}*" if quiet and said and "[^" not in said else said
        case Bullets(items, boxes):
            mark = "- [ ] " if boxes else "- "
            return "\n".join(f"{mark}{_line(item, notes)}" for item in items)
        case Table(columns, rows, caption):
            told = f"*{_escaped(caption)}*\n\n" if caption else ""
            head = (_row(columns, notes), _ruler(columns))
            return told + "\n".join((*head, *(_row(row, notes) for row in rows)))
        case Facts(rows):
            return "\n".join(f"- **{_escaped(label)}:** {_text(text, notes)}" for label, text in rows)
        case Drawing(alternative=alternative):
            return _line(alternative, notes)
        case ItemList(items, first):
            marks = ("-" if first is None else f"{first + n}." for n in range(len(items)))
            return "\n".join(
                _beside(f"{mark} ", _within(item, notes)) for mark, item in zip(marks, items, strict=False)
            )
        case Quote(blocks):
            return _beside("> ", _within(blocks, notes), "> ")
        case CodeBlock(lines, info):
            fence = "`" * max(3, *(len(ticks) + 1 for ticks in ("", *re.findall("`+", lines))))
            return f"{fence}{_SPACES.sub(' ', info).replace('`', '')}\n{lines}\n{fence}"


def _within(blocks: tuple[Block, ...], notes: Notes) -> str:
    """Blocks inside another; a list stands right below what it belongs to, where it is one there as well."""
    told = ""
    for block in blocks:
        between = "\n" if isinstance(block, ItemList) and block.first in (None, 1) else "\n\n"
        told += (between if told else "") + _block(block, notes)
    return told


def _beside(mark: str, told: str, below: str | None = None) -> str:
    """Lines beside a mark, with what stands below it before each of the others."""
    indent = " " * len(mark) if below is None else below
    first, *others = told.split("\n")
    return "\n".join((mark + first, *(indent + line if line else indent.rstrip() for line in others)))


def _row(cells: tuple[Text, ...], notes: Notes) -> str:
    told = " | ".join(_BAR.sub(r"\|", _text(cell, notes).replace("\\\n", " ")) for cell in cells)
    return f"| {told} |"


def _ruler(columns: tuple[str, ...]) -> str:
    return f"|{'|'.join('---' for _ in columns)}|"


def _line(text: Text, notes: Notes) -> str:
    """A text at the start of a line, where it must not turn into a heading or a list."""
    return _AT_START.sub(lambda m: f"{m[1]}\\" if m[1] else f"\\{m[0]}", _text(text, notes))


def _text(text: Text, notes: Notes) -> str:
    return "".join(_run(run, notes) for run in runs(text)).strip()


def _run(run: Run, notes: Notes) -> str:
    match run:
        case str():
            return _escaped(run)
        case Footnote(text):
            return f"[^{notes[text]}]"
        case Strong(words):
            return f"**{_text(words, notes)}**"
        case Emphasis(words):
            return f"*{_text(words, notes)}*"
        case Code(words):
            return _code(words)
        case LineBreak():
            return "\\\n"
        case Link(words, address):
            safe = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("|", "%7C")
            leads = safe.startswith(("https://", "http://")) and not _BREAKS.search(safe)
            return f"[{_text(words, notes)}](<{safe}>)" if leads else _text(words, notes)


def _code(words: str) -> str:
    """Words between more ticks than there are in them."""
    words = _SPACES.sub(" ", words)
    ticks = "`" * (1 + max((len(found) for found in re.findall("`+", words)), default=0))
    room = " " if words[:1] in ("`", " ") or words[-1:] in ("`", " ") else ""
    return f"{ticks}{room}{words}{room}{ticks}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text)).replace("&", "&amp;" if "&#" in text else "&")
