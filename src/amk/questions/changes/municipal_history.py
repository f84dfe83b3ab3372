"""The history of a municipality: what happened to its own record, and to all that names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from amk.model.collection import named_in
from amk.model.differences import Difference, name_of
from amk.model.filters import CONCERNS
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Municipality, Region
from amk.questions.changes.history import Episode, ReadVersion, episode_of, read_version
from amk.questions.changes.renames import find_renamed
from amk.storage.commits import FileChange


def find_municipal_history(
    base: KnowledgeBase, ids: frozenset[str], commits: Iterable[Iterable[FileChange]]
) -> tuple[Episode, ...]:
    """What each commit changed in what concerns a municipality; `ids` are those that it has had."""
    return tuple(episode for changes in commits for episode in _in_one(base, ids, changes))


def _in_one(base: KnowledgeBase, ids: frozenset[str], changes: Iterable[FileChange]) -> list[Episode]:
    """What one commit changed: the municipality first, then who makes policy, works together and the rest."""
    pairs = _paired([(read_version(after), read_version(before)) for before, after in changes])
    found = (told for now, then in pairs for told in _about(episode_of(base, now, then), ids))
    return sorted(found, key=lambda episode: (_place(episode, ids), episode.path))


def _place(episode: Episode, ids: frozenset[str]) -> int:
    record = episode.after or episode.before
    if isinstance(record, Municipality) and record.id in ids:
        return -1
    return next((n for n, kind in enumerate(CONCERNS) if isinstance(record, kind)), len(CONCERNS))


_Pair = tuple[ReadVersion, ReadVersion]


def _paired(pairs: list[_Pair]) -> Iterator[_Pair]:
    """What a file is now and what it was; of a record that got another id, under the one that it had."""
    gone = {was.record.ref: was for now, was in pairs if was.record and now.text is None}
    come = {now.record.ref: now for now, was in pairs if now.record and was.text is None}
    renamed = find_renamed(_records(gone), _records(come)) if gone and come else {}
    before = {now: gone[was] for was, now in renamed.items()}
    for now, was in pairs:
        if was.record and was.record.ref in renamed and now.text is None:
            continue
        yield now, before.get(now.record.ref, was) if now.record else was


def _records(read: Mapping[str, ReadVersion]) -> dict[str, AnyRecord]:
    return {ref: version.record for ref, version in read.items() if version.record}


def _about(episode: Episode, ids: frozenset[str]) -> Iterator[Episode]:
    """An episode as far as it is about a municipality, if it is."""
    records = [record for record in (episode.before, episode.after) if record]
    if any(_concerns(record, ids) for record in records):
        if not episode.is_silent:
            yield episode
        return
    found = tuple(d for d in episode.differences if _mentions(d, ids))
    named = any(isinstance(record, Region) and ids & _members(record) for record in records)
    unread = episode.unread & {"members"} if named else frozenset()
    if found or unread or (named and episode.kind in ("added", "removed", "cut")):
        yield replace(episode, differences=found, unread=unread)


def _concerns(record: AnyRecord, ids: frozenset[str]) -> bool:
    """Whether a record is the municipality, or names it in a field for those that it concerns."""
    if isinstance(record, Municipality):
        return record.id in ids
    refs = {f"municipality/{id}" for id in ids}
    return any(not refs.isdisjoint(named_in(record, field)) for field in CONCERNS.get(type(record), ()))


def _members(region: Region) -> frozenset[str]:
    return frozenset(member.municipality for member in region.members)


def _mentions(difference: Difference, ids: frozenset[str]) -> bool:
    """Whether a place where two records differ is, or says, a municipality."""
    steps = {name_of(step) for step in difference.field_path}
    return not ids.isdisjoint({*steps, *(str(value) for value in (difference.before, difference.after))})
