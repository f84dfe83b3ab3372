"""Telling what a search found: each record with its passages, where they stand, and what was guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amk.document import Block, Bullets, Paragraph, Run, Strong, Text
from amk.language import Say
from amk.questions.search import Hit, Passage, Search, Wanted

AROUND = 90
"""How many characters of a passage are told before and after the first word that matches."""

Places = Mapping[tuple[str, tuple[str | int, ...]], tuple[str, int]]
"""The file and the line of each passage, by reference and way."""


def tell_search(
    found: Search, shown: Sequence[Hit], places: Places, say: Say, query: str
) -> tuple[Block, ...]:
    """What was found, best first; what was guessed before it."""
    guesses = tuple(_guessed(found.wanted, say))
    if not found.hits:
        return (*guesses, Paragraph(say.fill("search.none", {"query": query})))
    told = [block for hit in shown for block in _hit(hit, places, say)]
    count = say("search.found", count=found.count)
    if len(shown) < found.count:
        count += " " + say("search.more", number=len(shown))
    return (*guesses, *told, Paragraph(count))


def _guessed(wanted: Sequence[Wanted], say: Say) -> Iterator[Block]:
    for each in wanted:
        if each.guesses:
            values = {"word": each.words[0], "guesses": say.listing(each.guesses)}
            yield Paragraph(say.fill("search.guessed", values))


def _hit(hit: Hit, places: Places, say: Say) -> Iterator[Block]:
    kind = say(f"kind.{hit.record.kind}")
    head = say.fill("search.head", {"kind": kind, "ref": hit.record.ref})
    yield Paragraph((Strong(hit.record.name), head))
    items = tuple(_passage(hit, passage, places, say) for passage in hit.passages)
    if items:
        yield Bullets(items)


def _passage(hit: Hit, passage: Passage, places: Places, say: Say) -> Text:
    place = places.get((hit.record.ref, passage.way))
    where = say.fill("search.place", {"path": place[0], "line": str(place[1])}) if place else ""
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
    path, line = places.get((hit.record.ref, passage.way), (None, None))
    return {
        "field": ".".join(map(str, passage.way)),
        "path": path,
        "line": line,
        "text": passage.text,
        "marked": [list(span) for span in passage.marked],
    }
