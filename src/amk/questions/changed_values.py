"""The words for a value that changed: names for ids, labels for codes, dates as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amk.comparing import ORDER, Difference
from amk.dates import NotADate, parse_date
from amk.knowledge import KnowledgeBase
from amk.language import LANGUAGES, Say

_VOCABULARIES = {"form": "forms", "purposes": "purposes", "role": "roles", "conditions": "conditions"}
_DATES = frozenset({"period", "date", "expires", "evaluate_by", "reviewed", "until", "year"})
_CODED = frozenset({"level", "effect", "access"})
_NAMED = ("municipality", "region", "organisation", "policy", "source", "collaboration")


@dataclass(frozen=True, slots=True)
class Voice:
    """How values are told: looked up in the base of then or of now, in one language."""

    before: KnowledgeBase
    after: KnowledgeBase
    say: Say

    def label(self, field: str) -> str:
        """The name of a field."""
        key = f"field.{field}"
        return self.say(key) if self.say.knows(key) else field.replace("_", " ")

    def item(self, field: str, key: str, difference: Difference) -> str:
        """An item of a list: who it is, which status, which source, or its words."""
        then = difference.after is None
        value = difference.before if then else difference.after
        whole = value if len(difference.way) == 2 and isinstance(value, Mapping) else {}
        if field == "milestones":
            return self._milestone(key, whole)
        if whole.get("text"):
            return self.value((field, "text"), whole["text"], then)
        told = self._coded(field, key.partition("#")[0], then)
        lines = whole.get("lines")
        return f"{told}, {self.say('evidence.lines', lines=lines)}" if lines else told

    def _milestone(self, key: str, milestone: Mapping[str, Any]) -> str:
        code, _, whose = key.partition("#")[0].partition(" ")
        parts = [self.say.status(code) if self.say.knows(f"status.{code}") else code]
        parts += [self._name(id, False) for id in whose.split(",") if id]
        if milestone.get("date"):
            parts.append(self.value(("milestones", "date"), milestone["date"]))
        if milestone.get("body"):
            parts.append(self._label("bodies", milestone["body"], False))
        planned = [self.say("changes.planned")] if milestone.get("planned") else []
        return ", ".join((*parts, *planned))

    def value(self, way: tuple[str, ...], value: Any, then: bool = False) -> str:
        """A value in words; nothing is told as such."""
        if value is None:
            return self.say("changes.nothing")
        if way == ("status",):
            return self.say.status(str(value))
        if value is True:
            return self.say("changes.true")
        if isinstance(value, Mapping):
            return self._mapping(way, value, then)
        if way[-1] in _DATES:
            return self._date(way, str(value))
        return self._coded(way[-1], str(value), then)

    def _mapping(self, way: tuple[str, ...], value: Mapping[str, Any], then: bool) -> str:
        words = {key: text for key, text in value.items() if key in LANGUAGES and isinstance(text, str)}
        if words and len(words) == len(value):
            return words.get(self.say.language) or next(iter(words.values()))
        items = (Difference((way[-1], key), None, v) for key, v in value.items() if key != ORDER)
        return "; ".join(self.item(way[-1], d.way[1], d) for d in items)

    def _date(self, way: tuple[str, ...], text: str) -> str:
        try:
            when = parse_date(text)
        except NotADate:
            return text
        return self.say.date(when) if way[-1] == "period" else self.say.milestone(when)

    def _coded(self, field: str, text: str, then: bool) -> str:
        if field in _VOCABULARIES:
            return self._label(_VOCABULARIES[field], text, then)
        key = f"{field}.{text}"
        return self.say(key) if field in _CODED and self.say.knows(key) else self._name(text, then)

    def _label(self, vocabulary: str, code: str, then: bool) -> str:
        return (self.before if then else self.after).label(vocabulary, code, self.say.language)

    def _name(self, text: str, then: bool) -> str:
        """The name of the record that an id or a reference leads to; the text itself where none does."""
        for base in (self.before, self.after) if then else (self.after, self.before):
            for ref in (text, *(f"{kind}/{text}" for kind in _NAMED)):
                if ref in base.known:
                    return base.name(ref)
        return text
