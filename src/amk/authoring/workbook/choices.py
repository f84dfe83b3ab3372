"""The lists to choose from in a workbook: the words of a column, each list a column of a hidden sheet."""

from __future__ import annotations

from amk.authoring.workbook.grids import letter_of
from amk.language import Phrases
from amk.model.field_labels import choice_called, words_for_fields
from amk.model.field_types import Choice, FieldType
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Of

LISTS = "_lists"
"""The hidden sheet."""


class Choices:
    """The lists that columns have asked for."""

    def __init__(self, base: KnowledgeBase, phrases: Phrases) -> None:
        self.base, self.phrases = base, phrases
        self.columns: dict[str, list[str]] = {}

    def range_of(self, field_type: FieldType) -> str | None:
        """Where the words that a column may hold stand; None where anything will do."""
        words = self._words(field_type)
        if not words:
            return None
        name = field_type.vocabulary if isinstance(field_type, Of) else "/".join(words)
        self.columns.setdefault(name, words)
        letter = letter_of(list(self.columns).index(name) + 1)
        return f"{LISTS}!${letter}$1:${letter}${len(words)}"

    def _words(self, field_type: FieldType) -> list[str]:
        language = self.phrases.language
        match field_type:
            case Of(vocabulary):
                known = (c for (name, _), c in self.base.concepts.items() if name == vocabulary)
                return sorted({c.labels.in_language(language) for c in known})
            case Choice(words):
                labels = words_for_fields(language)
                return [choice_called(field_type, word, labels) for word in words]
            case "yes-no":
                return [self.phrases("sheet.yes"), self.phrases("sheet.no")]
        return []
