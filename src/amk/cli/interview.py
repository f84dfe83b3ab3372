"""Asking on the terminal for what a new record still lacks, with completion of ids, names and codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import typer

from amk.changing import Wish, parse_wish
from amk.cli.opening import Opened
from amk.entering import entered, shape_at
from amk.knowledge import folded
from amk.language import Say
from amk.meanings import words_for_fields
from amk.names import names_of
from amk.nearest import nearest
from amk.records import AnyRecord, Evidenced, Of, Part, To
from amk.shapes import Choice, Many, Piece, Shape, places_of

ASKED: Mapping[str, tuple[str, ...]] = {
    "municipality": ("name", "code", "province"),
    "region": ("name", "type", "members"),
    "organisation": ("name", "type"),
    "collaboration": ("name", "form", "participants", "purposes", "period"),
    "policy": (
        *("title", "type", "municipalities"),
        *("milestones[0].status", "milestones[0].date", "milestones[0].body"),
    ),
    "source": ("title", "type", "publisher", "date", "url"),
    "vocabulary": ("labels",),
}
"""The fields that are asked for, by kind; evidence comes after them."""


def ask_missing(here: Opened, kind: type[AnyRecord], given: Sequence[Wish]) -> list[Wish]:
    """What was given, with the answers to what was not."""
    wishes = list(given)
    fields = (*ASKED[kind.kind], *(("evidence",) if issubclass(kind, Evidenced) else ()))
    for field in fields:
        if not any(wish.way[:1] == parse_wish(f"{field}=").way[:1] for wish in given):
            answer = _answer(here, kind, field)
            wishes += [parse_wish(f"{field}={answer}")] if answer else []
    return wishes


def ask_id(here: Opened, proposed: str) -> str:
    """The id of a new record: what was proposed unless something else is typed."""
    return _typed(here.say.fill("ask.id", {"proposed": proposed}), ()).strip() or proposed


def _answer(here: Opened, kind: type[AnyRecord], field: str) -> str:
    """What somebody answers: nothing, or what a record can hold there."""
    way = parse_wish(f"{field}=").way
    shape = shape_at(kind, way)
    known = list(_known(here, shape))
    needed = _is_needed(kind, way)
    prompt = _prompt(words_for_fields(here.say.language), kind, way, needed)
    while True:
        answer = _typed(prompt, known).strip()
        if not answer and not needed:
            return ""
        unknown = _unknown(here, kind, field, answer, known) if answer else None
        if answer and unknown is None:
            return answer
        print(_advice(here, unknown, known), file=sys.stderr)


def _advice(here: Opened, unknown: str | None, known: Sequence[str]) -> str:
    if unknown is None:
        return here.say("ask.needed")
    near = nearest(folded(unknown), {folded(word) for word in known})
    told = here.say("nearest", nearest=near) if near else ""
    return here.say.fill("ask.unknown", {"found": unknown, "nearest": told})


def _unknown(here: Opened, kind: type[Part], field: str, answer: str, known: Sequence[str]) -> str | None:
    """The first part of an answer that nobody goes by; None where all is known or anything will do."""
    if not known:
        return None
    words = {folded(word) for word in known}
    parts = [part.partition(":")[0].strip() for part in answer.split(",")]
    many = len(entered(here.base, kind, parse_wish(f"{field}={answer}"))) > 1
    return next((p for p in (parts if many else [answer]) if folded(p) not in words), None)


def _is_needed(kind: type[Part], way: tuple[str | int, ...]) -> bool:
    return len(way) == 1 and any(place.required for place in places_of(kind) if place.name == way[0])


def _prompt(words: Say, kind: type[Part], way: tuple[str | int, ...], needed: bool) -> str:
    name = str(way[-1])
    own = f"called.{name}"
    called = words(own if words.knows(own) else f"field.{name}")
    return f"{called}{' *' if needed else ''}: "


def _known(here: Opened, shape: Shape | None) -> Iterator[str]:
    """The words that may be answered; none where anything will do."""
    match shape:
        case Many(items):
            yield from _known(here, items)
        case Choice(words):
            yield from words
            yield from (here.say.status(word) for word in words if here.say.knows(f"status.{word}"))
        case Of(vocabulary):
            concepts = (c for (name, _), c in here.base.concepts.items() if name == vocabulary)
            yield from (w for c in concepts for w in (c.code, c.labels.in_language(here.say.language)))
        case To(kinds):
            found = (r for r in here.loaded.base.known.values() if r.kind in kinds)
            yield from (name for record in found for name in names_of(record))
        case Piece(part):
            tos = (place.shape for place in places_of(part) if isinstance(place.shape, To))
            yield from (name for to in tos for name in _known(here, to))


def _typed(prompt: str, known: Iterable[str]) -> str:
    """A line from the terminal, completed on Tab. Raises Abort at its end."""
    with _completing(sorted(known)):
        try:
            return input(prompt)
        except EOFError:
            raise typer.Abort from None


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
