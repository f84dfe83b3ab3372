"""Showing the rules: all of them, or one with its examples."""

from __future__ import annotations

from amk.cli.showing import DOCUMENTS, chosen_format, put, written
from amk.errors import Stop
from amk.language import say_in
from amk.nearest import nearest
from amk.problems import RULES
from amk.questions.rulebook import explain, tell_rules


def tell_rulebook(code: str | None, lang: str | None, format: str | None, output: str | None) -> None:
    """Show every rule, or one by its code. Raises Stop for a code that is no rule."""
    say = say_in(lang or "nl")
    if code is None:
        put(written(tell_rules(say), chosen_format(format, output, False, DOCUMENTS), output), output)
        return
    wanted = code.upper()
    if wanted not in RULES:
        raise Stop("stop.no-rule", found=code, nearest=nearest(wanted, RULES))
    put(explain(wanted, say), output)
