"""A text of somebody's own, in a small part of Markdown, as blocks: what amk does not tell itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from amk.document import Block, Bullets, Heading, Link, Paragraph, Run, Table, Text, plain

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_RULER = re.compile(r":?-+:?")
_POINT = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_LINK = re.compile(r"\[([^\]\[]+)\]\(<?(https?://[^\s<>()]+)>?\)")
_STRESS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")


def parse_own_text(markdown: str, level: int) -> tuple[Block, ...]:
    """Headings (from this level), paragraphs, lists, tables and links to the web; all else is words."""
    lines = markdown.removeprefix("\ufeff").splitlines()
    groups = groupby(lines, key=lambda line: bool(line.strip()))
    return tuple(block for filled, part in groups if filled for block in _blocks(list(part), level))


def _blocks(lines: list[str], level: int) -> Iterator[Block]:
    """The blocks of lines without a blank one between them."""
    for kind, part in groupby(_joined(lines), key=_kind):
        if kind == "point":
            yield Bullets(tuple(_text(_POINT.sub("", line)) for line in part))
        elif kind == "row":
            yield from _rows(list(part))
        elif kind == "heading":
            yield from (Heading(_words(_HEADING.sub(r"\1", line)), level) for line in part)
        else:
            yield from (Paragraph(_text(line)) for line in part)


def _rows(lines: list[str]) -> Iterator[Block]:
    """Lines that begin with a bar: a table where a rule follows the first, else words."""
    head, *others = (_cells(line) for line in lines)
    if not (others and others[0] and all(_RULER.fullmatch(cell) for cell in others[0])):
        yield from (Paragraph(_text(line)) for line in lines)
        return
    width = max(len(head), *map(len, others))
    filled = ((*row, *[""] * width)[:width] for row in (head, *others[1:]))
    columns, *rows = (tuple(_text(cell) for cell in row) for row in filled)
    yield Table(tuple(map(plain, columns)), tuple(rows))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines that go on with the one before them as one line."""
    whole = ""
    for line in lines:
        if whole and _kind(line) == "words" and _kind(whole) != "heading":
            whole = f"{whole} {line.strip()}"
        else:
            if whole:
                yield whole
            whole = line.rstrip()
    yield whole


def _kind(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if line.lstrip().startswith("|"):
        return "row"
    return "point" if _POINT.match(line) else "words"


def _text(line: str) -> Text:
    runs: list[Run] = []
    end = 0
    for link in _LINK.finditer(line):
        runs += [_words(line[end : link.start()]), Link(_words(link.group(1)), link.group(2))]
        end = link.end()
    return tuple(run for run in (*runs, _words(line[end:])) if run != "")


def _words(text: str) -> str:
    """Words without the signs that Markdown stresses them with."""
    return _STRESS.sub(r"\2", text)
