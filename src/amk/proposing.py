"""A proposal in git: a branch of its own with what changed below the data folder, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from amk.errors import Stop
from amk.git import ask, change
from amk.load import as_id

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


def propose(root: Path, branch: str, message: str) -> Proposal:
    """Commit what changed below the data folder on a new branch; what else was staged stays staged.

    Raises Stop where git refuses, with everything as it was.
    """
    before = ask(root, "rev-parse", "--abbrev-ref", "HEAD").out
    _must(root, "switch", "--quiet", "--create", branch)
    try:
        _must(root, "add", "--all", "--", ".")
        _must(root, "commit", "--quiet", "--message", message, "--", ".")
    except Stop:
        change(root, "reset", "--quiet", "--", ".")
        change(root, "switch", "--quiet", before) if before != "HEAD" else None
        change(root, "branch", "--quiet", "--delete", "--force", branch)
        raise
    remote = next(iter(ask(root, "remote").out.splitlines()), "")
    url = ask(root, "config", "--get", f"remote.{remote}.url").out if remote else ""
    return Proposal(branch, ask(root, "rev-parse", "--short", "HEAD").out, remote, address_of(url, branch))


def _must(root: Path, *arguments: str) -> None:
    answer = change(root, *arguments)
    if not answer.fine:
        raise Stop("stop.git-refused", reason=" ".join(answer.complaint.split()) or arguments[0])


def address_of(remote: str, branch: str) -> str:
    """The page on which a pushed branch is opened as a request; empty where nobody knows it."""
    match = _HOST.fullmatch(remote)
    if not match:
        return ""
    site = f"https://{match['host']}/{match['path']}"
    if "gitlab" in match["host"]:
        return f"{site}/-/merge_requests/new?merge_request%5Bsource_branch%5D={branch.replace('/', '%2F')}"
    return f"{site}/pull/new/{branch}" if match["host"] == "github.com" else ""
