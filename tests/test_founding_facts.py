"""Every fact of the founding document is held by a record, with the lines it stands on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from amk.fields import evidence_in, plain_fields
from amk.knowledge import KnowledgeBase
from amk.lines import Lines, parse_lines

TABLE = Path(__file__).parents[1] / "docs" / "founding-facts.md"
SOURCE = "bijlage-1-2021"
ROW = re.compile(r"\| (F\d\d) \| ([\d, -]+) \| `([^`]+)` \| `([^`]+)` \| (.*) \|")
ROWS = [
    match.groups() for match in map(ROW.fullmatch, TABLE.read_text(encoding="utf-8").splitlines()) if match
]


def value_at(fields: Any, way: str) -> Any:
    for step in re.findall(r"[\w-]+", way):
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


def overlap(cited: Lines, wanted: Lines) -> bool:
    return any(a <= d and c <= b for a, b in cited.ranges for c, d in wanted.ranges)


@pytest.mark.parametrize(("fact", "lines", "ref", "way", "value"), ROWS, ids=lambda text: text[:40])
def test_a_founding_fact_is_held(
    shipped: KnowledgeBase, fact: str, lines: str, ref: str, way: str, value: str
) -> None:
    record = shipped.known[ref]
    cited = [e.lines for _, e in evidence_in(record) if e.source == SOURCE and e.lines]

    assert told(value_at(plain_fields(record), way)).replace("|", "/") == value, fact
    assert record.kind == "source" or any(overlap(c, parse_lines(lines)) for c in cited), fact


def test_the_table_names_all_84_facts() -> None:
    assert {fact for fact, *_ in ROWS} == {f"F{number:02d}" for number in range(1, 85)}
