"""Changing one record: a value set, added or taken away at a place, everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from amk.model.field_labels import path_labelled
from amk.model.problems import format_path
from amk.storage.yaml.canonical import taken_apart, written
from amk.storage.yaml.nodes import Node
from amk.storage.yaml.splicing import Splicing
from amk.values.errors import UserError

Operator = Literal["=", "+=", "-="]

_WISH = re.compile(
    r"(?P<path>\w+(?:-\w+)*(?:\.\w+(?:-\w+)*|\[-?\d+\])*)\s*(?P<operator>\+=|-=|=)(?P<value>.*)", re.DOTALL
)
_STEP = re.compile(r"[\w-]+|\[-?\d+\]")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a user wants changed: the path to a place, and what is to stand there.

    `=` with nothing after it takes the field or the item away; `+=` adds to a list, `-=` takes from it.
    """

    field_path: tuple[str | int, ...]
    operator: Operator
    value: str | Mapping[str, Any]

    @property
    def text(self) -> str:
        """The value as it was typed."""
        return self.value if isinstance(self.value, str) else ""


def parse_change(text: str) -> FieldChange:
    """Read `FIELD=VALUE`, also with `+=` and `-=`, and paths such as `milestones[-1].status`.

    Raises UserError for any other text.
    """
    match = _WISH.fullmatch(text)
    if not match:
        raise UserError("stop.no-wish", found=text)
    steps = _STEP.findall(match["path"])
    field_path = tuple(int(step[1:-1]) if step.startswith("[") else step for step in steps)
    operator: Operator = "+=" if match["operator"] == "+=" else "-=" if match["operator"] == "-=" else "="
    return FieldChange(field_path, operator, match["value"].strip())


def labelled(wishes: Iterable[FieldChange], kind: type[Any]) -> list[FieldChange]:
    """The wishes with the fields of a kind in the place of their labels: `samenvatting` is `summary`."""
    return [replace(wish, field_path=path_labelled(wish.field_path, kind)) for wish in wishes]


def changed(text: str, kind: type[Any], wishes: Sequence[FieldChange]) -> str:
    """A record's text with the wishes granted; what they do not touch stays as it was written.

    Raises UserError when the text cannot be read, and for a place that there is not.
    """
    root = _taken_apart(text, kind)
    splicing = Splicing(text, root, kind)
    for wish in wishes:
        _apply(root, wish)
    return splicing.written()


def composed(kind: type[Any], wishes: Sequence[FieldChange]) -> str:
    """The text of a new record from wishes alone, in canonical form. Raises UserError as `changed` does."""
    root = Node(None, [])
    for wish in wishes:
        _apply(root, wish)
    return written(root, kind)


def with_item(text: str, kind: type[Any], field: str, item: Mapping[str, Any]) -> str:
    """A record's text with one more item at the end of a list. Raises UserError when it cannot be read."""
    root = _taken_apart(text, kind)
    splicing = Splicing(text, root, kind)
    holder = _entry(root, field) or _new(root, field, listed=True)
    holder.inside.append(_piece(None, item))
    return splicing.written()


def _taken_apart(text: str, kind: type[Any]) -> Node:
    root = taken_apart(text, kind)
    if root is None:
        raise UserError("stop.cannot-change")
    return root


def _apply(root: Node, wish: FieldChange) -> None:
    *path, last = wish.field_path
    holder = root
    for step, following in zip(path, wish.field_path[1:], strict=True):
        holder = _inside(holder, step, wish, listed=isinstance(following, int))
    if wish.operator == "=":
        _put(holder, last, wish)
    else:
        _add_or_take(_inside(holder, last, wish, listed=True), wish)


def _inside(holder: Node, step: str | int, wish: FieldChange, listed: bool) -> Node:
    """What a place holds; a field that is not there yet begins empty, and so does the item after the last.

    Raises UserError for no such item.
    """
    if isinstance(step, int):
        if holder.listed and step == len(holder.inside):
            holder.inside.append(Node(None, []))
        if not (holder.listed and -len(holder.inside) <= step < len(holder.inside)):
            raise UserError("stop.no-place", found=format_path(wish.field_path))
        return holder.inside[step]
    entry = _entry(holder, step) or _new(holder, step, listed)
    if isinstance(entry.value, str):
        raise UserError("stop.no-place", found=format_path(wish.field_path))
    return entry


def _put(holder: Node, step: str | int, wish: FieldChange) -> None:
    if isinstance(step, int):
        item = _inside(holder, step, wish, listed=False)
        item.value, item.quoted = wish.text, True
        holder.value = [piece for piece in holder.inside if piece is not item or wish.value]
        return
    entry = _entry(holder, step)
    if not wish.value:
        holder.value = [piece for piece in holder.inside if piece is not entry]
    elif entry is None:
        holder.inside.append(Node(step, wish.text, quoted=True))
    else:
        entry.value, entry.quoted = wish.text, True


def _add_or_take(holder: Node, wish: FieldChange) -> None:
    alike = [piece for piece in holder.inside if _is_alike(piece, wish.value)]
    if wish.operator == "-=":
        if not alike:
            raise UserError(
                "stop.no-item", found=wish.text or _named(wish.value), field=format_path(wish.field_path)
            )
        holder.value = [piece for piece in holder.inside if piece not in alike]
    elif not alike:
        holder.inside.append(_piece(None, wish.value))


def _is_alike(piece: Node, value: str | Mapping[str, Any]) -> bool:
    """Whether an item is the one meant: the same text, or a piece that names the same."""
    if isinstance(value, str):
        return piece.value == value
    return all(any(p.key == key and p.value == text for p in piece.inside) for key, text in value.items())


def _named(value: str | Mapping[str, Any]) -> str:
    return value if isinstance(value, str) else " ".join(map(str, value.values()))


def _entry(holder: Node, key: str) -> Node | None:
    return None if holder.listed else next((piece for piece in holder.inside if piece.key == key), None)


def _new(holder: Node, key: str, listed: bool) -> Node:
    piece = Node(key, [], listed)
    holder.inside.append(piece)
    return piece


def _piece(key: str | None, value: Any) -> Node:
    """Plain data as a piece."""
    if isinstance(value, Mapping):
        return Node(key, [_piece(name, inside) for name, inside in value.items()])
    if isinstance(value, list):
        return Node(key, [_piece(None, inside) for inside in value], listed=True)
    return Node(key, str(value), quoted=True)
