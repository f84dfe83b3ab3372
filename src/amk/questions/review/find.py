"""The review of a proposal: what changes, what it breaks, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from amk.checks.validation import Validation
from amk.document.blocks import Bullets, plain
from amk.language import LANGUAGES, Phrases
from amk.model.differences import FieldPath, Item, meaning
from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import format_path
from amk.model.records import AnyRecord, Source
from amk.questions.changes.find import Change, Changes
from amk.questions.changes.unread import Unread
from amk.questions.report.essentials import essentials
from amk.questions.report.find import find_briefing

Alike = Callable[[AnyRecord], Sequence[AnyRecord]]
"""The records that are likely the same as one, most alike first."""

SAYS = ("title", "publisher", "type", "date", "number", "url", "line_count", "sha256")
"""What a source is: where one of these is another, what rests on it may no longer stand there."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A source that changed or went, and by record the statements that rest on it and stayed as they were."""

    source: str
    gone: bool
    resting: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A text that changed in one language and stayed as it was in another."""

    record: AnyRecord
    field_path: FieldPath
    changed: tuple[str, ...]
    stayed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a steward weighs: the changes, and what they mean for what was there already.

    `gone` and `new` are what the essentials of the briefing would no longer say, and say instead.
    """

    changes: Changes
    caused: Validation
    lost: tuple[Unread, ...]
    suspect: tuple[Suspect, ...]
    left_behind: tuple[LeftBehind, ...]
    alike: tuple[tuple[AnyRecord, tuple[AnyRecord, ...]], ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many errors the change causes."""
        return sum(problem.severity == "error" for problem in self.caused.problems)

    @property
    def unreadable(self) -> tuple[Unread, ...]:
        """The records that can no longer be read, in full or at all."""
        return tuple(each for each in self.lost if each["side"] == "after")

    @property
    def weighed(self) -> int:
        """How many points somebody is to look at before it is taken over."""
        warnings = len(self.caused.problems) - self.errors
        points = (self.suspect, self.left_behind, self.alike, self.caused.waivers, self.changes.manifest)
        return warnings + sum(map(len, points))


def find_review(
    changes: Changes, caused: Validation, lost: Sequence[Unread], alike: Alike, day: date, phrases: Phrases
) -> Review:
    """The review of changes on a day; `caused` are the problems that came with them."""
    told = [_essentials(base, day, phrases) for base in (changes.before, changes.after)]
    return Review(
        changes=changes,
        caused=caused,
        lost=tuple(lost),
        suspect=tuple(_suspect(changes)),
        left_behind=tuple(found for change in changes.records for found in _left_behind(change)),
        alike=tuple(_alike(changes, alike)),
        gone=tuple(line for line in told[0] if line not in told[1]),
        new=tuple(line for line in told[1] if line not in told[0]),
    )


def _essentials(base: KnowledgeBase, day: date, phrases: Phrases) -> list[str]:
    words = phrases.with_topic("report")
    blocks = essentials(find_briefing(base, day), words)
    return [plain(item) for block in blocks if isinstance(block, Bullets) for item in block.items]


def _suspect(changes: Changes) -> Iterator[Suspect]:
    """What rests on a source that is another now, in records that were not touched."""
    earlier = {change.record.ref: change.before for change in changes.records}
    for change in filter(_is_another, changes.records):
        resting: dict[str, list[str]] = {}
        for record in changes.after.records.values():
            before = earlier.get(record.ref, record)
            for field_path, evidence in evidence_in(record):
                if evidence.source == change.record.id and _stayed(record, before, field_path[:-2]):
                    resting.setdefault(record.ref, []).append(format_path(field_path[:-2]))
        if resting:
            places = {ref: tuple(found) for ref, found in resting.items()}
            yield Suspect(change.record.id, change.after is None, places)


def _stayed(record: AnyRecord, before: AnyRecord | None, statement: Sequence[str | int]) -> bool:
    """Whether a statement of a record is as it was; that of a whole record is what it rests on."""
    if before is record or before is None:
        return before is record
    if not statement:
        return getattr(record, "evidence", ()) == getattr(before, "evidence", ())
    field, *index = statement
    now, then = (getattr(each, str(field), ()) for each in (record, before))
    if now == then or not (index and isinstance(now, tuple) and isinstance(index[0], int)):
        return bool(now == then)
    return now[index[0]] in then


def _is_another(change: Change) -> bool:
    """Whether a source is gone, or no longer what it was."""
    if not isinstance(change.record, Source):
        return False
    return change.kind == "removed" or any(d.field_path[0] in SAYS for d in change.differences)


def _left_behind(change: Change) -> Iterator[LeftBehind]:
    """The texts of which one language was changed, and another that was there stayed."""
    if change.before is None or change.after is None:
        return
    changed: dict[FieldPath, list[str]] = {}
    for difference in change.differences:
        parent, language = difference.field_path[:-1], difference.field_path[-1]
        if language in LANGUAGES and difference.before is not None and difference.after is not None:
            changed.setdefault(parent, []).append(language)
    for parent, languages in changed.items():
        said = _at(meaning(change.after), parent)
        stayed = tuple(each for each in said if each in LANGUAGES and each not in languages)
        if stayed:
            yield LeftBehind(change.after, parent, tuple(languages), stayed)


def _at(said: Any, field_path: FieldPath) -> Mapping[str, Any]:
    """What stands at a place in a meaning; nothing where it is no group."""
    for step in field_path:
        said = (
            step.meaning if isinstance(step, Item) else said.get(step) if isinstance(said, Mapping) else None
        )
    return said if isinstance(said, Mapping) else {}


def _alike(changes: Changes, alike: Alike) -> Iterator[tuple[AnyRecord, tuple[AnyRecord, ...]]]:
    """New records that are likely recorded already; one that says what it replaces is no double of that."""
    for change in changes.records:
        if change.kind.startswith("added"):
            follows = {*getattr(change.record, "replaces", ()), *getattr(change.record, "revises", ())}
            found = tuple(other for other in alike(change.record) if other.id not in follows)[:3]
            if found:
                yield change.record, found
