"""What git answers about a folder. Only here: git.

git is asked without hooks, file-system monitors, pagers and locks, and never in another
repository than the folder's own, so that reading a folder runs nothing that lies in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from amk.values.errors import UserError
from amk.values.frozen import frozen

_QUIETLY = (
    "--no-optional-locks", "--no-pager", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "safe.bareRepository=explicit",
    "-c", "log.showSignature=false", "-c", "gpg.program=false", "-c", "gpg.ssh.program=false",
    "-c", "gpg.x509.program=false", "-c", "core.attributesFile=", "-c", "credential.helper=",
)  # fmt: skip
"""A data folder may come from anywhere, and its configuration names programs: git runs none for us."""

_OF_ANOTHER = frozenset(
    f"GIT_{name}"
    for name in [
        "DIR",
        "WORK_TREE",
        "IMPLICIT_WORK_TREE",
        "COMMON_DIR",
        "INDEX_FILE",
        "OBJECT_DIRECTORY",
        "ALTERNATE_OBJECT_DIRECTORIES",
        "PREFIX",
        "NAMESPACE",
        "CONFIG",
        "CONFIG_PARAMETERS",
        "GRAFT_FILE",
        "SHALLOW_FILE",
        "REPLACE_REF_BASE",
        "NO_REPLACE_OBJECTS",
        "INTERNAL_SUPER_PREFIX",
        "QUARANTINE_PATH",
        "DISCOVERY_ACROSS_FILESYSTEM",
        "REF_STORAGE",
    ]
)
"""What names a repository other than the folder's own (`git rev-parse --local-env-vars`), in one place."""

PATIENCE = 60
"""How many seconds git may think about one question."""


@frozen
class GitResult:
    """What git said; `fine` when it had an answer."""

    fine: bool
    out: str = ""
    complaint: str = ""


@frozen
class GitObject:
    """An object of a repository: `blob`, `tree` or `commit`, and its bytes."""

    kind: str
    content: bytes


def ask(folder: Path, *arguments: str, index: str = "") -> GitResult:
    """Ask git a question about a folder, of another index if one is named. Without git there is no answer."""
    command = _command(folder, *arguments)
    if command is None:
        return GitResult(False)
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=PATIENCE,
            env={**_environment(), **({"GIT_INDEX_FILE": index} if index else {})},
            encoding="utf-8", errors="surrogateescape",
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return GitResult(False, complaint=str(error))
    return GitResult(done.returncode == 0, done.stdout.rstrip("\n"), done.stderr.strip())


def change(folder: Path, *arguments: str) -> GitResult:
    """Have git change a repository that the user means to change: with the user's own hooks and settings."""
    found = shutil.which("git")
    if found is None:
        return GitResult(False, complaint="git")
    try:
        done = subprocess.run(
            (found, "-C", str(folder), "--no-pager", *arguments), capture_output=True, check=False,
            stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace", env=_own_repository(),
        )  # fmt: skip
    except OSError as error:
        return GitResult(False, complaint=str(error))
    return GitResult(done.returncode == 0, done.stdout.rstrip("\n"), done.stderr.strip())


def git_folder(folder: Path) -> Path | None:
    """The folder in which git keeps the repository of a folder; None where there is none. Asks no git."""
    for around in (folder.resolve(), *folder.resolve().parents):
        place = around / ".git"
        # What stands in `.git` may be anything, and need not be readable.
        with suppress(OSError, ValueError):
            if place.is_file():
                # A worktree or a submodule says where its own part of the repository is.
                held = place.read_text(encoding="utf-8", errors="replace")
                place = (around / held.strip().partition("gitdir: ")[2]).resolve()
            if (place / "HEAD").is_file():
                return place
    return None


def is_of_another(folder: Path) -> bool:
    """Whether git refuses to look at a repository because it is another user's."""
    asked = ask(folder, "rev-parse", "--git-dir")
    return not asked.fine and "dubious ownership" in asked.complaint


def is_shallow(folder: Path) -> bool:
    """Whether the history of a repository was cut off."""
    return ask(folder, "rev-parse", "--is-shallow-repository").out == "true"


def not_checked_out(folder: Path) -> frozenset[str]:
    """The paths below a folder that a sparse checkout leaves out: not gone, and not here."""
    repository = git_folder(folder)
    if repository is None or not (repository / "info" / "sparse-checkout").exists():
        return frozenset()
    listed = ask(folder, "ls-files", "-t", "-z", "--", ".").out.split("\0")
    return frozenset(entry[2:] for entry in listed if entry.startswith("S "))


class Objects:
    """The objects of a repository, read from one git process; a path that no commit has gives None.

    Raises UserError for an object that is not here: a partial clone has history without its contents.
    """

    def __init__(self, folder: Path) -> None:
        command = _command(folder, "cat-file", "--batch")
        assert command is not None, "who asks for objects has found a commit with git"
        pipe = subprocess.PIPE
        self._git = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=_environment()
        )

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *problem: object) -> None:
        for pipe in (self._git.stdin, self._git.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._git.wait()

    def read(self, names: list[str]) -> list[GitObject | None]:
        """The objects of these names, in this order."""
        questions, answers = self._git.stdin, self._git.stdout
        assert questions is not None
        assert answers is not None
        # Asking and listening go side by side: with many names both pipes would fill up.
        asking = Thread(target=_put, args=(questions, names), daemon=True)
        asking.start()
        found = [_take(answers) for _ in names]
        asking.join()
        return found


def _put(questions: IO[bytes], names: list[str]) -> None:
    with suppress(BrokenPipeError):
        questions.write("".join(f"{name}\n" for name in names).encode())
        questions.flush()


def _take(answers: IO[bytes]) -> GitObject | None:
    line = answers.readline()
    # git ends where an object is not here and may not be fetched.
    if not line:
        raise UserError("stop.objects-missing")
    heading = line.split()
    if len(heading) != 3 or not heading[2].isdigit():
        return None
    content = answers.read(int(heading[2]))
    answers.read(1)
    return GitObject(heading[1].decode(), content)


def _command(folder: Path, *arguments: str) -> tuple[str, ...] | None:
    """How git is called; None where there is none to trust.

    Windows would also look in the folder we are called in, which may hold another.
    """
    found = shutil.which("git")
    here = os.name == "nt" and found and Path(found).resolve().parent == Path.cwd()
    return (found, "-C", str(folder), *_QUIETLY, *arguments) if found and not here else None


def _own_repository() -> dict[str, str]:
    """The environment without what names another repository or index, as git sets it for hooks."""
    return {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER}


def _environment() -> dict[str, str]:
    """The environment without the wishes of another git, and in which nothing is fetched or asked."""
    kept = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
    ours = {k: v for k, v in _own_repository().items() if not k.startswith("GIT_") or k.startswith(kept)}
    alone = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1"}
    return {**ours, **alone, "GIT_TERMINAL_PROMPT": "0", "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C"}
