"""Which problems a change caused, and which were there before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from amk.model.problems import Problem

ADVICE = frozenset({"nearest", "known", "expected", "usual"})
"""What a problem says about mending it, which other files may change."""

Likeness = tuple[object, ...]


def tell_apart(
    before: Iterable[Problem], after: Iterable[Problem], renamed: Mapping[str, str]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that a change caused, wherever they lie, and those that were there before it.

    Problems are the same when they say the same of the same file; lines and places in lists do
    not count, since a change shifts them. `renamed` gives a file's earlier path by its path now.
    """
    old = Counter(likeness(problem, {}) for problem in before)
    caused: list[Problem] = []
    there: list[Problem] = []
    for problem in after:
        alike = likeness(problem, renamed)
        (there if old[alike] > 0 else caused).append(problem)
        old[alike] -= 1
    return tuple(caused), tuple(there)


def likeness(problem: Problem, renamed: Mapping[str, str]) -> Likeness:
    """What a problem says, and of which file, without its line."""
    field_path = tuple(step for step in problem.field_path if isinstance(step, str))
    said = tuple(sorted((key, value) for key, value in problem.values.items() if key not in ADVICE))
    return problem.code, renamed.get(problem.path, problem.path), field_path, said
