"""The canonical form of a record: order, quoting and layout, with every comment kept.

Keys stand in the order of the fields in `records`, those that amk does not know after them; one
value a line in block style; texts are quoted only where YAML would read something else. Comments
and blank lines go with the key or item that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, get_args

from amk.dates import Date
from amk.fields import hint_of_field, part_of, plain_hint
from amk.lines import Lines
from amk.records import Record
from amk.yamlcomments import pieces_of
from amk.yamlevents import reads_as_text
from amk.yamlpieces import Piece, all_comments
from amk.yamlreading import parse_yaml

LAST = ("summary", "notes", "tags", "reviewed", "owner", "evidence", "waive")
"""Fields that every kind has: after those of its own."""

_ODD = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML has no place for without escaping it, or takes for the end of a line or the start of a file."""

_BLANK = "\n"
"""A blank line between pieces; one inside a text is empty."""

_PLAIN = frozenset({Date, int, float, bool})
_UNQUOTED = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`].*")


def canonical(text: str, kind: type[Any]) -> str | None:
    """A record's text in canonical form; None where it has faults, or where its meaning would change."""
    before = parse_yaml(text)
    if before.faults or not isinstance(before.data, dict):
        return None
    root = pieces_of(text)
    found = written(root, kind)
    if found == text:
        return found
    after = parse_yaml(found)
    same = not after.faults and after.data == before.data
    kept = sorted(all_comments(pieces_of(found))) == sorted(all_comments(root)) if same else False
    return found if same and kept else None


def written(root: Piece, kind: type[Any]) -> str:
    """The text of a record from its pieces, in canonical form."""
    lines = _block(root, kind, 0) if root.inside else ("{}", *_comments(root.below, 0))
    return "".join(f"{line}\n" for line in _spaced(lines))


def _spaced(lines: Iterable[str]) -> Iterator[str]:
    """Lines with one blank one between them where there are more, and none at the start or the end.

    None below a text that ends with blank lines itself, either: it would be taken for one of those.
    """
    last, waiting = "", False
    for line in lines:
        if line == _BLANK:
            waiting = True
            continue
        if waiting and last:
            yield ""
        yield line
        last, waiting = line, False


def order_of(kind: Any) -> list[str]:
    """The fields of a record, or of a piece of one, in canonical order."""
    names = list(plain_hint(kind))
    if isinstance(kind, type) and issubclass(kind, Record):
        return [*(name for name in names if name not in LAST), *(name for name in LAST if name in names)]
    return names


def _block(piece: Piece, kind: Any, indent: int) -> Iterator[str]:
    """The lines of what a list or a mapping holds."""
    inside = piece.inside if piece.listed else _in_order(piece.inside, kind)
    for item in inside:
        yield from _comments(item.above, indent)
        yield from _item(item, kind, indent) if piece.listed else _entry(item, kind, indent)
    yield from _comments(piece.below, indent)


def _in_order(entries: Sequence[Piece], kind: Any) -> list[Piece]:
    order = _places(kind)
    return sorted(entries, key=lambda entry: order.get(entry.key or "", len(order)))


@cache
def _places(kind: Any) -> Mapping[str, int]:
    """The place of each field in canonical order; none where nothing is known of what a kind holds."""
    return {name: index for index, name in enumerate(order_of(kind))} if part_of(kind) else {}


def _comments(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Comments, and blank lines between pieces."""
    for line in lines:
        yield f"{' ' * indent}{line}" if line else _BLANK


def _entry(entry: Piece, kind: Any, indent: int) -> Iterator[str]:
    """A key and its value."""
    hint = hint_of_field(kind, entry.key or "")
    beside = f"  {entry.beside}" if entry.beside else ""
    lead = f"{' ' * indent}{_quoted(entry.key or '')}:"
    if isinstance(entry.value, str):
        first, *more = _scalar(entry, hint, indent + 2)
        yield f"{lead} {first}{beside}"
        yield from more
    elif entry.value:
        yield f"{lead}{beside}"
        yield from _block(entry, hint, indent + 2)
    else:
        yield f"{lead} {'[]' if entry.listed else '{}'}{beside}"
        yield from _comments(entry.below, indent)


def _item(item: Piece, kind: Any, indent: int) -> Iterator[str]:
    """An item of a list: what it holds begins on the line of its dash."""
    beside = f"  {item.beside}" if item.beside else ""
    lead = f"{' ' * indent}- "
    if isinstance(item.value, str):
        first, *more = _scalar(item, kind, indent + 2)
        yield f"{lead}{first}{beside}"
        yield from more
        return
    if not item.value:
        yield f"{lead}{'[]' if item.listed else '{}'}{beside}"
        yield from _comments(item.below, indent)
        return
    # A comment above the first entry would stand between the dash and its value: it goes above the dash.
    lines = list(_block(Piece(None, item.value, item.listed, below=item.below), kind, indent + 2))
    above = list(takewhile(_is_between, lines))
    yield from (f"{' ' * indent}{line.lstrip()}" for line in above if line != _BLANK)
    if item.beside:
        yield f"{' ' * indent}{item.beside}"
    yield f"{lead}{lines[len(above)][indent + 2 :]}"
    yield from lines[len(above) + 1 :]


def _is_between(line: str) -> bool:
    """Whether a line is a comment or a blank one between pieces."""
    return line == _BLANK or line.lstrip().startswith("#")


def _scalar(piece: Piece, hint: Any, indent: int) -> list[str]:
    """A text on one line, or as a block of lines where it has more."""
    text = str(piece.value)
    if "\n" in text and _fits_a_block(text):
        chomp = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
        body = (text if chomp == "-" else text.removesuffix("\n")).split("\n")
        return [f"|{chomp}", *(f"{' ' * indent}{line}" if line else "" for line in body)]
    types = _types_of(hint)
    if Lines in types:
        return [_in_quotes(text)]
    truth = text in ("true", "false") and text in get_args(hint)
    plain = types & _PLAIN or truth or (hint is None and not piece.quoted)
    return [text if plain and _stands_alone(text) else _quoted(text)]


def _fits_a_block(text: str) -> bool:
    """Whether a block tells a text, and lets nobody take its last line for a blank one below it."""
    first, last = text.lstrip("\n")[:1], text.rstrip("\n").rpartition("\n")[2]
    return first not in ("", " ", "\t") and bool(last.strip()) and not _ODD.search(text.replace("\n", ""))


@cache
def _types_of(hint: Any) -> frozenset[type]:
    return frozenset(_types_in(hint))


def _types_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type):
        yield hint
    for inside in get_args(hint):
        yield from _types_in(inside)


def _stands_alone(text: str) -> bool:
    """Whether a text needs no quotes to be read as written, whatever type YAML takes it for."""
    fits = _UNQUOTED.fullmatch(text) and not _ODD.search(text) and text == text.strip()
    return bool(fits) and not text.endswith(":") and ": " not in text and " #" not in text


def _quoted(text: str) -> str:
    """A text without quotes where it is read as that text everywhere, else in quotes."""
    if _stands_alone(text) and reads_as_text(text):
        return text
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    """A text in quotes: double ones where something in it has to be escaped."""
    if _ODD.search(text):
        return '"' + "".join(_escaped(c) for c in text) + '"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(character: str) -> str:
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    if character in known:
        return known[character]
    printable = character.isprintable() or character == "\xa0"
    return character if printable else f"\\U{ord(character):08X}"
