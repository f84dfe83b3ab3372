"""What a file of the data folder gave when it was read."""

from __future__ import annotations

from typing import NamedTuple

from amk.kept.states import State
from amk.problems import Problem


class Content(NamedTuple):
    """What a file gave: a record as bytes, with their checksum, and what it is found by.

    `kind` is empty where the file gave no record. `keys` stand for what the record may have in
    common with another. `alone` are the problems that it has whatever others say.
    """

    kind: str
    ref: str
    sorting: str
    pickled: bytes
    checksum: int
    names: tuple[str, ...]
    naming: tuple[tuple[str, str], ...]
    keys: tuple[int, ...]
    waives: bool
    problems: tuple[Problem, ...]
    alone: tuple[Problem, ...]


class Reading(NamedTuple):
    """A file as it was read. `content` is None where it holds what it held at an earlier reading."""

    path: str
    state: State | None
    settled: bool
    digest: bytes
    blobs: tuple[str, ...]
    unreadable: bool
    content: Content | None
