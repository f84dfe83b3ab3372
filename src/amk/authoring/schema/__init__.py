"""JSON Schema 2020-12 for the records, so that an editor knows what amk knows.

It is made from the record models, the codes of the vocabularies and the ids of the records. It
accepts whatever amk reads, both as text and as what an editor makes of it; what needs two records,
or the order of two dates, is left to `amk validate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amk.authoring.schema.values import Schema, described, is_read, known, titled, value_name, value_schema
from amk.language import Phrases
from amk.model.field_labels import field_called, field_meaning, part_called, part_meaning, type_told
from amk.model.field_types import Field, FieldType, ListOf, MapOf, PartOf, fields_of, parts_below
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import KIND_NAMED, Figure, Manifest, Of, Part, Participant, To

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MANIFEST_KIND = "manifest"

SCHEMA_KINDS: Mapping[str, type[Part]] = {**KIND_NAMED, MANIFEST_KIND: Manifest}
"""What a schema can be had of: each kind of record, and the manifest."""

_ONE_PARTY: Schema = {"oneOf": [{"required": [name]} for name in ("municipality", "region", "organisation")]}
_HOW_MUCH: Schema = {
    "oneOf": [{"required": ["value"]}, {"anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}]}]
}
_MORE: Mapping[type[Part], Schema] = {Participant: _ONE_PARTY, Figure: _HOW_MUCH}
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
        "title": titled(lambda phrases: phrases("called.Record")),
        "description": described(lambda phrases: phrases("Record")),
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in SCHEMA_KINDS],
        "$defs": dict(sorted(definitions.items())),
    }


def _definitions(base: KnowledgeBase, kind: type[Part]) -> dict[str, Schema]:
    """The definitions of a kind and of all that it is made of, by name."""
    parts = (kind, *parts_below(kind))
    fields = (field for part in parts for field in fields_of(part))
    field_types = [value for field in fields for value in _values_in(field.field_type)]
    if "words" in field_types:
        field_types.append("text")
    definitions = {_name(part): _part(base, part) for part in parts}
    definitions |= {value_name(field_type): value_schema(base, field_type) for field_type in field_types}
    return dict(sorted(definitions.items()))


def _name(part: type[Part]) -> str:
    return next((name for name, kind in SCHEMA_KINDS.items() if kind is part), part.__name__)


def _part(base: KnowledgeBase, part: type[Part]) -> Schema:
    """A record or a piece of one: its fields, and no others."""
    fields = fields_of(part)
    required = [field.name for field in fields if field.required]
    return {
        "title": titled(lambda phrases: part_called(part, phrases)),
        "description": described(lambda phrases: part_meaning(part, phrases)),
        "type": "object",
        "properties": {field.name: _field(base, field) for field in fields},
        **({"required": required} if required else {}),
        **_MORE.get(part, {}),
        "additionalProperties": False,
    }


def _field(base: KnowledgeBase, field: Field) -> Schema:
    """What a field holds; the words stand beside the reference, where editors look for them."""
    return {
        "title": titled(lambda phrases: field_called(field, phrases)),
        "description": described(lambda phrases: _explained(field, phrases)),
        **_holding(base, field.field_type),
    }


def _holding(base: KnowledgeBase, field_type: FieldType) -> Schema:
    match field_type:
        case ListOf(items):
            return {"type": "array", "items": _holding(base, items)}
        case MapOf(To() | Of() as mark, value) if isinstance(mark, To) or is_read(base, mark):
            inside = _holding(base, value)
            keys = {key: {"title": label, **inside} for key, label in known(base, mark)}
            return {"type": "object", "properties": keys, "additionalProperties": False}
        case MapOf(_, value):
            return {"type": "object", "additionalProperties": _holding(base, value)}
        case PartOf(part):
            return {"$ref": f"#/$defs/{_name(part)}"}
    return {"$ref": f"#/$defs/{value_name(field_type)}"}


def _values_in(field_type: FieldType) -> Iterator[FieldType]:
    """The scalars, codes and references inside lists and mappings: each has a definition."""
    match field_type:
        case ListOf(items):
            yield from _values_in(items)
        case MapOf(_, value):
            yield from _values_in(value)
        case PartOf():
            return
        case _:
            yield field_type


def _explained(field: Field, phrases: Phrases) -> str:
    holds = phrases("shape.holds", shape=type_told(field.field_type, phrases))
    return f"{field_meaning(field, phrases)} {holds}".strip()
