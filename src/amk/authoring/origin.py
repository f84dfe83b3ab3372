"""Where amk itself can be had: the address of its repository at a fixed version, as pip takes it."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution

from amk.storage.data_folder import shipped_root
from amk.storage.git import ask
from amk.values.errors import UserError

_ADDRESS = re.compile(
    r"(?:git\+)?(?P<address>(?:https|ssh|file)://[\w.:/~@%-]+?)@(?P<version>\w[\w./-]*)", re.ASCII
)
_MOVING = frozenset({"main", "master", "develop", "HEAD", "latest"})
"""Names of what is another version tomorrow."""


def parse_origin(text: str) -> str:
    """An address with a version, as pip takes it. Raises UserError for one that is not fixed, or is none."""
    match = _ADDRESS.fullmatch(text.strip())
    if not match or match["version"] in _MOVING:
        raise UserError("stop.no-origin", found=text)
    return f"git+{match['address']}@{match['version']}"


def find_origin() -> str:
    """Where this amk came from, where it says so of itself; nothing where it does not."""
    address, version = _installed_from() or _checked_out_from()
    try:
        return parse_origin(f"{address}@{version}")
    except UserError:
        return ""


def _installed_from() -> tuple[str, str] | None:
    """The repository and the commit that an installer wrote down (PEP 610)."""
    try:
        told = json.loads(distribution("amk").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return None
    commit = told.get("vcs_info", {}).get("commit_id")
    return (str(told["url"]), str(commit)) if commit else None


def _checked_out_from() -> tuple[str, str]:
    """The repository and the commit of a clone that amk runs from; only one that others can reach."""
    clone = shipped_root().parent
    address = ask(clone, "remote", "get-url", "origin").out
    commit = ask(clone, "rev-parse", "--verify", "--quiet", "HEAD").out
    return (address, commit) if address.startswith(("https://", "ssh://")) else ("", "")
