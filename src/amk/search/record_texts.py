"""What a record says: each of its texts, and the labels and names that count as words of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from amk.language import LANGUAGES
from amk.model.field_labels import choice_called, words_for_fields
from amk.model.field_types import Choice, FieldType, ListOf, MapOf, PartOf, fields_of
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Concept, Of, To
from amk.values.multilingual import Multilingual

LEFT_OUT = frozenset(
    {"neighbours", "neighbours_outside", "tile", "location", "sha256", "line_count", "waive", "says"}
)
"""Fields in which nobody looks for words: a border would find all the neighbours of a name."""


class IndexableText(NamedTuple):
    """A text of a record: the path to it, the words it is found by, and what a reader is shown of it."""

    field_path: str
    words: str
    shown: str


Gather = Callable[[KnowledgeBase, Any, str, list[IndexableText]], None]
"""Gathers what a value says, at the end of a path."""


def texts_of(base: KnowledgeBase, record: AnyRecord) -> list[IndexableText]:
    """Every text of a record: its own words, the names of what it names, and the labels of its codes."""
    id = record.id.replace("-", " ")
    found = [IndexableText("id", id, id)]
    kind: Any = type(record)
    for name, gather in _gathering(kind):
        value = getattr(record, name)
        if value:
            gather(base, value, name, found)
    return found


@cache
def _gathering(part: Any) -> tuple[tuple[str, Gather], ...]:
    """The fields of a record, or of a piece of one, that say something in words, and how each is gathered."""
    found = ((f.name, _gather_of(f.field_type)) for f in fields_of(part) if f.name not in LEFT_OUT)
    return tuple((name, gather) for name, gather in found if gather)


def _gather_of(field_type: FieldType) -> Gather | None:
    """How what a field of this shape says is gathered; None for a date, a number, a citation of lines."""
    match field_type:
        case "text":
            return _as_it_is
        case "words":
            return _in_languages
        case To():
            return _name(field_type)
        case Of(vocabulary):
            return _code(vocabulary)
        case Choice():
            return _choice(field_type)
        case PartOf():
            return _piece
        case ListOf(items):
            return _many(items)
        case MapOf(_, values):
            return _keyed(values)
    return None


def _as_it_is(base: KnowledgeBase, value: str, field_path: str, found: list[IndexableText]) -> None:
    found.append(IndexableText(field_path, value, value))


def _in_languages(
    base: KnowledgeBase, words: Multilingual, field_path: str, found: list[IndexableText]
) -> None:
    if words.plain is not None:
        found.append(IndexableText(field_path, words.plain, words.plain))
    found.extend(
        IndexableText(f"{field_path}.{language}", text, text) for language, text in words.by_language
    )


def _name(to: To) -> Gather:
    """A reference, which says the name of what it names."""
    kind = f"{to.kinds[0]}/" if to.bare else ""

    def gather(base: KnowledgeBase, value: str, field_path: str, found: list[IndexableText]) -> None:
        name = base.name(kind + value)
        found.append(IndexableText(field_path, name, name))

    return gather


def _code(vocabulary: str) -> Gather:
    def gather(base: KnowledgeBase, value: str, field_path: str, found: list[IndexableText]) -> None:
        concept = base.concepts.get((vocabulary, value))
        found.append(
            _label(field_path, value, concept) if concept else IndexableText(field_path, value, value)
        )

    return gather


def _choice(choice: Choice) -> Gather:
    """One of a few words, which says its labels in every language."""

    @cache
    def labels_of(value: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(choice_called(choice, value, words_for_fields(x)) for x in LANGUAGES))

    def gather(base: KnowledgeBase, value: Any, field_path: str, found: list[IndexableText]) -> None:
        if isinstance(value, str):
            labels = labels_of(value)
            found.append(IndexableText(field_path, " ".join(labels), " / ".join(labels)))

    return gather


def _piece(base: KnowledgeBase, value: Any, field_path: str, found: list[IndexableText]) -> None:
    part: Any = type(value)
    for name, gather in _gathering(part):
        inside = getattr(value, name)
        if inside:
            gather(base, inside, f"{field_path}.{name}", found)


def _many(items: FieldType) -> Gather | None:
    gather_item = _gather_of(items)
    if gather_item is None:
        return None

    def gather(
        base: KnowledgeBase, value: tuple[Any, ...], field_path: str, found: list[IndexableText]
    ) -> None:
        for index, item in enumerate(value):
            gather_item(base, item, f"{field_path}.{index}", found)

    return gather


def _keyed(values: FieldType) -> Gather:
    """Values under keys that are codes of the vocabulary of the field's name: their labels count as words."""
    gather_value = _gather_of(values)

    def gather(
        base: KnowledgeBase, value: Mapping[str, Any], field_path: str, found: list[IndexableText]
    ) -> None:
        vocabulary = field_path.partition(".")[0]
        for key, item in value.items():
            concept = base.concepts.get((vocabulary, key))
            if concept:
                found.append(_label(f"{field_path}.{key}", key, concept))
            if gather_value:
                gather_value(base, item, f"{field_path}.{key}", found)

    return gather


def _label(field_path: str, code: str, concept: Concept) -> IndexableText:
    """A code, which is found by itself and by its labels, and shown by its labels."""
    labels = [text for _, text in concept.labels.by_language] or [str(concept.labels)]
    return IndexableText(field_path, " ".join((code, *labels)), " / ".join(dict.fromkeys(labels)))
