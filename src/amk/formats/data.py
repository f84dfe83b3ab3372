"""Facts for machines: JSON, JSON lines, CSV, and references a line each."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from amk.values.control_characters import escaped, sanitize
from amk.values.formula_guard import guarded

Rows = Sequence[Mapping[str, Any]]

_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


def write_json(rows: Rows) -> str:
    """An array of objects."""
    return write_object(list(rows))


def write_object(value: Any) -> str:
    """One value: an object where an answer is no list."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def write_jsonl(rows: Rows) -> str:
    """An object a line."""
    return "".join(escaped(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


def write_csv(rows: Rows, keys: Sequence[str] = ()) -> str:
    """A header of keys and a line for each row; no cell is ever read as a formula.

    `keys` are those that rows of this sort have: they stand there without any row as well.
    """
    columns = list(dict.fromkeys((*keys, *(key for row in rows for key in row))))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if columns:
        writer.writerow(map(sanitize, columns))
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def write_ids(rows: Rows) -> str:
    """A reference a line."""
    return "".join(f"{sanitize(row['ref'])}\n" for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return harmless("; ".join(value))
    if isinstance(value, list | dict):
        return escaped(json.dumps(value, ensure_ascii=False)) if value else ""
    return harmless(str(value))


def harmless(text: str) -> str:
    """A text that a spreadsheet takes for a text."""
    return sanitize(text if _NUMBER.fullmatch(text) else guarded(text))
