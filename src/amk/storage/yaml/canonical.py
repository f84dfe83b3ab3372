"""The canonical form of a record: order, quoting and layout, with every comment kept.

Keys stand in the order of the fields in `records`, those that amk does not know after them; one
value a line in block style; texts are quoted only where YAML would read something else. Comments
and blank lines go with the key or item that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from amk.model.field_types import Choice, FieldType, ListOf, MapOf, PartOf, names_in, parts_in, type_below
from amk.model.records import Record
from amk.storage.yaml.comments import pieces_of
from amk.storage.yaml.events import reads_as_text
from amk.storage.yaml.nodes import Node, all_comments
from amk.storage.yaml.parser import parse_yaml
from amk.values.multilingual import language_order

LAST = ("summary", "notes", "tags", "reviewed", "owner", "former_ids", "evidence", "waive")
"""Fields that every kind has: after those of its own."""

_ODD = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML has no place for without escaping it, or takes for the end of a line or the start of a file."""

_BLANK = "\n"
"""A blank line between pieces; one inside a text is empty."""

_PLAIN = ("date", "whole", "number", "yes-no")
_UNQUOTED = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`].*")


def canonical(text: str, kind: type[Any]) -> str | None:
    """A record's text in canonical form; None where it has faults, or where its meaning would change."""
    root = taken_apart(text, kind)
    return written(root, kind) if root else None


def taken_apart(text: str, kind: type[Any]) -> Node | None:
    """The pieces of a record's text; None where it has faults, or canonical form would change its meaning."""
    before = parse_yaml(text)
    if before.faults or not isinstance(before.data, dict):
        return None
    root = pieces_of(text)
    found = written(root, kind)
    if found == text:
        return root
    after = parse_yaml(found)
    same = not after.faults and after.data == before.data
    kept = sorted(all_comments(pieces_of(found))) == sorted(all_comments(root)) if same else False
    return root if same and kept else None


def written(root: Node, kind: type[Any]) -> str:
    """The text of a record from its pieces, in canonical form."""
    lines = _block(root, PartOf(kind), 0) if root.inside else ("{}", *_comments(root.below, 0))
    return "".join(f"{line}\n" for line in spaced(lines))


def spaced(lines: Iterable[str]) -> Iterator[str]:
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
    names = list(names_in(kind))
    if isinstance(kind, type) and issubclass(kind, Record):
        return [*(name for name in names if name not in LAST), *(name for name in LAST if name in names)]
    return names


def lines_of(piece: Node, kind: FieldType | None, indent: int, listed: bool) -> Iterator[str]:
    """The lines of one key or item of what has a kind, with the comments above it; see `spaced`."""
    yield from _comments(piece.above, indent)
    yield from _item(piece, kind, indent) if listed else _entry(piece, kind, indent)


def in_order(holder: Node, kind: FieldType | None) -> list[Node]:
    """What a list or a mapping holds, in canonical order."""
    kind = kind.items if isinstance(kind, ListOf) else kind
    return holder.inside if holder.listed else _in_order(holder.inside, kind)


def _block(piece: Node, kind: FieldType | None, indent: int) -> Iterator[str]:
    """The lines of what a list or a mapping holds."""
    inside = in_order(piece, kind)
    kind = kind.items if isinstance(kind, ListOf) else kind
    for item in inside:
        yield from lines_of(item, kind, indent, piece.listed)
    yield from _comments(piece.below, indent)


def _in_order(entries: Sequence[Node], kind: FieldType | None) -> list[Node]:
    if kind == "words":
        return sorted(entries, key=lambda entry: language_order(entry.key or ""))
    part = next(parts_in(kind), None) if not isinstance(kind, MapOf) else None
    order = {name: index for index, name in enumerate(order_of(part))} if part else {}
    return sorted(entries, key=lambda entry: order.get(entry.key or "", len(order)))


def _comments(lines: Sequence[str], indent: int) -> Iterator[str]:
    """Comments, and blank lines between pieces."""
    for line in lines:
        yield f"{' ' * indent}{line}" if line else _BLANK


def _entry(entry: Node, kind: FieldType | None, indent: int) -> Iterator[str]:
    """A key and its value."""
    field_type = type_below(kind, entry.key or "")
    beside = f"  {entry.beside}" if entry.beside else ""
    lead = f"{' ' * indent}{_quoted(entry.key or '')}:"
    if isinstance(entry.value, str):
        first, *more = _scalar(entry, field_type, indent + 2)
        yield f"{lead} {first}{beside}"
        yield from more
    elif entry.value:
        yield f"{lead}{beside}"
        yield from _block(entry, field_type, indent + 2)
    else:
        yield f"{lead} {'[]' if entry.listed else '{}'}{beside}"
        yield from _comments(entry.below, indent)


def _item(item: Node, kind: FieldType | None, indent: int) -> Iterator[str]:
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
    lines = list(_block(Node(None, item.value, item.listed, below=item.below), kind, indent + 2))
    above = list(takewhile(_is_between, lines))
    yield from (f"{' ' * indent}{line.lstrip()}" for line in above if line != _BLANK)
    if item.beside:
        yield f"{' ' * indent}{item.beside}"
    yield f"{lead}{lines[len(above)][indent + 2 :]}"
    yield from lines[len(above) + 1 :]


def _is_between(line: str) -> bool:
    """Whether a line is a comment or a blank one between pieces."""
    return line == _BLANK or line.lstrip().startswith("#")


def _scalar(piece: Node, field_type: FieldType | None, indent: int) -> list[str]:
    """A text on one line, or as a block of lines where it has more."""
    text = str(piece.value)
    if "\n" in text and _fits_a_block(text):
        chomp = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
        body = (text if chomp == "-" else text.removesuffix("\n")).split("\n")
        return [f"|{chomp}", *(f"{' ' * indent}{line}" if line else "" for line in body)]
    field_type = field_type.items if isinstance(field_type, ListOf) else field_type
    if field_type == "lines":
        return [_in_quotes(text)]
    truth = text in ("true", "false") and isinstance(field_type, Choice) and text in field_type.words
    plain = field_type in _PLAIN or truth or (field_type in (None, "anything") and not piece.quoted)
    return [text if plain and _stands_alone(text) else _quoted(text)]


def _fits_a_block(text: str) -> bool:
    """Whether a block tells a text, and lets nobody take its last line for a blank one below it."""
    first, last = text.lstrip("\n")[:1], text.rstrip("\n").rpartition("\n")[2]
    return first not in ("", " ", "\t") and bool(last.strip()) and not _ODD.search(text.replace("\n", ""))


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
