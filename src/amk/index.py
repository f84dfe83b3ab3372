"""An index of what records say: a row for each text, found by its words, stems and halves.

Kept in SQLite's full text search; what goes in is analysed here, so what comes out is too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from typing import Any

from amk.analysis import ALONE, HALF, parts_of, stems_of, words_of
from amk.fields import hints_of
from amk.knowledge import KnowledgeBase
from amk.language import LANGUAGES
from amk.meanings import choice_called, words_for_fields
from amk.records import AnyRecord, Concept, Of, To
from amk.shapes import Choice, Many, Shape, shape_of
from amk.words import Words
from amk.yamltext import Path

LEFT_OUT = frozenset(
    {"neighbours", "neighbours_outside", "tile", "location", "sha256", "line_count", "waive"}
)
"""Fields in which nobody looks for words: a border would find all the neighbours of a name."""

_TABLES = """
create table texts (id integer primary key, ref text, field text, way text, shown text);
create virtual table found using fts5(plain, stems, tokenize = "unicode61 remove_diacritics 0");
create virtual table terms using fts5vocab(found, 'col');
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a record: where it stands, and the words; labels of codes and names count as words.

    `shown` is what a reader is shown of it, where that is less than what can be found.
    """

    way: Path
    words: str
    shown: str = ""

    @property
    def field(self) -> str:
        """The field of the record that it stands in."""
        return str(self.way[0])


def index_of(base: KnowledgeBase, path: str = ":memory:") -> sqlite3.Connection:
    """The index of every record that is known, in memory or in a file that is not there yet."""
    connection = sqlite3.connect(path)
    connection.executescript(_TABLES)
    # A base says the same again and again: each text is cut into words once, each word stemmed once.
    cut: dict[str, str] = {}
    order: list[str] = []
    connection.executemany("insert into texts values (?, ?, ?, ?, ?)", _rows(base, cut, order))
    words = {word for text in cut.values() for word in text.split(" ")}
    known = frozenset(word for word in words if len(word) >= HALF)
    terms = {word: _terms(word, known) for word in words}
    stems = {text: " ".join(map(terms.__getitem__, text.split(" "))) for text in cut.values()}
    connection.executemany(
        "insert into found(rowid, plain, stems) values (?, ?, ?)",
        ((number, text, stems[text]) for number, text in enumerate(order, 1)),
    )
    connection.commit()
    return connection


def _rows(
    base: KnowledgeBase, cut: dict[str, str], order: list[str]
) -> Iterator[tuple[int, str, str, str, str]]:
    """A row for each text; on the way, the words of each text in order, joined by spaces."""
    for record in base.known.passing():
        for said in texts_of(base, record):
            if said.words not in cut:
                cut[said.words] = " ".join(word.folded for word in words_of(said.words))
            order.append(cut[said.words])
            way = ".".join(map(str, said.way))
            yield len(order), record.ref, said.field, way, said.shown or said.words


def _terms(word: str, known: frozenset[str]) -> str:
    """The stems of a word, and of its halves where it is a compound; nothing where there is no word."""
    if not word:
        return ""
    halves = parts_of(word, known) if len(word) >= 2 * ALONE else ()
    return " ".join(stem for each in (word, *halves) for stem in sorted(stems_of(each)))


def texts_of(base: KnowledgeBase, record: AnyRecord) -> Iterator[Said]:
    """Every text of a record: its own words, the names of what it names, and the labels of its codes."""
    yield Said(("id",), record.id.replace("-", " "))
    yield from _texts(base, record, ())


def _texts(base: KnowledgeBase, part: Any, way: Path) -> Iterator[Said]:
    kind: Any = type(part)
    for name, shape in _shapes(kind).items():
        value = getattr(part, name)
        if value and name not in LEFT_OUT and not (name == "id" and not way):
            yield from _said(base, value, shape, (*way, name))


@cache
def _shapes(part: Any) -> Mapping[str, Shape]:
    return {name: shape_of(hint) for name, hint in hints_of(part).items() if name != "says"}


def _said(base: KnowledgeBase, value: Any, shape: Shape, way: Path) -> Iterator[Said]:
    match shape, value:
        case _, Words():
            yield from _in_languages(value, way)
        case To(), str():
            yield Said(way, base.name(value if not shape.bare else f"{shape.kinds[0]}/{value}"))
        case Of(vocabulary), str():
            concept = base.concepts.get((vocabulary, value))
            yield _label(way, value, concept) if concept else Said(way, value)
        case Choice(), str():
            labels = dict.fromkeys(choice_called(shape, value, words_for_fields(x)) for x in LANGUAGES)
            yield Said(way, " ".join(labels), " / ".join(labels))
        case Many(items), tuple():
            for index, item in enumerate(value):
                yield from _said(base, item, items, (*way, index))
        case _, dict():
            for key, item in value.items():
                yield from _keyed(base, key, item, (*way, key))
        case "text", str():
            yield Said(way, value)
        case _ if is_dataclass(value) and hasattr(value, "__pydantic_config__"):
            yield from _texts(base, value, way)


def _keyed(base: KnowledgeBase, key: str, item: Any, way: Path) -> Iterator[Said]:
    """A piece under a key that is a code: its labels count as words."""
    concept = base.concepts.get((str(way[0]), key))
    if concept:
        yield _label(way, key, concept)
    yield from _texts(base, item, way)


def _label(way: Path, code: str, concept: Concept) -> Said:
    """A code, which is found by itself and by its labels, and shown by its labels."""
    labels = [text for _, text in concept.labels.by_language] or [str(concept.labels)]
    return Said(way, " ".join((code, *labels)), " / ".join(dict.fromkeys(labels)))


def _in_languages(words: Words, way: Path) -> Iterator[Said]:
    if words.plain is not None:
        yield Said(way, words.plain)
    yield from (Said((*way, language), text) for language, text in words.by_language)
