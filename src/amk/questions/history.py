"""History: the life of one record, commit by commit, and what each changed in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from amk.comparing import Difference, differences, meaning
from amk.document import Block, Bullets, Heading, Paragraph
from amk.knowledge import KnowledgeBase
from amk.language import Say
from amk.load import load_record
from amk.questions.changes import Change, Changes, Kind
from amk.questions.changes_told import field_sentences
from amk.records import AnyRecord, Policy
from amk.revisions import Commit, Version
from amk.standing import policy_standing

STATUS = "status"


@dataclass(frozen=True, slots=True)
class Episode:
    """What a commit did to a record: recorded it, changed it, renamed it, or removed it.

    `kind` is None where the file could not be read then, before it or after it.
    """

    commit: Commit
    author: str
    subject: str
    kind: Kind | None
    before: AnyRecord | None
    after: AnyRecord | None
    differences: tuple[Difference, ...] = ()


def find_history(
    base: KnowledgeBase, versions: Sequence[Version], field: str | None = None
) -> tuple[Episode, ...]:
    """What each commit changed in a record, the newest first; of one field only, if one is named."""
    read = [(version, load_record(version.path, version.text or "")) for version in versions]
    older = [*read[1:], (None, None)]
    episodes = (_episode(base, now, then) for now, then in zip(read, older, strict=True))
    return tuple(e for episode in episodes for e in _narrowed(episode, field))


_Read = tuple[Version | None, AnyRecord | None]


def _episode(base: KnowledgeBase, now: _Read, then: _Read) -> Episode:
    (version, after), (earlier, before) = now, then
    assert version is not None
    made = version.commit, version.author, version.subject
    unreadable = (version.text is not None and after is None) or (earlier and earlier.text and not before)
    if unreadable:
        return Episode(*made, None, before, after)
    if before is None or after is None:
        return Episode(*made, "added" if after else "removed", before, after)
    found = (*_status_change(base, before, after, version.commit.day), *_between(before, after))
    return Episode(*made, "renamed" if before.ref != after.ref else "changed", before, after, found)


def _between(before: AnyRecord, after: AnyRecord) -> Iterator[Difference]:
    return differences(meaning(before), meaning(after))


def _status_change(
    base: KnowledgeBase, before: AnyRecord, after: AnyRecord, day: date
) -> Iterator[Difference]:
    """The status that followed from a policy's milestones on the day of the commit."""
    if isinstance(before, Policy) and isinstance(after, Policy):
        old, new = (policy_standing(base, policy, day).status for policy in (before, after))
        if old != new:
            yield Difference((STATUS,), old, new)


def _narrowed(episode: Episode, field: str | None) -> Iterator[Episode]:
    """An episode that changed something in meaning; with a field, only what concerns that field."""
    if episode.kind == "changed" and not episode.differences:
        return
    if field is None or episode.kind in ("added", "removed", None):
        yield episode
        return
    found = tuple(d for d in episode.differences if d.way[0] == field)
    if found:
        yield Episode(episode.commit, episode.author, episode.subject, "changed",
                      episode.before, episode.after, found)  # fmt: skip


def tell_history(
    base: KnowledgeBase, episodes: Sequence[Episode], say: Say, authors: bool
) -> tuple[Block, ...]:
    """The life of a record, a heading for each commit."""
    if not episodes:
        return (Paragraph(say("history.none")),)
    return tuple(block for episode in episodes for block in _told(base, episode, say, authors))


def _told(base: KnowledgeBase, episode: Episode, say: Say, authors: bool) -> Iterator[Block]:
    day, who = say.day(episode.commit.day), f" ({episode.author})" if authors else ""
    yield Heading(f"{day}, {episode.commit.short}: {episode.subject}{who}", level=3)
    yield Bullets(tuple(_lines(base, episode, say)) or (say("history.nothing"),))


def _lines(base: KnowledgeBase, episode: Episode, say: Say) -> Iterator[str]:
    if episode.kind is None:
        yield say("history.unreadable")
        return
    if episode.kind != "changed":
        was, now = (record.ref if record else "" for record in (episode.before, episode.after))
        yield say(f"history.{episode.kind}", was=was, now=now)
    change = Change("changed", episode.before, episode.after, episode.differences)
    if episode.before and episode.after:
        yield from field_sentences(change, Changes(base, base, (change,)), say)
