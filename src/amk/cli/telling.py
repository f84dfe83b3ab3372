"""What a command says beside its answer, on stderr."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from amk.errors import Stop
from amk.language import LANGUAGES, say_in
from amk.steering import one_line


def talk(sentence: str) -> None:
    """Say something beside the answer, on stderr."""
    print(one_line(sentence), file=sys.stderr)


def sentence(stop: Stop) -> str:
    """What stopped a command, in the language the user asked for, else in Dutch."""
    # Imported where something stops amk: every command imports this room.
    from amk.cli.misuse import reason_told

    say = say_in(wished_language()).also("misuse")
    values = dict(stop.values)
    if "reason" in values:
        values["reason"] = reason_told(values["reason"], say)
    if values.get("nearest") and not values["nearest"].startswith(" ("):
        values["nearest"] = say("nearest", nearest=values["nearest"])
    return f"amk: {say.fill(stop.phrase, {'nearest': '', **values})}"


def wished_language() -> str:
    """The language the user asked for, before any data says which; else Dutch."""
    arguments = sys.argv
    after = dict(pairwise(arguments))
    joined = next((a.partition("=")[2] for a in arguments if a.startswith("--lang=")), None)
    wish = after.get("--lang") or joined or os.environ.get("AMK_LANG")
    return wish if wish in LANGUAGES else "nl"
