"""A knowledge base as it came out of loading, with the problems met on the way."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem
from amk.model.records import KIND_IN, Manifest
from amk.storage.data_folder import MANIFEST, Tree
from amk.values.frozen import frozen
from amk.values.multilingual import Multilingual
from amk.values.parsed import FieldPath

LISTED = "listed"
"""Under which a problem keeps the ids that a file lists which could not be read."""

_ENDING = re.compile(r"(\.ya?ml)?(\.txt)?$", re.IGNORECASE)

LONGEST_ID = 100
"""The longest id that is made of a name: a file's name has an end, and a path is read by people."""

NO_MANIFEST = Manifest(title=Multilingual(plain="amk"), subject=Multilingual(plain="amk"))


@frozen
class LoadResult:
    """A knowledge base of the records that could be read, and the problems of all."""

    base: KnowledgeBase
    problems: tuple[Problem, ...]


def unread_of(problems: Iterable[Problem], read: Container[str]) -> Mapping[str, tuple[str, ...]]:
    """The references of records whose file is there, and could not be read, with the ids that it lists."""
    found: dict[str, tuple[str, ...]] = {}
    for problem in problems:
        ref = problem.ref or ref_of(problem.path)
        if ref not in read and problem.path != MANIFEST:
            found[ref] = (*found.get(ref, ()), *problem.values.get(LISTED, "").split())
    return found


def incomplete_of(problems: Iterable[Problem], read: Container[str]) -> Mapping[str, tuple[FieldPath, ...]]:
    """The records that were read without some of what their files say, and where that stands."""
    found: dict[str, list[FieldPath]] = {}
    for problem in problems:
        if problem.severity == "error" and problem.ref in read:
            found.setdefault(problem.ref, []).append(problem.field_path)
    return {ref: tuple(paths) for ref, paths in found.items()}


def ref_of(path: str) -> str:
    """The reference of the record that a file is meant to hold; the path itself where it is none."""
    folder, _, name = path.partition("/")
    kind = KIND_IN.get(folder)
    return f"{kind.kind}/{_stem_of(name)}" if kind else path


def not_checked_out(tree: Tree) -> frozenset[str]:
    """The records whose files are not checked out: they are as they were committed."""
    return frozenset(ref_of(p) for p, left in tree.unreadable.items() if left.reason == "not-checked-out")


def _stem_of(name: str) -> str:
    """The id that a file is meant to give: its name, whatever it ends in."""
    if name.endswith(".yaml") and name[:-5].isascii() and name.islower():
        return name.removesuffix(".yaml")
    stem = _ENDING.sub("", name.rpartition("/")[2])
    return as_id(stem) or stem


def as_id(text: str) -> str:
    """The id that a name or a file name would have: lower case, digits, hyphens, and whole words."""
    from unicodedata import normalize

    plain = normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    id = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    return id if len(id) <= LONGEST_ID else id[: LONGEST_ID + 1].rpartition("-")[0] or id[:LONGEST_ID]
