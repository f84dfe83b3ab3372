"""A knowledge base as it came out of loading, with the problems met on the way."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.records import KINDS, AnyRecord, Manifest
from amk.values import Value
from amk.words import Words

FOLDERS: Mapping[str, type[AnyRecord]] = {kind.folder: kind for kind in KINDS}
"""The kind of record that a folder holds."""

NO_MANIFEST = Manifest(title=Words(plain="amk"), subject=Words(plain="amk"))


@dataclass(frozen=True, eq=False, repr=False)
class Loaded(Value):
    """A knowledge base of the records that could be read, and the problems of all."""

    base: KnowledgeBase
    problems: tuple[Problem, ...]


def unread_of(problems: Iterable[Problem], read: Container[str]) -> Iterable[str]:
    """The references of records whose file is there, and could not be read."""
    refs = dict.fromkeys(ref_of(problem.path) for problem in problems)
    return (ref for ref in refs if ref not in read)


def ref_of(path: str) -> str:
    """The reference of the record that a file is meant to hold; the path itself where it is none."""
    folder, _, name = path.partition("/")
    kind = FOLDERS.get(folder)
    return f"{kind.kind}/{name.removesuffix('.yaml')}" if kind else path
