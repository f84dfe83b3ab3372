"""The texts of a data folder as they stood at a revision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from amk.storage.data_folder import (
    MANIFEST,
    Tree,
    Unreadable,
    files_below,
    is_record_name,
    raw_of,
    text_of,
)
from amk.storage.git import GitObject, Objects, ask, git_folder, is_of_another, is_shallow
from amk.storage.renames import renamed_between
from amk.values.dates import NotADate, parse_date
from amk.values.errors import UserError
from amk.values.frozen import frozen
from amk.values.suggestions import nearest_of

_TREE, BLOBS = 0o040000, frozenset({0o100644, 0o100664, 0o100755})


@frozen
class Commit:
    """A commit: its full id, and the day on which it was made, in the committer's own zone."""

    id: str
    day: date

    @property
    def short(self) -> str:
        """As much of the id as people write."""
        return self.id[:7]


def find_commit(root: Path, revision: str) -> Commit:
    """The commit that a revision, a tag or a date means, in the repository of a data folder.

    A date means the last first-parent commit before that day ended. Raises UserError, with what to
    do, when there is none.
    """
    if not ask(root, "rev-parse", "--verify", "--quiet", "HEAD").fine:
        raise no_history(root)
    day = _as_day(revision)
    return _by_day(root, revision, day) if day else _by_name(root, revision)


def tree_at(root: Path, commit: Commit) -> Tree:
    """Every `.yaml` file below a data folder as it stood at a commit.

    Read from one git process, past filters and attributes: the bytes that were committed.
    Raises UserError when the folder held no knowledge base then.
    """
    prefix = folder_at(root, commit)
    with Objects(root) as objects:
        texts, unreadable = _read(objects, f"{commit.id}:{prefix}", len(commit.id) // 2)
    if MANIFEST not in texts:
        raise UserError(
            "stop.no-data-then", revision=commit.short, day=commit.day.isoformat(), folder=prefix or "."
        )
    return Tree(root, texts, unreadable)


def folder_at(root: Path, commit: Commit) -> str:
    """Where a data folder lay in its repository at a commit: it may have been moved since."""
    prefix = here(root)
    if ask(root, "cat-file", "-e", f"{commit.id}:{_joined(prefix, MANIFEST)}").fine:
        return prefix
    for entry in _logged(root, MANIFEST):
        if ask(root, "merge-base", "--is-ancestor", entry.commit.id, commit.id).fine:
            return entry.path.rpartition("/")[0]
    return prefix


def here(root: Path) -> str:
    """Where a data folder lies in its repository now."""
    return ask(root, "rev-parse", "--show-prefix").out.rstrip("/")


def _joined(prefix: str, path: str) -> str:
    return f"{prefix}/{path}" if prefix else path


@frozen
class Version:
    """A file as a commit left it: its path below the data folder, its text (None when it was gone), who, why.

    `folder` is where the data folder lay in its repository then. `cut` where the history was cut off at
    this commit: the file may have been there before.
    """

    commit: Commit
    author: str
    subject: str
    path: str
    text: str | None
    cut: bool = False
    folder: str = ""


def versions_of(root: Path, path: str) -> tuple[Version, ...]:
    """Every version of a file below a data folder, the newest first, by first parents and past renames.

    Raises UserError where a version is not here: a partial clone.
    """
    found = tuple(_logged(root, path))
    with Objects(root) as objects:
        blobs = objects.read([f"{entry.commit.id}:{entry.path}" for entry in found])
    for entry, blob in zip(found, blobs, strict=True):
        if blob is None and ask(root, "ls-tree", "--full-tree", entry.commit.id, "--", entry.path).out:
            raise UserError("stop.objects-missing")
    cut, depth = cut_off(root), path.count("/") + 1
    return tuple(
        replace(_below(entry, depth), text=text_in(blob), cut=entry.commit.id in cut)
        for entry, blob in zip(found, blobs, strict=True)
    )


def _below(version: Version, depth: int) -> Version:
    """A version with its path below the data folder, which so many parts of it are."""
    parts = version.path.split("/")
    return replace(version, path="/".join(parts[-depth:]), folder="/".join(parts[:-depth]))


def cut_off(root: Path) -> frozenset[str]:
    """The commits at which a shallow history was cut off."""
    if not is_shallow(root):
        return frozenset()
    listed = Path(ask(root, "rev-parse", "--path-format=absolute", "--git-path", "shallow").out)
    return frozenset(listed.read_text(encoding="ascii").split()) if listed.is_file() else frozenset()


def _logged(root: Path, path: str) -> Iterator[Version]:
    """The commits that touched a file, the newest first, with its path in the repository and no text yet.

    git's own `--follow` takes a new file that is like another for a copy of it; here a file goes
    on under another name only when the earlier one went away in the same commit.
    """
    top = Path(ask(root, "rev-parse", "--show-toplevel").out or root)
    path = ask(root, "rev-parse", "--show-prefix").out + path
    start: str | None = "HEAD"
    while start:
        form = "--format=%H%x00%cs%x00%an%x00%s"
        told = ask(top, "log", "--first-parent", "-m", "--no-renames", form, start, "--", path).out
        lines = [line for line in told.split("\n") if line]
        for line in lines:
            id, day, author, subject = line.split("\0", 3)
            yield Version(Commit(id, date.fromisoformat(day)), author, subject, path, None)
        first = lines[-1].partition("\0")[0] if lines else ""
        earlier = _renames(top, f"{first}^1", first).get(path) if first else None
        start = f"{first}^1" if earlier else None
        path = earlier or path


def text_in(blob: GitObject | None) -> str | None:
    """The text that an object holds, empty where it is no text; None where there is no object."""
    text = text_of(blob.content) if blob else None
    return "" if isinstance(text, Unreadable) else text


def merge_base(root: Path, one: Commit, other: Commit | None = None) -> Commit:
    """The commit from which one and another, else HEAD, went their own ways; the one where there is none."""
    found = ask(root, "merge-base", one.id, other.id if other else "HEAD")
    return _commit(root, found.out) if found.fine else one


def renamed_since(root: Path, commit: Commit) -> dict[str, str]:
    """The paths below a data folder that files had at a commit, by the path they have now.

    Found by amk itself: git would run the filters that the repository names.
    """
    prefix = folder_at(root, commit)
    listed = ask(root, "ls-tree", "-r", "-z", "--full-tree", commit.id, "--", prefix or ".").out.split("\0")
    entries = (entry.partition("\t") for entry in listed if entry)
    below = len(prefix) + 1 if prefix else 0
    then = {path[below:]: about.split(" ")[-1] for about, _, path in entries if is_record_name(path)}
    now = dict(files_below(root))
    gone, come = sorted(then.keys() - now.keys()), sorted(now.keys() - then.keys())
    if not (gone and come):
        return {}
    with Objects(root) as objects:
        blobs = objects.read([then[path] for path in gone])
    before = {path: blob.content for path, blob in zip(gone, blobs, strict=True) if blob}
    after = {path: raw for path in come if isinstance(raw := raw_of(now[path], root), bytes)}
    return renamed_between(before, after)


def _renames(top: Path, *between: str) -> dict[str, str]:
    told = ask(top, "diff", "--name-status", "-z", "--find-renames", *between, "--", ".").out
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
    phrase = "stop.shallow" if is_shallow(root) else "stop.before-history"
    raise UserError(phrase, found=asked, first=commits[-1].day.isoformat())


def _by_name(root: Path, revision: str) -> Commit:
    found = ask(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if found.fine:
        return _commit(root, found.out)
    shallow = is_shallow(root)
    tags = ask(root, "tag", "--list", "--sort=-creatordate").out.split()
    near = nearest_of(revision, tags, 3) or tags[:3]
    ambiguous = "ambiguous" in found.complaint
    phrase = "stop.ambiguous" if ambiguous else "stop.shallow-revision" if shallow else "stop.no-revision"
    raise UserError(phrase, found=revision, tags=f" (tags: {', '.join(near)})" if near else "")


def _commit(root: Path, id: str) -> Commit:
    day = ask(root, "log", "-1", "--format=%cs", id).out
    return Commit(id, date.fromisoformat(day))


def no_history(root: Path) -> UserError:
    """Why a folder has no history, with what to do."""
    inside = ask(root, "rev-parse", "--is-inside-work-tree")
    if inside.fine:
        return UserError("stop.no-commits", folder=str(root))
    if is_of_another(root):
        return UserError("stop.not-your-repository", folder=str((git_folder(root) or root).parent))
    missing = not ask(root, "--version").fine
    return UserError("stop.no-git" if missing else "stop.no-repository", folder=str(root))


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
        files = [(path, entry.id) for path, entry in named if entry.mode in BLOBS]
        unreadable |= {p: Unreadable("FILE001", "no-file") for p, e in named if e.mode not in BLOBS}
        found |= read_texts(objects, files, unreadable)
    return dict(sorted(found.items())), unreadable


def read_texts(
    objects: Objects, files: list[tuple[str, str]], unreadable: dict[str, Unreadable]
) -> Iterator[tuple[str, str]]:
    """The text of each file by its object's id; why one is no text is added to `unreadable`.

    Raises UserError for an object that is not here: a partial clone.
    """
    for (path, _), blob in zip(files, objects.read([id for _, id in files]), strict=True):
        if blob is None:
            raise UserError("stop.objects-missing")
        text = text_of(blob.content)
        if isinstance(text, str):
            yield path, text
        else:
            unreadable[path] = text


@frozen
class _Entry:
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
