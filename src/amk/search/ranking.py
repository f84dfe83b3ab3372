"""Where what is looked for is found best: bm25, in which a text counts for every place where it stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from json import dumps
from math import log
from typing import Any, NamedTuple

from amk.search.query_terms import Counts, Matcher

SATURATED, LENGTHWISE = 1.2, 0.75
"""How soon a word that is repeated counts no more, and how much the length of a text does (k1 and b)."""

MOST = 3000
"""In how many places something is looked for; what is in more tells records apart no longer."""

AT_ONCE = 500
"""For how many texts at a time it is asked where they stand."""

LEAST = 1e-6
"""What a word weighs that is in more than half of all places."""

RefPredicate = Callable[[str], bool]
"""Whether a record is looked at, by its reference."""


class MatchedText(NamedTuple):
    """A text that matches: what stands for it, its length in words, its places, and what counts in it."""

    id: int
    key: bytes
    length: int
    places: int
    counts: Counts


class Occurrence(NamedTuple):
    """A place in which something was found, and how well; `number` counts the places of a record."""

    ref: str
    number: int
    field: str
    field_path: str
    text: int
    score: float


def find_places(
    index: sqlite3.Connection, looked: Matcher, field: str = "", holds: RefPredicate | None = None
) -> Iterator[Occurrence]:
    """The places in which something is found best: of these records, in a field if one is named."""
    left, asked = MOST, _ranked(index, looked)
    while left and asked:
        some, asked = asked[:AT_ONCE], asked[AT_ONCE:]
        ids = [text.id for text, _ in some]
        for rank, ref, number, of, field_path in _standing(index, ids, field, -1 if holds else left):
            if left and (holds is None or holds(ref)):
                left -= 1
                yield Occurrence(ref, number, of, field_path, ids[rank], some[rank][1])


def _standing(index: sqlite3.Connection, texts: Sequence[int], field: str, limit: int) -> Iterator[Any]:
    """Where texts stand, in their order: which of the texts, and of a record the number, field and way."""
    inside = "where ways.field = ? or ways.way like ? escape '!' " if field else ""
    statement = (
        "select asked.key, ref, number, field, ways.way from json_each(?) asked "
        "join places on text = asked.value join records on records.id = record "
        f"join ways on ways.id = places.way {inside}"
        "order by asked.key, ref, number limit ?"
    )
    fields = (field, f"%.{field.replace('_', '!_')}") if field else ()
    yield from index.execute(statement, (dumps(texts), *fields, limit))


def _ranked(index: sqlite3.Connection, looked: Matcher) -> list[tuple[MatchedText, float]]:
    """The texts that match, best first, and how well they do."""
    texts = list(_matching(index, looked))
    if not texts:
        return []
    places, length = (_told(index, name) for name in ("places", "length"))
    weights = [_weight(places, texts, at) for at in range(len(texts[0].counts))]
    scored = [(text, _score(text, weights, length / places)) for text in texts]
    # Not by its number, which says when a text was first met.
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].key))


def _matching(index: sqlite3.Connection, looked: Matcher) -> Iterator[MatchedText]:
    statement = (
        "select id, key, length, places, plain from texts "
        "where id in (select rowid from found where found match ?)"
    )
    for id, key, length, places, plain in index.execute(statement, (looked.expression,)):
        counts = looked.count(plain.split(" "))
        if any(counts):
            yield MatchedText(id, key, length, places, counts)


def _told(index: sqlite3.Connection, name: str) -> int:
    [(value,)] = index.execute("select value from about where name = ?", (name,))
    return int(value)


def _weight(places: int, texts: Sequence[MatchedText], at: int) -> float:
    """How much something tells places apart: more where it is in fewer of them."""
    there = sum(text.places for text in texts if text.counts[at])
    return max(LEAST, log((places - there + 0.5) / (there + 0.5))) if there < places else LEAST


def _score(text: MatchedText, weights: Sequence[float], usual: float) -> float:
    """How well a text matches; a long one less, in which a word is more likely."""
    slow = SATURATED * (1 - LENGTHWISE + LENGTHWISE * text.length / usual)
    each = zip(weights, text.counts, strict=True)
    return sum(weight * count * (SATURATED + 1) / (count + slow) for weight, count in each)
