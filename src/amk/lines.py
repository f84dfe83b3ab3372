"""The lines of a source that a statement rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from amk.values import Value

_PATTERN = re.compile(r"[1-9]\d{0,5}(-[1-9]\d{0,5})?(, ?[1-9]\d{0,5}(-[1-9]\d{0,5})?){0,99}", re.ASCII)
"""At most a hundred ranges: nobody looks up more, and two long rows of them take long to compare."""


class NotLines(ValueError):
    """The text does not name lines."""


@dataclass(frozen=True, eq=False, repr=False)
class Lines(Value):
    """Ranges of lines, first and last included, counted from 1; empty lines count."""

    ranges: tuple[tuple[int, int], ...]

    @property
    def last(self) -> int:
        """The highest line named."""
        return max(last for _, last in self.ranges)

    def __str__(self) -> str:
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in self.ranges)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def from_text(value: object) -> Lines:
            try:
                return value if isinstance(value, Lines) else parse_lines(str(value))
            except NotLines as error:
                raise PydanticCustomError("lines", "lines such as 38 or 30-32, 84") from error

        return core_schema.no_info_plain_validator_function(from_text)


def parse_lines(text: str) -> Lines:
    """Read `38`, `30-32` or `30-32, 84-86`.

    Raises NotLines for any other text and for a range that runs backwards.
    """
    if not _PATTERN.fullmatch(text):
        raise NotLines(text)
    ranges = tuple(_range(part) for part in text.split(","))
    if any(first > last for first, last in ranges):
        raise NotLines(text)
    return Lines(ranges)


def _range(part: str) -> tuple[int, int]:
    first, _, last = part.strip().partition("-")
    return int(first), int(last or first)
