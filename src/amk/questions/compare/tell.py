"""Telling a comparison: side by side where that fits, else a row per municipality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amk.document.blocks import Block, Footnote, Heading, Paragraph, Run, Table, Text
from amk.language import Phrases
from amk.model.field_labels import choice_called, words_for_fields
from amk.model.field_types import Choice, type_at
from amk.model.records import Policy, Target
from amk.questions.compare.find import Aspect, ComparedCell, ComparedValue, Comparison
from amk.questions.wording import evidence_told, standing_told, target_told

SIDE_BY_SIDE = 4
"""So many municipalities stand side by side; of more, each has a row of its own."""


def tell_comparison(found: Comparison, phrases: Phrases) -> tuple[Block, ...]:
    """The comparison as a table, what differs first in words, and what nobody knows after it."""
    told = [aspect for aspect in found.aspects if any(cell.said for cell in aspect.cells)]
    many = len(found.municipalities) > SIDE_BY_SIDE
    table = _rows_of_municipalities(found, told, phrases) if many else _side_by_side(found, told, phrases)
    return (*_differences(told, phrases, found), table, *_explained(told, phrases), *_unknown(found, phrases))


def _differences(told: list[Aspect], phrases: Phrases, found: Comparison) -> Iterator[Block]:
    names = [_called(found, aspect, phrases).lower() for aspect in told if aspect.differs == "yes"]
    yield Paragraph(
        phrases("compare.differs", aspects=phrases.listing(names)) if names else phrases("compare.same")
    )


def _side_by_side(found: Comparison, told: list[Aspect], phrases: Phrases) -> Table:
    names = tuple(m.name for m in found.municipalities)
    rows = tuple(
        (
            _called(found, aspect, phrases),
            *(_cell(found, aspect, cell, phrases) for cell in aspect.cells),
            _mark(aspect, phrases),
        )
        for aspect in told
    )
    return Table((phrases("compare.aspect"), *names, phrases("compare.difference")), rows)


def _rows_of_municipalities(found: Comparison, told: list[Aspect], phrases: Phrases) -> Table:
    heads = tuple(f"{_called(found, aspect, phrases)}{_sign(aspect, phrases)}" for aspect in told)
    rows = tuple(
        (municipality.name, *(_cell(found, aspect, aspect.cells[index], phrases) for aspect in told))
        for index, municipality in enumerate(found.municipalities)
        if any(aspect.cells[index].known != "unknown" for aspect in told)
    )
    return Table((phrases("compare.municipality"), *heads), rows, phrases("compare.caption"))


def _mark(aspect: Aspect, phrases: Phrases) -> str:
    return phrases(f"compare.mark.{aspect.differs}")


def _sign(aspect: Aspect, phrases: Phrases) -> str:
    return phrases("compare.sign") if aspect.differs == "yes" else ""


def _called(found: Comparison, aspect: Aspect, phrases: Phrases) -> str:
    if aspect.code:
        return found.base.label("conditions", aspect.code, phrases.language)
    return phrases(f"compare.{aspect.field}")


def _cell(found: Comparison, aspect: Aspect, cell: ComparedCell, phrases: Phrases) -> Text:
    if aspect.field == "status":
        index = found.municipalities.index(cell.municipality)
        return standing_told(found.policy_statuses[index], phrases)
    if not cell.said:
        return phrases(f"compare.{cell.known}")
    runs: list[Run] = []
    for each in cell.said:
        runs += ["; "] if runs else []
        runs.append(_value(found, aspect, each, phrases))
        note = evidence_told(found.base, each.evidence, phrases)
        runs += [Footnote(note)] if note else []
    return tuple(runs)


def _value(found: Comparison, aspect: Aspect, said: ComparedValue, phrases: Phrases) -> str:
    base, language = found.base, phrases.language
    match aspect.field:
        case "type":
            return base.label("policy-types", said.value, language)
        case "effect":
            field_type = type_at(Policy, ("effect",))
            words = words_for_fields(language)
            if isinstance(field_type, Choice):
                return choice_called(field_type, said.value, words)
            return said.value
        case "places" if said.target:
            return _places(said.target, phrases)
    return said.value


def _places(target: Target, phrases: Phrases) -> str:
    told = target_told(target, phrases)
    return f"{told} ({phrases.milestone(target.year)})" if target.year else told


def _explained(told: list[Aspect], phrases: Phrases) -> Iterator[Block]:
    """What a condition means where it was made: the same word may mean another thing next door."""
    rows = tuple(
        (cell.municipality.name, said.value, said.condition.definition.in_language(phrases.language))
        for aspect in told
        for cell in aspect.cells
        for said in cell.said
        if said.condition and said.condition.definition
    )
    if rows:
        yield Heading(phrases("compare.definitions"))
        yield Table(
            (phrases("compare.municipality"), phrases("compare.value"), phrases("compare.definition")), rows
        )


def _unknown(found: Comparison, phrases: Phrases) -> Iterator[Block]:
    silent = [
        municipality.name
        for municipality, policy_status in zip(found.municipalities, found.policy_statuses, strict=True)
        if policy_status.status == "unknown"
    ]
    if silent:
        yield Paragraph(phrases("compare.silent", names=phrases.listing(silent)))
    yield Paragraph(phrases("compare.caution"), quiet=True)


def rows_of(found: Comparison) -> list[dict[str, Any]]:
    """The comparison as data, under the keys of `compare -f json`: a row for each aspect."""
    return [
        {
            "field": aspect.field,
            "code": aspect.code or None,
            "differs": aspect.differs,
            "values": [_data(found, index, aspect, cell) for index, cell in enumerate(aspect.cells)],
        }
        for aspect in found.aspects
    ]


CELLS = (
    "field", "code", "differs", "ref", "name", "known", "value",
    "policy", "approximate", "definition", "sources",
)  # fmt: skip


def cells_of(found: Comparison) -> list[dict[str, Any]]:
    """The comparison under the keys of `compare -f csv`: a row for each value of each municipality."""
    return [
        {**{key: row[key] for key in ("field", "code", "differs")}, **_flat(value), **said}
        for row in rows_of(found)
        for value in row["values"]
        for said in value.get("said") or [{"value": value.get("status")}]
    ]


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in ("ref", "name", "known")}


def _data(found: Comparison, index: int, aspect: Aspect, cell: ComparedCell) -> dict[str, Any]:
    told = {"ref": cell.municipality.ref, "name": cell.municipality.name, "known": cell.known}
    if aspect.field == "status":
        return {**told, "status": found.policy_statuses[index].status}
    return {**told, "said": [_said(each) for each in cell.said]}


def _said(said: ComparedValue) -> dict[str, Any]:
    definition = said.condition.definition if said.condition else None
    return {
        "value": said.value,
        "policy": said.policy.ref if said.policy else None,
        "approximate": said.target.approximate if said.target else None,
        "definition": dict(definition.by_language) or definition.plain if definition else None,
        "sources": [evidence.source for evidence in said.evidence],
    }
