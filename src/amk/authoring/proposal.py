"""A proposal in git: a branch of its own with what changed below the data folder, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from amk.storage.git import ask, change
from amk.storage.loading import as_id
from amk.values.errors import UserError

LONGEST = 50
"""The longest that the part of a branch's name that tells the subject is, in characters."""

_HOST = re.compile(
    r"(?:https?://(?:[^@/]+@)?|(?:ssh://)?git@)(?P<host>[\w.-]+)(?::\d+)?[:/](?P<path>.+?)(?:\.git)?/?"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A branch with one commit; `address` is where it can be opened as a request, if that is known."""

    branch: str
    commit: str
    remote: str
    address: str


def branch_for(root: Path, subject: str) -> str:
    """A name for the branch, told from the subject, that is not there yet."""
    stem = f"amk/{as_id(subject)[:LONGEST].strip('-') or 'wijziging'}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(name for name in names if not _exists(root, name))


def _exists(root: Path, branch: str) -> bool:
    return ask(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}").fine


def propose(root: Path, branch: str, message: str, paths: Sequence[str]) -> Proposal:
    """Commit these files below the data folder, and no others, on a new branch; what was staged stays so.

    Raises UserError where git refuses, with everything as it was.
    """
    before, branched = _standing(root), f"refs/heads/{branch}"
    new = [path for path in paths if (root / path).exists() and not _is_known(root, path)]
    _must(root, "update-ref", branched, "HEAD", "")
    try:
        # A branch at the same commit changes no file, so neither this nor its undoing needs the index.
        _must(root, "symbolic-ref", "HEAD", branched)
        if new:
            _must(root, "add", "--intent-to-add", "--", *new)
        _must(root, "commit", "--quiet", "--message", message, "--only", "--", *paths)
    except BaseException:
        if new:
            change(root, "reset", "--quiet", "--", *new)
        change(root, *before)
        change(root, "update-ref", "-d", branched)
        raise
    remote = next(iter(ask(root, "remote").out.splitlines()), "")
    url = ask(root, "config", "--get", f"remote.{remote}.url").out if remote else ""
    return Proposal(branch, ask(root, "rev-parse", "--short", "HEAD").out, remote, address_of(url, branch))


def uncommitted(root: Path) -> list[str]:
    """What lies below a data folder and is not committed as it stands."""
    told = change(root, "status", "--porcelain", "-z", "--no-renames", "--", ".").out
    return [entry[3:] for entry in told.split("\0") if entry]


def _standing(root: Path) -> tuple[str, ...]:
    """How to have git stand again where it stands: on a branch, or at a commit by itself."""
    branch = ask(root, "symbolic-ref", "--quiet", "HEAD")
    if branch.fine:
        return "symbolic-ref", "HEAD", branch.out
    return "update-ref", "--no-deref", "HEAD", ask(root, "rev-parse", "HEAD").out


def _is_known(root: Path, path: str) -> bool:
    return ask(root, "ls-files", "--error-unmatch", "--", path).fine


def _must(root: Path, *arguments: str) -> None:
    answer = change(root, *arguments)
    if not answer.fine:
        raise UserError("stop.git-refused", reason=" ".join(answer.complaint.split()) or arguments[0])


def address_of(remote: str, branch: str) -> str:
    """The page on which a pushed branch is opened as a request; empty where nobody knows it."""
    match = _HOST.fullmatch(remote)
    if not match:
        return ""
    site = f"https://{match['host']}/{match['path']}"
    if "gitlab" in match["host"]:
        return f"{site}/-/merge_requests/new?merge_request%5Bsource_branch%5D={branch.replace('/', '%2F')}"
    return f"{site}/pull/new/{branch}" if match["host"] == "github.com" else ""
