"""Every fact of the founding document is held by a record, with the lines it stands on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from amk.model.fields import plain_fields
from amk.model.knowledge_base import KnowledgeBase
from amk.values.line_ranges import LineRanges, parse_lines

TABLE = Path(__file__).parents[2] / "docs" / "founding-facts.md"
SOURCE = "bijlage-1-2021"
ROW = re.compile(r"\| (F\d\d) \| ([\d, -]+) \| `([^`]+)` \| `([^`]+)` \| (.*) \|")
ROWS = [
    match.groups() for match in map(ROW.fullmatch, TABLE.read_text(encoding="utf-8").splitlines()) if match
]


def value_at(fields: Any, field_path: str) -> Any:
    for step in re.findall(r"[\w-]+", field_path):
        fields = fields[int(step)] if isinstance(fields, list) else fields[step]
    return fields


def told(value: Any) -> str:
    """A value as the table writes it: its words, the id it points to, or a status with its date."""
    if isinstance(value, list):
        return ", ".join(map(told, value))
    if not isinstance(value, dict):
        return str(value)
    for key in ("text", "municipality", "status", "nl", "ref", "source"):
        if value.get(key):
            date = f" {value['date']}" if key == "status" and value.get("date") else ""
            return told(value[key]) + date
    return ", ".join(value)


def nearest_evidence(fields: dict[str, Any], field_path: str) -> list[dict[str, Any]]:
    """What a field rests on: the evidence of the piece that it stands in, else of what is around that."""
    around: list[Any] = [fields]
    for step in re.findall(r"[\w-]+", field_path):
        inside = around[-1]
        around.append(inside[int(step)] if isinstance(inside, list) else inside[step])
    with_evidence = (
        piece["evidence"] for piece in reversed(around) if isinstance(piece, dict) and piece.get("evidence")
    )
    return next(with_evidence, [])


def overlap(cited: LineRanges, wanted: LineRanges) -> bool:
    return any(a <= d and c <= b for a, b in cited.ranges for c, d in wanted.ranges)


@pytest.mark.parametrize(("fact", "lines", "ref", "field_path", "value"), ROWS, ids=lambda text: text[:40])
def test_a_founding_fact_is_held(
    shipped: KnowledgeBase, fact: str, lines: str, ref: str, field_path: str, value: str
) -> None:
    record = shipped.known[ref]
    fields = plain_fields(record)
    evidence = nearest_evidence(fields, field_path)
    cited = [parse_lines(str(e["lines"])) for e in evidence if e["source"] == SOURCE and e.get("lines")]

    assert told(value_at(fields, field_path)).replace("|", "/") == value, fact
    assert record.kind == "source" or any(overlap(each, parse_lines(lines)) for each in cited), fact


def test_the_table_names_all_84_facts() -> None:
    assert {fact for fact, *_ in ROWS} == {f"F{number:02d}" for number in range(1, 85)}
