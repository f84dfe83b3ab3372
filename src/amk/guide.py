"""The guide to the data: each kind of record and each field, told from the models."""

from __future__ import annotations

from collections.abc import Iterator

from amk.canonical import order_of
from amk.language import Say
from amk.meanings import field_called, field_meaning, part_called, part_meaning, shape_told, words_for_fields
from amk.records import KINDS, Manifest, Part, Record
from amk.shapes import Place, parts_below, places_of


def guide(language: str) -> str:
    """The guide in one language, as Markdown: kinds first, then the pieces that they are made of."""
    say = words_for_fields(language).also("guide")
    kinds: tuple[type[Part], ...] = (*KINDS, Manifest)
    pieces = dict.fromkeys(part for kind in kinds for part in parts_below(kind))
    blocks = [f"# {say('guide.title')}", say("guide.opening")]
    blocks += [block for kind in kinds for block in _part(kind, say, 2)]
    blocks += [f"## {say('guide.pieces')}", say("guide.pieces-told")]
    blocks += [block for part in pieces for block in _part(part, say, 3)]
    return "\n\n".join(blocks) + "\n"


def _part(part: type[Part], say: Say, level: int) -> Iterator[str]:
    """A kind or a piece: what it is, where its files lie, and a table of its fields."""
    called = part_called(part, say)
    yield f"{'#' * level} {called[:1].upper()}{called[1:]}"
    yield part_meaning(part, say)
    if issubclass(part, Record):
        yield say("guide.file", folder=part.folder)
    elif part is Manifest:
        yield say("guide.manifest")
    yield "\n".join(_table(part, say))


def _table(part: type[Part], say: Say) -> Iterator[str]:
    columns = ("guide.field", "guide.meaning", "guide.holds", "guide.required")
    yield f"| {' | '.join(say(column) for column in columns)} |"
    yield "|---|---|---|---|"
    order = order_of(part)
    for place in sorted(places_of(part), key=lambda place: order.index(place.name)):
        yield f"| {' | '.join(_cell(cell) for cell in _row(place, say))} |"


def _row(place: Place, say: Say) -> tuple[str, ...]:
    meaning = f"{field_called(place, say)}: {field_meaning(place, say)}"
    required = say("guide.yes") if place.required else ""
    return f"`{place.name}`", meaning, shape_told(place.shape, say), required


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
