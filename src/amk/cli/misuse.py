"""A command that was typed wrongly, told in the reader's language with what to do."""

from __future__ import annotations

import os
import re
from errno import EACCES, EEXIST, EISDIR, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from typing import Any

from amk.language import Say
from amk.nearest import nearest

_EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", re.DOTALL)

_BY_SYSTEM = {
    os.strerror(number): f"system.{reason}"
    for number, reason in (
        (ENOENT, "no-file"), (EACCES, "denied"), (EPERM, "denied"), (EISDIR, "a-folder"),
        (ENOTDIR, "no-folder"), (EEXIST, "there"), (ENOSPC, "full"), (EROFS, "read-only"),
        (ENAMETOOLONG, "long"),
    )
}  # fmt: skip
"""What the system answers, which it does in English."""

_BY_SQLITE = tuple(
    (re.compile(pattern), f"sql.{reason}")
    for pattern, reason in (
        (r"no such column: (.+)", "column"),
        (r"no such table: (.+)", "table"),
        (r"no such function: (.+)", "function"),
        (r"ambiguous column name: (.+)", "ambiguous"),
        (r'near (".*"): syntax error', "syntax"),
        (r"incomplete input()", "unfinished"),
        (r"You can only execute one statement at a time()", "one"),
    )
)
"""What SQLite answers to a question that people ask, and not what only a programmer sees."""


def told_misuse(error: Any, command: str, say: Say) -> str:
    """What is wrong with a command line: `error` is what Typer made of it."""
    context = getattr(error, "ctx", None)
    reason = str(getattr(error, "message", "") or error).rstrip(".")
    values = {"command": str(context.command_path) if context else command, "reason": reason}
    match type(error).__name__:
        case "NoSuchOption":
            phrase, found = "option", str(error.option_name)
            values["nearest"] = _nearest_option(found, context, say)
        case "MissingParameter":
            phrase, found = "missing", _of(error)
        case "BadOptionUsage":
            phrase, found = "no-value", str(error.option_name)
        case "BadParameter":
            phrase, found = _wrong_value(reason), _of(error)
        case _:
            extra = _EXTRA.search(reason)
            phrase, found = ("extra", extra[1]) if extra else ("other", "")
    return say.also("misuse").fill(f"misuse.{phrase}", {**values, "found": found})


def _nearest_option(found: str, context: Any, say: Say) -> str:
    known = [name for each in context.command.params for name in each.opts] if context else []
    near = nearest(found.lstrip("-"), [name[2:] for name in known if name.startswith("--")])
    return say("nearest", nearest=f"--{near}") if near else ""


def _wrong_value(reason: str) -> str:
    kinds = {"valid int": "whole-number", "valid float": "number", "in the range": "range"}
    return next((phrase for told, phrase in kinds.items() if told in reason), "value")


def reason_told(reason: str, say: Say) -> str:
    """What a system or SQLite answered, in the reader's language where that is known."""
    say = say.also("misuse")
    if reason in _BY_SYSTEM:
        return say(_BY_SYSTEM[reason])
    answers = ((pattern.fullmatch(reason), phrase) for pattern, phrase in _BY_SQLITE)
    return next((say.fill(phrase, {"found": found[1]}) for found, phrase in answers if found), reason)


def _of(error: Any) -> str:
    """The option or argument that something is wrong with, as the help names it."""
    hint = error.param.get_error_hint(error.ctx) if error.param else ""
    return str(hint or error.param_hint or "").replace("'", "")
