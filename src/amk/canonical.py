"""The canonical form of a record: order, quoting and layout, with every comment kept.

Keys stand in the order of the fields in `records`, those that amk does not know after them; one
value a line in block style; texts are quoted only where YAML would read something else. Comments
and blank lines go with the key or item that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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

_PLAIN = frozenset({Date, int, float, bool})
_UNQUOTED = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n\t]*")


def canonical(text: str, kind: type[Any]) -> str | None:
    """A record's text in canonical form; None where it has faults, or where its meaning would change."""
    before = parse_yaml(text)
    if before.faults or not isinstance(before.data, dict):
        return None
    root = pieces_of(text)
    found = written(root, kind)
    after = parse_yaml(found)
    same = not after.faults and after.data == before.data
    kept = sorted(all_comments(pieces_of(found))) == sorted(all_comments(root)) if same else False
    return found if same and kept else None


def written(root: Piece, kind: type[Any]) -> str:
    """The text of a record from its pieces, in canonical form."""
    return "\n".join(_block(root, kind, 0)).strip("\n") + "\n"


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
    order = {name: index for index, name in enumerate(order_of(kind))} if part_of(kind) else {}
    return sorted(entries, key=lambda entry: order.get(entry.key or "", len(order)))


def _comments(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Comments and blank lines, no two of the latter in a row."""
    for index, line in enumerate(lines):
        if line or index == 0 or lines[index - 1]:
            yield f"{' ' * indent}{line}" if line else ""


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
        yield from _comments(entry.below, indent + 2)


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
        yield from _comments(item.below, indent + 2)
        return
    entries = item.inside if item.listed else _in_order(item.inside, kind)
    # A comment above the first entry would stand between the dash and its value: it goes above the dash.
    yield from _comments([line for line in entries[0].above if line], indent)
    if item.beside:
        yield f"{' ' * indent}{item.beside}"
    first_above, entries[0].above = entries[0].above, []
    lines = list(_block(Piece(None, entries, item.listed, below=item.below), kind, indent + 2))
    entries[0].above = first_above
    yield f"{lead}{lines[0][indent + 2 :]}"
    yield from lines[1:]


def _scalar(piece: Piece, hint: Any, indent: int) -> list[str]:
    """A text on one line, or as a block of lines where it has more."""
    text = str(piece.value)
    if "\n" in text and _fits_a_block(text):
        chomp = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
        body = (text if chomp == "-" else text.removesuffix("\n")).split("\n")
        return [f"|{chomp}", *(f"{' ' * indent}{line}" if line else "" for line in body)]
    types = set(_types_in(hint))
    if Lines in types:
        return [_in_quotes(text)]
    truth = text in ("true", "false") and text in get_args(hint)
    plain = types & _PLAIN or truth or (hint is None and not piece.quoted)
    return [text if plain and _stands_alone(text) else _quoted(text)]


def _fits_a_block(text: str) -> bool:
    first = text.lstrip("\n")[:1]
    return first not in ("", " ", "\t") and not re.search(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]", text)


def _types_in(hint: Any) -> Iterator[Any]:
    if isinstance(hint, type):
        yield hint
    for inside in get_args(hint):
        yield from _types_in(inside)


def _stands_alone(text: str) -> bool:
    """Whether a text needs no quotes to be read as written, whatever type YAML takes it for."""
    return bool(_UNQUOTED.fullmatch(text)) and ": " not in text and " #" not in text and text == text.strip()


def _quoted(text: str) -> str:
    """A text without quotes where it is read as that text everywhere, else in quotes."""
    if _stands_alone(text) and not text.endswith(":") and reads_as_text(text):
        return text
    if re.search(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text):
        return '"' + "".join(_escaped(c) for c in text) + '"'
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(character: str) -> str:
    known = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    if character in known:
        return known[character]
    printable = character.isprintable() or character == "\xa0"
    return character if printable else f"\\U{ord(character):08X}"
