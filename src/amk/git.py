"""What git answers about a folder. Only here: git.

git is asked without hooks, file-system monitors, pagers and locks, and never in another
repository than the folder's own, so that reading a folder runs nothing that lies in it.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

_QUIETLY = (
    "--no-pager", "--no-optional-locks", "--literal-pathspecs",
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "log.showSignature=false",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What git said; `fine` when it had an answer."""

    fine: bool
    out: str = ""
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object of a repository: `blob`, `tree` or `commit`, and its bytes."""

    kind: str
    content: bytes


def ask(folder: Path, *arguments: str) -> Answer:
    """Ask git a question about a folder. Where there is no git, it has no answer."""
    command = ("git", "-C", str(folder), *_QUIETLY, *arguments)
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, encoding="utf-8", errors="replace", env=_environment()
        )
    except OSError as error:
        return Answer(False, complaint=error.strerror or "")
    return Answer(done.returncode == 0, done.stdout.rstrip("\n"), done.stderr.strip())


class Objects:
    """The objects of a repository, read from one git process; a name that is none gives None."""

    def __init__(self, folder: Path) -> None:
        command = ("git", "-C", str(folder), *_QUIETLY, "cat-file", "--batch")
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


def _environment() -> dict[str, str]:
    """The environment without what points git to another repository, and in one language."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _KEPT}
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}


_KEPT = frozenset({"GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_EXEC_PATH", "GIT_SSL_CAINFO"})
