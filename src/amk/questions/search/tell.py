"""Telling what a search found: each record with its passages, where they stand, and what was guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from amk.document.blocks import Block, Bullets, Paragraph, Run, Strong, Text
from amk.language import Phrases
from amk.model.records import AnyRecord
from amk.questions.search.find import Hit, Passage, Search, SearchOptions

AROUND = 90
"""How many characters of a passage are told before and after the first word that matches."""

Places = Mapping[tuple[str, tuple[str | int, ...]], tuple[str, int]]
"""The file and the line of each passage, by reference and way."""


def tell_search(
    found: Search, places: Places, phrases: Phrases, query: str, named: Callable[[AnyRecord], str]
) -> tuple[Block, ...]:
    """What was found, best first, each by the name that it is given; what was guessed before it."""
    guesses = tuple(_guessed(found.wanted, phrases))
    if not found.hits:
        return (*guesses, Paragraph(phrases.fill("search.none", {"query": query})))
    told = [block for hit in found.hits for block in _hit(hit, places, phrases, named)]
    count = phrases("search.found", count=found.count)
    if len(found.hits) < found.count:
        count += " " + phrases("search.more", number=len(found.hits))
    return (*guesses, *told, Paragraph(count))


def _guessed(wanted: Sequence[SearchOptions], phrases: Phrases) -> Iterator[Block]:
    for each in wanted:
        if each.guesses:
            values = {"word": each.words[0], "guesses": phrases.listing(each.guesses)}
            yield Paragraph(phrases.fill("search.guessed", values))


def _hit(hit: Hit, places: Places, phrases: Phrases, named: Callable[[AnyRecord], str]) -> Iterator[Block]:
    kind = phrases(f"kind.{hit.record.kind}")
    head = phrases.fill("search.head", {"kind": kind, "ref": hit.record.ref})
    yield Paragraph((Strong(named(hit.record)), head))
    items = tuple(_passage(hit, passage, places, phrases) for passage in hit.passages)
    if items:
        yield Bullets(items)


def _passage(hit: Hit, passage: Passage, places: Places, phrases: Phrases) -> Text:
    place = places.get((hit.record.ref, passage.field_path))
    where = phrases.fill("search.place", {"path": place[0], "line": str(place[1])}) if place else ""
    return (*_runs(passage), where)


def _runs(passage: Passage) -> Iterator[Run]:
    """The text around what matches, with what matches standing out."""
    first = passage.marked[0][0] if passage.marked else 0
    start, end = max(0, first - AROUND), min(len(passage.text), first + 2 * AROUND)
    start = passage.text.find(" ", start) + 1 if start else 0
    end = passage.text.rfind(" ", start, end) if end < len(passage.text) else end
    end = end if end > first else len(passage.text)
    yield "… " if start else ""
    at = start
    for left, right in passage.marked:
        if left >= start and right <= end:
            yield passage.text[at:left]
            yield Strong(passage.text[left:right])
            at = right
    yield passage.text[at:end] + (" …" if end < len(passage.text) else "")


KEYS = ("ref", "kind", "id", "name", "score", "passages")
"""The keys of a record that was found, in order."""


def rows_of(hits: Sequence[Hit], places: Places) -> list[dict[str, Any]]:
    """What was found as data, under the keys of `search -f json`."""
    return [
        {
            "ref": hit.record.ref,
            "kind": hit.record.kind,
            "id": hit.record.id,
            "name": hit.record.name,
            "score": round(hit.score, 3),
            "passages": [_row(hit, passage, places) for passage in hit.passages],
        }
        for hit in hits
    ]


def _row(hit: Hit, passage: Passage, places: Places) -> dict[str, Any]:
    path, line = places.get((hit.record.ref, passage.field_path), (None, None))
    return {
        "field": ".".join(map(str, passage.field_path)),
        "path": path,
        "line": line,
        "text": passage.text,
        "marked": [list(span) for span in passage.marked],
    }
