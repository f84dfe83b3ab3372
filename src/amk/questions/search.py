"""Search: the records that any of the words finds, best first, with the passages that say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from amk.analysis import words_of
from amk.knowledge import KnowledgeBase
from amk.language import LANGUAGES
from amk.ranking import Holds, Place, find_places
from amk.records import AnyRecord
from amk.terms import Looked, WordsOf, guesses_for, look_for_any, look_for_beginning, look_for_phrase

WEIGHTS: Mapping[str, float] = {
    "name": 10, "title": 10, "official_name": 8, "aliases": 8, "id": 6, "short": 6, "tags": 6, "labels": 5,
    "summary": 4, "type": 3, "form": 3, "purposes": 3, "municipalities": 3, "participants": 3, "regions": 3,
    "conditions": 3, "notes": 2, "milestones": 2, "activities": 2, "evidence": 0.7,
}  # fmt: skip
"""How much a field weighs that a word is found in; others 1.5."""

USUAL_WEIGHT = 1.5
KIND_WEIGHTS: Mapping[str, float] = {"municipality": 1.2, "source": 0.7, "vocabulary": 0.5}
"""How much a kind of record weighs; others 1."""

PASSAGES = 2
"""How many passages of a record are told."""

_PIECE = re.compile(r'(?:(?P<field>[A-Za-z_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word or a phrase that is looked for, in a field if one is named.

    `guesses` are the terms that a word which is nowhere may stand for.
    """

    words: tuple[str, ...]
    field: str = ""
    phrase: bool = False
    prefix: bool = False
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a record in which something was found: the way to it and the words that match."""

    way: tuple[str | int, ...]
    text: str
    marked: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found, how well (more is better), and where."""

    record: AnyRecord
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for, what is told of what was found, best first, and how many records were found."""

    wanted: tuple[Wanted, ...]
    hits: tuple[Hit, ...] = ()
    count: int = 0


@dataclass(slots=True)
class _Found:
    """What was found of one record: the best score per word, and per place."""

    scores: dict[int, float] = field(default_factory=dict)
    places: dict[tuple[int, str, int], float] = field(default_factory=dict)


def parse_query(text: str) -> tuple[Wanted, ...]:
    """Read words, `"phrases"`, `begin*` and `field:word`. Any text is a query; none raises."""
    return tuple(wanted for match in _PIECE.finditer(text) for wanted in _wanted(match))


def _wanted(match: re.Match[str]) -> Iterator[Wanted]:
    named, phrase, word = match["field"] or "", match["phrase"], match["word"] or ""
    words = tuple(w.folded for w in words_of(phrase if phrase is not None else word))
    if not words:
        return
    whole = phrase is not None or len(words) > 1
    yield Wanted(words, named.casefold(), whole, not whole and word.endswith("*"))


def find_hits(
    base: KnowledgeBase,
    index: sqlite3.Connection,
    query: str,
    holds: Holds | None = None,
    language: str = "nl",
    told: int = 100,
) -> Search:
    """The records in view that any word of the query finds, best first, by the references for which `holds`.

    The first `told` are told, with passages in the reader's language rather than in another. Of
    the others no more is read than the reference.
    """
    words = WordsOf(index)
    wanted = tuple(_understood(words, each) for each in parse_query(query))
    looked = tuple(_looked(words, each) for each in wanted)
    found: dict[str, _Found] = {}
    for number, (each, meant) in enumerate(zip(wanted, looked, strict=True)):
        for place in find_places(index, meant, each.field, _in_view(base, holds)):
            _note(found.setdefault(place.ref, _Found()), number, place)
    scored = ((_score(ref, mine, len(wanted)), ref) for ref, mine in found.items())
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    hits = (
        Hit(base.records[ref], score, _passages(index, found[ref], looked, language))
        for score, ref in ordered[:told]
    )
    return Search(wanted, tuple(hits), len(ordered))


def _in_view(base: KnowledgeBase, holds: Holds | None) -> Holds | None:
    """Whether a record is looked at; None where all are, and nothing of any need be known."""
    if base.records is base.known:
        return holds
    return lambda ref: ref in base.records and (holds is None or holds(ref))


def _note(found: _Found, number: int, place: Place) -> None:
    weighed = place.score * _weight(place.field, place.way)
    found.scores[number] = max(found.scores.get(number, 0.0), weighed)
    here = place.number, place.way, place.text
    found.places[here] = found.places.get(here, 0.0) + weighed


def _score(ref: str, found: _Found, asked: int) -> float:
    """The sum over the words, and more where more of them were found; sources weigh less."""
    covered = len(found.scores) / asked
    return sum(found.scores.values()) * covered**2 * KIND_WEIGHTS.get(ref.partition("/")[0], 1.0)


def _weight(name: str, way: str) -> float:
    inside = ".evidence" in f".{way}"
    return WEIGHTS["evidence"] if inside else WEIGHTS.get(name, USUAL_WEIGHT)


def _understood(words: WordsOf, wanted: Wanted) -> Wanted:
    """A word that is nowhere, with what it may stand for."""
    if wanted.phrase or wanted.prefix:
        return wanted
    return replace(wanted, guesses=guesses_for(words, wanted.words[0]))


def _looked(words: WordsOf, wanted: Wanted) -> Looked:
    if wanted.phrase:
        return look_for_phrase(wanted.words)
    if wanted.prefix:
        return look_for_beginning(wanted.words[0])
    return look_for_any(words, (wanted.words[0], *wanted.guesses))


def _passages(
    index: sqlite3.Connection, found: _Found, looked: Sequence[Looked], language: str
) -> tuple[Passage, ...]:
    """The passages that weigh most, in each text the words that match; a text is told once."""
    best = sorted(found.places.items(), key=lambda pair: (-pair[1], pair[0]))
    told: dict[str, Passage] = {}
    some = [(way, _shown(index, text), score) for (_, way, text), score in best[: PASSAGES * 6]]
    for way, text, score in sorted(some, key=lambda passage: _in_another(passage[0], language)):
        if text not in told and way != "id" and len(told) < PASSAGES:
            steps = tuple(int(s) if s.isdigit() else s for s in way.split("."))
            told[text] = Passage(steps, text, tuple(_marked(text, looked)), score)
    return tuple(told.values())


def _shown(index: sqlite3.Connection, text: int) -> str:
    [(shown,)] = index.execute("select shown from texts where id = ?", (text,))
    return str(shown)


def _in_another(way: str, language: str) -> bool:
    """Whether a text stands in a language that is not the reader's."""
    last = way.rpartition(".")[2]
    return last in LANGUAGES and last != language


def _marked(text: str, looked: Sequence[Looked]) -> Iterator[tuple[int, int]]:
    words = list(words_of(text))
    folded = [word.folded for word in words]
    for at, word in enumerate(words):
        if any(each.matches(folded, at) for each in looked):
            yield word.start, word.end
