"""The texts of a data folder as they stood at a revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from amk.dates import NotADate, parse_date
from amk.errors import Stop
from amk.git import GitObject, Objects, ask
from amk.nearest import nearest_of
from amk.tree import MANIFEST, Tree, Unreadable, is_record_name, text_of
from amk.values import Value

_TREE, _BLOBS = 0o040000, frozenset({0o100644, 0o100664, 0o100755})


@dataclass(frozen=True, eq=False, repr=False)
class Commit(Value):
    """A commit: its full id, and the day on which it was made, in the committer's own zone."""

    id: str
    day: date

    @property
    def short(self) -> str:
        """As much of the id as people write."""
        return self.id[:7]


def find_commit(root: Path, revision: str) -> Commit:
    """The commit that a revision, a tag or a date means, in the repository of a data folder.

    A date means the last first-parent commit before that day ended. Raises Stop, with what to
    do, when there is none.
    """
    if not ask(root, "rev-parse", "--verify", "--quiet", "HEAD").fine:
        raise _no_history(root)
    day = _as_day(revision)
    return _by_day(root, revision, day) if day else _by_name(root, revision)


def tree_at(root: Path, commit: Commit) -> Tree:
    """Every `.yaml` file below a data folder as it stood at a commit.

    Read from one git process, past filters and attributes: the bytes that were committed.
    Raises Stop when the folder held no knowledge base then.
    """
    prefix = ask(root, "rev-parse", "--show-prefix").out.rstrip("/")
    with Objects(root) as objects:
        texts, unreadable = _read(objects, f"{commit.id}:{prefix}", len(commit.id) // 2)
    if MANIFEST not in texts:
        raise Stop(
            "stop.no-data-then", revision=commit.short, day=commit.day.isoformat(), folder=prefix or "."
        )
    return Tree(root, texts, unreadable)


@dataclass(frozen=True, eq=False, repr=False)
class Version(Value):
    """A file as a commit left it: where it lay, its text (None when it was gone), who and why."""

    commit: Commit
    author: str
    subject: str
    path: str
    text: str | None


def versions_of(root: Path, path: str) -> tuple[Version, ...]:
    """Every version of a file below a data folder, the newest first, by first parents and past renames."""
    found = tuple(_logged(root, path))
    prefix = ask(root, "rev-parse", "--show-prefix").out
    with Objects(root) as objects:
        blobs = objects.read([f"{entry.commit.id}:{prefix}{entry.path}" for entry in found])
    return tuple(replace(entry, text=_text(blob)) for entry, blob in zip(found, blobs, strict=True))


def _logged(root: Path, path: str) -> Iterator[Version]:
    """The commits that touched a file, the newest first; the texts are still to be read.

    git's own `--follow` takes a new file that is like another for a copy of it; here a file goes
    on under another name only when the earlier one went away in the same commit.
    """
    start: str | None = "HEAD"
    while start:
        form = "--format=%H%x00%cs%x00%an%x00%s"
        told = ask(root, "log", "--first-parent", "-m", "--no-renames", form, start, "--", path).out
        lines = [line for line in told.split("\n") if line]
        for line in lines:
            id, day, author, subject = line.split("\0", 3)
            yield Version(Commit(id, date.fromisoformat(day)), author, subject, path, None)
        first = lines[-1].partition("\0")[0] if lines else ""
        earlier = _renames(root, f"{first}^1", first).get(path) if first else None
        start = f"{first}^1" if earlier else None
        path = earlier or path


def _text(blob: GitObject | None) -> str | None:
    text = text_of(blob.content) if blob else None
    return text if isinstance(text, str) else None


def merge_base(root: Path, one: Commit) -> Commit:
    """The commit from which HEAD and another one went their own ways; the other where there is none."""
    found = ask(root, "merge-base", one.id, "HEAD")
    return _commit(root, found.out) if found.fine else one


def renamed_since(root: Path, commit: Commit) -> dict[str, str]:
    """The paths below a data folder that files had at a commit, by the path they have now."""
    return _renames(root, commit.id)


def _renames(root: Path, *between: str) -> dict[str, str]:
    told = ask(root, "diff", "--name-status", "-z", "--find-renames", "--relative", *between, "--", ".").out
    steps = iter(told.split("\0"))
    renamed: dict[str, str] = {}
    for status in steps:
        before = next(steps, "")
        if status.startswith("R"):
            renamed[next(steps, "")] = before
    return renamed


def _as_day(revision: str) -> date | None:
    try:
        when = parse_date(revision)
    except NotADate:
        return None
    return None if when.is_interval else when.latest


def _by_day(root: Path, asked: str, day: date) -> Commit:
    told = ask(root, "log", "--first-parent", "--format=%H %cs", "HEAD").out.split("\n")
    commits = [Commit(line[:-11], date.fromisoformat(line[-10:])) for line in told]
    found = next((commit for commit in commits if commit.day <= day), None)
    if found:
        return found
    shallow = ask(root, "rev-parse", "--is-shallow-repository").out == "true"
    phrase = "stop.shallow" if shallow else "stop.before-history"
    raise Stop(phrase, found=asked, first=commits[-1].day.isoformat())


def _by_name(root: Path, revision: str) -> Commit:
    found = ask(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if found.fine:
        return _commit(root, found.out)
    shallow = ask(root, "rev-parse", "--is-shallow-repository").out == "true"
    tags = ask(root, "tag", "--list", "--sort=-creatordate").out.split()
    near = nearest_of(revision, tags, 3) or tags[:3]
    ambiguous = "ambiguous" in found.complaint
    phrase = "stop.ambiguous" if ambiguous else "stop.shallow-revision" if shallow else "stop.no-revision"
    raise Stop(phrase, found=revision, tags=f" (tags: {', '.join(near)})" if near else "")


def _commit(root: Path, id: str) -> Commit:
    day = ask(root, "log", "-1", "--format=%cs", id).out
    return Commit(id, date.fromisoformat(day))


def _no_history(root: Path) -> Stop:
    inside = ask(root, "rev-parse", "--is-inside-work-tree")
    if inside.fine:
        return Stop("stop.no-commits", folder=str(root))
    missing = not ask(root, "--version").fine
    return Stop("stop.no-git" if missing else "stop.no-repository", folder=str(root))


def _read(objects: Objects, name: str, id_bytes: int) -> tuple[dict[str, str], dict[str, Unreadable]]:
    found: dict[str, str] = {}
    unreadable: dict[str, Unreadable] = {}
    waiting = [("", name)]
    while waiting:
        folders = objects.read([id for _, id in waiting])
        entries = [
            (prefix + entry.name, entry)
            for (prefix, _), folder in zip(waiting, folders, strict=True)
            for entry in _entries(folder, id_bytes)
            if not entry.name.startswith(".")
        ]
        waiting = [
            (f"{path}/", e.id) for path, e in entries if e.mode == _TREE and not is_record_name(e.name)
        ]
        named = [(path, entry) for path, entry in entries if is_record_name(entry.name)]
        files = [(path, entry.id) for path, entry in named if entry.mode in _BLOBS]
        unreadable |= {p: Unreadable("FILE001", "no-file") for p, e in named if e.mode not in _BLOBS}
        found |= _texts(objects, files, unreadable)
    return dict(sorted(found.items())), unreadable


def _texts(
    objects: Objects, files: list[tuple[str, str]], unreadable: dict[str, Unreadable]
) -> Iterator[tuple[str, str]]:
    for (path, _), blob in zip(files, objects.read([id for _, id in files]), strict=True):
        text = text_of(blob.content if blob else b"")
        if isinstance(text, str):
            yield path, text
        else:
            unreadable[path] = text


@dataclass(frozen=True, eq=False, repr=False)
class _Entry(Value):
    mode: int
    name: str
    id: str


def _entries(folder: GitObject | None, id_bytes: int) -> Iterator[_Entry]:
    """The entries of a tree object: mode, name and id one after the other."""
    if folder is None or folder.kind != "tree":
        return
    content, at = folder.content, 0
    while at < len(content):
        space, end = content.index(b" ", at), content.index(b"\0", at)
        name = content[space + 1 : end].decode("utf-8", "replace")
        yield _Entry(int(content[at:space], 8), name, content[end + 1 : end + 1 + id_bytes].hex())
        at = end + 1 + id_bytes


def is_committed(file: Path) -> bool:
    """Whether a text stands in the last commit as it stands in its folder."""
    kept = ask(file.parent, "cat-file", "blob", f"HEAD:./{file.name}")
    here = file.read_bytes().decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return kept.fine and kept.out.replace("\r\n", "\n") == here.rstrip("\n")
