"""How the knowledge base and its repository stand: found and why, git, hooks, merging, what is half done."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from amk.authoring.merging.setup import find_setup
from amk.cli.doctor import Finding
from amk.cli.messages import sentence
from amk.cli.session import DataFolder, find_folder
from amk.storage.git import ask, git_folder, is_of_another, is_shallow, not_checked_out
from amk.storage.journal import find_interrupted
from amk.values.errors import UserError

HALF_DONE = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""What lies in the folder of git while it is in the middle of something, and the command that goes on."""


def find_surroundings(data: Path | None) -> Iterator[Finding]:
    """The knowledge base, git, and what a repository needs; the latter where there is a base of one's own."""
    try:
        folder = find_folder(data)
    except UserError as stop:
        yield Finding("base", "wrong", "needed", {"reason": sentence(stop).removeprefix("amk: ")})
        folder = None
    if folder:
        yield _base(folder, data)
    version = ask(Path(), "--version")
    if not version.fine:
        yield Finding("git", "none", "needed")
        return
    yield Finding("git", "there", values={"version": version.out.removeprefix("git version ")})
    if folder and not folder.shipped:
        yield from _repository(folder.root)


def _base(folder: DataFolder, data: Path | None) -> Finding:
    values = {"folder": str(folder.root)}
    if folder.shipped:
        return Finding("base", "shipped", "better", values)
    named = os.environ.get("AMK_DATA")
    if data is None:
        return Finding("base", "near", values=values)
    by_variable = named is not None and Path(named) == data
    return Finding("base", "variable" if by_variable else "named", values=values)


def _repository(root: Path) -> Iterator[Finding]:
    yield from _author(root)
    repository = git_folder(root)
    if repository is None:
        yield Finding("repository", "none", "better", {"folder": str(root.parent)})
    elif is_of_another(root):
        yield Finding("repository", "of-another", "needed", {"folder": _top(repository)})
    else:
        yield from _state(root, repository)
        yield _hook(root, repository)
        yield _driver(root)
    yield _interrupted(root)


def _author(root: Path) -> Iterator[Finding]:
    """Who git says that commits are by: without it `amk propose` cannot make one."""
    name, email = (_setting(root, which) for which in ("name", "email"))
    if name and email:
        yield Finding("author", "there", values={"name": name, "email": email})
        return
    for which, value in (("name", name), ("email", email)):
        if not value:
            yield Finding("author", which, "needed")


def _setting(root: Path, which: str) -> str:
    found = os.environ.get(f"GIT_AUTHOR_{which.upper()}")
    return found or ask(root, "config", "--get", f"user.{which}").out


def _top(repository: Path) -> str:
    return repository.parent.as_posix() if repository.name == ".git" else repository.as_posix()


def _state(root: Path, repository: Path) -> Iterator[Finding]:
    """Where the repository stands, and what of it is not here."""
    busy = next((command for file, command in HALF_DONE.items() if (repository / file).exists()), None)
    head = ask(root, "rev-parse", "--verify", "--quiet", "--short", "HEAD")
    branch = ask(root, "symbolic-ref", "--quiet", "--short", "HEAD").out
    if busy:
        yield Finding("repository", "busy", "needed", {"command": busy})
    elif not head.fine:
        yield Finding("repository", "empty", "better")
    elif not branch:
        yield Finding("repository", "detached", "better", {"commit": head.out})
    else:
        yield Finding("repository", "there", values={"branch": branch, "commit": head.out})
    if is_shallow(root):
        yield Finding("history", "shallow", "better")
    if absent := not_checked_out(root):
        yield Finding("history", "sparse", "better", {"count": str(len(absent))})


def _hook(root: Path, repository: Path) -> Finding:
    """Whether something looks at the records before each commit."""
    common = ask(root, "rev-parse", "--path-format=absolute", "--git-common-dir").out
    hooks = Path(common or repository) / "hooks"
    if (hooks / "pre-commit").is_file():
        return Finding("hook", "there", values={"folder": str(hooks)})
    top = Path(ask(root, "rev-parse", "--show-toplevel").out or root.parent)
    foreseen = (top / ".pre-commit-config.yaml").is_file()
    return Finding("hook", "foreseen" if foreseen else "none", "better")


def _driver(root: Path) -> Finding:
    setup = find_setup(root)
    if setup.named and setup.known:
        return Finding("driver", "there")
    return Finding("driver", "named" if setup.named else "unnamed" if setup.known else "none", "better")


def _interrupted(root: Path) -> Finding:
    try:
        found = find_interrupted(root)
    except UserError as stop:
        return Finding("journal", "wrong", "needed", {"reason": sentence(stop).removeprefix("amk: ")})
    if found is None:
        return Finding("journal", "none")
    values = {"what": found.what, "done": str(found.done), "total": str(len(found.edits))}
    return Finding("journal", "interrupted", "needed", values)
