"""The guide to the data: each kind of record and each field, told from the models."""

from __future__ import annotations

from collections.abc import Iterator

from amk.language import Phrases
from amk.model.field_labels import (
    field_called,
    field_meaning,
    part_called,
    part_meaning,
    type_told,
    words_for_fields,
)
from amk.model.field_types import Field, fields_of, parts_below
from amk.model.records import KINDS, Manifest, Part, Record
from amk.storage.yaml.canonical import order_of


def guide(language: str) -> str:
    """The guide in one language, as Markdown: kinds first, then the pieces that they are made of."""
    phrases = words_for_fields(language).with_topic("field_guide")
    kinds: tuple[type[Part], ...] = (*KINDS, Manifest)
    pieces = dict.fromkeys(part for kind in kinds for part in parts_below(kind))
    blocks = [f"# {phrases('guide.title')}", phrases("guide.opening")]
    blocks += [block for kind in kinds for block in _part(kind, phrases, 2)]
    blocks += [f"## {phrases('guide.pieces')}", phrases("guide.pieces-told")]
    blocks += [block for part in pieces for block in _part(part, phrases, 3)]
    return "\n\n".join(blocks) + "\n"


def _part(part: type[Part], phrases: Phrases, level: int) -> Iterator[str]:
    """A kind or a piece: what it is, where its files lie, and a table of its fields."""
    called = part_called(part, phrases)
    yield f"{'#' * level} {called[:1].upper()}{called[1:]}"
    yield part_meaning(part, phrases)
    if issubclass(part, Record):
        yield phrases("guide.file", folder=part.folder)
    elif part is Manifest:
        yield phrases("guide.manifest")
    yield "\n".join(_table(part, phrases))


def _table(part: type[Part], phrases: Phrases) -> Iterator[str]:
    columns = ("guide.field", "guide.meaning", "guide.holds", "guide.required")
    yield f"| {' | '.join(phrases(column) for column in columns)} |"
    yield "|---|---|---|---|"
    order = order_of(part)
    for field in sorted(fields_of(part), key=lambda field: order.index(field.name)):
        yield f"| {' | '.join(_cell(cell) for cell in _row(field, phrases))} |"


def _row(field: Field, phrases: Phrases) -> tuple[str, ...]:
    meaning = f"{field_called(field, phrases)}: {field_meaning(field, phrases)}"
    required = phrases("guide.yes") if field.required else ""
    return f"`{field.name}`", meaning, type_told(field.field_type, phrases), required


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
