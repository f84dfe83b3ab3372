"""Waivers: what a record need not hold to, for a stated reason, until a day if one is given.

A waiver that ran out goes on waiving and is itself told as a warning, so that no knowledge base
turns wrong by the passing of time alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import RULES, Problem
from amk.model.records import AnyRecord
from amk.values.suggestions import nearest

UNUSED, RAN_OUT, REFUSED = "WAIV001", "WAIV002", "WAIV003"

PROTECTED = ("PRIV", "REF", "CODE", "FILE", "YAML")
"""The rules that no record waives: personal data, references, codes, and whether a file can be read."""


@dataclass(frozen=True, slots=True)
class Waived:
    """The problems that are left, those of the waivers among them, and what was waived with which reason."""

    problems: tuple[Problem, ...]
    waived: Mapping[tuple[str, str], int]

    @property
    def count(self) -> int:
        """How many problems were waived."""
        return sum(self.waived.values())


def waive(base: KnowledgeBase, problems: Iterable[Problem], today: date) -> Waived:
    """Leave out what a record waives, and tell of waivers that are unused or ran out by a day."""
    reasons = {
        (record.ref, waiver.code): waiver.reason
        for record in base.known.waiving()
        for waiver in record.waive
        if not is_protected(waiver.code)
    }
    found = tuple(problems)
    left = tuple(p for p in found if (p.ref, p.code) not in reasons)
    gone = [(p.ref, p.code) for p in found if (p.ref, p.code) in reasons]
    used = {*gone}
    whole = (record for record in base.known.waiving() if record.ref not in base.incomplete)
    of_waivers = (p for r in whole for p in _of_waivers(base, r, used, today))
    return Waived((*left, *of_waivers), Counter((code, reasons[ref, code]) for ref, code in gone))


def is_protected(code: str) -> bool:
    """Whether a rule holds for every record, whatever it waives."""
    return code in RULES and code.startswith(PROTECTED)


def _of_waivers(
    base: KnowledgeBase, record: AnyRecord, used: set[tuple[str, str]], today: date
) -> Iterator[Problem]:
    path = base.paths.get(record.ref, "")
    for index, waiver in enumerate(record.waive):
        if is_protected(waiver.code):
            yield Problem(REFUSED, path, ("waive", index, "code"), {"found": waiver.code}, record.ref)
        elif (record.ref, waiver.code) not in used:
            near = "" if waiver.code in RULES else nearest(waiver.code, RULES)
            told = {"found": waiver.code, "nearest": near}
            yield Problem(UNUSED, path, ("waive", index, "code"), told, record.ref)
        elif waiver.until and waiver.until.latest < today:
            told = {"found": waiver.code, "until": str(waiver.until)}
            yield Problem(RAN_OUT, path, ("waive", index, "until"), told, record.ref)
