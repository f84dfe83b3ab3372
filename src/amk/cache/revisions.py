"""What the texts of a revision were read as, kept by a digest of them all."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from amk.cache.encoding import decode, encode, plain_problem, plain_record, problem_of, record_of
from amk.cache.location import cache_path, create, evict_oldest, is_own, make_folder, partly
from amk.model.knowledge_base import KnowledgeBase
from amk.storage.data_folder import Tree
from amk.storage.loaded import LoadResult, incomplete_of, unread_of
from amk.values.errors import CacheCorrupt


def load_cached(tree: Tree) -> LoadResult:
    """The same as `load`, at once when the same texts were loaded before."""
    place = cache_path(digest_of(tree), "revision") if not tree.unreadable else None
    kept = _read(place) if place else None
    if kept is not None:
        return kept
    # The YAML reader and pydantic take longer to import than everything that is kept takes to read.
    from amk.storage.loading import load

    loaded = load(tree)
    if place:
        _write(place, loaded)
    return loaded


def digest_of(tree: Tree) -> str:
    """A digest of all texts and their paths."""
    digest = sha256()
    for path, text in sorted(tree.texts.items()):
        for part in (path, text):
            raw = part.encode(errors="surrogatepass")
            digest.update(f"{len(raw)} ".encode() + raw)
    return digest.hexdigest()


def _read(place: Path) -> LoadResult | None:
    """What is kept there; None when there is nothing, or nothing whole, or it is not one's own."""
    if not is_own(place):
        return None
    with suppress(OSError, CacheCorrupt):
        checksum, _, raw = place.read_bytes().partition(b"\n")
        if checksum == _checksum(raw):
            return _decoded(raw)
    return None


def _checksum(raw: bytes) -> bytes:
    return sha256(raw).hexdigest().encode()


def _encoded(loaded: LoadResult) -> bytes:
    base = loaded.base
    records = [[record.kind, base.paths[ref], plain_record(record)] for ref, record in base.known.items()]
    return encode([plain_record(base.manifest), records, [plain_problem(p) for p in loaded.problems]])


def _decoded(raw: bytes) -> LoadResult:
    manifest, kept, found = decode(raw)
    records = [(record_of(kind, stated), path) for kind, path, stated in kept]
    paths = {record.ref: path for record, path in records}
    problems = tuple(map(problem_of, found))
    base = KnowledgeBase.of(
        [record for record, _ in records],
        record_of("manifest", manifest),
        paths,
        unread_of(problems, paths),
        incomplete_of(problems, paths),
    )
    return LoadResult(base, problems)


def _write(place: Path, loaded: LoadResult) -> None:
    """Keep a reading, whole or not at all; where that fails, the next run reads anew."""
    beside = partly(place)
    try:
        make_folder(place)
        create(beside)
        raw = _encoded(loaded)
        beside.write_bytes(_checksum(raw) + b"\n" + raw)
        beside.replace(place)
        evict_oldest(place.parent, "revision")
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
