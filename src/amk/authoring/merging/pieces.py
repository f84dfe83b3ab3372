"""Three versions of a piece of a record made one.

What one side changed is taken. Where both changed one value in two ways, or one took away what the other
changed, the side that is preferred wins: two preferences that give two results tell of a conflict. The
pieces of our side are changed in place, so that what nobody touched stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from amk.authoring.merging.items import Trio, plain, trios
from amk.model.differences import meant_by
from amk.storage.yaml.nodes import Node, all_comments

Side = Literal["ours", "theirs"]

_LANGUAGE = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Merging:
    """How three versions are made one: which side wins, and in which language a plain text is."""

    side: Side
    language: str

    def merged(self, base: Node | None, ours: Node | None, theirs: Node | None) -> Node | None:
        """What becomes of a piece; None where it goes."""
        if ours is None or theirs is None:
            return self._came_or_went(base, ours or theirs, theirs_has_it=ours is None)
        _comments(base, ours, theirs)
        if _is_per_language(ours) or _is_per_language(theirs):
            self._in_languages(base, ours, theirs)
        if not _alike(ours, theirs):
            return self._one_value(base, ours, theirs)
        before = base if base and _alike(base, ours) else Node(ours.key, [], ours.listed)
        (self._list if ours.listed else self._mapping)(before, ours, theirs)
        return ours

    def _came_or_went(self, base: Node | None, there: Node | None, theirs_has_it: bool) -> Node | None:
        """What only one side has: it came, or the other side took away what this one may have changed."""
        if there is None or base is None:
            return there
        if _same(base, there) and set(all_comments(there)) <= set(all_comments(base)):
            return None
        return there if theirs_has_it == (self.side == "theirs") else None

    def _one_value(self, base: Node | None, ours: Node, theirs: Node) -> Node:
        """The value that was changed; the preferred one where both were."""
        if _same(ours, theirs) or (base and _same(base, theirs)):
            return ours
        if (base and _same(base, ours)) or self.side == "theirs":
            ours.value, ours.listed = theirs.value, theirs.listed
            ours.quoted, ours.flow, ours.indent = theirs.quoted, theirs.flow, theirs.indent
        return ours

    def _mapping(self, base: Node, ours: Node, theirs: Node) -> None:
        was, mine, other = ({entry.key: entry for entry in side.inside} for side in (base, ours, theirs))
        keys = dict.fromkeys((*mine, *other))
        found = (self.merged(was.get(key), mine.get(key), other.get(key)) for key in keys)
        ours.value = [entry for entry in found if entry]

    def _list(self, base: Node, ours: Node, theirs: Node) -> None:
        each = list(trios(base, ours, theirs))
        found = [(trio, self.merged(trio.base, trio.ours, trio.theirs)) for trio in each]
        kept = [(trio, piece) for trio, piece in found if piece]
        items = [piece for trio, piece in kept if trio.ours]
        become = {id(trio.theirs): piece for trio, piece in kept if trio.theirs}
        common = [trio for trio, _ in kept if trio.base and trio.ours and trio.theirs]
        _in_their_order(items, common, base, theirs)
        new = {id(piece) for trio, piece in kept if not trio.base and not trio.theirs}
        before: Node | None = None
        for item in theirs.inside:
            piece = become.get(id(item))
            if piece and not _is_in(piece, items):
                items.insert(_place(items, before, piece, new), piece)
            before = piece or before
        ours.value = items

    def _in_languages(self, *versions: Node | None) -> None:
        """Among texts per language a plain text becomes one of these."""
        for piece in versions:
            if piece and not _holds(piece):
                piece.value = [Node(self.language, piece.value, quoted=piece.quoted)]


def _holds(piece: Node) -> bool:
    return isinstance(piece.value, list)


def _alike(one: Node, other: Node) -> bool:
    """Whether both are lists, or both mappings."""
    return _holds(one) and _holds(other) and one.listed == other.listed


def _is_per_language(piece: Node) -> bool:
    entries = [] if piece.listed else piece.inside
    return bool(entries) and all(_LANGUAGE.fullmatch(entry.key or "") for entry in entries)


def _same(one: Node, other: Node) -> bool:
    """Whether two pieces mean the same."""
    name = one.key or ""
    return bool(meant_by(name, plain(one)) == meant_by(name, plain(other)))


def _comments(base: Node | None, ours: Node, theirs: Node) -> None:
    """Give our piece the comments of both sides: what one side changed, and what both added."""
    was = base or Node()
    ours.above = _lines(was.above, ours.above, theirs.above)
    ours.below = _lines(was.below, ours.below, theirs.below)
    beside = _lines(*([piece.beside] if piece.beside else [] for piece in (was, ours, theirs)))
    ours.beside = " ".join(beside)


def _lines(base: Sequence[str], ours: list[str], theirs: list[str]) -> list[str]:
    if theirs in (ours, base):
        return ours
    return theirs if ours == base else [*ours, *(line for line in theirs if line not in (*base, *ours))]


def _in_their_order(items: list[Node], common: Sequence[Trio], base: Node, theirs: Node) -> None:
    """Where only the other side put what all three have in another order, that order is taken."""
    were = [number for item in base.inside for number, trio in enumerate(common) if trio.base is item]
    are = [number for item in theirs.inside for number, trio in enumerate(common) if trio.theirs is item]
    if were != sorted(were) or are == sorted(are):
        return
    places = [place for place, item in enumerate(items) if any(item is trio.ours for trio in common)]
    ours = [item for item in items if any(item is trio.ours for trio in common)]
    for place, number in zip(places, are, strict=True):
        items[place] = ours[number]


def _place(items: Sequence[Node], before: Node | None, piece: Node, new: set[int]) -> int:
    """Where a new item comes: after the one it follows, and after what we put there that is not later."""
    place = next((n + 1 for n, item in enumerate(items) if item is before), 0)
    while place < len(items) and id(items[place]) in new and not _is_later(items[place], piece):
        place += 1
    return place


def _is_later(one: Node, other: Node) -> bool:
    days = [next((str(e.value) for e in piece.inside if e.key == "date"), "") for piece in (one, other)]
    return all(day[:4].isdigit() for day in days) and days[0] > days[1]


def _is_in(piece: Node, items: Sequence[Node]) -> bool:
    return any(item is piece for item in items)
