"""How alike two texts are, and the nearest of the words known: what somebody who mistyped will have meant."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 100
"""Comparing takes the product of two lengths; nobody mistypes a word of more characters than this."""

SUGGESTED = 100
"""For how many problems of one record the nearest is looked for: to look takes longer than to find them."""


def nearest_of(text: str, known: Iterable[str], count: int = 1, least: float = 0.6) -> list[str]:
    """The nearest of the words known, best first; none when none is as alike as the least (1 is equal)."""
    if len(text) > LONGEST:
        return []
    # Imported where somebody mistyped: every command imports this module.
    from difflib import get_close_matches

    words = [word for word in known if len(word) <= LONGEST]
    return get_close_matches(text, words, n=count, cutoff=least)


def nearest(text: str, known: Iterable[str]) -> str:
    """The nearest of the words known; empty when none is near."""
    return next(iter(nearest_of(text, known)), "")


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """How alike two texts are, from 0 to 1; 0 for what is certainly less than the least."""
    from difflib import SequenceMatcher

    # As `get_close_matches` compares: the order decides between matches of equal length.
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= least else 0.0
