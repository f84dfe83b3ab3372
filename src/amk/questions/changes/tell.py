"""Telling what changed: mergers and statuses as sentences, records field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Paragraph
from amk.language import Phrases
from amk.model.differences import ORDER, Difference, Item, differences, meaning
from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import format_path
from amk.model.records import AnyRecord, Manifest, Policy
from amk.questions.changes.find import Change, ChangeKind, Changes, Merger, StatusChange
from amk.questions.changes.values import Voice
from amk.questions.wording import basis_told, who_told
from amk.values.line_ranges import LineRanges

SUBJECT = 72
"""How long the subject of a commit or a pull request may be."""

_ASKED = (
    *("policy", "collaboration", "municipality", "commitment", "figure"),
    *("region", "organisation", "vocabulary", "source"),
)

_KINDS: tuple[ChangeKind, ...] = (
    "added", "added-maybe", "removed", "removed-maybe", "renamed", "changed",
)  # fmt: skip


def tell_changes(changes: Changes, phrases: Phrases, between_days: bool) -> tuple[Block, ...]:
    """Everything that changed; between days it began and ended, between revisions it was recorded."""
    if not changes:
        return (Paragraph(phrases("changes.none")),)
    return tuple(_blocks(changes, phrases, between_days))


def _blocks(changes: Changes, phrases: Phrases, between_days: bool) -> Iterator[Block]:
    if changes.mergers:
        yield Heading(phrases("changes.mergers"))
        yield Bullets(tuple(merger_told(merger, phrases) for merger in changes.mergers))
    if changes.statuses:
        yield Heading(phrases("changes.statuses"))
        yield Bullets(status_sentences(changes.statuses, phrases))
    if changes.manifest:
        yield Heading(phrases("changes.manifest"))
        yield Bullets(tuple(_of_manifest(changes, phrases)))
    for kind in _KINDS:
        found = [change for change in changes.records if change.kind == kind]
        if found:
            manner = "days" if between_days else "revisions"
            yield Heading(phrases(f"changes.{kind}.{manner}"))
            yield from _of_kind(found, changes, phrases)


def _of_kind(found: Sequence[Change], changes: Changes, phrases: Phrases) -> Iterator[Block]:
    if found[0].kind not in ("renamed", "changed"):
        yield Bullets(tuple(_headline(c, changes, phrases) + _rests(c, changes, phrases) for c in found))
        return
    for change in found:
        yield Heading(_headline(change, changes, phrases), level=3)
        lines = tuple(field_sentences(change, changes, phrases))
        if lines:
            yield Bullets(lines)


def merger_told(merger: Merger, phrases: Phrases) -> str:
    """A merger as one event."""
    told = {
        "names": phrases.listing(m.name for m in merger.predecessors),
        "successor": merger.successor.name,
        "day": phrases.milestone(merger.event.date),
        "basis": f" ({basis_told(merger.event.legal_basis)})" if merger.event.legal_basis else "",
    }
    return phrases.fill("changes.merger", told)


def status_sentences(statuses: Sequence[StatusChange], phrases: Phrases) -> tuple[str, ...]:
    """Each municipality that is further, or less far: Rotterdam: onbekend → vastgesteld."""
    return tuple(
        phrases(
            "changes.status",
            name=change.municipality.name,
            before=phrases.status(change.before),
            after=phrases.status(change.after),
        )
        for change in statuses
    )


def _headline(change: Change, changes: Changes, phrases: Phrases) -> str:
    record = change.record
    told = _named(change, phrases)
    if isinstance(record, Policy):
        base = changes.after if change.after else changes.before
        who = who_told(base, record, phrases)
        told = phrases("changes.whose", name=record.name, kind=phrases(f"kind.{record.kind}"), who=who)
    return phrases("changes.was", record=told, was=change.was, now=record.ref) if change.was else told


def _of_manifest(changes: Changes, phrases: Phrases) -> Iterator[str]:
    """What changed in what the knowledge base says of itself."""
    voice = Voice(changes.before, changes.after, phrases, Manifest)
    return (difference_told(d, voice) for whole in changes.manifest for d in _by_item(whole) if _matters(d))


def _rests(change: Change, changes: Changes, phrases: Phrases) -> str:
    """The sources that a new record cites, each once."""
    lines: dict[str, list[tuple[int, int]]] = {}
    for _, item in evidence_in(change.record) if change.before is None else ():
        lines.setdefault(item.source, []).extend(item.lines.ranges if item.lines else ())
    told = [_source(changes.after, id, cited, phrases) for id, cited in lines.items()]
    return phrases("changes.rests", sources="; ".join(told)) if told else ""


def _source(base: KnowledgeBase, id: str, lines: Sequence[tuple[int, int]], phrases: Phrases) -> str:
    source = base.source(id)
    name = (source.short or source.title) if source else id
    if not lines:
        return name
    return f"{name}, {phrases('evidence.lines', lines=str(LineRanges(tuple(lines)).merged()))}"


def change_sentences(change: Change, changes: Changes, phrases: Phrases) -> Iterator[str]:
    """What happened to one record, what a new one rests on, and a line for each field that is another."""
    headline = _headline(change, changes, phrases)
    if change.kind != "changed":
        happened = phrases(f"changes.short.{change.kind}", record=headline)
        yield happened + _rests(change, changes, phrases)
    if change.before is None and change.after:
        change = replace(change, differences=tuple(_statements(change.after)))
    yield from (f"{headline}: {line}" for line in field_sentences(change, changes, phrases))


def _statements(record: AnyRecord) -> Iterator[Difference]:
    """The pieces of a new record that say something of their own, such as a milestone or a note."""
    for whole in differences({}, meaning(record)):
        for piece in _by_item(whole) if whole.field_path[0] != "evidence" else ():
            last = piece.field_path[-1]
            if isinstance(last, Item) and isinstance(last.meaning, Mapping):
                yield piece


def manifest_sentences(changes: Changes, phrases: Phrases) -> Iterator[str]:
    """What changed in what the knowledge base says of itself."""
    return _of_manifest(changes, phrases)


def field_sentences(change: Change, changes: Changes, phrases: Phrases) -> Iterator[str]:
    """What changed in one record, a line for each field or item."""
    voice = Voice(changes.before, changes.after, phrases, type(change.record))
    for difference in change.differences:
        yield from (difference_told(d, voice) for d in _by_item(difference) if _matters(d))


def _by_item(difference: Difference) -> Iterator[Difference]:
    """A list that came or went as a whole, item by item; anything else as it is."""
    whole = difference.before if difference.after is None else difference.after
    one_side = difference.before is None or difference.after is None
    listed = isinstance(whole, Mapping) and any(isinstance(key, Item) for key in whole)
    if not (one_side and listed):
        yield difference
        return
    for key, value in whole.items():
        if key == ORDER:
            continue
        came = difference.before is None
        yield Difference((*difference.field_path, key), None if came else value, value if came else None)


def _matters(difference: Difference) -> bool:
    return difference.field_path[-1] != ORDER or _reordered(difference)


def difference_told(difference: Difference, voice: Voice) -> str:
    """One difference as a line: where it is, and what stood there and stands there now."""
    phrases, field_path, last = voice.phrases, difference.field_path, difference.field_path[-1]
    if last == ORDER:
        return phrases("changes.order", label=voice.place(field_path[:-1]))
    if isinstance(last, Item):
        gone = difference.after is None
        item = voice.item(field_path, gone)
        label = voice.place(field_path[:-1])
        if gone:
            return phrases("changes.item-gone", label=label, item=item)
        return phrases("changes.item-new", label=label, item=item + voice.rests(field_path))
    before = voice.value(field_path, difference.before, then=True)
    after = voice.value(field_path, difference.after)
    if before == after and not isinstance(difference.before or difference.after, Mapping):
        before, after = str(difference.before), str(difference.after)  # /2022 and ../2022 are told alike
    if field_path[-2:-1] == ("text",):
        told = {"label": voice.label(field_path[0]), "language": last}
        return phrases.fill("changes.rewritten", {**told, "before": before, "after": after})
    return phrases("changes.field", label=voice.place(field_path), before=before, after=after)


def _reordered(difference: Difference) -> bool:
    """Whether what was there before now stands in another order."""
    before, after = difference.before or (), difference.after or ()
    stayed = [key for key in before if key in after]
    return stayed != [key for key in after if key in before]


def summary_of(changes: Changes, phrases: Phrases) -> str:
    """What changed in one line that fits as the subject of a commit: the first, and how many more."""
    lines = [
        *(merger_told(m, phrases) for m in changes.mergers),
        *status_sentences(changes.statuses, phrases),
    ]
    lines += [phrases("changes.short.manifest")] if changes.manifest else []
    lines += [_in_short(change, phrases) for change in sorted(changes.records, key=_weight)]
    if not lines:
        return phrases("changes.none")
    more = phrases("changes.more", number=len(lines) - 1) if len(lines) > 1 else ""
    return cut(lines[0].rstrip("."), SUBJECT - len(more)) + more


def _in_short(change: Change, phrases: Phrases) -> str:
    """A change with the kind of its record, or without where that makes it too long."""
    told = phrases(f"changes.short.{change.kind}", record=_named(change, phrases))
    return (
        told if len(told) <= SUBJECT else phrases(f"changes.short.{change.kind}", record=change.record.name)
    )


def _weight(change: Change) -> tuple[int, int]:
    """What a reader asks for first: policy and collaboration, and what came or went."""
    kind = change.record.kind
    return _ASKED.index(kind) if kind in _ASKED else len(_ASKED), _KINDS.index(change.kind)


def _named(change: Change, phrases: Phrases) -> str:
    return phrases("changes.record", kind=phrases(f"kind.{change.record.kind}"), name=change.record.name)


def cut(text: str, length: int) -> str:
    """The first whole words that fit."""
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0].rstrip(' (,;:')} …"


def data_changes(changes: Changes) -> list[dict[str, Any]]:
    """The changes as data, under the keys of `diff -f json`."""
    mergers: list[dict[str, Any]] = [
        {
            "change": "merged",
            "ref": merger.successor.ref,
            "name": merger.successor.name,
            "predecessors": [m.ref for m in merger.predecessors],
            "date": str(merger.event.date),
        }
        for merger in changes.mergers
    ]
    statuses = [
        {
            "change": "status",
            "ref": s.municipality.ref,
            "name": s.municipality.name,
            "before": s.before,
            "after": s.after,
        }
        for s in changes.statuses
    ]
    return [*mergers, *statuses, *_data_manifest(changes), *map(_data_change, changes.records)]


def _data_manifest(changes: Changes) -> Iterator[dict[str, Any]]:
    if changes.manifest:
        title = str(changes.after.manifest.title)
        yield {"change": "manifest", "ref": None, "name": title, "fields": _data_fields(changes.manifest)}


def _data_change(change: Change) -> dict[str, Any]:
    named = {"change": change.kind, "ref": change.record.ref, "name": change.record.name}
    return {**named, "was": change.was, "fields": _data_fields(change.differences)}


def _data_fields(found: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {"field": format_path(d.field_path), "before": d.before, "after": d.after}
        for d in found
        if _matters(d)
    ]
