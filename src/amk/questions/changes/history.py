"""History: the life of one record, commit by commit, and what each changed in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Strong
from amk.language import Phrases
from amk.model.differences import Difference, differences, meaning
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import policy_status_on
from amk.model.records import AnyRecord, Manifest, Policy
from amk.questions.changes.find import Change, ChangeKind, Changes
from amk.questions.changes.tell import field_sentences
from amk.questions.changes.values import Voice
from amk.storage.loaded import incomplete_of
from amk.storage.loading import read_record
from amk.storage.revisions import Commit, Version

STATUS = "status"


@dataclass(frozen=True, slots=True)
class Episode:
    """What a commit did to a record: recorded it, changed it, renamed it, or removed it.

    `kind` is `cut` where the history was cut off there: the record may have been recorded before.
    `kind` is None where the file could not be read then, before it or after it; `unread` are the fields
    of which that is so.
    """

    commit: Commit
    author: str
    subject: str
    path: str
    kind: ChangeKind | Literal["cut"] | None
    before: AnyRecord | None
    after: AnyRecord | None
    differences: tuple[Difference, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def is_silent(self) -> bool:
        """Whether it left the record there, and what is known of it as it was."""
        return self.kind == "changed" and not (self.differences or self.unread)


def find_history(
    base: KnowledgeBase, versions: Sequence[Version], field: str | None = None
) -> tuple[Episode, ...]:
    """What each commit changed in a record, the newest first; of one field only, if one is named."""
    read = [read_version(version) for version in versions]
    older = [*read[1:], ReadVersion(None)]
    episodes = (episode_of(base, now, then) for now, then in zip(read, older, strict=True))
    return tuple(e for episode in episodes for e in _narrowed(episode, field))


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version of a file, the record that it gave, and the fields of it that could not be read."""

    version: Version | None
    record: AnyRecord | None = None
    unread: frozenset[str] = frozenset()

    @property
    def text(self) -> str | None:
        """The text of the version; None where there was no file."""
        return self.version.text if self.version else None


def read_version(version: Version) -> ReadVersion:
    """A version, read as the record that it holds."""
    record, problems = read_record(version.path, version.text or "") if version.text else (None, ())
    if record is None or isinstance(record, Manifest):
        return ReadVersion(version)
    left_out = incomplete_of(problems, (record.ref,)).get(record.ref, ())
    return ReadVersion(version, record, frozenset(str(path[0]) for path in left_out if path))


def episode_of(base: KnowledgeBase, now: ReadVersion, then: ReadVersion) -> Episode:
    """What happened between two versions of a record."""
    version, before, after = now.version, then.record, now.record
    assert version is not None
    made = version.commit, version.author, version.subject, version.path
    if any(read.text is not None and read.record is None for read in (now, then)):
        return Episode(*made, None, before, after)
    if after is not None and version.cut:
        return Episode(*made, "cut", None, after, unread=now.unread)
    unread = now.unread | then.unread
    if before is None or after is None:
        return Episode(*made, "added" if after else "removed", before, after, unread=unread)
    status = () if "milestones" in unread else _status_change(base, before, after, version.commit.day)
    # Of a field that could not be read nobody knows whether it changed.
    found = (*status, *(d for d in _between(before, after) if d.field_path[0] not in unread))
    return Episode(*made, "renamed" if before.ref != after.ref else "changed", before, after, found, unread)


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
    if episode.is_silent:
        return
    if field is None or episode.kind in ("added", "removed", "cut", None):
        yield episode
        return
    found = tuple(d for d in episode.differences if d.field_path[0] == field)
    unread = episode.unread & {"milestones" if field == STATUS else field}
    if found or unread:
        yield replace(episode, kind="changed", differences=found, unread=unread)


def tell_history(
    base: KnowledgeBase, episodes: Sequence[Episode], phrases: Phrases, authors: bool
) -> tuple[Block, ...]:
    """What happened, a heading for each commit; where that is more than one record, each by its name."""
    if not episodes:
        return (Paragraph(phrases("history.none")),)
    several = len({episode.path for episode in episodes}) > 1
    commits = groupby(episodes, key=lambda episode: episode.commit)
    told = (_told(base, tuple(of_one), phrases, authors, several) for _, of_one in commits)
    return tuple(block for blocks in told for block in blocks)


def _told(
    base: KnowledgeBase, episodes: Sequence[Episode], phrases: Phrases, authors: bool, several: bool
) -> Iterator[Block]:
    commit, who = episodes[0].commit, f" ({episodes[0].author})" if authors else ""
    told = f"{phrases.day(commit.day)}, {commit.short}: {episodes[0].subject}{who}"
    yield Heading(told if commit.id else phrases("history.working"), level=3)
    for episode in episodes:
        lines = tuple(_lines(base, episode, phrases)) or (phrases("history.nothing"),)
        if several:
            yield Paragraph((Strong(_named(episode, phrases)),))
        yield Bullets(lines)


def _named(episode: Episode, phrases: Phrases) -> str:
    """Which record it is, as far as it could ever be read."""
    record = episode.after or episode.before
    return f"{record.name} ({phrases(f'kind.{record.kind}')})" if record else episode.path


def _lines(base: KnowledgeBase, episode: Episode, phrases: Phrases) -> Iterator[str]:
    if episode.kind is None:
        yield phrases("history.unreadable")
        return
    if episode.kind != "changed":
        was, now = (record.ref if record else "" for record in (episode.before, episode.after))
        new = episode.kind == "added" and not episode.commit.id
        yield phrases("history.new" if new else f"history.{episode.kind}", was=was, now=now)
    change = Change("changed", episode.before, episode.after, episode.differences)
    if episode.before and episode.after:
        yield from field_sentences(change, Changes(base, base, (change,)), phrases)
    if episode.unread:
        voice = Voice(base, base, phrases, type(change.record))
        yield phrases("history.unread", fields=phrases.listing(map(voice.label, sorted(episode.unread))))
