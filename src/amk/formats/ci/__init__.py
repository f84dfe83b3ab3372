"""Findings in the formats of continuous integration: a room a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

Result = Mapping[str, Any]
"""A problem under the keys of `validate -f json`."""


def with_fingerprints(findings: Iterable[Result]) -> Iterator[tuple[Result, str]]:
    """Each finding with a print that stays the same when only its line changes, and is its own."""
    seen: dict[str, int] = {}
    for finding in findings:
        said = "\0".join(str(finding[key]) for key in ("code", "path", "ref", "message"))
        seen[said] = seen.get(said, 0) + 1
        yield finding, sha256(f"{said}\0{seen[said]}".encode()).hexdigest()


def caused(finding: Result) -> bool:
    """Whether the change at hand caused it; where no change was asked about, it counts as caused."""
    return bool(finding.get("caused", True))
