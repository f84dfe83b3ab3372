"""What a record says: each of its texts, and the labels and names that count as words of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from amk.fields import hints_of
from amk.knowledge import KnowledgeBase
from amk.language import LANGUAGES
from amk.meanings import choice_called, words_for_fields
from amk.records import AnyRecord, Concept, Of, To
from amk.shapes import Choice, Keyed, Many, Piece, Shape, shape_of
from amk.words import Words

LEFT_OUT = frozenset(
    {"neighbours", "neighbours_outside", "tile", "location", "sha256", "line_count", "waive"}
)
"""Fields in which nobody looks for words: a border would find all the neighbours of a name."""


class Said(NamedTuple):
    """A text of a record: the way to it, the words it is found by, and what a reader is shown of it."""

    way: str
    words: str
    shown: str


Gather = Callable[[KnowledgeBase, Any, str, list[Said]], None]
"""Gathers what a value says, at the end of a way."""


def texts_of(base: KnowledgeBase, record: AnyRecord) -> list[Said]:
    """Every text of a record: its own words, the names of what it names, and the labels of its codes."""
    id = record.id.replace("-", " ")
    found = [Said("id", id, id)]
    kind: Any = type(record)
    for name, gather in _gathering(kind):
        value = getattr(record, name)
        if value and name != "id":
            gather(base, value, name, found)
    return found


@cache
def _gathering(part: Any) -> tuple[tuple[str, Gather], ...]:
    """The fields of a record, or of a piece of one, that say something in words, and how each is gathered."""
    shapes = ((name, shape_of(hint)) for name, hint in hints_of(part).items() if name != "says")
    found = ((name, _gather_of(shape)) for name, shape in shapes if name not in LEFT_OUT)
    return tuple((name, gather) for name, gather in found if gather)


def _gather_of(shape: Shape) -> Gather | None:
    """How what a field of this shape says is gathered; None for a date, a number, a citation of lines."""
    match shape:
        case "text":
            return _as_it_is
        case "words":
            return _in_languages
        case To():
            return _name(shape)
        case Of(vocabulary):
            return _code(vocabulary)
        case Choice():
            return _choice(shape)
        case Piece():
            return _piece
        case Many(items):
            return _many(items)
        case Keyed(_, values):
            return _keyed(values)
    return None


def _as_it_is(base: KnowledgeBase, value: str, way: str, found: list[Said]) -> None:
    found.append(Said(way, value, value))


def _in_languages(base: KnowledgeBase, words: Words, way: str, found: list[Said]) -> None:
    if words.plain is not None:
        found.append(Said(way, words.plain, words.plain))
    found.extend(Said(f"{way}.{language}", text, text) for language, text in words.by_language)


def _name(to: To) -> Gather:
    """A reference, which says the name of what it names."""
    kind = f"{to.kinds[0]}/" if to.bare else ""

    def gather(base: KnowledgeBase, value: str, way: str, found: list[Said]) -> None:
        name = base.name(kind + value)
        found.append(Said(way, name, name))

    return gather


def _code(vocabulary: str) -> Gather:
    def gather(base: KnowledgeBase, value: str, way: str, found: list[Said]) -> None:
        concept = base.concepts.get((vocabulary, value))
        found.append(_label(way, value, concept) if concept else Said(way, value, value))

    return gather


def _choice(choice: Choice) -> Gather:
    """One of a few words, which says its labels in every language."""

    @cache
    def labels_of(value: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(choice_called(choice, value, words_for_fields(x)) for x in LANGUAGES))

    def gather(base: KnowledgeBase, value: Any, way: str, found: list[Said]) -> None:
        if isinstance(value, str):
            labels = labels_of(value)
            found.append(Said(way, " ".join(labels), " / ".join(labels)))

    return gather


def _piece(base: KnowledgeBase, value: Any, way: str, found: list[Said]) -> None:
    part: Any = type(value)
    for name, gather in _gathering(part):
        inside = getattr(value, name)
        if inside:
            gather(base, inside, f"{way}.{name}", found)


def _many(items: Shape) -> Gather | None:
    gather_item = _gather_of(items)
    if gather_item is None:
        return None

    def gather(base: KnowledgeBase, value: tuple[Any, ...], way: str, found: list[Said]) -> None:
        for index, item in enumerate(value):
            gather_item(base, item, f"{way}.{index}", found)

    return gather


def _keyed(values: Shape) -> Gather:
    """Values under keys that are codes of the vocabulary of the field's name: their labels count as words."""
    gather_value = _gather_of(values)

    def gather(base: KnowledgeBase, value: Mapping[str, Any], way: str, found: list[Said]) -> None:
        vocabulary = way.partition(".")[0]
        for key, item in value.items():
            concept = base.concepts.get((vocabulary, key))
            if concept:
                found.append(_label(f"{way}.{key}", key, concept))
            if gather_value:
                gather_value(base, item, f"{way}.{key}", found)

    return gather


def _label(way: str, code: str, concept: Concept) -> Said:
    """A code, which is found by itself and by its labels, and shown by its labels."""
    labels = [text for _, text in concept.labels.by_language] or [str(concept.labels)]
    return Said(way, " ".join((code, *labels)), " / ".join(dict.fromkeys(labels)))
