"""Shells: how each asks what may follow, and how it wants the answer.

Typer speaks with bash, zsh, fish and PowerShell. This room mends three things: bash parts a word at
`=` and takes a bare space for the next word, and Typer would load rich for words without markup.
"""

from __future__ import annotations

import os
import re
from typing import Any

from typer import _completion_classes as classes
from typer._click.shell_completion import CompletionItem, add_completion_class
from typer._completion_shared import Shells


class Bash(classes.BashComplete):
    """Bash, with `--option=value` and with names of several words."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being typed, and that one."""
        before, incomplete = super().get_completion_args()
        return [word for word in before if word != "="], incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """The value as it must stand on the line: bash inserts it as it is."""
        value = str(item.value)
        return value if _quoted() else re.sub(r"([\s()])", r"\\\1", value)


def answer(amk: Any) -> None:
    """Tell the shell what may follow; leaves with SystemExit."""
    add_completion_class(Bash, Shells.bash.value)
    # Typer loads rich to take markup out of help; ours has none, and rich takes longer than the answer.
    vars(classes)["_sanitize_help_text"] = str
    amk(args=[], prog_name="amk")


def _quoted() -> bool:
    """Whether the word that is being typed has an open quote; bash sends a word a line."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    index = int(os.environ.get("COMP_CWORD", "0"))
    return index < len(words) and words[index][:1] in ("'", '"')
