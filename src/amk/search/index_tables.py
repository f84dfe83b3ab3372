"""An index of what records say: each distinct text once, where it stands, and each word with its stems.

A text that is said again and again is cut, stemmed and kept once. What a text is found by depends
on that text alone, so that the index follows a change record by record, and is then the same as one
made anew: compounds are taken apart where a question is asked (`terms`).
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

TABLES = (
    "create table about (name text primary key, value) without rowid",
    "create table records (id integer primary key, ref text, name text, digest blob)",
    "create table ways (id integer primary key, way text unique, field text)",
    "create table texts (id integer primary key, key blob, plain text, shown text, length int, places int)",
    "create table places (record int, number int, way int, text int, primary key (record, number)) "
    "without rowid",
    "create table words (word text primary key, backwards text, dutch text, english text, texts int) "
    "without rowid",
    "create unique index texts_by_key on texts (key)",
    # The words stand between spaces, folded: what is not ASCII is part of a word here.
    "create virtual table found using fts5(plain, content = 'texts', content_rowid = 'id', "
    "tokenize = 'ascii', detail = none, columnsize = 0)",
)
"""What the index is made of. `places` counts where a text stands, `texts` which texts have a word."""

LOOKED_UP = (
    "create index places_of on places (text, way)",
    "create index words_by_end on words (backwards)",
    "create index words_by_dutch on words (dutch)",
    "create index words_by_english on words (english)",
)
"""By what rows are looked up; made after the rows, which is faster."""


class IndexedRecord(NamedTuple):
    """What is known of a record that has been indexed."""

    id: int
    name: str
    digest: bytes


def records_in(connection: sqlite3.Connection) -> dict[str, IndexedRecord]:
    """The records that are indexed, by reference."""
    rows = connection.execute("select ref, id, name, digest from records")
    return {ref: IndexedRecord(*row) for ref, *row in rows}


def told_about(connection: sqlite3.Connection, name: str) -> object:
    """Something that is noted of the index; None where it is not, or there is no index yet."""
    there = connection.execute("select 1 from sqlite_master where name = 'about'").fetchone()
    row = connection.execute("select value from about where name = ?", (name,)).fetchone() if there else None
    return row[0] if row else None


def note(connection: sqlite3.Connection, name: str, value: object) -> None:
    """Note something of the index."""
    connection.execute("insert or replace into about values (?, ?)", (name, value))
