"""The texts of a data folder as they stand."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from hashlib import sha1, sha256
from pathlib import Path

from amk.storage.git import ask, not_checked_out
from amk.values.errors import UserError
from amk.values.frozen import frozen

MANIFEST = "amk.yaml"
MAX_BYTES = 1024 * 1024
SUFFIXES = (".yaml", ".yml")
MEANT = (*SUFFIXES, ".yaml.txt", ".yml.txt")
"""How a file ends, in lower case, that is meant to be a record."""

# A pipe never keeps us waiting, a link is never followed: what Windows lacks, it does not need.
_READING = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


@frozen
class Unreadable:
    """A file whose text cannot be had: a code of `problems`, and what stands in the way."""

    code: str
    reason: str
    line: int = 1
    column: int = 1


@frozen
class Revision:
    """The commit that a working folder stands at; `dirty` when its YAML files differ from it."""

    id: str
    day: str
    dirty: bool


@frozen
class Tree:
    """Texts by their path below the data folder, with `/` between the parts."""

    root: Path
    texts: Mapping[str, str]
    unreadable: Mapping[str, Unreadable] = field(default_factory=dict)
    shipped: bool = False


def find_root(named: Path | None, start: Path) -> Path:
    """The data folder: the one named, else the nearest upwards, else the one shipped with amk.

    Raises UserError when the folder named holds no knowledge base.
    """
    if named is not None:
        return _holding_manifest(named)
    for folder in (start, *start.parents):
        if os.path.isfile(folder / "data" / MANIFEST):
            return folder / "data"
    return shipped_root()


def shipped_root() -> Path:
    """The knowledge base that came with amk; in a checkout, the `data` folder beside `src`."""
    inside = Path(__file__).parents[1] / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "data"


def working_tree(root: Path, shipped: bool = False) -> Tree:
    """Read every `.yaml` file below a data folder."""
    texts: dict[str, str] = {}
    unreadable: dict[str, Unreadable] = {}
    for path, entry in files_below(root):
        read = _read(entry, root)
        if isinstance(read, str):
            texts[path] = read
        else:
            unreadable[path] = read
    return Tree(root, texts, unreadable, shipped)


Blobs = Mapping[str, tuple[str, ...]]
"""The names that git would give to what files hold, by path: with and without the line ends of Windows."""


def revision_of(root: Path, blobs: Blobs | None = None) -> Revision | None:
    """The commit that a data folder stands at; None where there is no git or no commit.

    `blobs` are known already where the folder was read before.
    """
    head = ask(root, "log", "-1", "--format=%h %cs")
    if not head.fine:
        return None
    short, _, day = head.out.partition(" ")
    return Revision(short, day, is_dirty(root, blobs))


def states_below(root: Path) -> dict[str, tuple[int, int]]:
    """The size and the time of change of every file that is meant to be a record."""
    found = {}
    for path, entry in files_below(root):
        try:
            state = os.stat(entry)
        except OSError:
            continue
        found[path] = (state.st_size, state.st_mtime_ns)
    return found


def is_record_name(name: str) -> bool:
    """Whether a file of this name is meant to be a record."""
    return name.lower().endswith(MEANT)


def _holding_manifest(named: Path) -> Path:
    for folder in (named, named / "data"):
        if os.path.lexists(folder / MANIFEST):
            return folder
    phrase = "stop.no-knowledge-base" if os.path.isdir(named) else "stop.no-folder"
    raise UserError(phrase, folder=str(named), manifest=MANIFEST)


def files_below(root: Path) -> Iterator[tuple[str, str]]:
    """Paths below the root that end in .yaml or .yml, and links to folders, which are not followed.

    Sorted; what is hidden is passed over. What a sparse checkout leaves out is named too: it is not gone.
    """
    found = [(path, str(root / path)) for path in not_checked_out(root) if _is_read(path)]
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") and entry.name not in SUFFIXES:
                        continue
                    if is_record_name(entry.name) or (entry.is_symlink() and entry.is_dir()):
                        found.append((prefix + entry.name, entry.path))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{prefix}{entry.name}/"))
        except OSError:
            found.append((prefix.rstrip("/") or ".", folder))
    return iter(sorted(found))


def _read(path: str, root: Path) -> str | Unreadable:
    raw = raw_of(path, root)
    return raw if isinstance(raw, Unreadable) else text_of(raw)


def raw_of(path: str, root: Path) -> bytes | Unreadable:
    """The bytes of a file below a data folder, or why they cannot be had."""
    try:
        return _bytes(path, root)
    except _Refused as refused:
        return refused.unreadable
    except FileNotFoundError:
        return Unreadable("FILE001", "not-checked-out")
    except OSError as error:
        return Unreadable("FILE001", error.strerror or type(error).__name__)


class _Refused(Exception):
    def __init__(self, unreadable: Unreadable) -> None:
        super().__init__(unreadable.reason)
        self.unreadable = unreadable


def _bytes(path: str, root: Path) -> bytes:
    """What an ordinary file holds. Looked at before it is opened, and again once it is."""
    found = os.lstat(path)
    if stat.S_ISLNK(found.st_mode):
        path = str(_aim_of(Path(path), root))
        found = os.lstat(path)
    _refuse_odd(found)
    file = os.open(path, _READING)
    try:
        status = os.fstat(file)
        _refuse_odd(status)
        raw = piece = os.read(file, MAX_BYTES + 1)
        # As many bytes as the file has are all of them, in nearly every case: one question less.
        while piece and len(raw) <= MAX_BYTES and len(raw) != status.st_size:
            piece = os.read(file, MAX_BYTES + 1)
            raw += piece
    finally:
        os.close(file)
    if len(raw) > MAX_BYTES:
        raise _Refused(Unreadable("FILE002", f"{len(raw) / MAX_BYTES:.1f}"))
    return raw


def _refuse_odd(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _Refused(Unreadable("FILE001", "folder" if stat.S_ISDIR(found.st_mode) else "no-file"))
    if found.st_size > MAX_BYTES:
        raise _Refused(Unreadable("FILE002", f"{found.st_size / MAX_BYTES:.1f}"))


def _aim_of(path: Path, root: Path) -> Path:
    """The file that a link leads to, which must lie in the data folder as well."""
    try:
        aim = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise _Refused(Unreadable("FILE001", "broken-link")) from error
    if not aim.is_relative_to(root.resolve()):
        raise _Refused(Unreadable("FILE001", "link-outside"))
    if aim.is_dir():
        raise _Refused(Unreadable("FILE001", "link-to-folder"))
    return aim


def text_of(raw: bytes) -> str | Unreadable:
    """The text of a file's bytes, or why there is none to be had."""
    try:
        if len(raw) > MAX_BYTES:
            raise _Refused(Unreadable("FILE002", f"{len(raw) / MAX_BYTES:.1f}"))
        return _decoded(raw)
    except _Refused as refused:
        return refused.unreadable


def _decoded(raw: bytes) -> str:
    if b"\0" in raw:
        raise _Refused(Unreadable("FILE003", "binary"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        found = f"0x{raw[error.start]:02X}"
        raise _Refused(Unreadable("FILE003", found, line, column)) from error


def is_dirty(root: Path, blobs: Blobs | None = None) -> bool:
    """Whether the YAML files of a data folder are others than the commit has that it stands at."""
    return any(changed_paths(root, blobs))


def changed_paths(root: Path, blobs: Blobs | None = None) -> Iterator[str]:
    """The YAML files below a data folder that the commit does not have so, or has and the folder has not.

    Compared by their digests: `git status` would run what the folder's own configuration names.
    """
    listed = ask(root, "ls-tree", "-r", "-z", "HEAD").out
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    committed = {path: about.split(" ")[-1] for about, _, path in entries if _is_read(path)}
    known = blobs if blobs is not None and _are_sha1(committed.values()) else None
    here = known if known is not None else {path: (entry,) for path, entry in files_below(root)}
    absent = not_checked_out(root)
    committed = {path: digest for path, digest in committed.items() if path not in absent}
    paths = {path for path in here if _is_read(path) and path not in absent}
    yield from sorted(committed.keys() ^ paths)
    for path in sorted(committed.keys() & paths):
        same = (
            committed[path] in known[path]
            if known is not None
            else _holds(here[path][0], root, committed[path])
        )
        if not same:
            yield path


def blobs_of(raw: bytes) -> tuple[str, ...]:
    """The names that git would give to what a file holds; on Windows git may have changed its line ends."""
    bare = raw.replace(b"\r\n", b"\n")
    return tuple(_digest(text, _SHA1) for text in dict.fromkeys((raw, bare)))


_SHA1 = 40
"""The length of a digest in a repository that is not of the newer kind."""


def _are_sha1(digests: Collection[str]) -> bool:
    return all(len(digest) == _SHA1 for digest in digests)


def _is_read(path: str) -> bool:
    """Whether amk reads a file, by its path."""
    return is_record_name(path) and not path.startswith(".") and "/." not in path


def _holds(path: str, root: Path, digest: str) -> bool:
    raw = raw_of(path, root)
    if isinstance(raw, Unreadable):
        return False
    return digest in (_digest(text, len(digest)) for text in (raw, raw.replace(b"\r\n", b"\n")))


def _digest(raw: bytes, length: int) -> str:
    algorithm = sha1 if length == _SHA1 else sha256
    return algorithm(b"blob %d\0%s" % (len(raw), raw), usedforsecurity=False).hexdigest()
