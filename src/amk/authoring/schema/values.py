"""The values of a schema: text, dates, codes with their labels, and the records one may refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from amk.authoring.schema.scalars import DATE, LINES, NUMBER, WHOLE, YES_NO, as_edited
from amk.language import Phrases
from amk.model.field_labels import choice_called, choices_called, type_told, words_for_fields
from amk.model.field_types import Choice, FieldType
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Concept, Of, To

Schema = dict[str, Any]

_SPOKEN = (words_for_fields("nl"), words_for_fields("en"))
_TEXT: Schema = {"$ref": "#/$defs/text"}

# An editor takes text for a number or a truth value where it looks like one, so text is anything
# but a list or a mapping. Naming all those types would make it offer "true" for every title.
_SIMPLE: Mapping[FieldType, Schema] = {
    "text": {"not": {"type": ["array", "object"]}},
    "words": {
        "not": {"type": "array"},
        "properties": {"nl": _TEXT, "en": _TEXT},
        "patternProperties": {"^[a-z]{2}$": _TEXT},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "date": {"type": ["string", "integer"], "pattern": DATE, "minimum": 1, "maximum": 9999},
    "lines": {"type": ["string", "integer"], "pattern": LINES, "minimum": 1, "maximum": 999999},
    "whole": {"type": ["integer", "string"], "pattern": WHOLE},
    "number": {"type": ["number", "string"], "pattern": NUMBER},
    "yes-no": {"type": ["boolean", "string", "integer"], "pattern": YES_NO, "minimum": 0, "maximum": 1},
    "anything": {},
}


def titled(words: Callable[[Phrases], str]) -> str:
    """A short text in Dutch and English, on one line; once when both are the same."""
    return " / ".join(dict.fromkeys(words(phrases) for phrases in _SPOKEN))


def described(words: Callable[[Phrases], str]) -> str:
    """A longer text: Dutch first, then English."""
    return "\n\n".join(dict.fromkeys(words(phrases) for phrases in _SPOKEN))


def value_name(field_type: FieldType) -> str:
    """The name of a definition: `date`, `code-of-forms`, `id-of-source`, `ref-to-policy-or-source`."""
    match field_type:
        case Of(vocabulary):
            return f"code-of-{vocabulary}"
        case To(kinds):
            return f"id-of-{kinds[0]}" if field_type.bare else f"ref-to-{'-or-'.join(kinds)}"
        case Choice(words):
            return choices_called(field_type) or f"one-of-{'-'.join(words)}"
    return str(field_type)


def value_schema(base: KnowledgeBase, field_type: FieldType) -> Schema:
    """The definition of a scalar, a code, a choice or a reference."""
    said = described(lambda phrases: type_told(field_type, phrases))
    match field_type:
        case To():
            return {"description": said, **_listed(known(base, field_type))}
        case Of():
            codes = _explained(known(base, field_type)) if is_read(base, field_type) else _SIMPLE["text"]
            return {"description": said, **codes}
        case Choice(words):
            labels = ((word, _choice_label(field_type, word)) for word in words)
            return {"description": said, **_explained(labels)}
    schema = {"description": said, **_SIMPLE[field_type]}
    expected = described(lambda phrases: phrases("shape.expected", shape=type_told(field_type, phrases)))
    return {**schema, "patternErrorMessage": expected} if "pattern" in schema else schema


def is_read(base: KnowledgeBase, code: Of) -> bool:
    """Whether the codes of a vocabulary can be had: not where its file could not be read."""
    return f"vocabulary/{code.vocabulary}" not in base.unread


def known(base: KnowledgeBase, mark: To | Of) -> Iterator[tuple[str, str]]:
    """Each code of a vocabulary with its labels, or each record that may be referred to with its name."""
    if isinstance(mark, Of):
        concepts = (c for (vocabulary, _), c in base.concepts.items() if vocabulary == mark.vocabulary)
        for concept in concepts:
            yield concept.code, _label(concept)
        return
    for ref in sorted({*base.known, *base.unread}):
        kind, _, id = ref.partition("/")
        if kind in mark.kinds:
            yield (id if mark.bare else ref), base.name(ref)


def _label(concept: Concept) -> str:
    return titled(lambda phrases: concept.labels.in_language(phrases.language))


def _choice_label(choice: Choice, word: str) -> str:
    return titled(lambda phrases: choice_called(choice, word, phrases))


def _explained(codes: Iterable[tuple[str, str]]) -> Schema:
    """One of a few words, each with its label: what editors show beside a completion."""
    choices = [{"const": value, "title": label} for value, label in _as_edited(codes)]
    return {"oneOf": choices} if choices else _NOTHING


def _listed(names: Iterable[tuple[str, str]]) -> Schema:
    """One of what may be thousands: a plain list, which editors check at once."""
    values = list(_as_edited(names))
    if not values:
        return _NOTHING
    return {"enum": [value for value, _ in values], "enumDescriptions": [name for _, name in values]}


_NOTHING: Schema = {"not": {}}
"""No value will do: there is no such code, or no such record, yet."""


def _as_edited(names: Iterable[tuple[str, str]]) -> Iterator[tuple[Any, str]]:
    """Each value with its label, in every form that an editor may make of it; no value twice."""
    seen = set()
    for text, label in names:
        for value in as_edited(text):
            if (isinstance(value, bool), value) not in seen:
                seen.add((isinstance(value, bool), value))
                yield value, label
