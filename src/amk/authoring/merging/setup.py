"""What a repository needs for git to merge records with amk: a line in `.gitattributes`, and a setting."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from amk.storage.git import ask, change
from amk.values.errors import UserError
from amk.values.frozen import frozen

ATTRIBUTE = "**/*.yaml merge=amk"
"""What `.gitattributes` says of the records in a data folder, below the name of that folder."""


@frozen
class DriverSetup:
    """Whether the repository names the driver for its records, and whether this copy knows it."""

    named: bool
    known: bool


def find_setup(root: Path) -> DriverSetup:
    """How far the driver is set up for a data folder."""
    named = ask(root, "check-attr", "merge", "--", "policies/any.yaml").out.endswith(": merge: amk")
    return DriverSetup(named, ask(root, "config", "--get", "merge.amk.driver").fine)


def set_up(root: Path) -> None:
    """Set up the driver for a data folder. Raises UserError where there is no repository to set it up in."""
    top = ask(root, "rev-parse", "--show-toplevel")
    if not top.fine:
        raise UserError("stop.no-repository", folder=str(root))
    _name_in(Path(top.out), root)
    for key, value in (("name", "amk: records by what they mean"), ("driver", driver_command())):
        done = change(root, "config", f"merge.amk.{key}", value)
        if not done.fine:
            raise UserError("stop.not-set-up", reason=done.complaint)


def driver_command() -> str:
    """What git runs for a file of which both sides changed something."""
    found = shutil.which("amk")
    program = "amk" if found else f'"{Path(sys.executable).as_posix()}" -m amk'
    return f"{program} merge-driver %O %A %B %P %L"


def _name_in(top: Path, root: Path) -> None:
    if find_setup(root).named:
        return
    below = root.resolve().relative_to(top.resolve()).as_posix()
    line = f"{below}/{ATTRIBUTE}" if below != "." else ATTRIBUTE
    attributes = top / ".gitattributes"
    before = attributes.read_text(encoding="utf-8") if attributes.exists() else ""
    attributes.write_text(f"{before.rstrip()}\n{line}\n".lstrip(), encoding="utf-8")
