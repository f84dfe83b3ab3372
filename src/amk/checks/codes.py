"""Codes keep their form: the code of a municipality is GM and four digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amk.model.problems import Problem, problem_at
from amk.model.records import AnyRecord, Municipality, Region
from amk.values.parsed import FieldPath

_CODE = re.compile(r"GM[0-9]{4}")
_DIGITS_LEFT = re.compile(r"\s*(?:gm)?[\s.-]*([0-9]{1,4})(?:[.,]0+)?\s*", re.IGNORECASE)


def codes_have_their_form(record: AnyRecord, path: str) -> Iterator[Problem]:
    """The code of a municipality is as Statistics Netherlands writes it."""
    for field_path, code in _codes(record):
        if not _CODE.fullmatch(code):
            near = code_meant(code)
            yield problem_at(path, record, "CODE002", field_path, found=code, nearest=near)


def code_meant(text: str) -> str:
    """The code that lost its letters or its zeros on the way: GM0518 for 518; nothing for another text."""
    match = _DIGITS_LEFT.fullmatch(text)
    return f"GM{int(match[1]):04d}" if match else ""


def _codes(record: AnyRecord) -> Iterator[tuple[FieldPath, str]]:
    match record:
        case Municipality():
            if record.code is not None:
                yield ("code",), record.code
            for index, border in enumerate(record.neighbours_outside):
                yield ("neighbours_outside", index, "code"), border.code
        case Region():
            for index, outside in enumerate(record.outside_province):
                if outside.code is not None:
                    yield ("outside_province", index, "code"), outside.code
