"""A text of somebody's own, in a small part of Markdown, as blocks: what amk does not tell itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from amk.document import Block, Bullets, Heading, Link, Note, Paragraph, Run, Strong, Table, Text, plain

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_CLOSING = re.compile(r"\s#+$")
_RULER = re.compile(r":?-+:?")
_BREAK = re.compile(r"\s*([-*_])(?:[ \t]*\1){2,}\s*")
_POINT = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:\s*(.*)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MASKED = re.compile("[\ue021-\ue02f\ue03a-\ue040\ue05b-\ue060\ue07b-\ue07e]")
_MASK = 0xE000
"""Where a character that was escaped with a backslash waits until all signs have been read."""

# No part can match more than up to the next sign of its kind: reading takes as long as the text is.
_INLINE = re.compile(
    r"\[\^(?P<note>[^\]\s]{1,60})\]"
    r"|\[(?P<words>[^\]\[]+)\]\((?:<(?P<enclosed>https?://[^\s<>]+)>|(?P<address>https?://[^\s<>()]+))\)"
    r"|(?<!\*)(?P<stars>\*{1,3})(?P<starred>[^*\s](?:[^*]*[^*\s])?)(?P=stars)(?!\*)"
    r"|(?<![\w_])(?P<bars>_{1,3})(?P<barred>[^_\s](?:[^_]*[^_\s])?)(?P=bars)(?![\w_])"
)
# What a value of data could be taken for: signs in a line, and at its start.
_SIGN = re.compile(r"[\\*_\[\]|]")
_STARTS = re.compile(r"^(\s*)(#|[-+](?=\s|$)|=|-{3}|(\d{1,9})(?=[.)]\s))")


def parse_own_text(markdown: str, level: int) -> tuple[Block, ...]:
    """Headings (from this level), paragraphs, lists, tables, links and footnotes; all else is words."""
    text = _ESCAPED.sub(lambda found: chr(_MASK + ord(found[1])), markdown.removeprefix("\ufeff"))
    groups = groupby(text.splitlines(), key=lambda line: bool(line.strip()))
    lines = [line for filled, part in groups if filled for line in (*_joined(list(part)), ("", ""))]
    notes = {
        found[1]: _words(found[2])
        for kind, line in lines
        if kind == "footnote" and (found := _FOOTNOTE.match(line))
    }
    highest = min((_depth(line) for kind, line in lines if kind == "heading"), default=1)
    return tuple(_merged(_blocks(lines, notes, level - highest)))


def as_words(text: str) -> str:
    """A text of which no character is a sign once it is read as a text of one's own."""
    safe = _SIGN.sub(r"\\\g<0>", " ".join(text.split()))
    return _STARTS.sub(lambda m: f"{m[1]}{m[3]}\\" if m[3] else f"{m[1]}\\{m[2]}", safe)


def _joined(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Lines without a blank one between them, each with its kind; what goes on with one is part of it."""
    kind, parts = "", list[str]()
    for line in lines:
        here = _kind(line)
        if parts and here == "words" and kind not in ("heading", "row", "break"):
            parts.append(line.strip())
            continue
        if parts:
            yield kind, " ".join(parts)
        kind, parts = here, [line.rstrip()]
    yield kind, " ".join(parts)


def _kind(line: str) -> str:
    if _HEADING.match(line):
        return "heading"
    if _FOOTNOTE.match(line):
        return "footnote"
    if _BREAK.fullmatch(line):
        return "break"
    if line.lstrip().startswith("|"):
        return "row"
    return "point" if _POINT.match(line) else "words"


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip("#"))


def _blocks(lines: list[tuple[str, str]], notes: Mapping[str, str], deeper: int) -> Iterator[Block]:
    for kind, part in groupby(lines, key=lambda line: line[0]):
        told = [line for _, line in part]
        match kind:
            case "point":
                yield Bullets(tuple(_text(_POINT.sub("", line, count=1), notes) for line in told))
            case "row":
                yield from _rows(told, notes)
            case "heading":
                yield from (Heading(_title(line), min(_depth(line) + deeper, 6)) for line in told)
            case "words":
                yield from (Paragraph(_text(line, notes)) for line in told)


def _merged(blocks: Iterator[Block]) -> Iterator[Block]:
    """Points with blank lines between them are one list."""
    before: Block | None = None
    for block in blocks:
        if isinstance(before, Bullets) and isinstance(block, Bullets):
            before = Bullets((*before.items, *block.items))
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _title(line: str) -> str:
    found = _HEADING.match(line)
    return plain(_text(_CLOSING.sub("", found[2].rstrip()) if found else line, {}))


def _rows(lines: list[str], notes: Mapping[str, str]) -> Iterator[Block]:
    """Lines that begin with a bar: a table where a rule follows the first, else words."""
    head, *others = (_cells(line) for line in lines)
    if not (others and others[0] and all(_RULER.fullmatch(cell) for cell in others[0])):
        yield from (Paragraph(_text(line, notes)) for line in lines)
        return
    width = max(len(head), *map(len, others))
    filled = ((*row, *[""] * width)[:width] for row in (head, *others[1:]))
    columns, *rows = (tuple(_text(cell, notes) for cell in row) for row in filled)
    yield Table(tuple(map(plain, columns)), tuple(rows))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _text(line: str, notes: Mapping[str, str]) -> Text:
    found: list[Run] = []
    end = 0
    for sign in _INLINE.finditer(line):
        run = _run(sign, notes)
        found += [_words(line[end : sign.start()]), run if run is not None else _words(sign[0])]
        end = sign.end()
    said = tuple(run for run in (*found, _words(line[end:])) if run != "")
    return plain(said) if all(isinstance(run, str) for run in said) else said


def _run(sign: re.Match[str], notes: Mapping[str, str]) -> Run | None:
    """What a sign stands for; None for a footnote that there is not."""
    if sign["note"]:
        return Note(notes[sign["note"]]) if sign["note"] in notes else None
    if address := sign["enclosed"] or sign["address"]:
        return Link(_words(sign["words"]), _words(address))
    stressed = _words(sign["starred"] or sign["barred"])
    return Strong(stressed) if len(sign["stars"] or sign["bars"]) > 1 else stressed


def _words(text: str) -> str:
    """Words as they are meant: what was escaped stands there as itself."""
    return _MASKED.sub(lambda found: chr(ord(found[0]) - _MASK), text)
