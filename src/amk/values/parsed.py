"""What a YAML text says: plain data, where each value stands, and what is wrong.

Every scalar stays text: YAML 1.1 would read `no` as false, `12:30` as 750 and `2020-11` as a
sum. Records type their own fields.
"""

from __future__ import annotations

from typing import Any

from amk.values.frozen import frozen

Plain = Any
"""Text, None for a key without a value, a list of plain data or a dict from text to plain data."""

FieldPath = tuple[str | int, ...]
"""The path to a value inside a file: keys, and positions in lists counted from 0."""


@frozen
class Fault:
    """What is wrong with a YAML text: a code of `problems`, where it stands, and what is there.

    Lines and columns count from 1, columns in characters.
    """

    code: str
    line: int
    column: int
    path: FieldPath = ()
    found: str = ""


@frozen
class Parsed:
    """The plain data of a YAML text, as far as it could be read, and its faults."""

    data: Plain
    faults: tuple[Fault, ...]


@frozen
class Position:
    """Where a key and its value begin; for an item of a list the two are one."""

    key: tuple[int, int]
    value: tuple[int, int]
