"""Text in columns: how wide it is on a terminal, where its lines break, and how it stands out.

A stretch of text that stands out lies between two of the same marks, which take no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

BOLD, ITALIC, TYPED = "\ue010", "\ue011", "\ue012"
"""Where words that are strong, stressed or code begin, and where they end."""

_STYLES = {BOLD: "bold", ITALIC: "italic", TYPED: "cyan"}
_MARKS = re.compile(f"([{BOLD}{ITALIC}{TYPED}])")
_WORD = re.compile(r"\s*\S+\s*")


def columns_of(text: str) -> int:
    """How many columns a text takes."""
    bare = _MARKS.sub("", text)
    if bare.isascii():
        return len(bare)
    # The widths of all characters are rich's to know; most texts need none of them.
    from rich.cells import cell_len

    return cell_len(bare)


def padded(text: str, width: int) -> str:
    """A text with as many spaces after it as fill a width."""
    return text + " " * (width - columns_of(text))


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text in so many columns: broken between words; a word that is too long is cut."""
    return [line for part in text.split("\n") for line in _balanced(_lines(part, max(1, width)))]


def _lines(text: str, width: int) -> Iterator[str]:
    line, taken = "", 0
    for word in _WORD.findall(text):
        size = columns_of(word.rstrip())
        if taken and taken + size > width:
            yield line.rstrip()
            line, taken = "", 0
        if size > width:
            *whole, rest = _cut(word.rstrip(), width)
            yield from whole
            word = rest + word[len(word.rstrip()) :]
        line += word
        taken = columns_of(line)
    yield line.rstrip()


def _cut(word: str, width: int) -> Iterator[str]:
    """A word in pieces that fit."""
    piece, taken = "", 0
    for letter in word:
        size = columns_of(letter)
        if piece and taken + size > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + letter, taken + size
    yield piece


def _balanced(lines: Iterator[str]) -> Iterator[str]:
    """Lines in which what stands out ends with the line, and goes on in the next."""
    open_ = ""
    for line in lines:
        begun = open_ + line
        open_ = "".join(mark for mark in _STYLES if begun.count(mark) % 2)
        yield begun + open_


def painted(text: str, style: str) -> str:
    """A text with the codes that make a terminal show it in a style, and its marks as bold."""
    from rich.color import ColorSystem
    from rich.style import Style

    found, styles = "", {style} - {""}
    for piece in _MARKS.split(text):
        if piece in _STYLES:
            styles ^= {_STYLES[piece]}
            continue
        words = " ".join(sorted(styles))
        found += Style.parse(words).render(piece, color_system=ColorSystem.STANDARD) if words else piece
    return found


def bare(text: str) -> str:
    """A text without marks."""
    return _MARKS.sub("", text)


def widths_of(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """How wide each column is: its longest word, and a fair part of what is left up to its longest cell."""
    texts = [[column, *(row[index] for row in rows)] for index, column in enumerate(columns)]
    wanted = [max(map(columns_of, column)) for column in texts]
    given = longest_words(columns, rows)
    left = width - 3 * len(columns) - sum(given)
    while left > 0:
        narrowest = max(range(len(given)), key=lambda i: wanted[i] / max(1, given[i]))
        if given[narrowest] >= wanted[narrowest]:
            break
        given[narrowest] += 1
        left -= 1
    return given


def longest_words(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The longest word of each column; words longer than any table allows are broken after all."""
    texts = [[column, *(row[index] for row in rows)] for index, column in enumerate(columns)]
    return [
        min(26, max((columns_of(word) for text in column for word in text.split()), default=1))
        for column in texts
    ]
