"""A record under another id, and every reference to it: the texts as they are to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amk.authoring.change import FieldChange, changed
from amk.model.fields import references_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Manifest, To
from amk.storage.loading import checked_record, read_record
from amk.storage.yaml.parser import find_positions
from amk.values.errors import UserError
from amk.values.parsed import FieldPath, Position


def moved(base: KnowledgeBase, texts: Mapping[str, str], record: AnyRecord, new: str) -> dict[str, str]:
    """The texts that change, by path, when a record gets another id; only the references in them change.

    The record itself comes under its new path. Raises UserError for a text in which a reference is
    written in a way that cannot be replaced.
    """
    texts_after: dict[str, str] = {}
    for path, holder in holders_of(texts, record):
        field_paths = list(citations_in(holder, record))
        if field_paths:
            texts_after[path] = recited(path, texts[path], field_paths, record, new)
    old_path = base.paths[record.ref]
    text = texts_after.pop(old_path, texts[old_path])
    return {**texts_after, f"{record.folder}/{new}.yaml": _remembering(text, record, new)}


def _remembering(text: str, record: AnyRecord, new: str) -> str:
    """The text of a record with the id that it had; one that it gets back is former no longer."""
    back = [FieldChange(("former_ids",), "-=", new)] if new in record.former_ids else []
    return changed(text, type(record), [*back, FieldChange(("former_ids",), "+=", record.id)])


def holders_of(texts: Mapping[str, str], record: AnyRecord) -> Iterator[tuple[str, AnyRecord | Manifest]]:
    """What may name a record: each file in which its id stands is read as a record."""
    for path, text in texts.items():
        holder, problems = read_record(path, text) if record.id in text else (None, ())
        if problems and not isinstance(holder, Manifest):
            holder = checked_record(path, text)  # each item in its place, also where others are wrong
        if holder is not None:
            yield path, holder


def citations_in(holder: AnyRecord | Manifest, record: AnyRecord) -> Iterator[FieldPath]:
    """The places in a record that name another."""
    for field_path, text, mark in references_in(holder):
        if _names(mark, text, record):
            yield field_path


def _names(mark: To, text: str, record: AnyRecord) -> bool:
    if record.kind not in mark.kinds:
        return False
    return text == (record.id if mark.bare else record.ref)


def recited(path: str, text: str, field_paths: list[FieldPath], record: AnyRecord, new: str) -> str:
    """A text that names another id at these places. Raises UserError where that cannot be replaced."""
    lines = text.split("\n")
    positions = find_positions(text)
    places = {
        place for field_path in field_paths for place in _places(positions.get(field_path), lines, record)
    }
    if len(places) != len(set(field_paths)):
        raise UserError("stop.unmovable", found=path)
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
