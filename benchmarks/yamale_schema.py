"""A schema for yamale, made from amk's JSON Schema of a kind: as strict as yamale says things plainly.

Every field, the required ones, nested parts, lists, numbers, and every code and status that may stand in a
field. Not the form of a date, and no reference: yamale knows one file at a time. Unknown fields are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

TEXT = "str()"
PLAIN = {"date": "any(str(), int(), day())", "yes-no": "any(bool(), str())", "complete": "any(bool(), str())"}
"""What YAML makes of values that canonical form writes without quotes; all others are texts."""


def yamale_schema(schema: Schema) -> str:
    """The text of the schema: the record, and each part as something to include."""
    definitions = schema.get("$defs", {})
    parts = {name: part for name, part in definitions.items() if "properties" in part and name != "words"}
    texts = [_fields(schema, definitions)]
    texts += [f"{_part(name)}:\n{_fields(part, definitions, '  ')}" for name, part in parts.items()]
    texts.append("Words:\n  nl: str(required=False)\n  en: str(required=False)\n")
    return "---\n".join(texts)


def _part(name: str) -> str:
    return name.replace("-", "_")


def _fields(schema: Schema, definitions: Schema, pad: str = "") -> str:
    required = schema.get("required", ())
    lines = []
    for name, field in schema["properties"].items():
        told = _validator(field, definitions)
        lines.append(f"{pad}{name}: {told if name in required else _optional(told)}\n")
    return "".join(lines)


def _optional(validator: str) -> str:
    lead = validator.removesuffix(")")
    return f"{lead}{'' if lead.endswith('(') else ', '}required=False)"


def _validator(field: Schema, definitions: Schema) -> str:
    """What yamale asks of a field that amk's schema describes so."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        if name == "words":
            return "any(str(), include('Words'))"
        if name in PLAIN:
            return PLAIN[name]
        if "properties" in definitions[name]:
            return f"include('{_part(name)}')"
        return _validator(definitions[name], definitions)
    if choices := [choice["const"] for choice in field.get("oneOf", ()) if "const" in choice]:
        return f"enum({', '.join(repr(choice) for choice in choices)})"
    if field.get("type") == "array":
        return f"list({_validator(field['items'], definitions)})"
    if field.get("type") == "object":
        return _mapping(field, definitions)
    return _number(field)


def _mapping(field: Schema, definitions: Schema) -> str:
    """A mapping by id or code: every value has the same form."""
    named = (field.get(key) or {} for key in ("properties", "patternProperties"))
    inside = next((value for values in named for value in values.values()), None)
    return f"map({_validator(inside, definitions)})" if inside else "map()"


def _number(field: Schema) -> str:
    """Whole numbers and numbers are known by their patterns, which also take what is in quotes."""
    kinds = field.get("type")
    if not isinstance(kinds, list) or "string" not in kinds or field.get("maximum"):
        return TEXT
    return {"integer": "int()", "number": "num()"}.get(next(k for k in kinds if k != "string"), TEXT)
