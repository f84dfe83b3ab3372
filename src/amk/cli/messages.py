"""What a command says beside its answer, on stderr, and what is wrong with what was typed."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from errno import EACCES, EBADF, EEXIST, EISDIR, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from itertools import pairwise
from pathlib import Path
from typing import Any

from amk.language import LANGUAGES, Phrases, phrases_in
from amk.storage.data_folder import MANIFEST, find_root
from amk.values.control_characters import one_line
from amk.values.errors import UserError
from amk.values.suggestions import nearest

# Patterns are compiled where they are used: every command imports this module.
_EXTRA = r"(?s)unexpected extra argument(?:s|\(s\))? \((.*)\)"

_BY_SYSTEM = {
    os.strerror(number): f"system.{reason}"
    for number, reason in (
        (ENOENT, "no-file"), (EACCES, "denied"), (EPERM, "denied"), (EISDIR, "a-folder"),
        (ENOTDIR, "no-folder"), (EEXIST, "there"), (ENOSPC, "full"), (EROFS, "read-only"),
        (ENAMETOOLONG, "long"), (EBADF, "closed"),
    )
}  # fmt: skip
"""What the system answers, which it does in English."""

_BY_SQLITE = {
    r"no such column: (.+)": "sql.column",
    r"no such table: (.+)": "sql.table",
    r"no such function: (.+)": "sql.function",
    r"ambiguous column name: (.+)": "sql.ambiguous",
    r'near (".*"): syntax error': "sql.syntax",
    r"incomplete input()": "sql.unfinished",
    r"You can only execute one statement at a time()": "sql.one",
}
"""What SQLite answers to a question that people ask, and not what only a programmer sees."""


def talk(sentence: str) -> None:
    """Say something beside the answer, on stderr."""
    print(one_line(sentence), file=sys.stderr)


def sentence(stop: UserError) -> str:
    """What stopped a command, in the language in which it would have answered."""
    phrases = phrases_in(wished_language()).with_topic("usage_errors")
    values = dict(stop.values)
    if "reason" in values:
        values["reason"] = reason_told(values["reason"], phrases)
    if values.get("nearest") and not values["nearest"].startswith(" ("):
        values["nearest"] = phrases("nearest", nearest=values["nearest"])
    return f"amk: {phrases.fill(stop.phrase, {'nearest': '', **values})}"


def wished_language() -> str:
    """The language the user asked for, else that of the knowledge base; Dutch where amk speaks neither."""
    wishes = (_typed("--lang") or os.environ.get("AMK_LANG"), _language_here())
    return next((wish for wish in wishes if wish in LANGUAGES), "nl")


def _typed(option: str) -> str | None:
    """The value of an option on the command line, which nobody has read yet."""
    after = dict(pairwise(sys.argv))
    joined = next((a.partition("=")[2] for a in sys.argv if a.startswith(f"{option}=")), None)
    return after.get(option) or joined


def _language_here() -> str | None:
    """What the manifest of the knowledge base says; None where there is none, or it cannot be read."""
    # Looked for in the text: help and refusals come before anything is read, and the parser takes longer.
    named = _typed("--data") or os.environ.get("AMK_DATA")
    with suppress(UserError, OSError, UnicodeDecodeError):
        manifest = find_root(Path(named) if named else None, Path.cwd()) / MANIFEST
        said = re.search(r"(?m)^language: *['\"]?(\w+)", manifest.read_text(encoding="utf-8"))
        return said[1] if said else None
    return None


def told_misuse(error: Any, command: str, phrases: Phrases) -> str:
    """What is wrong with a command line: `error` is what Typer made of it."""
    context = getattr(error, "ctx", None)
    reason = str(getattr(error, "message", "") or error).rstrip(".")
    values = {"command": str(context.command_path) if context else command, "reason": reason}
    match type(error).__name__:
        case "NoSuchOption":
            phrase, found = "option", str(error.option_name)
            values["nearest"] = _nearest_option(found, context, phrases)
        case "MissingParameter":
            phrase, found = "missing", _of(error)
        case "BadOptionUsage":
            phrase = "needless-value" if "does not take a value" in reason else "no-value"
            found = str(error.option_name)
        case "BadParameter":
            phrase, found = _wrong_value(reason), _of(error)
        case _:
            extra = re.search(_EXTRA, reason)
            phrase, found = ("extra", extra[1]) if extra else ("other", "")
    return phrases.with_topic("usage_errors").fill(f"misuse.{phrase}", {**values, "found": found})


def _nearest_option(found: str, context: Any, phrases: Phrases) -> str:
    known = [name for each in context.command.params for name in each.opts] if context else []
    near = nearest(found.lstrip("-"), [name[2:] for name in known if name.startswith("--")])
    return phrases("nearest", nearest=f"--{near}") if near else ""


def _wrong_value(reason: str) -> str:
    kinds = {"valid int": "whole-number", "valid float": "number", "in the range": "range"}
    return next((phrase for told, phrase in kinds.items() if told in reason), "value")


def reason_told(reason: str, phrases: Phrases) -> str:
    """What a system or SQLite answered, in the reader's language where that is known."""
    phrases = phrases.with_topic("usage_errors")
    if reason in _BY_SYSTEM:
        return phrases(_BY_SYSTEM[reason])
    answers = ((re.fullmatch(pattern, reason), phrase) for pattern, phrase in _BY_SQLITE.items())
    return next((phrases.fill(phrase, {"found": found[1]}) for found, phrase in answers if found), reason)


def _of(error: Any) -> str:
    """The option or argument that something is wrong with, as the help names it."""
    hint = error.param.get_error_hint(error.ctx) if error.param else ""
    return str(hint or error.param_hint or "").replace("'", "")
