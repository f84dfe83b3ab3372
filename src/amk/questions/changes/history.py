"""History: the life of one record, commit by commit, and what each changed in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amk.document.blocks import Block, Bullets, Heading, Paragraph
from amk.language import Phrases
from amk.model.differences import Difference, differences, meaning
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import policy_status_on
from amk.model.records import AnyRecord, Manifest, Policy
from amk.questions.changes.find import Change, ChangeKind, Changes
from amk.questions.changes.tell import field_sentences
from amk.storage.loaded import incomplete_of
from amk.storage.loading import read_record
from amk.storage.revisions import Commit, Version

STATUS = "status"


@dataclass(frozen=True, slots=True)
class Episode:
    """What a commit did to a record: recorded it, changed it, renamed it, or removed it.

    `kind` is `cut` where the history was cut off there: the record may have been recorded before.
    `kind` is None where the file could not be read then, before it or after it.
    """

    commit: Commit
    author: str
    subject: str
    kind: ChangeKind | Literal["cut"] | None
    before: AnyRecord | None
    after: AnyRecord | None
    differences: tuple[Difference, ...] = ()


def find_history(
    base: KnowledgeBase, versions: Sequence[Version], field: str | None = None
) -> tuple[Episode, ...]:
    """What each commit changed in a record, the newest first; of one field only, if one is named."""
    read = [(version, *_read(version)) for version in versions]
    older = [*read[1:], (None, None, frozenset[str]())]
    episodes = (_episode(base, now, then) for now, then in zip(read, older, strict=True))
    return tuple(e for episode in episodes for e in _narrowed(episode, field))


_Read = tuple[Version | None, AnyRecord | None, frozenset[str]]
"""A version, the record that it gave, and the fields of it that could not be read."""


def _read(version: Version) -> tuple[AnyRecord | None, frozenset[str]]:
    record, problems = read_record(version.path, version.text or "")
    if record is None or isinstance(record, Manifest):
        return None, frozenset()
    left_out = incomplete_of(problems, (record.ref,)).get(record.ref, ())
    return record, frozenset(str(path[0]) for path in left_out if path)


def _episode(base: KnowledgeBase, now: _Read, then: _Read) -> Episode:
    (version, after, lost), (earlier, before, lost_before) = now, then
    assert version is not None
    made = version.commit, version.author, version.subject
    unreadable = (version.text is not None and after is None) or (earlier and earlier.text and not before)
    if unreadable:
        return Episode(*made, None, before, after)
    if after is not None and version.cut:
        return Episode(*made, "cut", None, after)
    if before is None or after is None:
        return Episode(*made, "added" if after else "removed", before, after)
    unread = lost | lost_before
    status = () if "milestones" in unread else _status_change(base, before, after, version.commit.day)
    # Of a field that could not be read nobody knows whether it changed.
    found = (*status, *(d for d in _between(before, after) if d.field_path[0] not in unread))
    return Episode(*made, "renamed" if before.ref != after.ref else "changed", before, after, found)


def _between(before: AnyRecord, after: AnyRecord) -> Iterator[Difference]:
    return differences(meaning(before), meaning(after))


def _status_change(
    base: KnowledgeBase, before: AnyRecord, after: AnyRecord, day: date
) -> Iterator[Difference]:
    """The status that followed from a policy's milestones on the day of the commit."""
    if isinstance(before, Policy) and isinstance(after, Policy):
        old, new = (policy_status_on(base, policy, day).status for policy in (before, after))
        if old != new:
            yield Difference((STATUS,), old, new)


def _narrowed(episode: Episode, field: str | None) -> Iterator[Episode]:
    """An episode that changed something in meaning; with a field, only what concerns that field."""
    if episode.kind == "changed" and not episode.differences:
        return
    if field is None or episode.kind in ("added", "removed", "cut", None):
        yield episode
        return
    found = tuple(d for d in episode.differences if d.field_path[0] == field)
    if found:
        yield Episode(episode.commit, episode.author, episode.subject, "changed",
                      episode.before, episode.after, found)  # fmt: skip


def tell_history(
    base: KnowledgeBase, episodes: Sequence[Episode], phrases: Phrases, authors: bool
) -> tuple[Block, ...]:
    """The life of a record, a heading for each commit."""
    if not episodes:
        return (Paragraph(phrases("history.none")),)
    return tuple(block for episode in episodes for block in _told(base, episode, phrases, authors))


def _told(base: KnowledgeBase, episode: Episode, phrases: Phrases, authors: bool) -> Iterator[Block]:
    day, who = phrases.day(episode.commit.day), f" ({episode.author})" if authors else ""
    yield Heading(f"{day}, {episode.commit.short}: {episode.subject}{who}", level=3)
    yield Bullets(tuple(_lines(base, episode, phrases)) or (phrases("history.nothing"),))


def _lines(base: KnowledgeBase, episode: Episode, phrases: Phrases) -> Iterator[str]:
    if episode.kind is None:
        yield phrases("history.unreadable")
        return
    if episode.kind != "changed":
        was, now = (record.ref if record else "" for record in (episode.before, episode.after))
        yield phrases(f"history.{episode.kind}", was=was, now=now)
    change = Change("changed", episode.before, episode.after, episode.differences)
    if episode.before and episode.after:
        yield from field_sentences(change, Changes(base, base, (change,)), phrases)
