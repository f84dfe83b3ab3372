"""Records on their way into the index: all of them, or those that changed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord
from amk.search.index_tables import LOOKED_UP, TABLES, note
from amk.search.record_texts import IndexableText, texts_of
from amk.search.text_analysis import folded_words, stems_of

REMEMBERED = 100_000
"""Of how many texts the numbers are remembered while writing; those of more are looked up."""


def index_of(base: KnowledgeBase, path: str = ":memory:") -> sqlite3.Connection:
    """The index of every record that is known, in memory or in a file that is not there yet."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("begin")
        make(connection, base, {})
        connection.execute("commit")
    except BaseException:
        connection.close()
        raise
    return connection


def make(connection: sqlite3.Connection, base: KnowledgeBase, digests: Mapping[str, bytes]) -> None:
    """Index every record that is known, in place of whatever there was."""
    for name in ("about", "records", "ways", "places", "words", "found", "texts"):
        connection.execute(f"drop table if exists {name}")
    for statement in TABLES:
        connection.execute(statement)
    for name in ("places", "length"):
        note(connection, name, 0)
    writing = _Writing(connection)
    for record in base.known.stream():
        writing.add(base, record, digests.get(record.ref, b""))
    writing.finish()
    for statement in LOOKED_UP:
        connection.execute(statement)


def bring_up(
    connection: sqlite3.Connection,
    base: KnowledgeBase,
    gone: Iterable[int],
    changed: Iterable[AnyRecord],
    digests: Mapping[str, bytes],
) -> None:
    """Index what changed: nothing of the rows that are gone, and these records as they are now."""
    writing = _Writing(connection)
    for id in gone:
        writing.drop(id)
    for record in changed:
        writing.add(base, record, digests[record.ref])
    writing.finish()


AT_ONCE = 5_000
"""How many places are written at once."""

_RECORD = "insert into records (id, ref, name, digest) values (?, ?, ?, ?)"
_WAY = "insert into ways (id, way, field) values (?, ?, ?)"
_TEXT = "insert into texts (id, key, plain, shown, length, places) values (?, ?, ?, ?, ?, 0)"
_FOUND = "insert into found (rowid, plain) values (?, ?)"
_PLACE = "insert into places (record, number, way, text) values (?, ?, ?, ?)"
_ROWS = (_RECORD, _WAY, _TEXT, _FOUND, _PLACE)


class _Writing:
    """Records on their way into the index, or out of it; what texts and words gain and lose is summed up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run, self._many = connection.execute, connection.executemany
        self._ways: dict[str, int] = {
            field_path: id for id, field_path in self._run("select id, way from ways")
        }
        self._last = {table: self._last_of(table) for table in ("records", "texts", "ways")}
        self._texts: dict[tuple[str, str], tuple[int, int]] = {}
        self._rows: dict[str, list[tuple[object, ...]]] = {statement: [] for statement in _ROWS}
        self._places: Counter[int] = Counter()
        self._length = 0
        self._words: Counter[str] = Counter()

    def add(self, base: KnowledgeBase, record: AnyRecord, digest: bytes) -> None:
        id = self._next("records")
        self._rows[_RECORD].append((id, record.ref, record.name, digest))
        said = texts_of(base, record)
        texts = [self._texts.get(each[1:]) or self._text(each) for each in said]
        field_paths = [self._ways.get(each.field_path) or self._way(each.field_path) for each in said]
        places = self._rows[_PLACE]
        places += [
            (id, number, field_path, text[0])
            for number, (field_path, text) in enumerate(zip(field_paths, texts, strict=True))
        ]
        self._places.update(id for id, _ in texts)
        self._length += sum(length for _, length in texts)
        if len(places) > AT_ONCE:
            self._write()

    def drop(self, id: int) -> None:
        which = "select text, length from places join texts on texts.id = text where record = ?"
        for text, length in self._run(which, (id,)):
            self._places[text] -= 1
            self._length -= length
        self._run("delete from places where record = ?", (id,))
        self._run("delete from records where id = ?", (id,))

    def finish(self) -> None:
        """Sum up: a text that stands nowhere any more is dropped, and so is a word that no text has."""
        self._write()
        self._many(
            "update texts set places = places + ? where id = ?",
            ((gained, text) for text, gained in self._places.items()),
        )
        for text, gained in self._places.items():
            if gained < 0:
                self._forget(text)
        for name, gained in (("places", self._places.total()), ("length", self._length)):
            self._run(f"update about set value = value + ? where name = '{name}'", (gained,))
        self._many(
            "insert into words values (?, ?, ?, ?, ?) "
            "on conflict (word) do update set texts = texts + excluded.texts",
            ((word, word[::-1], *stems_of(word), texts) for word, texts in self._words.items()),
        )
        lost = ((word,) for word, texts in self._words.items() if texts <= 0)
        self._many("delete from words where word = ? and texts = 0", lost)

    def _write(self) -> None:
        """Write the rows that are waiting; many at once take less time."""
        for statement, rows in self._rows.items():
            self._many(statement, rows)
            rows.clear()
        if len(self._texts) > REMEMBERED:
            self._texts.clear()

    def _last_of(self, table: str) -> int:
        [(last,)] = self._run(f"select max(id) from {table}")
        return int(last or 0)

    def _next(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]

    def _way(self, field_path: str) -> int:
        """The number of a way that is new."""
        self._ways[field_path] = self._next("ways")
        self._rows[_WAY].append((self._ways[field_path], field_path, field_path.partition(".")[0]))
        return self._ways[field_path]

    def _text(self, said: IndexableText) -> tuple[int, int]:
        """The number of a text that was not met before, given to it now if it is new, and its length."""
        key = blake2b(f"{said.words}\0{said.shown}".encode(), digest_size=16).digest()
        which = "select id, length from texts where key = ?"
        found: tuple[int, int] | None = self._run(which, (key,)).fetchone()
        if found is None:
            folded = folded_words(said.words)
            found, plain = (self._next("texts"), len(folded)), " ".join(folded)
            self._rows[_TEXT].append((found[0], key, plain, said.shown, found[1]))
            self._rows[_FOUND].append((found[0], plain))
            self._words.update(set(folded))
        self._texts[said.words, said.shown] = found
        return found

    def _forget(self, text: int) -> None:
        """Drop a text that stands nowhere any more."""
        row = self._run("select plain from texts where id = ? and places = 0", (text,)).fetchone()
        if row:
            self._run("insert into found (found, rowid, plain) values ('delete', ?, ?)", (text, *row))
            self._run("delete from texts where id = ?", (text,))
            self._words.subtract(set(row[0].split()))
