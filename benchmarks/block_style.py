"""Plain values as YAML in the canonical form of `amk fmt`, much faster than a YAML library writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Plain = dict[str, Any]

_SAFE = re.compile(r"[A-Za-zÀ-ÿ/.‘][^\n\t]*")
_OTHERWISE = re.compile(r": | #|:$|^(true|false|yes|no|on|off|null|y|n|\.[\d.]*)$", re.IGNORECASE)


class Bare(str):
    """A text that canonical form leaves without quotes whatever it looks like: a date or a period."""


def written(record: Plain) -> str:
    """A record as text."""
    return "\n".join(_block(record, "")) + "\n"


def _block(value: Any, pad: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from _led(f"{pad}{key}:", inside, f"{pad}  ")
    else:
        for inside in value:
            first, *more = _block(inside, f"{pad}  ") if isinstance(inside, dict) else (_scalar(inside),)
            yield f"{pad}- {first.lstrip()}"
            yield from more


def _led(lead: str, inside: Any, pad: str) -> Iterator[str]:
    if isinstance(inside, dict | list):
        yield lead
        yield from _block(inside, pad)
    else:
        yield f"{lead} {_scalar(inside)}"


def _scalar(value: str | int | float) -> str:
    if isinstance(value, Bare | int | float):
        return str(value)
    if _SAFE.fullmatch(value) and not _OTHERWISE.search(value):
        return value
    return "'" + value.replace("'", "''") + "'"
