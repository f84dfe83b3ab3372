"""What is looked for, in the words that the index has: a word as it stands, its other forms, and compounds.

A compound is found by its halves. It is taken apart here, where the words of the base are known; so
what the index keeps of a text does not depend on what other texts say.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from amk.search.text_analysis import ALONE, HALF, nearest_terms, parts_of, stems_of

AS_IT_STANDS = 2
"""How often a word counts that is the very one looked for; another form of it counts once."""

Counts = Sequence[int]
"""How often each thing that counts is in a text: a word as it stands, a stem."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What is looked for: in which texts (in the language of FTS5), what counts there, which words match."""

    expression: str
    count: Callable[[Sequence[str]], Counts]
    matches: Callable[[Sequence[str], int], bool]


class WordsOf(Container[str]):
    """The words of an index, asked for as they are needed."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._known: dict[str, bool] = {}

    def __contains__(self, word: object) -> bool:
        """Whether any text has this word."""
        known = self._known.get(str(word))
        if known is None:
            known = self._known[str(word)] = bool(self._found("word = ?", str(word)))
        return known

    def with_stem(self, stem: str) -> list[str]:
        """The words that have a stem, in Dutch or in English."""
        return list(dict.fromkeys(self._found("dutch = ?", stem) + self._found("english = ?", stem)))

    def beside(self, half: str) -> list[str]:
        """The words that begin or end with another."""
        back = half[::-1]
        begins = self._found("word > ? and word < ?", half, half + LAST)
        return begins + self._found("backwards > ? and backwards < ?", back, back + LAST)

    def near(self, word: str) -> list[str]:
        """The words that a mistyped one may stand for, nearest first."""
        alike = self._found("length(word) between ? and ?", len(word) - 2, len(word) + 2)
        return nearest_terms(word, alike)

    def _found(self, which: str, *values: str | int) -> list[str]:
        return [word for (word,) in self._index.execute(f"select word from words where {which}", values)]


LAST = "\U0010ffff"
"""Comes after every letter."""


def guesses_for(words: WordsOf, word: str) -> tuple[str, ...]:
    """What a word that is nowhere may stand for: the nearest words, or the halves of a compound."""
    if word in words or any(words.with_stem(stem) for stem in stems_of(word)):
        return ()
    return tuple(words.near(word)[:5] or parts_of(word, words))


def look_for_any(known: WordsOf, words: Sequence[str]) -> Matcher:
    """Looking for a word, or for what it may stand for: as it stands, by its stems, and in compounds."""
    each = tuple(chain.from_iterable(_counted(known, word) for word in words))
    none = (0,) * len(each)
    counts = {word: tuple(one.get(word, 0) for one in each) for one in each for word in one}

    def count(text: Sequence[str]) -> Counts:
        found = [counts[word] for word in text if word in counts]
        return found[0] if len(found) == 1 else [sum(one) for one in zip(none, *found, strict=True)]

    def matches(text: Sequence[str], at: int) -> bool:
        return text[at] in counts or any(_holds(text[at], word) for word in words)

    return Matcher(" OR ".join(f'"{word}"' for word in counts), count, matches)


def look_for_phrases(phrases: Sequence[Sequence[str]]) -> Matcher:
    """Looking for words that stand together in this order, in one spelling or another."""
    spelled = [list(phrase) for phrase in phrases]

    def found(text: Sequence[str]) -> Iterator[tuple[int, int]]:
        firsts = {phrase[0] for phrase in spelled}
        for at in (at for at, word in enumerate(text) if word in firsts):
            size = max((len(p) for p in spelled if text[at : at + len(p)] == p), default=0)
            if size:
                yield at, at + size

    def matches(text: Sequence[str], at: int) -> bool:
        return any(start <= at < end for start, end in found(text))

    each = (" AND ".join(f'"{word}"' for word in dict.fromkeys(phrase)) for phrase in spelled)
    expression = " OR ".join(f"({one})" for one in each)
    return Matcher(expression, lambda text: (AS_IT_STANDS * sum(1 for _ in found(text)),), matches)


def look_for_either(one: Matcher, other: Matcher) -> Matcher:
    """Looking for one thing, or for another in a text that has not the first."""

    def count(text: Sequence[str]) -> Counts:
        first, second = one.count(text), other.count(text)
        return (*first, *((0,) * len(second) if any(first) else second))

    def matches(text: Sequence[str], at: int) -> bool:
        return (one if any(one.count(text)) else other).matches(text, at)

    return Matcher(f"({one.expression}) OR ({other.expression})", count, matches)


def look_for_all(each: Sequence[Matcher]) -> Matcher:
    """Looking for several things in one text: they count once, for they may be far apart."""

    def count(text: Sequence[str]) -> Counts:
        return (int(all(any(one.count(text)) for one in each)),)

    def matches(text: Sequence[str], at: int) -> bool:
        return any(one.matches(text, at) for one in each) and any(count(text))

    return Matcher(" AND ".join(f"({one.expression})" for one in each), count, matches)


def look_for_beginning(beginning: str) -> Matcher:
    """Looking for words that begin so."""

    def matches(text: Sequence[str], at: int) -> bool:
        return text[at].startswith(beginning)

    def count(text: Sequence[str]) -> Counts:
        return (AS_IT_STANDS * sum(word.startswith(beginning) for word in text),)

    return Matcher(f'"{beginning}" *', count, matches)


def _counted(known: WordsOf, word: str) -> Iterator[Mapping[str, int]]:
    """What counts for a word: itself, and for each of its stems the words that have it, or a half with it."""
    yield {word: AS_IT_STANDS}
    for stem in sorted(set(stems_of(word))):
        forms = known.with_stem(stem)
        counted = Counter(forms)
        for compound in {found for form in forms if len(form) >= HALF for found in known.beside(form)}:
            if len(compound) >= 2 * ALONE:
                counted[compound] += sum(half in forms for half in parts_of(compound, known))
        yield {form: times for form, times in counted.items() if times}


def _holds(word: str, part: str) -> bool:
    """Whether a compound begins or ends with a word."""
    return len(part) >= ALONE and (word.startswith(part) or word.endswith(part))
