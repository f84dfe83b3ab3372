"""A change in a record's text that leaves every line it does not touch as somebody wrote it.

What changed is written in canonical form, as little of it as stands on lines of its own; the rest
are the lines of the text. Where that cannot be done without loss, the whole is canonical.
"""

from __future__ import annotations

from typing import Any

from amk.model.field_types import FieldType, ListOf, PartOf, type_below
from amk.storage.yaml.canonical import in_order, lines_of, spaced, written
from amk.storage.yaml.comments import pieces_of
from amk.storage.yaml.nodes import Node, all_comments
from amk.storage.yaml.parser import parse_yaml


class Splicing:
    """A text and its pieces as they were, to be told apart from what they become."""

    def __init__(self, text: str, root: Node, kind: type[Any]) -> None:
        self._text, self._root, self._kind = text, root, kind
        self._canonical = written(root, kind) == text
        self._lines = text.rstrip("\n").split("\n")
        self._was: dict[int, str] = {}
        self._held: dict[int, list[Node]] = {}
        self._kept: list[Node] = []
        self._remember(root)

    def _remember(self, piece: Node) -> None:
        self._was[id(piece)] = repr(piece)
        self._held[id(piece)] = list(piece.inside)
        # An id is only of a piece as long as there is the piece.
        self._kept.append(piece)
        for inside in piece.inside:
            self._remember(inside)

    def written(self) -> str:
        """The text of the record as its pieces are now."""
        whole = written(self._root, self._kind)
        if self._canonical or self._root.flow or not self._root.inside:
            return whole
        lines = self._children(self._root, PartOf(self._kind), 0, len(self._lines))
        text = "".join(f"{line}\n" for line in lines or ())
        return text if _says_the_same(text, whole) else whole

    def _children(self, holder: Node, kind: FieldType | None, first: int, end: int) -> list[str] | None:
        """The lines of what a list or mapping holds; None where they cannot be told apart."""
        before = self._held[id(holder)]
        if not before:
            return None
        starts = [max(first, piece.line - len(piece.above)) for piece in before]
        ends = [*starts[1:], end - len(holder.below)]
        spans = {id(piece): span for piece, *span in zip(before, starts, ends, strict=True)}
        found: list[str] = self._lines[first : starts[0]]
        order = self._in_order(holder, before, kind)
        if self._lead(before[0]).strip() and order[:1] != before[:1]:
            return None
        for piece in order:
            inner = kind.items if isinstance(kind, ListOf) else kind
            field_type = inner if holder.listed else type_below(inner, piece.key or "")
            if id(piece) in spans:
                found += self._piece(holder, piece, inner, field_type, *spans[id(piece)])
            else:
                found += spaced(lines_of(piece, inner, before[0].column, holder.listed))
        return [*found, *self._lines[ends[-1] : end]]

    def _piece(
        self, holder: Node, piece: Node, inner: FieldType | None, field_type: FieldType | None,
        start: int, end: int,
    ) -> list[str]:  # fmt: skip
        """The lines of one piece that was there: as they are, or where something in it changed, that anew."""
        if repr(piece) == self._was[id(piece)]:
            return self._lines[start:end]
        same_kind = piece.inside and self._held[id(piece)] and not piece.flow
        within = self._children(piece, field_type, start, end) if same_kind else None
        if within is not None:
            return within
        anew = list(spaced(lines_of(piece, inner, piece.column, holder.listed)))
        # What begins on the line of a dash begins there again, and blank lines above stay.
        lead = self._lead(piece)
        blank = self._lines[start : next((n for n in range(start, end) if self._lines[n].strip()), end)]
        return [*blank, lead + anew[0][piece.column :], *anew[1:]] if lead.strip() else [*blank, *anew]

    def _lead(self, piece: Node) -> str:
        """What stands before a piece on its line: the dash of the item that it is the first of."""
        return self._lines[piece.line][: piece.column]

    def _in_order(self, holder: Node, before: list[Node], kind: FieldType | None) -> list[Node]:
        """What there is now in the order of the text; what is new where the canonical order has it."""
        there = {id(piece) for piece in holder.inside}
        order = [piece for piece in before if id(piece) in there]
        canonical = in_order(holder, kind)
        for piece in (p for p in canonical if id(p) not in self._was):
            earlier = canonical[: next(i for i, p in enumerate(canonical) if p is piece)]
            last = next((p for p in reversed(earlier) if any(p is q for q in order)), None)
            at = next(i for i, p in enumerate(order) if p is last) + 1 if last else 0
            order.insert(at, piece)
        return order


def _says_the_same(text: str, whole: str) -> bool:
    """Whether two texts say the same, with the same comments."""
    one, other = parse_yaml(text), parse_yaml(whole)
    if one.faults or one.data != other.data:
        return False
    return sorted(all_comments(pieces_of(text))) == sorted(all_comments(pieces_of(whole)))
