"""Waivers: what a record need not hold to, for a stated reason, until a day if one is given.

A waiver that ran out goes on waiving and is itself told as a warning, so that no knowledge base
turns wrong by the passing of time alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from amk.knowledge import KnowledgeBase
from amk.nearest import nearest
from amk.problems import RULES, Problem
from amk.records import AnyRecord

UNUSED, RAN_OUT = "WAIV001", "WAIV002"


@dataclass(frozen=True, slots=True)
class Waived:
    """The problems that are left, those of the waivers among them, and how many were waived."""

    problems: tuple[Problem, ...]
    count: int


def waive(base: KnowledgeBase, problems: Iterable[Problem], today: date) -> Waived:
    """Leave out what a record waives, and tell of waivers that are unused or ran out by a day."""
    waivers = {(record.ref, waiver.code) for record in base.known.waiving() for waiver in record.waive}
    found = tuple(problems)
    left = tuple(p for p in found if (p.ref, p.code) not in waivers)
    used = {(p.ref, p.code) for p in found} & waivers
    of_waivers = (p for r in base.known.waiving() for p in _of_waivers(base, r, used, today))
    return Waived((*left, *of_waivers), len(found) - len(left))


def _of_waivers(
    base: KnowledgeBase, record: AnyRecord, used: set[tuple[str, str]], today: date
) -> Iterator[Problem]:
    path = base.paths.get(record.ref, "")
    for index, waiver in enumerate(record.waive):
        if (record.ref, waiver.code) not in used:
            near = "" if waiver.code in RULES else nearest(waiver.code, RULES)
            told = {"found": waiver.code, "nearest": near}
            yield Problem(UNUSED, path, ("waive", index, "code"), told, record.ref)
        elif waiver.until and waiver.until.latest < today:
            told = {"found": waiver.code, "until": str(waiver.until)}
            yield Problem(RAN_OUT, path, ("waive", index, "until"), told, record.ref)
