"""Files that go on under another name: those whose texts are mostly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product

ALIKE = 0.5
"""The share of its lines that a file must keep to be the same one under another name, as git has it."""

COMPARED = 10_000
"""How many pairs of files are compared; among more, only those with the very same text."""


def renamed_between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, str]:
    """The earlier path of each file that came, among those that went; each is used once, the likest first."""
    same = {(old, new): 1.0 for old, new in product(before, after) if before[old] == after[new]}
    few = len(before) * len(after) <= COMPARED
    likest = sorted(
        (same | (_likeness(before, after) if few else {})).items(), key=lambda pair: (-pair[1], pair[0])
    )
    renamed: dict[str, str] = {}
    for (old, new), share in likest:
        if share >= ALIKE and new not in renamed and old not in renamed.values():
            renamed[new] = old
    return renamed


def _likeness(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[tuple[str, str], float]:
    """The share of lines that each pair has in common, from 0 to 1."""
    lines = {path: Counter(raw.splitlines()) for side in (before, after) for path, raw in side.items()}
    return {
        (old, new): (lines[old] & lines[new]).total() / max(lines[old].total(), lines[new].total(), 1)
        for old, new in product(before, after)
    }
