"""What git answers about a folder. Only here: git.

git is asked without hooks, file-system monitors, pagers and locks, and never in another
repository than the folder's own, so that reading a folder runs nothing that lies in it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from amk.values import Value

_QUIETLY = (
    "--no-optional-locks", "--no-pager", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "safe.bareRepository=explicit",
    "-c", "log.showSignature=false", "-c", "gpg.program=false", "-c", "gpg.ssh.program=false",
    "-c", "gpg.x509.program=false", "-c", "core.attributesFile=", "-c", "credential.helper=",
)  # fmt: skip
"""A data folder may come from anywhere, and its configuration names programs: git runs none for us."""

PATIENCE = 60
"""How many seconds git may think about one question."""


@dataclass(frozen=True, eq=False, repr=False)
class Answer(Value):
    """What git said; `fine` when it had an answer."""

    fine: bool
    out: str = ""
    complaint: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class GitObject(Value):
    """An object of a repository: `blob`, `tree` or `commit`, and its bytes."""

    kind: str
    content: bytes


def ask(folder: Path, *arguments: str) -> Answer:
    """Ask git a question about a folder. Where there is no git, it has no answer."""
    command = _command(folder, *arguments)
    if command is None:
        return Answer(False)
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=PATIENCE,
            env=_environment(), encoding="utf-8", errors="surrogateescape",
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Answer(False, complaint=str(error))
    return Answer(done.returncode == 0, done.stdout.rstrip("\n"), done.stderr.strip())


def change(folder: Path, *arguments: str) -> Answer:
    """Have git change a repository that the user means to change: with the user's own hooks and settings."""
    found = shutil.which("git")
    if found is None:
        return Answer(False, complaint="git")
    try:
        done = subprocess.run(
            (found, "-C", str(folder), "--no-pager", *arguments), capture_output=True, check=False,
            stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError as error:
        return Answer(False, complaint=str(error))
    return Answer(done.returncode == 0, done.stdout.rstrip("\n"), done.stderr.strip())


class Objects:
    """The objects of a repository, read from one git process; a name that is none gives None."""

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
    questions.write("".join(f"{name}\n" for name in names).encode())
    questions.flush()


def _take(answers: IO[bytes]) -> GitObject | None:
    heading = answers.readline().split()
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


def _environment() -> dict[str, str]:
    """The environment without the wishes of another git, and in which nothing is fetched or asked."""
    kept = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_EXEC_PATH")
    ours = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(kept)}
    alone = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1"}
    return {**ours, **alone, "GIT_TERMINAL_PROMPT": "0", "GIT_ATTR_NOSYSTEM": "1", "LC_ALL": "C"}
