"""Words to terms: how a text is cut, folded, stemmed in Dutch and English, and taken apart.

A compound is taken apart where its halves are words of the same base, so that no list of words
has to come along.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from amk.values.suggestions import likeness, nearest_of

if TYPE_CHECKING:
    from Stemmer import Stemmer

HALF, ALONE = 4, 5
"""The fewest letters of a half of a compound: where both halves are known words, and where one is."""

BETWEEN = ("", "s", "en", "e")
"""What Dutch puts between the halves of a compound."""

LEAST, MANY = 0.75, 20
"""How alike a mistyped word and the one meant are at least, and of how many that are this is asked."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, and where it stands."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order, without case and accents."""
    for match in _WORD.finditer(text):
        yield Word(fold(match[0]), match.start(), match.end())


def fold(word: str) -> str:
    """A word without case and accents."""
    bare = word.casefold()
    if bare.isascii():
        return bare
    return "".join(c for c in normalize("NFKD", bare) if not combining(c) and c.isalnum())


def folded_words(text: str) -> list[str]:
    """The words of a text in order, without case and accents."""
    if text.isascii():
        return _WORD.findall(text.casefold())
    return [fold(word) for word in _WORD.findall(text)]


def stems_of(folded: str) -> tuple[str, str]:
    """The stems of a word, Dutch and English: what else is said of the same."""
    dutch, english = _stemmers()
    return _plain(dutch.stemWord(folded)), english.stemWord(folded)


def stemmed_by() -> str:
    """The version of what stems: another may give other stems."""
    from Stemmer import version

    return str(version())


def _plain(stem: str) -> str:
    """A Dutch stem without the prefix of a participle: `vastgesteld` and `vaststellen` are one."""
    return _PARTICIPLE.sub(r"\1", stem)


_PARTICIPLE = re.compile(r"^(aan|af|bij|door|in|mee|na|om|op|over|toe|uit|vast|voor)ge(?=\w{4})")


@cache
def _stemmers() -> tuple[Stemmer, Stemmer]:
    from Stemmer import Stemmer

    return Stemmer("dutch"), Stemmer("english")


def parts_of(word: str, known: Container[str]) -> tuple[str, ...]:
    """The halves of a compound: both known words, else the one that is; none where it is no compound."""
    halves = [
        (word[:cut], word[cut + len(link) :])
        for cut in range(HALF, len(word) - HALF + 1)
        for link in BETWEEN
        if word[cut:].startswith(link) and len(word) - cut - len(link) >= HALF
    ]
    both = next(((a, b) for a, b in halves if a in known and b in known), None)
    if both:
        return both
    return next(((half,) for pair in halves for half in pair if half in known and len(half) >= ALONE), ())


def nearest_terms(word: str, terms: Iterable[str]) -> list[str]:
    """The terms that a mistyped word may stand for: a letter off, or two in a long word; the nearest ones."""
    most = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    near = nearest_of(word, (term for term in terms if abs(len(term) - len(word)) <= most), MANY, LEAST)
    best = likeness(near[0], word) if most and near else 1.0
    return sorted(term for term in near if likeness(term, word) == best)
