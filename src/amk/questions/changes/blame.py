"""Blame: for each field and each piece of a record the commit that made it what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from amk.document.blocks import Block, Table
from amk.language import LANGUAGES, Phrases
from amk.model.differences import ORDER, FieldPath, Item, Meaning, meaning, name_of
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord
from amk.questions.changes.history import ReadVersion, read_version
from amk.questions.changes.tell import cut
from amk.questions.changes.values import SHORT, Voice
from amk.storage.revisions import Version
from amk.storage.yaml.canonical import order_of

LONGEST = 80
"""How many characters of a value are told."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a record, what stands there, and the version that put it there.

    `path` is where it stands in the file, such as `milestones[0]`. `or_before` where the version before
    could not be read, or is not in this copy: it may have had it too.
    """

    path: str
    field_path: FieldPath
    value: Any
    version: Version
    or_before: bool = False


@dataclass(frozen=True, slots=True)
class Blame:
    """A record, where each place in it comes from, and the fields that cannot be read in full."""

    record: AnyRecord
    origins: tuple[Origin, ...]
    unread: tuple[str, ...] = ()


def find_blame(versions: Sequence[Version]) -> Blame | None:
    """Where the record in the newest version, which comes first, comes from; None where it cannot be read."""
    read = [read_version(version) for version in versions]
    record = read[0].record
    if record is None:
        return None
    known = [(version, _meant(version)) for version in read]
    origins = tuple(_origin(*place, known) for place in _places(type(record), known[0][1]))
    return Blame(record, origins, tuple(sorted(read[0].unread)))


_Known = Sequence[tuple[ReadVersion, Meaning]]
"""Versions with what is known of what they mean, the newest first."""


def _meant(read: ReadVersion) -> Meaning:
    """What a version means, as far as it could be read: what stands for the rest it does not say."""
    meant = meaning(read.record) if read.record else {}
    return {field: value for field, value in meant.items() if field not in read.unread}


def _places(kind: type[AnyRecord], meant: Meaning) -> Iterator[tuple[str, FieldPath, Any]]:
    """Each field of a record, or each item or entry of it, in the order of its file."""
    for field in filter(meant.__contains__, order_of(kind)):
        value = meant[field]
        inside = value if isinstance(value, Mapping) else {}
        keys = [key for key in inside if key != ORDER]
        if any(isinstance(key, Item) for key in keys):
            yield from ((f"{field}[{n}]", (field, key), inside[key]) for n, key in enumerate(keys))
        elif _has_entries(inside):
            yield from ((f"{field}.{key}", (field, key), inside[key]) for key in keys)
        else:
            yield field, (field,), value


def _has_entries(value: Mapping[str, Any]) -> bool:
    """Whether each key has a life of its own: a text per language, a border per neighbour."""
    each = value.keys() <= {*LANGUAGES} or all(isinstance(inside, Mapping) for inside in value.values())
    return bool(value) and each


def _origin(path: str, place: FieldPath, value: Any, known: _Known) -> Origin:
    """The oldest version since which a place has said the same without a break."""
    same = list(takewhile(lambda each: _says(each[1], place, value), known))
    version, before = same[-1][0].version, [read for read, _ in known[len(same) :]]
    assert version is not None
    return Origin(path, place, value, version, version.cut or any(_hides(read, place) for read in before[:1]))


def _hides(read: ReadVersion, place: FieldPath) -> bool:
    """Whether a version may say something at a place that nobody can read."""
    return read.text is not None and (read.record is None or place[0] in read.unread)


def _says(meant: Meaning, place: FieldPath, value: Any) -> bool:
    """Whether an earlier meaning says the same at a place: for an item, whichever of its namesakes it was."""
    field, *inside = place
    found = meant.get(field)
    if not inside:
        return bool(found == value)
    entries = found.items() if isinstance(found, Mapping) else ()
    return any(name_of(key) == name_of(inside[0]) and each == value for key, each in entries)


def tell_blame(base: KnowledgeBase, blame: Blame, phrases: Phrases, authors: bool) -> tuple[Block, ...]:
    """Each place with what it says, since when, and in which commit; on request by whom."""
    voice = Voice(base, base, phrases, type(blame.record))
    columns = ("field", "value", "since", "commit", *(("author",) if authors else ()))
    rows = [_row(origin, voice, authors) for origin in blame.origins]
    nothing = ("",) * (len(columns) - 2)
    rows += [(voice.place((field,)), phrases("blame.unread"), *nothing) for field in blame.unread]
    return (
        Table(tuple(phrases(f"blame.{column}") for column in columns), tuple(rows), phrases("blame.caption")),
    )


def _row(origin: Origin, voice: Voice, authors: bool) -> tuple[str, ...]:
    phrases, made, last = voice.phrases, origin.version, origin.field_path[-1]
    listed = isinstance(last, Item)
    field = voice.place(origin.field_path[:-1] if listed else origin.field_path)
    value = voice.item(origin.field_path) if listed else voice.value(origin.field_path, origin.value)
    day = phrases.day(made.commit.day)
    if not made.commit.id:
        since = phrases("history.working")
    else:
        since = phrases("blame.or-before", day=day) if origin.or_before else day
    told = f"{made.commit.short} {cut(made.subject, SHORT)}".strip()
    return (field, cut(value, LONGEST), since, told, *((made.author,) if authors else ()))


def data_blame(blame: Blame) -> list[dict[str, Any]]:
    """The places under the keys of `blame -f json`, with those that cannot be read in full: never who."""
    told: list[dict[str, Any]] = [
        {
            "field": origin.path,
            "value": origin.value if origin.value is not True else name_of(origin.field_path[-1]),
            "commit": origin.version.commit.id or None,
            "date": origin.version.commit.day.isoformat() if origin.version.commit.id else None,
            "subject": origin.version.subject or None,
            "or_before": origin.or_before,
            "readable": True,
        }
        for origin in blame.origins
    ]
    nothing = dict.fromkeys(("value", "commit", "date", "subject", "or_before"))
    return [*told, *({"field": field, **nothing, "readable": False} for field in blame.unread)]
