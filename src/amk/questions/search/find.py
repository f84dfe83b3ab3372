"""Search: the records that any of the words finds, best first, with the passages that say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from amk.language import LANGUAGES, phrases_of
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord
from amk.search.query_terms import (
    Matcher,
    WordsOf,
    guesses_for,
    look_for_all,
    look_for_any,
    look_for_beginning,
    look_for_either,
    look_for_phrases,
)
from amk.search.ranking import Occurrence, RefPredicate, find_places
from amk.search.text_analysis import HALF, folded_words, parts_of, words_of

WEIGHTS: Mapping[str, float] = {
    "name": 10, "title": 10, "official_name": 8, "aliases": 8, "id": 6, "short": 6, "tags": 6, "labels": 5,
    "summary": 4, "type": 3, "form": 3, "purposes": 3, "municipalities": 3, "participants": 3, "regions": 3,
    "conditions": 3, "notes": 2, "milestones": 2, "activities": 2, "evidence": 0.7,
}  # fmt: skip
"""How much a field weighs that a word is found in; others 1.5."""

USUAL_WEIGHT = 1.5
KIND_WEIGHTS: Mapping[str, float] = {"municipality": 1.2, "source": 0.7, "vocabulary": 0.5}
"""How much a kind of record weighs; others 1."""

LONGEST, MOST_WORDS = 1_000, 50
"""How many characters and words a question may have: a word that is nowhere is compared with every other."""

PASSAGES = 2
"""How many passages of a record are told."""

_HYPHEN = re.compile("[-\u2010-\u2015]")
_PIECE = re.compile(r'(?:(?P<field>[A-Za-z_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """A word or a phrase that is looked for, in a field if one is named.

    `guesses` are the terms that a word which is nowhere may stand for; `alike` other ways to write a
    phrase. The words of what is `parted` may stand apart in a text, too.
    """

    words: tuple[str, ...]
    field: str = ""
    phrase: bool = False
    prefix: bool = False
    guesses: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a record in which something was found: the way to it and the words that match."""

    field_path: tuple[str | int, ...]
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

    wanted: tuple[SearchOptions, ...]
    hits: tuple[Hit, ...] = ()
    count: int = 0


@dataclass(slots=True)
class _Found:
    """What was found of one record: the best score per word, and per place."""

    scores: dict[int, float] = field(default_factory=dict)
    places: dict[tuple[int, str, int], float] = field(default_factory=dict)


def parse_query(text: str) -> tuple[SearchOptions, ...]:
    """Read words, `"phrases"`, `begin*` and `field:word`. Any text is a query; none raises."""
    wanted = [each for match in _PIECE.finditer(text) for each in _wanted(match)]
    return (*wanted, *_abbreviated(wanted))


def _wanted(match: re.Match[str]) -> Iterator[SearchOptions]:
    named, phrase, word = (match["field"] or "").casefold(), match["phrase"], match["word"] or ""
    words = tuple(w.folded for w in words_of(phrase if phrase is not None else word))
    if not words:
        return
    if phrase is None and _is_compound(word, words):
        # Joined, parted or with a hyphen it is one word to whoever looks for it.
        yield SearchOptions(words, named, phrase=True, alike=(("".join(words),),), parted=True)
        return
    whole = phrase is not None or len(words) > 1
    yield SearchOptions(words, named, whole, not whole and word.endswith("*"), alike=_spellings(words))


def _is_compound(word: str, words: Sequence[str]) -> bool:
    """Whether a word is made of words with hyphens between: not a date, a number or a lone letter."""
    parted = len(words) > 1 and len(_HYPHEN.split(word)) == len(words)
    return parted and all(len(half) >= HALF and half.isalpha() for half in words)


def _abbreviated(wanted: Sequence[SearchOptions]) -> Iterator[SearchOptions]:
    """What words that stand beside each other are shortened to."""
    words = tuple(each.words[0] for each in wanted if not (each.phrase or each.prefix or each.field))
    for group in abbreviations():
        long = next((s for s in group if len(s) > 1 and _holds(words, s)), None)
        if long:
            yield SearchOptions(long, phrase=True, alike=_spellings(long))


def _holds(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words)))


def _spellings(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The other ways to write an abbreviation, or what it stands for."""
    return tuple(other for group in abbreviations() if words in group for other in group if other != words)


@cache
def abbreviations() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """What is written in several ways, in any language: each group the ways, each way its words."""
    told = (phrases_of("search", language)["search.abbreviations"] for language in LANGUAGES)
    groups = (group.split(" = ") for text in told for group in text.split("; ") if group)
    return tuple(tuple(tuple(folded_words(way)) for way in group) for group in groups)


def find_hits(
    base: KnowledgeBase,
    index: sqlite3.Connection,
    query: str,
    holds: RefPredicate | None = None,
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


def _in_view(base: KnowledgeBase, holds: RefPredicate | None) -> RefPredicate | None:
    """Whether a record is looked at; None where all are, and nothing of any need be known."""
    if base.records is base.known:
        return holds
    return lambda ref: ref in base.records and (holds is None or holds(ref))


def _note(found: _Found, number: int, place: Occurrence) -> None:
    weighed = place.score * _weight(place.field, place.field_path)
    found.scores[number] = max(found.scores.get(number, 0.0), weighed)
    here = place.number, place.field_path, place.text
    found.places[here] = found.places.get(here, 0.0) + weighed


def _score(ref: str, found: _Found, asked: int) -> float:
    """The sum over the words, and more where more of them were found; sources weigh less."""
    covered = len(found.scores) / asked
    return sum(found.scores.values()) * covered**2 * KIND_WEIGHTS.get(ref.partition("/")[0], 1.0)


def _weight(name: str, field_path: str) -> float:
    inside = ".evidence" in f".{field_path}"
    return WEIGHTS["evidence"] if inside else WEIGHTS.get(name, USUAL_WEIGHT)


def _understood(words: WordsOf, wanted: SearchOptions) -> SearchOptions:
    """A word that is nowhere, with what it may stand for."""
    if wanted.phrase or wanted.prefix:
        return wanted
    [word] = wanted.words
    guesses = guesses_for(words, word)
    # “DenHaag”: two words of the base without the space between.
    parted = () if guesses or word in words else _parted(words, word)
    return replace(wanted, guesses=guesses or tuple(map(" ".join, parted)), alike=(*wanted.alike, *parted))


def _parted(words: WordsOf, word: str) -> tuple[tuple[str, ...], ...]:
    cuts = ((word[:cut], word[cut:]) for cut in range(len(word) - 3, 2, -1))
    return tuple(cut for cut in cuts if cut[0] in words and cut[1] in words)[:1]


def _looked(words: WordsOf, wanted: SearchOptions) -> Matcher:
    if wanted.prefix:
        return look_for_beginning(wanted.words[0])
    if wanted.phrase or wanted.alike:
        together, halves = look_for_phrases((wanted.words, *wanted.alike)), wanted.words
    else:
        [word] = wanted.words
        together, halves = look_for_any(words, (word, *wanted.guesses)), parts_of(word, words)
    if len(halves) < 2 or (wanted.phrase and not wanted.parted):
        return together
    return look_for_either(together, look_for_all([look_for_any(words, (half,)) for half in halves]))


def _passages(
    index: sqlite3.Connection, found: _Found, looked: Sequence[Matcher], language: str
) -> tuple[Passage, ...]:
    """The passages that weigh most, in each text the words that match; a text is told once."""
    best = sorted(found.places.items(), key=lambda pair: (-pair[1], pair[0]))
    told: dict[str, Passage] = {}
    some = [(field_path, _shown(index, text), score) for (_, field_path, text), score in best[: PASSAGES * 6]]
    for field_path, text, score in sorted(some, key=lambda passage: _in_another(passage[0], language)):
        if text not in told and field_path != "id" and len(told) < PASSAGES:
            steps = tuple(int(s) if s.isdigit() else s for s in field_path.split("."))
            told[text] = Passage(steps, text, tuple(_marked(text, looked)), score)
    return tuple(told.values())


def _shown(index: sqlite3.Connection, text: int) -> str:
    [(shown,)] = index.execute("select shown from texts where id = ?", (text,))
    return str(shown)


def _in_another(field_path: str, language: str) -> bool:
    """Whether a text stands in a language that is not the reader's."""
    last = field_path.rpartition(".")[2]
    return last in LANGUAGES and last != language


def _marked(text: str, looked: Sequence[Matcher]) -> Iterator[tuple[int, int]]:
    words = list(words_of(text))
    folded = [word.folded for word in words]
    for at, word in enumerate(words):
        if any(each.matches(folded, at) for each in looked):
            yield word.start, word.end
