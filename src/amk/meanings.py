"""What kinds of record and their fields are called and mean, in the words of a language."""

from __future__ import annotations

from typing import get_args

from amk.language import Say, say_in
from amk.records import Access, Effect, Level, Of, Part, To, Topic
from amk.shapes import Choice, Keyed, Many, Piece, Place, Shape
from amk.status import STATUSES

_LABELS: dict[tuple[str, ...], str] = {
    STATUSES: "status",
    get_args(Level): "level",
    get_args(Effect): "effect",
    get_args(Access): "access",
    get_args(Topic): "topic",
    ("true", "false", "unknown"): "complete",
}


def words_for_fields(language: str) -> Say:
    """The words for kinds, fields and choices."""
    return say_in(language).also("fields").also("called")


def part_called(part: type[Part], say: Say) -> str:
    """The name of a kind of record, or of a piece of one."""
    return say(f"called.{part.__name__}")


def part_meaning(part: type[Part], say: Say) -> str:
    """What a kind of record, or a piece of one, is."""
    return say(part.__name__)


def field_called(place: Place, say: Say) -> str:
    """What a field is called."""
    own = f"called.{place.name}"
    return say(own if say.knows(own) else f"field.{place.name}")


def field_meaning(place: Place, say: Say) -> str:
    """What a field means: said of the part itself, else of what it is a kind of.

    Raises KeyError when nobody said it.
    """
    keys = (f"{kind.__name__}.{place.name}" for kind in place.part.__mro__)
    return say(next((key for key in keys if say.knows(key)), f"{place.part.__name__}.{place.name}"))


def choices_called(choice: Choice) -> str:
    """The name of a group of choices; empty for one that needs no labels."""
    return _LABELS.get(choice.words, "")


def choice_called(choice: Choice, word: str, say: Say) -> str:
    """The label of a choice; the word itself where it needs none."""
    group = choices_called(choice)
    return say(f"{group}.{word}") if group else word


def shape_told(shape: Shape, say: Say) -> str:
    """What a field holds, in words: a date, a reference to a municipality, a list."""
    match shape:
        case To(kinds):
            return say("shape.id" if shape.bare else "shape.ref", kinds=_kinds(kinds, say))
        case Of(vocabulary):
            return say("shape.code", vocabulary=vocabulary)
        case Choice(words):
            return say("shape.choice", words=", ".join(words))
        case Piece(part):
            return say("shape.part", part=part_called(part, say))
        case Many(items):
            return say("shape.many", items=shape_told(items, say))
        case Keyed(key, value):
            return say("shape.keyed", key=shape_told(key, say), value=shape_told(value, say))
    return say(f"shape.{shape}")


def _kinds(kinds: tuple[str, ...], say: Say) -> str:
    *most, last = (say(f"shape.{kind}") for kind in kinds)
    return say("shape.or", most=", ".join(most), last=last) if most else last
