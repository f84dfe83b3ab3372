"""Search: the records that any of the words finds, best first, with the passages that say so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from amk.analysis import Word, nearest_terms, parts_of, stems_of, words_of
from amk.knowledge import KnowledgeBase
from amk.language import LANGUAGES
from amk.records import AnyRecord, Municipality, Source, Vocabulary

WEIGHTS: Mapping[str, float] = {
    "name": 10, "title": 10, "official_name": 8, "aliases": 8, "id": 6, "short": 6, "tags": 6, "labels": 5,
    "summary": 4, "type": 3, "form": 3, "purposes": 3, "municipalities": 3, "participants": 3, "regions": 3,
    "conditions": 3, "notes": 2, "milestones": 2, "activities": 2, "evidence": 0.7,
}  # fmt: skip
"""How much a field weighs that a word is found in; others 1.5."""

USUAL_WEIGHT = 1.5
MOST = 3000
"""How many texts a word is looked for in; a word that is in more tells records apart no longer."""

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
    """What was looked for, and what was found, best first."""

    wanted: tuple[Wanted, ...]
    hits: tuple[Hit, ...] = ()


@dataclass(slots=True)
class _Found:
    """What was found of one record: the best score per word, and its passages by row."""

    scores: dict[int, float] = field(default_factory=dict)
    rows: dict[int, float] = field(default_factory=dict)


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
    holds: Callable[[AnyRecord], bool] = lambda record: True,
    language: str = "nl",
    told: int = 100,
) -> Search:
    """The records in view for which `holds` that any word of the query finds, best first.

    The first `told` come with passages, in the reader's language rather than in another.
    """
    wanted = tuple(_understood(index, each) for each in parse_query(query))
    found: dict[str, _Found] = {}
    for number, each in enumerate(wanted):
        for row, ref, name, way, score in _rows(index, each):
            if ref in base.records:
                weighed = -score * _weight(name, way)
                mine = found.setdefault(ref, _Found())
                mine.scores[number] = max(mine.scores.get(number, 0.0), weighed)
                mine.rows[row] = mine.rows.get(row, 0.0) + weighed
    scored = [
        (_score(base.records[ref], mine, len(wanted)), ref)
        for ref, mine in found.items()
        if holds(base.records[ref])
    ]
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    hits = (
        Hit(base.records[ref], score, _passages(index, found[ref], wanted, language) if n < told else ())
        for n, (score, ref) in enumerate(ordered)
    )
    return Search(wanted, tuple(hits))


def _score(record: AnyRecord, found: _Found, asked: int) -> float:
    """The sum over the words, and more where more of them were found; sources weigh less."""
    covered = len(found.scores) / asked
    kind = 0.5 if isinstance(record, Vocabulary) else 0.7 if isinstance(record, Source) else 1.0
    kind = 1.2 if isinstance(record, Municipality) else kind
    return sum(found.scores.values()) * covered**2 * kind


def _weight(name: str, way: str) -> float:
    inside = ".evidence" in f".{way}"
    return WEIGHTS["evidence"] if inside else WEIGHTS.get(name, USUAL_WEIGHT)


def _understood(index: sqlite3.Connection, wanted: Wanted) -> Wanted:
    """A word that is nowhere, with what it may stand for: the nearest terms, or the halves of a compound."""
    if wanted.phrase or wanted.prefix or _is_known(index, wanted.words[0]):
        return wanted
    word = wanted.words[0]
    terms = [term for (term,) in index.execute("select term from terms where col = 'plain'")]
    near = nearest_terms(word, terms)[:5]
    return replace(wanted, guesses=tuple(near or parts_of(word, frozenset(terms))))


def _is_known(index: sqlite3.Connection, word: str) -> bool:
    stems = stems_of(word)
    marks = ", ".join("?" for _ in stems)
    statement = (
        f"select 1 from terms where (col = 'plain' and term = ?) or (col = 'stems' and term in ({marks}))"
    )
    return index.execute(f"{statement} limit 1", (word, *sorted(stems))).fetchone() is not None


def _rows(index: sqlite3.Connection, wanted: Wanted) -> Iterator[tuple[int, str, str, str, float]]:
    """The texts that a word finds: row, reference, field, way and how well (less is better)."""
    statement = (
        "select found.rowid, ref, field, way, bm25(found, 2.0, 1.0) as score from found "
        "join texts on texts.id = found.rowid where found match ? "
    )
    values: list[str | int] = [expression(wanted)]
    if wanted.field:
        statement += "and (field = ? or way like ? escape '!') "
        values += [wanted.field, f"%.{wanted.field.replace('_', '!_')}%"]
    yield from index.execute(f"{statement} order by score limit {MOST}", values)


def expression(wanted: Wanted) -> str:
    """A word or phrase in the language of SQLite's search; every word of it is quoted."""
    if wanted.phrase:
        return f'plain : "{" ".join(wanted.words)}"'
    word = wanted.words[0]
    if wanted.prefix:
        return f'plain : "{word}" *'
    choices = [f'plain : "{word}"', *(f'stems : "{stem}"' for stem in sorted(stems_of(word)))]
    for guess in wanted.guesses:
        choices += [f'plain : "{guess}"', *(f'stems : "{stem}"' for stem in sorted(stems_of(guess)))]
    return " OR ".join(choices)


def _passages(
    index: sqlite3.Connection, found: _Found, wanted: tuple[Wanted, ...], language: str
) -> tuple[Passage, ...]:
    """The passages that weigh most, in each text the words that match; a text is told once."""
    best = sorted(found.rows.items(), key=lambda pair: (-pair[1], pair[0]))
    told: dict[str, Passage] = {}
    rows = [
        (score, *index.execute("select way, shown from texts where id = ?", (row,)).fetchone())
        for row, score in best[: PASSAGES * 6]
    ]
    for score, way, text in sorted(rows, key=lambda row: _in_another(row[1], language)):
        if text not in told and way != "id" and len(told) < PASSAGES:
            steps = tuple(int(s) if s.isdigit() else s for s in way.split("."))
            told[text] = Passage(steps, text, tuple(_marked(text, wanted)), score)
    return tuple(told.values())


def _in_another(way: str, language: str) -> bool:
    """Whether a text stands in a language that is not the reader's."""
    last = way.rpartition(".")[2]
    return last in LANGUAGES and last != language


def _marked(text: str, wanted: tuple[Wanted, ...]) -> Iterator[tuple[int, int]]:
    words = list(words_of(text))
    for index, word in enumerate(words):
        if any(_matches(each, words, index) for each in wanted):
            yield word.start, word.end


def _matches(wanted: Wanted, words: list[Word], index: int) -> bool:
    """Whether a word of a text is, or is part of, what is looked for."""
    word = words[index].folded
    if wanted.phrase:
        size = len(wanted.words)
        starts = range(max(0, index - size + 1), index + 1)
        return any(tuple(w.folded for w in words[s : s + size]) == wanted.words for s in starts)
    if wanted.prefix:
        return word.startswith(wanted.words[0])
    looked_for = (wanted.words[0], *wanted.guesses)
    return any(word == each or stems_of(word) & stems_of(each) or _holds(word, each) for each in looked_for)


def _holds(word: str, part: str) -> bool:
    """Whether a compound begins or ends with a word."""
    return len(part) >= 5 and (word.startswith(part) or word.endswith(part))
