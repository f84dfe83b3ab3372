"""Texts to a knowledge base, and the problems met on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, from_fault, place
from amk.model.records import KIND_IN, AnyRecord, Manifest, Policy
from amk.storage.data_folder import MANIFEST, Tree, Unreadable
from amk.storage.loaded import LISTED, NO_MANIFEST, LoadResult, incomplete_of, unread_of
from amk.storage.loaded import as_id as as_id
from amk.storage.record_validator import Kind, problems_of, validated
from amk.storage.yaml.parser import find_positions, parse_yaml
from amk.storage.yaml.tidying import doubts_in
from amk.values.frozen import frozen
from amk.values.parsed import FieldPath, Parsed
from amk.values.suggestions import nearest

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_IN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ENDING = re.compile(r"(\.ya?ml)?(\.txt)?$", re.IGNORECASE)
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""The names that Windows keeps for itself, whatever comes after the point."""

_CUT_SHORT = frozenset(f"YAML0{n}" for n in ("01", "04", "05", "06", "10", "11", "12", "13", "14", "15"))
"""The faults after which the rest of a text is not read: it may say anything."""


@frozen
class _Read:
    """One file: the record it gave, if it did, and its problems."""

    record: AnyRecord | Manifest | None
    problems: tuple[Problem, ...]


@frozen
class _Meant:
    """What a file is meant to hold: a kind of record, its reference, and what its name says."""

    kind: Kind
    ref: str
    given: Mapping[str, str]


def load(tree: Tree) -> LoadResult:
    """Read every text of a tree as the record that its folder says it is."""
    manifest = NO_MANIFEST
    records: list[AnyRecord] = []
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    found_there: dict[str, str | Unreadable] = {**tree.unreadable, **tree.texts}
    for path, read in sorted(found_there.items()):
        record, found = read_record(path, read)
        problems.extend(found)
        if isinstance(record, Manifest):
            manifest = record
        elif record is not None:
            records.append(record)
            paths[record.ref] = path
    base = KnowledgeBase.of(
        records, manifest, paths, unread_of(problems, paths), incomplete_of(problems, paths)
    )
    return LoadResult(base, tuple(problems))


def read_record(path: str, read: str | Unreadable) -> tuple[AnyRecord | Manifest | None, tuple[Problem, ...]]:
    """The record that a file holds, if it holds one, and what is wrong with it."""
    if isinstance(read, Unreadable):
        values = {"found": read.reason}
        return None, (Problem(read.code, path, values=values, line=read.line, column=read.column),)
    found = _read_file(path, read)
    return found.record, found.problems


def load_record(path: str, text: str) -> AnyRecord | None:
    """The record that one text holds; None where it holds none that can be read."""
    record = _read_file(path, text).record
    return None if isinstance(record, Manifest) else record


def placed(problems: tuple[Problem, ...], tree: Tree) -> list[Problem]:
    """The problems with their lines and columns: positions are only read where something is wrong."""
    wrong = {problem.path for problem in problems if not problem.line and problem.path in tree.texts}
    positions = {path: find_positions(tree.texts[path]) for path in wrong}
    return [place(problem, positions.get(problem.path, {})) for problem in problems]


def checked_record(path: str, text: str) -> AnyRecord | None:
    """A record that could be read only in part, with something in each place that is wrong: for the rules."""
    meant = _meant(path)
    parsed = parse_yaml(text)
    if isinstance(meant, Problem) or not isinstance(parsed.data, dict) or meant.kind is Manifest:
        return None
    from amk.storage.salvage import checked_part

    record = checked_part(meant.kind, parsed.data, meant.given, _twice(parsed))
    return None if isinstance(record, Manifest) else record


def _read_file(path: str, text: str) -> _Read:
    meant = _meant(path)
    if isinstance(meant, Problem):
        return _Read(None, (meant,))
    read = _validated(path, meant, parse_yaml(text))
    if read.record is None and meant.kind is Policy and read.problems:
        first, *others = read.problems
        return _Read(None, (_with_listed(first, text), *others))
    doubts = tuple(from_fault(fault, path, meant.ref) for fault in doubts_in(text)) if read.record else ()
    return _Read(read.record, (*read.problems, *doubts)) if doubts else read


def _meant(path: str) -> _Meant | Problem:
    """What a file is meant to hold, by its path."""
    if path == MANIFEST:
        return _Meant(Manifest, "", {})
    folder, _, name = path.partition("/")
    kind = KIND_IN.get(folder)
    if kind is None or "/" in name:
        inside, near = path.rpartition("/")[0], folder if kind else nearest(folder, KIND_IN)
        values = {"found": inside or "data", "known": ", ".join(KIND_IN), "nearest": near}
        return Problem("FILE004", path, values=values)
    id = name.removesuffix(".yaml")
    if not _ID.fullmatch(id):
        code = "FILE005" if name.endswith(".yaml") else "FILE006"
        near = as_id(_ENDING.sub("", name)) or f"{kind.kind}-1"
        return Problem(code, path, values={"found": name, "nearest": near})
    if id in _RESERVED:
        return Problem("FILE007", path, values={"found": name, "nearest": f"{kind.kind}-{id}"})
    return _Meant(kind, f"{kind.kind}/{id}", {"id": id})


def _validated(path: str, meant: _Meant, parsed: Parsed) -> _Read:
    kind, ref, given = meant.kind, meant.ref, meant.given
    faults = tuple(from_fault(fault, path, ref) for fault in parsed.faults)
    if any(fault.code in _CUT_SHORT for fault in faults) or (faults and parsed.data is None):
        return _Read(None, faults)
    if not isinstance(parsed.data, dict):
        return _Read(None, (*faults, Problem("YAML009", path, ref=ref)))
    if given and "id" in parsed.data:
        values = {"found": "id", "nearest": ""}
        faults = (*faults, Problem("FLD001", path, ("id",), values, ref, at_key=True))
    read = validated(kind, {**parsed.data, **given})
    errors = read if isinstance(read, Sequence) else ()
    if not isinstance(read, Sequence) and not _twice(parsed):
        return _Read(read, faults)
    from amk.storage.salvage import told_part

    faulty = {fault.path for fault in parsed.faults}
    found = (p for p in problems_of(errors, path, ref, kind) if p.field_path not in faulty)
    return _Read(told_part(kind, parsed.data, given, _twice(parsed)), (*faults, *found))


def _twice(parsed: Parsed) -> frozenset[FieldPath]:
    """The fields that are written twice: which of the two holds nobody can tell."""
    return frozenset(fault.path for fault in parsed.faults if fault.code == "YAML002")


# Within one line, and a line of no great length: a hostile text would keep a pattern busy for minutes.
_LISTED_ALONE = re.compile(
    r"^[^\w\n]{0,20}([a-z0-9]{1,99}(?:-[a-z0-9]{1,99}){0,20})[^\w\n]{0,20}$", re.MULTILINE
)
_LISTED_BESIDE = re.compile(r"^municipalities:(.{0,5000})$", re.MULTILINE)


def _with_listed(problem: Problem, text: str) -> Problem:
    """A problem that keeps a file from being read, with the ids that the file lists, an id a line."""
    beside = (id for line in _LISTED_BESIDE.findall(text) for id in _ID_IN.findall(line))
    listed = dict.fromkeys((*_LISTED_ALONE.findall(text), *beside))
    return replace(problem, values={**problem.values, LISTED: " ".join(listed)}) if listed else problem
