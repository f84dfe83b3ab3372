"""JSON Schema 2020-12 for the records, so that an editor knows what amk knows.

It is made from the record models, the codes of the vocabularies and the ids of the records. It
accepts whatever amk reads, both as text and as what an editor makes of it; what needs two records,
or the order of two dates, is left to `amk validate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amk.knowledge import KnowledgeBase
from amk.meanings import field_called, field_meaning, part_called, part_meaning, shape_told
from amk.records import KINDS, Manifest, Of, Part, Participant, To
from amk.schema_values import Schema, described, is_read, known, titled, value_name, value_schema
from amk.shapes import Keyed, Many, Piece, Place, Shape, parts_below, places_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MANIFEST_KIND = "manifest"

SCHEMA_KINDS: Mapping[str, type[Part]] = {**{k.kind: k for k in KINDS}, MANIFEST_KIND: Manifest}
"""What a schema can be had of: each kind of record, and the manifest."""

_ONE_PARTY: Schema = {"oneOf": [{"required": [name]} for name in ("municipality", "region", "organisation")]}
_MORE: Mapping[type[Part], Schema] = {Participant: _ONE_PARTY}
"""What a piece must hold to besides what its fields say."""


def schema_of(base: KnowledgeBase, kind: type[Part]) -> Schema:
    """The schema of one kind, with the codes and the records of a knowledge base."""
    definitions = _definitions(base, kind)
    root = definitions.pop(_name(kind))
    return {"$schema": DIALECT, **root, "$defs": definitions}


def schema_of_all(base: KnowledgeBase) -> Schema:
    """One schema for any record and for the manifest: the kinds stand among its definitions."""
    definitions: dict[str, Schema] = {}
    for kind in SCHEMA_KINDS.values():
        definitions |= _definitions(base, kind)
    return {
        "$schema": DIALECT,
        "title": titled(lambda say: say("called.Record")),
        "description": described(lambda say: say("Record")),
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in SCHEMA_KINDS],
        "$defs": dict(sorted(definitions.items())),
    }


def _definitions(base: KnowledgeBase, kind: type[Part]) -> dict[str, Schema]:
    """The definitions of a kind and of all that it is made of, by name."""
    parts = (kind, *parts_below(kind))
    shapes = [shape for part in parts for place in places_of(part) for shape in _values_in(place.shape)]
    if "words" in shapes:
        shapes.append("text")
    found = {_name(part): _part(base, part) for part in parts}
    found |= {value_name(shape): value_schema(base, shape) for shape in shapes}
    return dict(sorted(found.items()))


def _name(part: type[Part]) -> str:
    return next((name for name, kind in SCHEMA_KINDS.items() if kind is part), part.__name__)


def _part(base: KnowledgeBase, part: type[Part]) -> Schema:
    """A record or a piece of one: its fields, and no others."""
    places = places_of(part)
    required = [place.name for place in places if place.required]
    return {
        "title": titled(lambda say: part_called(part, say)),
        "description": described(lambda say: part_meaning(part, say)),
        "type": "object",
        "properties": {place.name: _field(base, place) for place in places},
        **({"required": required} if required else {}),
        **_MORE.get(part, {}),
        "additionalProperties": False,
    }


def _field(base: KnowledgeBase, place: Place) -> Schema:
    """What a field holds; the words stand beside the reference, where editors look for them."""
    return {
        "title": titled(lambda say: field_called(place, say)),
        "description": described(
            lambda say: (
                f"{field_meaning(place, say)} {say('shape.holds', shape=shape_told(place.shape, say))}"
            )
        ),
        **_holding(base, place.shape),
    }


def _holding(base: KnowledgeBase, shape: Shape) -> Schema:
    match shape:
        case Many(items):
            return {"type": "array", "items": _holding(base, items)}
        case Keyed(To() | Of() as mark, value) if isinstance(mark, To) or is_read(base, mark):
            inside = _holding(base, value)
            keys = {key: {"title": label, **inside} for key, label in known(base, mark)}
            return {"type": "object", "properties": keys, "additionalProperties": False}
        case Keyed(_, value):
            return {"type": "object", "additionalProperties": _holding(base, value)}
        case Piece(part):
            return {"$ref": f"#/$defs/{_name(part)}"}
    return {"$ref": f"#/$defs/{value_name(shape)}"}


def _values_in(shape: Shape) -> Iterator[Shape]:
    """The scalars, codes and references inside lists and mappings: each has a definition."""
    match shape:
        case Many(items):
            yield from _values_in(items)
        case Keyed(_, value):
            yield from _values_in(value)
        case Piece():
            return
        case _:
            yield shape
