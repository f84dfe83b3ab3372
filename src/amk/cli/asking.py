"""One question on the terminal: checked at once, its choices on `?`, and what was made of the answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import typer

from amk.language import Phrases
from amk.model.knowledge_base import folded
from amk.values.control_characters import one_line
from amk.values.suggestions import nearest

WIDE = 40
"""How many letters of a prompt fit on a narrow terminal, with an answer behind them."""

SHOWN = 60
"""How many choices are shown of those that there are."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, what may be answered in words, and an example.

    `meant` gives what a record has for an answer, or None where nobody understands it; `told` says that in
    words, where it is not what was typed.
    """

    label: str
    needed: bool = True
    choices: tuple[str, ...] = ()
    example: str = ""
    meant: Callable[[str], str | None] = str
    told: Callable[[str], str] = str


def ask(question: Question, phrases: Phrases) -> str:
    """What a record has for what somebody answers; nothing for what need not be answered.

    Raises Abort at the end of the input, and KeyboardInterrupt.
    """
    while True:
        answer = typed(_prompt(question, phrases), question.choices).strip()
        if answer == "?":
            _say(_choices(question, phrases))
        elif not answer and not question.needed:
            return ""
        elif not answer:
            _say(phrases("ask.needed"))
        elif (meant := question.meant(answer)) is None:
            _say(_advice(question, answer, phrases))
        else:
            if folded(told := question.told(meant)) != folded(answer):
                _say(f"→ {told}")
            return meant


def confirmed(question: str, phrases: Phrases) -> bool:
    """Whether somebody agrees; Enter does."""
    agreed = {folded(word) for word in phrases("ask.yes").split()}
    refused = {folded(word) for word in phrases("ask.no").split()}
    while (answer := folded(typed(f"{question} ", ()).strip())) not in agreed | refused | {""}:
        _say(phrases("ask.yes-or-no"))
    return answer not in refused


def typed(prompt: str, known: Sequence[str]) -> str:
    """A line from the terminal, completed on Tab. Raises Abort at its end."""
    with _completing(sorted(known)):
        try:
            return input(prompt)
        except EOFError:
            raise typer.Abort from None


def _prompt(question: Question, phrases: Phrases) -> str:
    """The label with what may help; on a line of its own where it is long, for a terminal wraps no prompt."""
    hints = [phrases.fill("ask.example", {"example": question.example})] if question.example else []
    hints += [phrases("ask.see-choices")] if question.choices else []
    hints += [] if question.needed else [phrases("ask.optional")]
    told = "; ".join(hints)
    if len(question.label) + len(told) > WIDE:
        _say(f"({told})")
        return f"{question.label}: "
    return f"{question.label} ({told}): " if told else f"{question.label}: "


def _choices(question: Question, phrases: Phrases) -> str:
    if not question.choices:
        example = phrases.fill("ask.example", {"example": question.example}) if question.example else ""
        return example or phrases("ask.free")
    rest = len(question.choices) - SHOWN
    more = [phrases("cover.more", count=rest)] if rest > 0 else []
    return "\n".join(f"  {choice}" for choice in (*question.choices[:SHOWN], *more))


def _advice(question: Question, answer: str, phrases: Phrases) -> str:
    by_fold = {folded(choice): choice for choice in question.choices}
    near = nearest(folded(answer), by_fold)
    told = phrases("nearest", nearest=by_fold[near]) if near else ""
    help = phrases("ask.see-choices") if question.choices else _choices(question, phrases)
    return f"{phrases.fill('ask.unknown', {'found': one_line(answer), 'nearest': told})} {help}"


def _say(words: str) -> None:
    print(words, file=sys.stderr)


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """Complete these words on Tab, where the system can."""
    try:
        import readline
    except ImportError:  # Windows has none: the words can still be typed
        yield
        return

    def offer(begun: str, state: int) -> str | None:
        fitting = [word for word in words if word.casefold().startswith(begun.casefold())]
        return fitting[state] if state < len(fitting) else None

    readline.set_completer_delims(",")
    readline.set_completer(offer)
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(None)
