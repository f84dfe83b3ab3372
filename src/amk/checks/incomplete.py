"""The rules, for records that were read only in part: whatever else is wrong is told as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from amk.checks import check_alone, check_between
from amk.model.collection import InMemory
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem
from amk.storage.loading import checked_record
from amk.values.parsed import FieldPath

_OF_SEVERAL = ("DUP", "TILE")
"""How the codes begin of what records have because another is too much like them."""

_LACK = {"STAT002": "milestones", "EVID002": "lines"}
"""The rules that ask for a field, and that field."""


def check_incomplete(
    base: KnowledgeBase, texts: Mapping[str, str], found: Iterable[Problem]
) -> Iterator[Problem]:
    """The problems found, with those of the records read in part found anew, each in its place."""
    yield from (p for p in found if p.ref not in base.incomplete or p.code.startswith(_OF_SEVERAL))
    for ref, left_out in base.incomplete.items():
        path = base.paths[ref]
        record = checked_record(path, texts[path])
        if record is not None:
            alone = replace(base, records=InMemory({ref: record}))
            problems = (*check_alone(record, path), *check_between(alone))
            yield from (p for p in problems if not any(_follows(p, path) for path in left_out))


def _follows(problem: Problem, left_out: FieldPath) -> bool:
    """Whether a problem is there only because of what was left out."""
    place = problem.field_path
    asked = (*place[:-1], _LACK[problem.code]) if problem.code in _LACK else place
    return bool(left_out) and any(
        left_out[: len(path)] == path[: len(left_out)] for path in (place, asked) if path
    )
