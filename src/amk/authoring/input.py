"""What a user typed, as a record has it: names become ids, labels become codes, lists their items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from amk.authoring.change import FieldChange
from amk.language import LANGUAGES
from amk.language.typed_dates import as_edtf
from amk.model.field_labels import choice_called, words_for_fields
from amk.model.field_types import Choice, Field, FieldType, ListOf, PartOf, fields_of, type_at
from amk.model.filters import find_by_name
from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import code_named
from amk.model.records import KIND_NAMED, AnyRecord, Evidence, Of, Part, To


def entered(base: KnowledgeBase, kind: type[Part], wish: FieldChange) -> list[FieldChange]:
    """A wish in the words of a record. What nobody goes by stays as it is: validation tells of it.

    A list is given as its items with commas between: `municipalities=Delft, Rijswijk`.
    """
    field_type = type_at(kind, wish.field_path)
    if not isinstance(field_type, ListOf):
        return [replace(wish, value=value_of(base, field_type, wish.text))]
    items = [item.strip() for item in wish.text.split(",") if item.strip()]
    values = [item_of(base, field_type.items, item) for item in items]
    wishes = [FieldChange(wish.field_path, wish.operator, value) for value in values]
    if wish.operator == "=":
        added = [replace(w, operator="+=") for w in wishes]
        return [FieldChange(wish.field_path, "=", ""), *added]
    return wishes


def value_of(base: KnowledgeBase, field_type: FieldType | None, text: str) -> str:
    """A value as a record has it: the id of the record that was named, the code of the word."""
    match field_type:
        case To():
            return _reference(base, field_type, text)
        case Of(vocabulary):
            return code_named(text, base.labels_of(vocabulary))[0] or text
        case Choice():
            return _choice(field_type, text)
        case "date":
            return as_edtf(text)
    return text


def item_of(base: KnowledgeBase, field_type: FieldType, text: str) -> str | Mapping[str, Any]:
    """One item of a list: a value, or a piece that is told by whom or what it names.

    Evidence may be followed by its lines: `brief-2021:7-9`.
    """
    if not isinstance(field_type, PartOf):
        return value_of(base, field_type, text)
    if field_type.part is Evidence:
        source, _, lines = text.partition(":")
        cited = {"source": value_of(base, To(("source",)), source.strip())}
        return {**cited, "lines": lines.strip()} if lines else cited
    fields = [field for field in fields_of(field_type.part) if isinstance(field.field_type, To)]
    known = (field for field in fields if _found(base, field, text))
    field = next(known, fields[0] if fields else None)
    return {field.name: value_of(base, field.field_type, text)} if field else text


def _found(base: KnowledgeBase, field: Field, text: str) -> bool:
    return isinstance(field.field_type, To) and bool(find_by_name(base, text, _kinds(field.field_type)))


def _kinds(to: To) -> tuple[type[AnyRecord], ...]:
    return tuple(KIND_NAMED[name] for name in to.kinds)


def _reference(base: KnowledgeBase, to: To, text: str) -> str:
    records = find_by_name(base, text, _kinds(to))
    if len(records) != 1:
        return text
    return records[0].id if to.bare else records[0].ref


def _choice(choice: Choice, text: str) -> str:
    """The word of a choice that is called so, in whatever language."""
    languages = [words_for_fields(language) for language in LANGUAGES]
    codes = {word: [choice_called(choice, word, phrases) for phrases in languages] for word in choice.words}
    return code_named(text, codes)[0] or text
