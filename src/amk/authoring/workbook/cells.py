"""A cell that was changed, as the wishes that change a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amk.authoring.change import FieldChange
from amk.authoring.input import value_of
from amk.authoring.workbook.grids import Mark
from amk.authoring.workbook.sheets import BETWEEN, SheetColumn
from amk.language import Phrases
from amk.model.field_labels import choice_called, words_for_fields
from amk.model.field_types import Choice, FieldType, ListOf, PartOf
from amk.model.fields import value_at
from amk.model.filters import find_by_name
from amk.model.knowledge_base import KnowledgeBase, folded
from amk.model.records import KIND_NAMED, AnyRecord, Evidence, To
from amk.values.parsed import FieldPath

_ITEMS = re.compile(rf"{BETWEEN.strip()}|\n")
_LISTED = re.compile(r",| en | and ")


def refusal_of(column: SheetColumn, text: str, mark: Mark | None) -> str:
    """The phrase for why a cell is not understood, whatever the record says; nothing where it is."""
    many_lines = column.field_type == "words" or isinstance(column.field_type, ListOf)
    if mark == "date":
        return "" if column.field_type == "date" else "import.a-date"
    if mark == "digits":
        return "" if column.field_type in ("number", "whole") else "import.digits"
    if mark:
        return f"import.{mark}"
    return "import.line-break" if "\n" in text and not many_lines else ""


def wishes_of(
    base: KnowledgeBase, phrases: Phrases, record: AnyRecord | None, field_path: FieldPath,
    column: SheetColumn, before: str, after: str,
) -> Iterator[FieldChange]:  # fmt: skip
    """A changed cell as wishes: a list loses and gains items, a text changes in its language."""
    full = (*field_path, *column.field_path)
    match column.field_type:
        case ListOf(PartOf()):
            yield from _cited(record, full, before, after)
        case ListOf(items):
            old, new = _items(before), [one for item in _items(after) for one in _named(base, items, item)]
            yield from (FieldChange(full, "-=", raw(base, phrases, items, i)) for i in old if i not in new)
            yield from (FieldChange(full, "+=", raw(base, phrases, items, i)) for i in new if i not in old)
        case "words":
            yield FieldChange(_text_path(record, full, column.language, after), "=", after)
        case field_type:
            yield FieldChange(full, "=", raw(base, phrases, field_type, after))


def _text_path(
    record: AnyRecord | None, field_path: tuple[str | int, ...], language: str, after: str
) -> tuple[str | int, ...]:
    """The path to a text: to its language, or to all of it where it is told once."""
    words = value_at(record, field_path)
    plain = getattr(words, "plain", None) is not None
    last = not after and getattr(words, "languages", frozenset()) <= {language}
    return field_path if words is not None and (plain or last) else (*field_path, language)


def _cited(
    record: AnyRecord | None, field_path: tuple[str | int, ...], before: str, after: str
) -> Iterator[FieldChange]:
    """Changed evidence: sources that came or went, and lines that changed; remarks stay."""
    old, new = (dict(_source(item) for item in _items(text)) for text in (before, after))
    there: Sequence[Evidence] = value_at(record, field_path) or ()
    for source, lines in new.items():
        at = next((i for i, e in enumerate(there) if e.source == source), None)
        if source in old and old[source] != lines and at is not None:
            yield FieldChange((*field_path, at, "lines"), "=", lines)
        elif source not in old:
            yield FieldChange(field_path, "+=", {"source": source, **({"lines": lines} if lines else {})})
    yield from (FieldChange(field_path, "-=", {"source": source}) for source in old if source not in new)


def _source(item: str) -> tuple[str, str]:
    source, _, lines = item.partition(":")
    return source.strip(), lines.strip()


def _items(text: str) -> list[str]:
    return [item.strip() for item in _ITEMS.split(text) if item.strip()]


def _named(base: KnowledgeBase, field_type: FieldType, item: str) -> list[str]:
    """The names in an item: one, or several with a comma or “en” between where nobody goes by the whole."""
    if not isinstance(field_type, To) or not _LISTED.search(item):
        return [item]
    kinds = tuple(KIND_NAMED[kind] for kind in field_type.kinds)
    parts = [part.strip() for part in _LISTED.split(item) if part.strip()]
    several = not find_by_name(base, item, kinds) and all(find_by_name(base, part, kinds) for part in parts)
    return parts if several else [item]


def raw(base: KnowledgeBase, phrases: Phrases, field_type: FieldType, text: str) -> str:
    """A cell as a record has it: ids for names, codes for labels, true and false."""
    match field_type:
        case Choice(words):
            labels = words_for_fields(phrases.language)
            return next((w for w in words if folded(text) in _called(field_type, w, labels)), text)
        case "yes-no":
            yes, no = ("ja", "yes", "true", "x", "1"), ("nee", "no", "false", "0")
            return "true" if folded(text) in yes else "false" if folded(text) in no else text
    return value_of(base, field_type, text)


def _called(choice: Choice, word: str, labels: Phrases) -> tuple[str, str]:
    return folded(word), folded(choice_called(choice, word, labels))
