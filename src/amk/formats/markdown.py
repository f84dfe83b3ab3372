"""A document as Markdown, one line a paragraph, with footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    number_notes,
    runs,
)
from amk.drawing import Drawing

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_AT_START = re.compile(r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|\d+(?=[.)]\s)|={3,}|-{3,})")

_SPACES = re.compile(r"\s+")
_BREAKS = re.compile(r"[<>\\\s]")

Notes = Mapping[str, int]


def write(document: Document) -> str:
    """The document as Markdown; it begins with its title and ends with its notes."""
    notes = number_notes(document)
    blocks = document.blocks
    titled = bool(blocks) and isinstance(blocks[0], Heading) and blocks[0].level == 1
    head = () if titled else (Heading(document.title, level=1),)
    parts = [_block(block, notes) for block in (*head, *blocks)]
    parts.append("\n".join(f"[^{number}]: {_escaped(text)}" for text, number in notes.items()))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, notes: Notes) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_escaped(text)}"
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


def _row(cells: tuple[Text, ...], notes: Notes) -> str:
    return f"| {' | '.join(_text(cell, notes) for cell in cells)} |"


def _ruler(columns: tuple[str, ...]) -> str:
    return f"|{'|'.join('---' for _ in columns)}|"


def _line(text: Text, notes: Notes) -> str:
    """A text at the start of a line, where it must not turn into a heading or a list."""
    return _AT_START.sub(lambda m: m.group(1) + "\\" + m.group(2), _text(text, notes))


def _text(text: Text, notes: Notes) -> str:
    return "".join(_run(run, notes) for run in runs(text)).strip()


def _run(run: Run, notes: Notes) -> str:
    match run:
        case str():
            return _escaped(run)
        case Note(text):
            return f"[^{notes[text]}]"
        case Strong(words):
            return f"**{_escaped(words)}**"
        case Link(words, address):
            safe = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("|", "%7C")
            leads = safe.startswith(("https://", "http://")) and not _BREAKS.search(safe)
            return f"[{_escaped(words)}](<{safe}>)" if leads else _escaped(words)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text)).replace("&", "&amp;" if "&#" in text else "&")
