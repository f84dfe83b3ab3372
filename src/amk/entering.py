"""What a user typed, as a record has it: names become ids, labels become codes, lists their items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from amk.changing import Wish
from amk.knowledge import KnowledgeBase, folded
from amk.language import LANGUAGES
from amk.meanings import choice_called, words_for_fields
from amk.query import find_by_name
from amk.records import KINDS, AnyRecord, Evidence, Of, Part, To
from amk.shapes import Choice, Keyed, Many, Piece, Place, Shape, places_of

_BY_KIND: Mapping[str, type[AnyRecord]] = {kind.kind: kind for kind in KINDS}


def entered(base: KnowledgeBase, kind: type[Part], wish: Wish) -> list[Wish]:
    """A wish in the words of a record. What nobody goes by stays as it is: validation tells of it.

    A list is given as its items with commas between: `municipalities=Delft, Rijswijk`.
    """
    shape = shape_at(kind, wish.way)
    if not isinstance(shape, Many):
        return [replace(wish, value=value_of(base, shape, wish.text))]
    items = [item.strip() for item in wish.text.split(",") if item.strip()]
    wishes = [Wish(wish.way, wish.manner, item_of(base, shape.items, item)) for item in items]
    if wish.manner == "=":
        added = [replace(w, manner="+=") for w in wishes]
        return [Wish(wish.way, "=", ""), *added]
    return wishes


def shape_at(kind: type[Part], way: tuple[str | int, ...]) -> Shape | None:
    """What the place at the end of a way may hold; None where a record has no such place."""
    shape: Shape | None = Piece(kind)
    for step in way:
        shape = _shape_below(shape, step)
    return shape


def _shape_below(shape: Shape | None, step: str | int) -> Shape | None:
    match shape:
        case Piece(part):
            return next((place.shape for place in places_of(part) if place.name == step), None)
        case Many(items) if isinstance(step, int):
            return items
        case Keyed(_, value):
            return value
    return None


def value_of(base: KnowledgeBase, shape: Shape | None, text: str) -> str:
    """A value as a record has it: the id of the record that was named, the code of the word."""
    match shape:
        case To():
            return _reference(base, shape, text)
        case Of(vocabulary):
            return _code(base, vocabulary, text)
        case Choice():
            return _choice(shape, text)
    return text


def item_of(base: KnowledgeBase, shape: Shape, text: str) -> str | Mapping[str, Any]:
    """One item of a list: a value, or a piece that is told by whom or what it names.

    Evidence may be followed by its lines: `brief-2021:7-9`.
    """
    if not isinstance(shape, Piece):
        return value_of(base, shape, text)
    if shape.part is Evidence:
        source, _, lines = text.partition(":")
        cited = {"source": value_of(base, To(("source",)), source.strip())}
        return {**cited, "lines": lines.strip()} if lines else cited
    places = [place for place in places_of(shape.part) if isinstance(place.shape, To)]
    known = (place for place in places if _found(base, place, text))
    place = next(known, places[0] if places else None)
    return {place.name: value_of(base, place.shape, text)} if place else text


def _found(base: KnowledgeBase, place: Place, text: str) -> bool:
    return isinstance(place.shape, To) and bool(find_by_name(base, text, _kinds(place.shape)))


def _kinds(to: To) -> tuple[type[AnyRecord], ...]:
    return tuple(_BY_KIND[name] for name in to.kinds)


def _reference(base: KnowledgeBase, to: To, text: str) -> str:
    found = find_by_name(base, text, _kinds(to))
    if len(found) != 1:
        return text
    return found[0].id if to.bare else found[0].ref


def _choice(choice: Choice, text: str) -> str:
    """The word of a choice that is called so, in whatever language."""
    called = {
        folded(choice_called(choice, word, say)): word
        for say in map(words_for_fields, LANGUAGES)
        for word in choice.words
    }
    return text if text in choice.words else called.get(folded(text), text)


def _code(base: KnowledgeBase, vocabulary: str, text: str) -> str:
    known = [concept for (name, _), concept in base.concepts.items() if name == vocabulary]
    by_word = {folded(w): c.code for c in known for w in (c.code, *(t for _, t in c.labels.by_language))}
    return by_word.get(folded(text), text)
