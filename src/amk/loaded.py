"""A knowledge base as it came out of loading, with the problems met on the way."""

from __future__ import annotations

from dataclasses import dataclass

from amk.knowledge import KnowledgeBase
from amk.problems import Problem


@dataclass(frozen=True, slots=True)
class Loaded:
    """A knowledge base of the records that could be read, and the problems of all."""

    base: KnowledgeBase
    problems: tuple[Problem, ...]
