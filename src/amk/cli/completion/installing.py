"""Putting completion in place for a shell, or printing what would be put there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath
from subprocess import SubprocessError

from amk.language import phrases_in
from amk.values.errors import UserError

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
POSIX = ("sh", "dash", "ash")
"""Shells that scripts run in; who logs in with one may type in another."""


def install(words: Sequence[str]) -> None:
    """Put completion in place.

    Raises UserError for a shell that amk does not know, and for what cannot be written.
    """
    from typer._completion_shared import install as install_for

    from amk.cli.messages import wished_language

    shell = _shell(words)
    try:
        _, path = install_for(shell=shell, prog_name="amk")
    except (OSError, ValueError, SubprocessError) as error:
        found = getattr(error, "filename", None) or shell
        reason = getattr(error, "strerror", None) or "≠ UTF-8"
        raise UserError("stop.completion", found=str(found), reason=reason, shell=shell) from error
    print(phrases_in(wished_language()).fill("talk.completion", {"shell": shell, "path": str(path)}))


def show(words: Sequence[str]) -> None:
    """Print what would be put in place. Raises UserError for a shell that amk does not know."""
    from typer._completion_shared import get_completion_script

    print(get_completion_script(prog_name="amk", complete_var="_AMK_COMPLETE", shell=_shell(words)))


def _shell(words: Sequence[str]) -> str:
    """The shell that was named, else the one that is used: what is neither known nor sure is asked."""
    login = PurePath(os.environ.get("SHELL", "")).name
    named = words[0] if words else ""
    shell = named or (login if login not in ("", *SHELLS, *POSIX) else _running() or login)
    if shell not in SHELLS:
        raise UserError("stop.no-shell", found=shell or "?", known=", ".join(SHELLS))
    return shell


def _running() -> str:
    """The shell that amk was started from, where that can be seen."""
    from typer._completion_shared import _get_shell_name

    found = _get_shell_name() or ""
    return "" if found in POSIX else found
