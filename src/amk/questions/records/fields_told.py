"""The fields of a record in words, by what each of them holds: labels for codes, names for references."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from amk.language import Phrases
from amk.model.field_labels import choice_called, name_called, words_for_fields
from amk.model.field_types import Choice, Field, FieldType, ListOf, fields_of
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Evidenced, Of, To

_SHARED = frozenset(field.name for field in fields_of(Evidenced))


def own_fields(kind: type[AnyRecord]) -> tuple[Field, ...]:
    """The fields that a kind has besides those of every record."""
    return tuple(field for field in fields_of(kind) if field.name not in _SHARED)


def fields_told(
    base: KnowledgeBase, record: AnyRecord, phrases: Phrases, but: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """What each field of a record's own is called and says; `but` are those that are told otherwise."""
    words = words_for_fields(phrases.language)
    for field in own_fields(type(record)):
        told = value_told(base, field.field_type, getattr(record, field.name), phrases)
        if told and told != record.name and field.name not in but:
            yield name_called(field.name, words), told


def value_told(base: KnowledgeBase, field_type: FieldType, value: Any, phrases: Phrases) -> str:
    """What a field holds in words; nothing for what it does not say, and for a piece."""
    if value in (None, ()):
        return ""
    match field_type:
        case Of(vocabulary):
            return base.label(vocabulary, value, phrases.language)
        case To():
            return base.name(field_type.ref_of(value) or value)
        case Choice():
            return choice_called(field_type, value, words_for_fields(phrases.language))
        case ListOf(items):
            told = (value_told(base, items, item, phrases) for item in value)
            return phrases.listing(each for each in told if each)
        case "words":
            return str(value.in_language(phrases.language))
        case "date":
            return phrases.milestone(value)
        case "whole":
            return phrases.whole(value)
        case "yes-no":
            return phrases("holds.yes") if value else ""
        case "text" | "number":
            return str(value)
    return ""
