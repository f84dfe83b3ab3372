"""Telling a comparison: side by side where that fits, else a row per municipality."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amk.dates import Date
from amk.document import Block, Heading, Note, Paragraph, Run, Table, Text
from amk.language import Say
from amk.meanings import choice_called, words_for_fields
from amk.questions.compare import Aspect, Cell, Comparison, Said
from amk.questions.telling import evidence_told, standing_told
from amk.records import Policy
from amk.shapes import Choice, places_of

SIDE_BY_SIDE = 4
"""So many municipalities stand side by side; of more, each has a row of its own."""


def tell_comparison(found: Comparison, say: Say) -> tuple[Block, ...]:
    """The comparison as a table, what differs first in words, and what nobody knows after it."""
    told = [aspect for aspect in found.aspects if any(cell.said for cell in aspect.cells)]
    many = len(found.municipalities) > SIDE_BY_SIDE
    table = _rows_of_municipalities(found, told, say) if many else _side_by_side(found, told, say)
    return (*_differences(told, say, found), table, *_explained(told, say), *_unknown(found, say))


def _differences(told: list[Aspect], say: Say, found: Comparison) -> Iterator[Block]:
    names = [_called(found, aspect, say).lower() for aspect in told if aspect.differs == "yes"]
    yield Paragraph(say("compare.differs", aspects=say.listing(names)) if names else say("compare.same"))


def _side_by_side(found: Comparison, told: list[Aspect], say: Say) -> Table:
    names = tuple(m.name for m in found.municipalities)
    rows = tuple(
        (
            _called(found, aspect, say),
            *(_cell(found, aspect, cell, say) for cell in aspect.cells),
            _mark(aspect, say),
        )
        for aspect in told
    )
    return Table((say("compare.aspect"), *names, say("compare.difference")), rows)


def _rows_of_municipalities(found: Comparison, told: list[Aspect], say: Say) -> Table:
    heads = tuple(f"{_called(found, aspect, say)}{_sign(aspect, say)}" for aspect in told)
    rows = tuple(
        (municipality.name, *(_cell(found, aspect, aspect.cells[index], say) for aspect in told))
        for index, municipality in enumerate(found.municipalities)
        if any(aspect.cells[index].known != "unknown" for aspect in told)
    )
    return Table((say("compare.municipality"), *heads), rows, say("compare.caption"))


def _mark(aspect: Aspect, say: Say) -> str:
    return say(f"compare.mark.{aspect.differs}")


def _sign(aspect: Aspect, say: Say) -> str:
    return say("compare.sign") if aspect.differs == "yes" else ""


def _called(found: Comparison, aspect: Aspect, say: Say) -> str:
    if aspect.code:
        return found.base.label("conditions", aspect.code, say.language)
    return say(f"compare.{aspect.field}")


def _cell(found: Comparison, aspect: Aspect, cell: Cell, say: Say) -> Text:
    if aspect.field == "status":
        index = found.municipalities.index(cell.municipality)
        return standing_told(found.standings[index], say)
    if not cell.said:
        return say(f"compare.{cell.known}")
    runs: list[Run] = []
    for each in cell.said:
        runs += ["; "] if runs else []
        runs.append(_value(found, aspect, each, say))
        note = evidence_told(found.base, each.evidence, say)
        runs += [Note(note)] if note else []
    return tuple(runs)


def _value(found: Comparison, aspect: Aspect, said: Said, say: Say) -> str:
    base, language = found.base, say.language
    match aspect.field:
        case "type":
            return base.label("policy-types", said.value, language)
        case "effect":
            shape = next(place.shape for place in places_of(Policy) if place.name == "effect")
            words = words_for_fields(language)
            return choice_called(shape, said.value, words) if isinstance(shape, Choice) else said.value
        case "places" if said.target:
            return _places(said.target.number, said.target.year, say)
    return said.value


def _places(number: int, year: Date | None, say: Say) -> str:
    return say("compare.target", number=number, when=say.milestone(year)) if year else str(number)


def _explained(told: list[Aspect], say: Say) -> Iterator[Block]:
    """What a condition means where it was made: the same word may mean another thing next door."""
    rows = tuple(
        (cell.municipality.name, said.value, said.condition.definition.in_language(say.language))
        for aspect in told
        for cell in aspect.cells
        for said in cell.said
        if said.condition and said.condition.definition
    )
    if rows:
        yield Heading(say("compare.definitions"))
        yield Table((say("compare.municipality"), say("compare.value"), say("compare.definition")), rows)


def _unknown(found: Comparison, say: Say) -> Iterator[Block]:
    silent = [
        municipality.name
        for municipality, standing in zip(found.municipalities, found.standings, strict=True)
        if standing.status == "unknown"
    ]
    if silent:
        yield Paragraph(say("compare.silent", names=say.listing(silent)))
    yield Paragraph(say("compare.caution"), quiet=True)


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


def _data(found: Comparison, index: int, aspect: Aspect, cell: Cell) -> dict[str, Any]:
    told = {"ref": cell.municipality.ref, "name": cell.municipality.name, "known": cell.known}
    if aspect.field == "status":
        return {**told, "status": found.standings[index].status}
    return {**told, "said": [_said(each) for each in cell.said]}


def _said(said: Said) -> dict[str, Any]:
    definition = said.condition.definition if said.condition else None
    return {
        "value": said.value,
        "policy": said.policy.ref if said.policy else None,
        "definition": dict(definition.by_language) or definition.plain if definition else None,
        "sources": [evidence.source for evidence in said.evidence],
    }
