"""The words for a value that changed: names for ids, labels for codes, dates as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amk.language import LANGUAGES, Phrases
from amk.model.differences import IDENTITIES, ORDER, FieldPath, Item, name_of
from amk.model.field_types import Choice, FieldType, type_at
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Of, Part, Source, To
from amk.questions.wording import said_told
from amk.values.dates import NotADate, parse_date

SHORT = 40
"""How many characters of an item are told where the change is inside it."""

_WHERE = ("lines", "pages")


def words_of(text: Any, language: str) -> str:
    """A text in a language, else in the first that it has; as it stands where it is plain."""
    return str(text.get(language) or next(iter(text.values()))) if isinstance(text, Mapping) else str(text)


def _inside(item: str) -> Mapping[str, Any]:
    """What an item of a list holds; nothing where it is a single word."""
    return item.meaning if isinstance(item, Item) and isinstance(item.meaning, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Voice:
    """How values of one kind of record are told: looked up in the base of then or of now, in one language."""

    before: KnowledgeBase
    after: KnowledgeBase
    phrases: Phrases
    kind: type[Part]

    def label(self, field: str) -> str:
        """What a field is called, as the workbook and the guide call it."""
        words = self.phrases.with_topic("labels")
        known = (key for key in (f"called.{field}", f"field.{field}") if words.knows(key))
        return words(key) if (key := next(known, "")) else field.replace("_", " ")

    def place(self, field_path: FieldPath) -> str:
        """Where something changed: Aantekeningen, ‘Welke gemeenten …’, bronnen, Bijlage 1, regels."""
        told: list[str] = []
        for index, step in enumerate(field_path):
            if isinstance(step, Item):
                told.append(self._short(self._called(field_path[: index + 1])))
            elif step in LANGUAGES and told:
                told[-1] += f" ({step})"
            elif step != "text":
                label = self.label(step)
                told.append(label[:1].lower() + label[1:] if told else label)
        return ", ".join(told)

    def item(self, field_path: FieldPath, then: bool = False) -> str:
        """An item of a list: who it is, which status, which source with its lines, or its words."""
        whole = _inside(field_path[-1])
        told = self._called(field_path, then)
        if whole.get("reason"):
            told = f"{told}: {words_of(whole['reason'], self.phrases.language)}"
        where = [self.phrases(f"evidence.{key}", **{key: whole[key]}) for key in _WHERE if key in whole]
        return ", ".join((told, *where))

    def _called(self, field_path: FieldPath, then: bool = False) -> str:
        item, whole = field_path[-1], _inside(field_path[-1])
        if field_path[-2] == "milestones":
            return self._milestone(field_path, whole, then)
        if whole.get("text"):
            return words_of(whole["text"], self.phrases.language)
        return self._identity(field_path, name_of(item), whole, then)

    def rests(self, field_path: FieldPath) -> str:
        """What a new item rests on, as words after it; nothing where it names no source."""
        cited = [key for key in _inside(field_path[-1]).get("evidence", ()) if isinstance(key, Item)]
        told = [self.item((*field_path, "evidence", each)) for each in cited]
        return self.phrases("changes.rests", sources="; ".join(told)) if told else ""

    def value(self, field_path: FieldPath, value: Any, then: bool = False) -> str:
        """A value in words; nothing is told as such."""
        if value is None:
            return self.phrases("changes.nothing")
        if isinstance(value, Mapping):
            return self._mapping(field_path, value, then)
        if "says" in field_path[:-1]:
            return said_told(self.before if then else self.after, value, self.phrases)
        return self._word(self._type(field_path), field_path[-1], str(value), then)

    def _identity(self, field_path: FieldPath, name: str, whole: Mapping[str, Any], then: bool) -> str:
        """What tells which item it is, in words: the fields by which items are told apart, else all of it."""
        for fields in IDENTITIES:
            named = [field for field in fields if whole.get(field)]
            if named:
                return " ".join(self.value((*field_path, field), whole[field], then) for field in named)
        return self._mapping(field_path, whole, then) or self._word(self._type(field_path), "", name, then)

    def _milestone(self, field_path: FieldPath, whole: Mapping[str, Any], then: bool) -> str:
        fields = [field for field in ("status", "municipalities", "date", "body") if whole.get(field)]
        parts = [self.value((*field_path, field), whole[field], then) for field in fields]
        planned = [self.phrases("changes.planned")] if whole.get("planned") else []
        return ", ".join((*parts, *planned))

    def _mapping(self, field_path: FieldPath, value: Mapping[str, Any], then: bool) -> str:
        if value and value.keys() <= {*LANGUAGES}:
            return words_of(value, self.phrases.language)
        items = [self.item((*field_path, key), then) for key in value if isinstance(key, Item)]
        fields = [key for key in value if not isinstance(key, Item) and key != ORDER]
        told = (f"{self.label(f).lower()} {self.value((*field_path, f), value[f], then)}" for f in fields)
        return "; ".join((*items, *told))

    def _type(self, field_path: FieldPath) -> FieldType | None:
        return type_at(self.kind, tuple(0 if isinstance(step, Item) else step for step in field_path))

    def _word(self, field_type: FieldType | None, field: str, text: str, then: bool) -> str:
        """One word by what its field holds: the label of a code, the name of a record, a date, yes."""
        match field_type:
            case Of(vocabulary):
                return (self.before if then else self.after).label(vocabulary, text, self.phrases.language)
            case To():
                return self._name(field_type.ref_of(text) or text, then) or text
            case Choice():
                words = self.phrases.with_topic("labels")
                return words(f"{field}.{text}") if words.knows(f"{field}.{text}") else text
            case "date":
                return self._date(field, text)
            case "yes-no":
                return self.phrases("changes.true" if text == "True" else "changes.false")
        return text

    def _date(self, field: str, text: str) -> str:
        try:
            when = parse_date(text)
        except NotADate:
            return text
        return self.phrases.date(when) if field == "period" else self.phrases.milestone(when)

    def _name(self, ref: str, then: bool) -> str:
        """The name that a record goes by, a source by its short one; nothing where nobody knows it."""
        for base in (self.before, self.after) if then else (self.after, self.before):
            found = base.known.get(ref)
            if found:
                return (isinstance(found, Source) and found.short) or found.name
        return ""

    def _short(self, words: str) -> str:
        """The first words of what would be long, in quotation marks."""
        if len(words) <= SHORT:
            return words
        return self.phrases("quoted", words=words[:SHORT].rsplit(" ", 1)[0] + " …")
