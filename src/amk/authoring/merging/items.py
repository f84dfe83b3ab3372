"""Which items of three versions of a list are one item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amk.model.differences import ORDER, going_on, items_of
from amk.storage.yaml.nodes import Node

APART = ("date", "lines", "pages")
"""What tells two additions of one name apart: a step on another day, other lines of one source."""


@dataclass(frozen=True, slots=True)
class Trio:
    """An item as it was, as our side has it and as the other side has it; None where it is not there."""

    base: Node | None
    ours: Node | None
    theirs: Node | None


def plain(piece: Node) -> Any:
    """What a piece holds, as plain data."""
    if not isinstance(piece.value, list):
        return piece.value
    if piece.listed:
        return [plain(item) for item in piece.inside]
    return {entry.key: plain(entry) for entry in piece.inside}


def trios(base: Node, ours: Node, theirs: Node) -> Iterator[Trio]:
    """The items of three lists, each once: ours in our order, then what only the other side has."""
    was, mine, other = _keyed(base), _keyed(ours), _keyed(theirs)
    mine_of, other_of = _pairs(was, mine), _pairs(was, other)
    new, added = _without(mine, mine_of.values()), _without(other, other_of.values())
    both = {key: come for key, come in _pairs(new, added).items() if not _apart(new[key], added[come])}
    both |= _instead(was, mine_of, other_of, _without(new, both), _without(added, both.values()))
    before = {key: name for name, key in mine_of.items()}
    for key, piece in mine.items():
        name = before.get(key, "")
        yield Trio(was.get(name), piece, other.get(other_of.get(name, both.get(key, ""))))
    gone = {key: name for name, key in other_of.items() if name not in mine_of}
    for key, piece in other.items():
        if key in gone or (key in added and key not in both.values()):
            yield Trio(was.get(gone.get(key, "")), None, piece)


def _keyed(holder: Node) -> dict[str, Node]:
    """The items of a list, each under what it is."""
    keys = [
        key for key in items_of(holder.key or "", [plain(item) for item in holder.inside]) if key != ORDER
    ]
    return dict(zip(keys, holder.inside, strict=True))


def _pairs(before: Mapping[str, Node], after: Mapping[str, Node]) -> dict[str, str]:
    """Which item of one list each of another goes on as."""
    meanings = [{key: getattr(key, "meaning", None) for key in side} for side in (before, after)]
    return going_on(*meanings)


def _without(items: Mapping[str, Node], taken: Any) -> dict[str, Node]:
    names = set(taken)
    return {key: piece for key, piece in items.items() if key not in names}


def _apart(one: Node, other: Node) -> bool:
    """Whether two additions of one name are two all the same."""
    told, said = plain(one), plain(other)
    if not (isinstance(told, Mapping) and isinstance(said, Mapping)):
        return False
    return any(field in told and field in said and told[field] != said[field] for field in APART)


def _instead(
    was: Mapping[str, Node],
    mine_of: Mapping[str, str],
    other_of: Mapping[str, str],
    new: Mapping[str, Node],
    added: Mapping[str, Node],
) -> dict[str, str]:
    """What both sides put in the place of one item: whether the two agree is for somebody to say."""
    left = [key for key, piece in was.items() if key not in mine_of and key not in other_of and piece.inside]
    pieces = ([key for key, piece in side.items() if piece.inside] for side in (new, added))
    return {key: come for _, key, come in zip(left, *pieces, strict=False)}
