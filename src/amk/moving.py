"""A record under another id, and every reference to it: the texts as they are to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amk.errors import Stop
from amk.fields import references_in
from amk.knowledge import KnowledgeBase
from amk.load import read_record
from amk.records import AnyRecord, Manifest, To
from amk.yamlreading import find_positions
from amk.yamltext import Path, Position


def moved(base: KnowledgeBase, texts: Mapping[str, str], record: AnyRecord, new: str) -> dict[str, str]:
    """The texts that change, by path, when a record gets another id; only the references in them change.

    The record itself comes under its new path. Raises Stop for a text in which a reference is
    written in a way that cannot be replaced.
    """
    found: dict[str, str] = {}
    for path, holder in _holders(texts, record):
        ways = list(_ways_to(holder, record))
        if ways:
            found[path] = _replaced(path, texts[path], ways, record, new)
    old_path = base.paths[record.ref]
    text = found.pop(old_path, texts[old_path])
    return {**found, f"{record.folder}/{new}.yaml": text}


def _holders(texts: Mapping[str, str], record: AnyRecord) -> Iterator[tuple[str, AnyRecord | Manifest]]:
    """What may name a record: each file in which its id stands is read as a record."""
    for path, text in texts.items():
        holder = read_record(path, text)[0] if record.id in text else None
        if holder is not None:
            yield path, holder


def _ways_to(holder: AnyRecord | Manifest, record: AnyRecord) -> Iterator[Path]:
    """The places in a record that name another."""
    for way, text, mark in references_in(holder):
        if _names(mark, text, record):
            yield way


def _names(mark: To, text: str, record: AnyRecord) -> bool:
    if record.kind not in mark.kinds:
        return False
    return text == (record.id if mark.bare else record.ref)


def _replaced(path: str, text: str, ways: list[Path], record: AnyRecord, new: str) -> str:
    lines = text.split("\n")
    positions = find_positions(text)
    places = {place for way in ways for place in _places(positions.get(way), lines, record)}
    if len(places) != len(set(ways)):
        raise Stop("stop.unmovable", found=path)
    for line, column in sorted(places, reverse=True):
        kept = lines[line - 1]
        start = column - 1 + _lead(kept[column - 1 :], record)
        lines[line - 1] = kept[:start] + new + kept[start + len(record.id) :]
    return "\n".join(lines)


def _places(at: Position | None, lines: list[str], record: AnyRecord) -> Iterator[tuple[int, int]]:
    """Where the id stands: at the value, or where the key itself is the reference, at the key."""
    for line, column in (at.value, at.key) if at else ():
        if line <= len(lines) and _stands_in(lines[line - 1][column - 1 :], record):
            yield line, column
            return


def _stands_in(rest: str, record: AnyRecord) -> bool:
    lead = _lead(rest, record)
    after = rest[lead + len(record.id) :][:1]
    return rest[lead:].startswith(record.id) and not (after.isalnum() or after in {"-", "/", "_"})


def _lead(rest: str, record: AnyRecord) -> int:
    """How many characters stand before the id: a quote, and the kind with its stroke."""
    quote = 1 if rest[:1] in ("'", '"') else 0
    prefix = f"{record.kind}/"
    return quote + (len(prefix) if rest[quote:].startswith(prefix) else 0)
