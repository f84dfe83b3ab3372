"""Changing one record: a value set, added or taken away at a place, everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from amk.canonical import canonical, written
from amk.errors import Stop
from amk.yamlcomments import pieces_of
from amk.yamlpieces import Piece

Manner = Literal["=", "+=", "-="]

_WISH = re.compile(
    r"(?P<way>\w+(?:-\w+)*(?:\.\w+(?:-\w+)*|\[-?\d+\])*)\s*(?P<manner>\+=|-=|=)(?P<value>.*)", re.DOTALL
)
_STEP = re.compile(r"[\w-]+|\[-?\d+\]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user wants changed: the way to a place, and what is to stand there.

    `=` with nothing after it takes the field or the item away; `+=` adds to a list, `-=` takes from it.
    """

    way: tuple[str | int, ...]
    manner: Manner
    value: str | Mapping[str, Any]

    @property
    def text(self) -> str:
        """The value as it was typed."""
        return self.value if isinstance(self.value, str) else ""


def parse_wish(text: str) -> Wish:
    """Read `FIELD=VALUE`, also with `+=` and `-=`, and ways such as `milestones[-1].status`.

    Raises Stop for any other text.
    """
    match = _WISH.fullmatch(text)
    if not match:
        raise Stop("stop.no-wish", found=text)
    steps = _STEP.findall(match["way"])
    way = tuple(int(step[1:-1]) if step.startswith("[") else step for step in steps)
    manner: Manner = "+=" if match["manner"] == "+=" else "-=" if match["manner"] == "-=" else "="
    return Wish(way, manner, match["value"].strip())


def changed(text: str, kind: type[Any], wishes: Sequence[Wish]) -> str:
    """A record's text with the wishes granted, in canonical form.

    Raises Stop when the text cannot be read, and for a place that there is not.
    """
    if canonical(text, kind) is None:
        raise Stop("stop.cannot-change")
    root = pieces_of(text)
    for wish in wishes:
        _grant(root, wish)
    return written(root, kind)


def composed(kind: type[Any], wishes: Sequence[Wish]) -> str:
    """The text of a new record from wishes alone, in canonical form. Raises Stop as `changed` does."""
    root = Piece(None, [])
    for wish in wishes:
        _grant(root, wish)
    return written(root, kind)


def with_item(text: str, kind: type[Any], field: str, item: Mapping[str, Any]) -> str:
    """A record's text with one more item at the end of a list. Raises Stop when it cannot be read."""
    if canonical(text, kind) is None:
        raise Stop("stop.cannot-change")
    root = pieces_of(text)
    holder = _entry(root, field) or _new(root, field, listed=True)
    holder.inside.append(_piece(None, item))
    return written(root, kind)


def _grant(root: Piece, wish: Wish) -> None:
    *path, last = wish.way
    holder = root
    for step, following in zip(path, wish.way[1:], strict=True):
        holder = _inside(holder, step, wish, listed=isinstance(following, int))
    if wish.manner == "=":
        _put(holder, last, wish)
    else:
        _add_or_take(_inside(holder, last, wish, listed=True), wish)


def _inside(holder: Piece, step: str | int, wish: Wish, listed: bool) -> Piece:
    """What a place holds; a field that is not there yet begins empty, and so does the item after the last.

    Raises Stop for no such item.
    """
    if isinstance(step, int):
        if holder.listed and step == len(holder.inside):
            holder.inside.append(Piece(None, []))
        if not (holder.listed and -len(holder.inside) <= step < len(holder.inside)):
            raise Stop("stop.no-place", found=_told(wish.way))
        return holder.inside[step]
    found = _entry(holder, step) or _new(holder, step, listed)
    if isinstance(found.value, str):
        raise Stop("stop.no-place", found=_told(wish.way))
    return found


def _put(holder: Piece, step: str | int, wish: Wish) -> None:
    if isinstance(step, int):
        item = _inside(holder, step, wish, listed=False)
        item.value, item.quoted = wish.text, True
        holder.value = [piece for piece in holder.inside if piece is not item or wish.value]
        return
    entry = _entry(holder, step)
    if not wish.value:
        holder.value = [piece for piece in holder.inside if piece is not entry]
    elif entry is None:
        holder.inside.append(Piece(step, wish.text, quoted=True))
    else:
        entry.value, entry.quoted = wish.text, True


def _add_or_take(holder: Piece, wish: Wish) -> None:
    alike = [piece for piece in holder.inside if _is_alike(piece, wish.value)]
    if wish.manner == "-=":
        if not alike:
            raise Stop("stop.no-item", found=wish.text or _named(wish.value), field=_told(wish.way))
        holder.value = [piece for piece in holder.inside if piece not in alike]
    elif not alike:
        holder.inside.append(_piece(None, wish.value))


def _is_alike(piece: Piece, value: str | Mapping[str, Any]) -> bool:
    """Whether an item is the one meant: the same text, or a piece that names the same."""
    if isinstance(value, str):
        return piece.value == value
    return all(any(p.key == key and p.value == text for p in piece.inside) for key, text in value.items())


def _named(value: str | Mapping[str, Any]) -> str:
    return value if isinstance(value, str) else " ".join(map(str, value.values()))


def _entry(holder: Piece, key: str) -> Piece | None:
    return None if holder.listed else next((piece for piece in holder.inside if piece.key == key), None)


def _new(holder: Piece, key: str, listed: bool) -> Piece:
    piece = Piece(key, [], listed)
    holder.inside.append(piece)
    return piece


def _piece(key: str | None, value: Any) -> Piece:
    """Plain data as a piece."""
    if isinstance(value, Mapping):
        return Piece(key, [_piece(name, inside) for name, inside in value.items()])
    if isinstance(value, list):
        return Piece(key, [_piece(None, inside) for inside in value], listed=True)
    return Piece(key, str(value), quoted=True)


def _told(way: Sequence[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).removeprefix(".")
