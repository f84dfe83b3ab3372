"""What one file gives: a record, what it is called and whom it names, and the problems met on the way."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from zlib import crc32

from amk.checks import check_alone
from amk.errors import Lost
from amk.kept.given import Content, Reading
from amk.kept.states import is_settled, state_of
from amk.load import read_record
from amk.names import folded, names_of, sorting_name
from amk.records import Manifest
from amk.register import names_others
from amk.traits import keys_of
from amk.tree import Unreadable, blobs_of, raw_of, text_of

PAYS = 3_000
"""The number of files from which more processes are faster: each has to start, and import what reads."""

AT_ONCE = 250
"""How many files a process is handed at a time."""


def read_all(
    root: Path, paths: Sequence[str], known: Mapping[str, bytes], processes: int = 1
) -> Iterator[Reading]:
    """Read files; those that hold what they held are not read as records again.

    `known` are the digests that files had. Many files are read by several processes, where the
    caller can stand that they are started. Raises Lost where one of them dies.
    """
    read = partial(_read_some, root, known)
    chunks = [paths[start : start + AT_ONCE] for start in range(0, len(paths), AT_ONCE)]
    if len(paths) < PAYS or processes < 2:
        yield from (reading for chunk in chunks for reading in read(chunk))
        return
    # A process that is made anew, and not split off: this one may have threads.
    pool = ProcessPoolExecutor(min(processes, len(chunks)), get_context("spawn"), _begin)
    try:
        with _undisturbed():
            answers = pool.map(read, chunks)
        for readings in answers:
            yield from readings
    except BrokenExecutor as error:
        raise Lost("a process that read is gone") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """A process that reads for another makes many values, and drops few: it looks for no cycles."""
    gc.disable()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """For starting processes that hear no Ctrl-C: it is for the one with the terminal, which ends them."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _read_some(root: Path, known: Mapping[str, bytes], paths: Sequence[str]) -> list[Reading]:
    return [read_one(root, path, known.get(path)) for path in paths]


def read_one(root: Path, path: str, known: bytes | None) -> Reading:
    """Read a file, as a record where it does not hold what it held."""
    where = os.path.join(root, path)
    before, at = state_of(where), time.time_ns()
    raw = raw_of(where, root)
    after = state_of(where)
    read = text_of(raw) if isinstance(raw, bytes) else raw
    told = raw if isinstance(raw, bytes) else repr(raw).encode()
    digest = sha256(told).digest()
    return Reading(
        path=path,
        state=after,
        settled=before == after and is_settled(after, at),
        digest=digest,
        blobs=blobs_of(raw) if isinstance(raw, bytes) else (),
        unreadable=isinstance(read, Unreadable),
        content=None if digest == known else content_of(path, read),
    )


def content_of(path: str, read: str | Unreadable) -> Content:
    """What the text of a file gives, or why it could not be read."""
    record, problems = read_record(path, read)
    if record is None:
        return Content("", "", "", b"", 0, (), (), (), False, problems, ())
    pickled = pickle.dumps(record, protocol=pickle.HIGHEST_PROTOCOL)
    if isinstance(record, Manifest):
        return Content("manifest", path, "", pickled, crc32(pickled), (), (), (), False, problems, ())
    return Content(
        kind=record.kind,
        ref=record.ref,
        sorting=sorting_name(record.name),
        pickled=pickled,
        checksum=crc32(pickled),
        names=tuple(dict.fromkeys(filter(None, map(folded, names_of(record))))),
        naming=tuple(dict.fromkeys(names_others(record))),
        keys=keys_of(record),
        waives=bool(record.waive),
        problems=problems,
        alone=check_alone(record, path),
    )
