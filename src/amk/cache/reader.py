"""What each file gives: a record, what it is called and whom it names, and the problems met on the way."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from amk.cache.encoding import encode_record
from amk.cache.fingerprints import Fingerprint, is_racy, state_of
from amk.checks import check_alone
from amk.model.collection import names_others
from amk.model.identity_keys import keys_of
from amk.model.names import folded, known_as, sorting_name
from amk.model.policy_notes import speaks_of_policy
from amk.model.problems import Problem
from amk.model.records import Manifest
from amk.storage.data_folder import Unreadable, blobs_of, raw_of, text_of
from amk.storage.loading import read_record
from amk.values.errors import CacheCorrupt


class FileContent(NamedTuple):
    """What a file gave: a record as bytes, with their checksum, and what it is found by.

    `kind` is empty where the file gave no record. `keys` stand for what the record may have in
    common with another; it `speaks` where a note is about policy, and is `renamed` where it had
    another id. `alone` are the problems that it has whatever others say.
    """

    kind: str
    ref: str
    sorting: str
    record: bytes
    checksum: int
    names: tuple[str, ...]
    naming: tuple[tuple[str, str], ...]
    keys: tuple[int, ...]
    waives: bool
    speaks: bool
    renamed: bool
    problems: tuple[Problem, ...]
    alone: tuple[Problem, ...]


_NO_RECORD = FileContent("", "", "", b"", 0, (), (), (), False, False, False, (), ())


class FileReading(NamedTuple):
    """A file as it was read. `content` is None where it holds what it held at an earlier reading."""

    path: str
    state: Fingerprint | None
    racy: bool
    digest: bytes
    blobs: tuple[str, ...]
    unreadable: bool
    content: FileContent | None


PAYS = 3_000
"""The number of files from which more processes are faster: each has to start, and import what reads."""

AT_ONCE = 250
"""How many files a process is handed at a time."""


def read_all(
    root: Path, paths: Sequence[str], known: Mapping[str, bytes], processes: int = 1
) -> Iterator[FileReading]:
    """Read files; those that hold what they held are not read as records again.

    `known` are the digests that files had. Many files are read by several processes, where the
    caller can stand that they are started. Raises CacheCorrupt where one of them dies.
    """
    read = partial(_read_some, root, known)
    chunks = [paths[start : start + AT_ONCE] for start in range(0, len(paths), AT_ONCE)]
    if len(paths) < PAYS or processes < 2:
        yield from (reading for chunk in chunks for reading in read(chunk))
        return
    # Imported where it pays: to import it takes as long as to read fifty files.
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    # A process that is made anew, and not split off: this one may have threads.
    pool = ProcessPoolExecutor(min(processes, len(chunks)), get_context("spawn"), _begin)
    try:
        with _undisturbed():
            answers = pool.map(read, chunks)
        for readings in answers:
            yield from readings
    except BrokenExecutor as error:
        raise CacheCorrupt("a process that read is gone") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """A process that reads for another makes many values, and drops few: it looks for no cycles."""
    gc.disable()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """For starting processes that hear no Ctrl-C: it is for the one with the terminal, which ends them.

    One that comes meanwhile waits until they have started.
    """
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    # Started before the others: its own start would let Ctrl-C through again.
    resource_tracker.ensure_running()
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


def _read_some(root: Path, known: Mapping[str, bytes], paths: Sequence[str]) -> list[FileReading]:
    return [read_one(root, path, known.get(path)) for path in paths]


def read_one(root: Path, path: str, known: bytes | None) -> FileReading:
    """Read a file, as a record where it does not hold what it held."""
    where = os.path.join(root, path)
    before, at = state_of(where), time.time_ns()
    raw = raw_of(where, root)
    after = state_of(where)
    read = text_of(raw) if isinstance(raw, bytes) else raw
    content = raw if isinstance(raw, bytes) else repr(raw).encode()
    digest = sha256(content).digest()
    return FileReading(
        path=path,
        state=after,
        racy=before != after or is_racy(after, at),
        digest=digest,
        blobs=blobs_of(raw) if isinstance(raw, bytes) else (),
        unreadable=isinstance(read, Unreadable),
        content=None if digest == known else content_of(path, read),
    )


def content_of(path: str, read: str | Unreadable) -> FileContent:
    """What the text of a file gives, or why it could not be read."""
    record, problems = read_record(path, read)
    if record is None:
        return _NO_RECORD._replace(problems=problems)
    raw = encode_record(record)
    if isinstance(record, Manifest):
        return FileContent(
            "manifest", path, "", raw, crc32(raw), (), (), (), False, False, False, problems, ()
        )
    return FileContent(
        kind=record.kind,
        ref=record.ref,
        sorting=sorting_name(record.name),
        record=raw,
        checksum=crc32(raw),
        names=tuple(dict.fromkeys(filter(None, map(folded, known_as(record))))),
        naming=tuple(dict.fromkeys(names_others(record))),
        keys=keys_of(record),
        waives=bool(record.waive),
        speaks=speaks_of_policy(record),
        renamed=bool(record.former_ids),
        problems=problems,
        alone=check_alone(record, path),
    )
