"""Telling what changed: mergers and statuses as sentences, records field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amk.comparing import ORDER, Difference
from amk.document import Block, Bullets, Heading, Paragraph
from amk.language import Say
from amk.problems import told_path
from amk.questions.changed_values import Voice
from amk.questions.changes import Change, Changes, Kind, Merger, StatusChange
from amk.questions.telling import who_told
from amk.records import Policy

SUBJECT = 72
"""How long the subject of a commit or a pull request may be."""

_KINDS: tuple[Kind, ...] = ("added", "removed", "renamed", "changed")


def tell_changes(changes: Changes, say: Say, between_days: bool) -> tuple[Block, ...]:
    """Everything that changed; between days it began and ended, between revisions it was recorded."""
    if not changes:
        return (Paragraph(say("changes.none")),)
    return tuple(_blocks(changes, say, between_days))


def _blocks(changes: Changes, say: Say, between_days: bool) -> Iterator[Block]:
    if changes.mergers:
        yield Heading(say("changes.mergers"))
        yield Bullets(tuple(merger_told(merger, say) for merger in changes.mergers))
    if changes.statuses:
        yield Heading(say("changes.statuses"))
        yield Bullets(status_sentences(changes.statuses, say))
    for kind in _KINDS:
        found = [change for change in changes.records if change.kind == kind]
        if found:
            manner = "days" if between_days else "revisions"
            yield Heading(say(f"changes.{kind}.{manner}"))
            yield from _of_kind(found, changes, say)


def _of_kind(found: Sequence[Change], changes: Changes, say: Say) -> Iterator[Block]:
    if found[0].kind in ("added", "removed"):
        yield Bullets(tuple(_headline(change, changes, say) for change in found))
        return
    for change in found:
        yield Heading(_headline(change, changes, say), level=3)
        lines = tuple(field_sentences(change, changes, say))
        if lines:
            yield Bullets(lines)


def merger_told(merger: Merger, say: Say) -> str:
    """A merger as one event."""
    told = {
        "names": say.listing(m.name for m in merger.predecessors),
        "successor": merger.successor.name,
        "day": say.milestone(merger.event.date),
        "basis": f" ({merger.event.legal_basis})" if merger.event.legal_basis else "",
    }
    return say.fill("changes.merger", told)


def status_sentences(statuses: Sequence[StatusChange], say: Say) -> tuple[str, ...]:
    """Each municipality that is further, or less far: Rotterdam: onbekend → vastgesteld."""
    return tuple(
        say(
            "changes.status",
            name=change.municipality.name,
            before=say.status(change.before),
            after=say.status(change.after),
        )
        for change in statuses
    )


def _headline(change: Change, changes: Changes, say: Say) -> str:
    record = change.record
    told = _named(change, say)
    if isinstance(record, Policy):
        base = changes.after if change.after else changes.before
        who = who_told(base, record, say)
        told = say("changes.whose", name=record.name, kind=say(f"kind.{record.kind}"), who=who)
    return say("changes.was", record=told, was=change.was, now=record.ref) if change.was else told


def field_sentences(change: Change, changes: Changes, say: Say) -> Iterator[str]:
    """What changed in one record, a line for each field or item."""
    voice = Voice(changes.before, changes.after, say)
    for difference in change.differences:
        yield from (difference_told(d, voice) for d in _by_item(difference) if _matters(d))


def _by_item(difference: Difference) -> Iterator[Difference]:
    """A list that came or went as a whole, item by item; anything else as it is."""
    whole = difference.before if difference.after is None else difference.after
    one_side = difference.before is None or difference.after is None
    listed = isinstance(whole, Mapping) and all(v is True or isinstance(v, Mapping) for v in whole.values())
    if not (one_side and listed and len(difference.way) == 1):
        yield difference
        return
    for key, value in whole.items():
        came = difference.before is None
        yield Difference((*difference.way, key), None if came else value, value if came else None)


def _matters(difference: Difference) -> bool:
    return difference.way[-1] != ORDER or _reordered(difference)


def difference_told(difference: Difference, voice: Voice) -> str:
    """One difference as a line: a label, and what stood there and stands there now."""
    say, (field, *inside) = voice.say, difference.way
    label = voice.label(field)
    if inside and inside[-1] == ORDER:
        return say("changes.order", label=label)
    if inside:
        item = voice.item(field, inside[0], difference)
        label = say("changes.inside", label=label, item=item, fields=_fields(inside[1:], voice))
        if len(inside) == 1:
            return say("changes.item-gone" if difference.after is None else "changes.item-new",
                       label=voice.label(field), item=item)  # fmt: skip
    before = voice.value(difference.way, difference.before, then=True)
    after = voice.value(difference.way, difference.after)
    return say("changes.field", label=label, before=before, after=after)


def _fields(way: Sequence[str], voice: Voice) -> str:
    return " ".join(voice.label(step) for step in way)


def _reordered(difference: Difference) -> bool:
    """Whether what was there before now stands in another order."""
    before, after = difference.before or (), difference.after or ()
    stayed = [key for key in before if key in after]
    return stayed != [key for key in after if key in before]


def summary_of(changes: Changes, say: Say) -> str:
    """What changed in one line that fits as the subject of a commit: the first, and how many more."""
    lines = [*(merger_told(m, say) for m in changes.mergers), *status_sentences(changes.statuses, say)]
    lines += [say(f"changes.short.{c.kind}", record=_named(c, say)) for c in changes.records]
    if not lines:
        return say("changes.none")
    more = say("changes.more", number=len(lines) - 1) if len(lines) > 1 else ""
    return _cut(lines[0].rstrip("."), SUBJECT - len(more)) + more


def _named(change: Change, say: Say) -> str:
    return say("changes.record", kind=say(f"kind.{change.record.kind}"), name=change.record.name)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


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
    return [*mergers, *statuses, *map(_data_change, changes.records)]


def _data_change(change: Change) -> dict[str, Any]:
    fields = [
        {"field": told_path(d.way), "before": d.before, "after": d.after}
        for d in change.differences
        if _matters(d)
    ]
    named = {"change": change.kind, "ref": change.record.ref, "name": change.record.name}
    return {**named, "was": change.was, "fields": fields}
