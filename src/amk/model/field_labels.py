"""What kinds of record and their fields are called and mean, in the words of a language; and the way back."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import get_args

from amk.language import LANGUAGES, Phrases, phrases_in
from amk.model.field_types import Choice, Field, FieldType, ListOf, MapOf, PartOf, fields_of, type_below
from amk.model.names import folded
from amk.model.records import Access, Confirms, Effect, Fulfilled, Level, Nature, Of, Part, To, Topic
from amk.model.statuses import STATUSES

_LABELS: dict[tuple[str, ...], str] = {
    STATUSES: "status",
    get_args(Level): "level",
    get_args(Effect): "effect",
    get_args(Access): "access",
    get_args(Confirms): "confirms",
    get_args(Topic): "topic",
    get_args(Fulfilled): "fulfilled",
    get_args(Nature): "nature",
    ("true", "false", "unknown"): "complete",
}


def words_for_fields(language: str) -> Phrases:
    """The words for kinds, fields and choices."""
    return phrases_in(language).with_topic("fields").with_topic("labels")


def part_called(part: type[Part], phrases: Phrases) -> str:
    """The name of a kind of record, or of a piece of one."""
    return phrases(f"called.{part.__name__}")


def part_meaning(part: type[Part], phrases: Phrases) -> str:
    """What a kind of record, or a piece of one, is."""
    return phrases(part.__name__)


def field_called(field: Field, phrases: Phrases) -> str:
    """What a field is called."""
    return name_called(field.name, phrases)


def name_called(name: str, phrases: Phrases) -> str:
    """What goes by the name of a field; that name where nobody said so."""
    return next((phrases(key) for key in (f"called.{name}", f"field.{name}") if phrases.knows(key)), name)


def field_meaning(field: Field, phrases: Phrases) -> str:
    """What a field means: said of the part itself, else of what it is a kind of; empty when nobody did."""
    keys = (f"{kind.__name__}.{field.name}" for kind in field.part.__mro__)
    return next((phrases(key) for key in keys if phrases.knows(key)), "")


def choices_called(choice: Choice) -> str:
    """The name of a group of choices; empty for one that needs no labels."""
    return _LABELS.get(choice.words, "")


def choice_called(choice: Choice, word: str, phrases: Phrases) -> str:
    """The label of a choice; the word itself where it needs none."""
    group = choices_called(choice)
    return phrases(f"{group}.{word}") if group else word


def type_told(field_type: FieldType, phrases: Phrases) -> str:
    """What a field holds, in words: a date, a reference to a municipality, a list."""
    match field_type:
        case To(kinds):
            return phrases("shape.id" if field_type.bare else "shape.ref", kinds=_kinds(kinds, phrases))
        case Of(vocabulary):
            return phrases("shape.code", vocabulary=vocabulary)
        case Choice(words):
            return phrases("shape.choice", words=", ".join(words))
        case PartOf(part):
            return phrases("shape.part", part=part_called(part, phrases))
        case ListOf(items):
            return phrases("shape.many", items=type_told(items, phrases))
        case MapOf(key, value):
            return phrases("shape.keyed", key=type_told(key, phrases), value=type_told(value, phrases))
    return phrases(f"shape.{field_type}")


def _kinds(kinds: tuple[str, ...], phrases: Phrases) -> str:
    *most, last = (phrases(f"shape.{kind}") for kind in kinds)
    return phrases("shape.or", most=", ".join(most), last=last) if most else last


def field_labelled(typed: str, known: Collection[str]) -> str:
    """The field with this label in any language, the first of those known; else what was typed.

    Who knows `samenvatting` from a page or a workbook need not know `summary`.
    """
    found = (field for field in _fields_by_label().get(folded(typed), ()) if field in known)
    return typed if typed in known else next(found, typed)


def path_labelled(field_path: tuple[str | int, ...], kind: type) -> tuple[str | int, ...]:
    """A path below a kind of which each step may be a label: `mijlpalen[0].status`."""
    here: FieldType | None = PartOf(kind)
    meant: list[str | int] = []
    for step in field_path:
        known = [field.name for field in fields_of(here.part)] if isinstance(here, PartOf) else ()
        meant.append(field_labelled(step, known) if isinstance(step, str) else step)
        here = type_below(here, meant[-1])
    return tuple(meant)


@cache
def _fields_by_label() -> dict[str, dict[str, None]]:
    """The fields that go by each label, in any language."""
    found: dict[str, dict[str, None]] = {}
    for language in LANGUAGES:
        for key, label in phrases_in(language).with_topic("labels").phrases.items():
            prefix, _, field = key.partition(".")
            if prefix in ("called", "field"):
                found.setdefault(folded(label), {})[field] = None
    return found
