"""Three versions of a record's text made one, with marks where somebody has to choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from amk.authoring.merging.pieces import Merging, Side
from amk.storage.yaml.canonical import taken_apart
from amk.storage.yaml.nodes import Node
from amk.storage.yaml.parser import parse_yaml
from amk.storage.yaml.splicing import Splicing


@dataclass(frozen=True, slots=True)
class Versions:
    """The text that two sides began with, empty where both added it, and what each made of it."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands around a conflict, as git writes it, each mark of so many characters."""

    size: int = 7

    def around(self, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
        """The lines of both sides between marks."""
        yield f"{'<' * self.size} ours"
        yield from ours
        yield "=" * self.size
        yield from theirs
        yield f"{'>' * self.size} theirs"


@dataclass(frozen=True, slots=True)
class MergedText:
    """The text that two became, and in how many places somebody has to choose."""

    text: str
    conflicts: int


def merged_text(versions: Versions, kind: type[Any], language: str, marks: Marks) -> MergedText | None:
    """Two versions of a record made one; None where one of them cannot be taken apart without loss."""
    texts = [_merged_for(side, versions, kind, language) for side in ("ours", "theirs")]
    if any(text is None or parse_yaml(text).faults for text in texts):
        return None
    ours, theirs = (text.split("\n") for text in texts if text is not None)
    lines: list[str] = []
    conflicts = 0
    for tag, *spans in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        first, last, begin, end = spans
        conflicts += tag != "equal"
        kept = ours[first:last]
        lines += kept if tag == "equal" else marks.around(kept, theirs[begin:end])
    return MergedText("\n".join(lines), conflicts)


def _merged_for(side: Side, versions: Versions, kind: type[Any], language: str) -> str | None:
    """The text in which one side wins every conflict."""
    base = taken_apart(versions.base, kind) if versions.base.strip() else Node(None, [])
    ours, theirs = taken_apart(versions.ours, kind), taken_apart(versions.theirs, kind)
    if base is None or ours is None or theirs is None:
        return None
    splicing = Splicing(versions.ours, ours, kind)
    Merging(side, language).merged(base, ours, theirs)
    return splicing.written()
