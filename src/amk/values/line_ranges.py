"""The lines of a source that a statement rests on."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from amk.values.frozen import frozen

_PATTERN = re.compile(r"[1-9]\d{0,5}(-[1-9]\d{0,5})?(, ?[1-9]\d{0,5}(-[1-9]\d{0,5})?){0,99}", re.ASCII)
"""At most a hundred ranges: nobody looks up more, and two long rows of them take long to compare."""


class NotLines(ValueError):
    """The text does not name lines."""


@frozen
class LineRanges:
    """Ranges of lines, first and last included, counted from 1; empty lines count."""

    ranges: tuple[tuple[int, int], ...]

    @property
    def last(self) -> int:
        """The highest line named."""
        return max(last for _, last in self.ranges)

    def merged(self) -> LineRanges:
        """The same lines in order, each range as wide as it can be."""
        told: list[tuple[int, int]] = []
        for first, last in sorted(self.ranges):
            if told and first <= told[-1][1] + 1:
                told[-1] = (told[-1][0], max(last, told[-1][1]))
            else:
                told.append((first, last))
        return LineRanges(tuple(told))

    def __str__(self) -> str:
        return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in self.ranges)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def from_text(value: object) -> LineRanges:
            try:
                return value if isinstance(value, LineRanges) else parse_lines(str(value))
            except NotLines as error:
                raise PydanticCustomError("lines", "lines such as 38 or 30-32, 84") from error

        return core_schema.no_info_plain_validator_function(from_text)


@lru_cache(maxsize=4096)
def parse_lines(text: str) -> LineRanges:
    """Read `38`, `30-32` or `30-32, 84-86`.

    Raises NotLines for any other text and for a range that runs backwards.
    """
    if not _PATTERN.fullmatch(text):
        raise NotLines(text)
    ranges = tuple(_range(part) for part in text.split(","))
    if any(first > last for first, last in ranges):
        raise NotLines(text)
    return LineRanges(ranges)


def _range(part: str) -> tuple[int, int]:
    first, _, last = part.strip().partition("-")
    return int(first), int(last or first)
