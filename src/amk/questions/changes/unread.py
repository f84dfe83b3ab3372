"""What could not be read on one side, in full or at all: nobody knows what changed in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.records.facts import fields_left_out
from amk.questions.wording import named_some

Unread = Mapping[str, Any]
"""A record that was not compared, as `diff -f json` tells it: its `ref`, the `side`, the fields it lacks."""


def unread_between(before: KnowledgeBase, after: KnowledgeBase, kept: Collection[str] = ()) -> list[Unread]:
    """What was not compared; those that are `kept` are as they were, though nobody can read them now."""
    found: list[Unread] = []
    for side, base in (("before", before), ("after", after)):
        told = {"change": "unreadable", "side": side}
        found += [{"ref": ref, **told, "readable": False} for ref in base.unread if ref not in kept]
        found += [
            {"ref": ref, **told, "incomplete": list(fields_left_out(base, ref))} for ref in base.incomplete
        ]
    return found


def unread_told(lost: Sequence[Unread], phrases: Phrases) -> Iterator[str]:
    """What was not compared, a sentence for each side."""
    for side in ("before", "after"):
        told = [
            f"{each['ref']} ({', '.join(each['incomplete'])})" if "incomplete" in each else str(each["ref"])
            for each in lost
            if each["side"] == side
        ]
        if told:
            yield phrases(f"changes.unread.{side}", records=named_some(told, phrases))
