"""What amk means to write: planned as values, shown, and applied by one function."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from amk.values.frozen import frozen


@frozen
class Edit:
    """A file below the data folder: its bytes before and after; None where there is no file."""

    path: str
    before: bytes | None
    after: bytes | None


def told_edits(edits: Sequence[Edit]) -> str:
    """The edits as a unified diff."""
    return "".join(line for edit in edits for line in _told(edit))


def _told(edit: Edit) -> Iterator[str]:
    from difflib import unified_diff

    before, after = (_lines(raw) for raw in (edit.before, edit.after))
    names = f"a/{edit.path}" if before else os.devnull, f"b/{edit.path}" if after else os.devnull
    for line in unified_diff(before, after, *names):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(raw: bytes | None) -> list[str]:
    return (raw or b"").decode("utf-8", "replace").splitlines(keepends=True)
