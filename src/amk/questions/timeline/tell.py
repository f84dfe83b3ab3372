"""A timeline in words: year by year, when, what and whom it concerns, with its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from amk.document.blocks import Block, Heading, Paragraph, Table
from amk.language import Phrases
from amk.model.fields import plain_fields
from amk.model.records import Collaboration, Commitment, Evidence, Figure, Policy
from amk.questions.figures_and_commitments import counted_told
from amk.questions.timeline.dated import TimelineEntry
from amk.questions.timeline.find import Timeline
from amk.questions.wording import noted, target_told, who_told
from amk.values.dates import Date

_TOGETHER = ("period", "membership", "finding")
"""What is told in one row for all whom it concerns, when the rest of the row is the same."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An entry in words: when, what, and whom or what it concerns."""

    entry: TimelineEntry
    when: str
    what: str
    subject: str
    evidence: tuple[Evidence, ...]
    remark: str = ""


def tell_timeline(timeline: Timeline, phrases: Phrases) -> tuple[Block, ...]:
    """The timeline as a table a year; what has no date at all comes last."""
    if not timeline.entries:
        return (Paragraph(phrases("timeline.empty")),)
    blocks: list[Block] = []
    for heading, entries in groupby(timeline.dated, key=lambda entry: _heading(timeline, entry, phrases)):
        blocks += [Heading(heading), _table(timeline, entries, phrases)]
    if timeline.undated:
        blocks.append(Heading(phrases("timeline.undated")))
        if timeline.window.since or timeline.window.until:
            blocks.append(Paragraph(phrases("timeline.undated-stay"), quiet=True))
        blocks += [_table(timeline, part, phrases) for part in _undated(timeline) if part]
    return tuple(blocks)


def _undated(timeline: Timeline) -> tuple[list[TimelineEntry], list[TimelineEntry]]:
    """What has no date, and apart from it what is only known to exist: long rows of names."""
    parts: tuple[list[TimelineEntry], list[TimelineEntry]] = [], []
    for entry in timeline.undated:
        parts[bool(entry.date) and not isinstance(entry.record, Collaboration)].append(entry)
    return parts


KEYS = (
    "ref", "kind", "name", "event", "status", "date", "earliest", "latest", "certainty", "period", "planned",
    "confirmed", "municipalities", "text", "date_text", "evidence",
)  # fmt: skip
"""The keys of an entry, in order."""


def timeline_rows(timeline: Timeline, phrases: Phrases) -> list[dict[str, Any]]:
    """The entries for machines, in order.

    ref, kind, name: the record that says it; event: what sort of thing happened; status: the
    status reached; date: EDTF; earliest, latest: the days it means, null where open or unknown;
    certainty: certain, range, approximate, uncertain or undated; period: whether it lasted;
    planned: whether it was only foreseen; confirmed: the last day on which a source says that an
    open period held; municipalities: the ids it names; text: what happened, in the language
    asked for; date_text: the words of the source for the date; evidence.
    """
    return [_facts(timeline, entry, phrases) for entry in timeline.entries]


def row_of(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> TimelineRow:
    """An entry in words."""
    remark = f" {entry.remark.in_language(phrases.language)}" if entry.remark else ""
    what = what_told(timeline, entry, phrases)
    return TimelineRow(
        entry, when_told(entry, phrases), what, subject_told(timeline, entry, phrases), entry.evidence, remark
    )


def rows_of(timeline: Timeline, entries: Iterable[TimelineEntry], phrases: Phrases) -> Iterator[TimelineRow]:
    """Entries in words; what is the same of several municipalities or regions as one row."""
    found: dict[tuple[str, ...], list[TimelineRow]] = {}
    for row in (row_of(timeline, entry, phrases) for entry in entries):
        alone = row.entry.event not in _TOGETHER or isinstance(row.entry.record, Collaboration)
        key = (row.when, row.what, row.remark, str(len(found)) if alone else "")
        found.setdefault(key, []).append(row)
    yield from (same[0] if len(same) == 1 else _together(same) for same in found.values())


def _together(same: Sequence[TimelineRow]) -> TimelineRow:
    evidence = tuple({repr(e): e for row in same for e in row.evidence}.values())
    subject = ", ".join(dict.fromkeys(row.subject for row in same))
    return replace(same[0], subject=subject, evidence=evidence)


def when_told(entry: TimelineEntry, phrases: Phrases) -> str:
    """When it was, in words; with the words of the source where its date is vague."""
    told = _date_told(entry, phrases)
    if entry.date_text:
        quoted = phrases("quoted", words=entry.date_text)
        return phrases("date.with-words", date=told, words=quoted) if told else quoted
    return told or phrases("timeline.no-date")


def _date_told(entry: TimelineEntry, phrases: Phrases) -> str:
    if entry.date is None:
        return ""
    return _period_told(entry.date, phrases) if entry.period else _moment_told(entry.date, phrases)


def _moment_told(when: Date, phrases: Phrases) -> str:
    if when.is_interval and when.start and not when.end:
        return phrases("timeline.from", start=phrases.moment(when.start))
    return phrases.milestone(when)


def _period_told(when: Date, phrases: Phrases) -> str:
    if when.start and when.text.endswith("/"):
        return phrases("timeline.end-unknown", start=phrases.moment(when.start))
    if when.end and when.starts_unknown:
        return phrases("timeline.start-unknown", date=phrases.date(when))
    return phrases.date(when)


def what_told(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    """What happened, in words: that it was only foreseen, or when it was last confirmed."""
    told = _WHAT[entry.event](timeline, entry, phrases) if entry.text is None else _text(entry, phrases)
    if entry.planned:
        past = entry.latest is not None and entry.latest < timeline.day
        told = phrases("timeline.overdue" if past else "timeline.planned", what=told)
    last = entry.last_confirmed if _confirmed(entry) else None
    if entry.event == "period" and isinstance(entry.record, Collaboration) and last:
        told = phrases("timeline.confirmed", what=told, when=phrases.on(last))
    return told


def subject_told(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    """Whom or what it concerns: a policy with whose it is, a collaboration, or those named."""
    base, record = timeline.base, entry.record
    if entry.event == "succession":
        return phrases.listing(base.name(ref) for ref in entry.concerns[:-1])
    if isinstance(record, Policy):
        return _policy_told(timeline, entry, record, phrases)
    if entry.event in ("membership", "participation"):
        return phrases.listing(base.name(ref) for ref in entry.concerns)
    return record.name


def _policy_told(timeline: Timeline, entry: TimelineEntry, policy: Policy, phrases: Phrases) -> str:
    """A policy by its title, and whose it is where the title does not say so."""
    refs = entry.concerns or tuple(f"municipality/{id}" for id in policy.municipalities)
    names = [timeline.base.name(ref) for ref in refs or (f"region/{id}" for id in policy.regions)]
    who = phrases.listing(names) if entry.concerns else who_told(timeline.base, policy, phrases)
    if not who or (names and all(name in policy.title for name in names) and not entry.concerns):
        return policy.title
    return phrases("whose.titled", who=who, title=policy.title)


def _confirmed(entry: TimelineEntry) -> str | None:
    """The date of the last source that says that an open period held, in EDTF."""
    is_open = entry.period and (entry.date is None or entry.date.is_open)
    return str(entry.last_confirmed) if is_open and entry.last_confirmed else None


def _text(entry: TimelineEntry, phrases: Phrases) -> str:
    return entry.text.in_language(phrases.language).rstrip(".") if entry.text else ""


def _status(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    status = phrases.status(entry.status or "unknown")
    if not entry.body:
        return phrases("timeline.status", status=status)
    return phrases(
        "timeline.status-by", status=status, body=timeline.base.label("bodies", entry.body, phrases.language)
    )


def _period(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    record = entry.record
    if isinstance(record, Collaboration) and record.form:
        return phrases(
            "timeline.period.form", form=timeline.base.label("forms", record.form, phrases.language)
        )
    return phrases(f"timeline.period.{record.kind}")


def _answer(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    answers = entry.record.fulfilled_by if isinstance(entry.record, Commitment) else ()
    names = (timeline.base.name(answer.ref) for answer in answers if answer.date == entry.date)
    return phrases("timeline.answer", names=phrases.listing(names))


def _figure(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    return counted_told(timeline.base, entry.record, phrases) if isinstance(entry.record, Figure) else ""


def _target(_: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    return phrases("timeline.target", number=target_told(entry.target, phrases)) if entry.target else ""


_WHAT: dict[str, Callable[[Timeline, TimelineEntry, Phrases], str]] = {
    "status": _status,
    "period": _period,
    "succession": lambda t, e, phrases: phrases("timeline.succession", after=t.base.name(e.concerns[-1])),
    "membership": lambda t, e, phrases: phrases("timeline.membership", region=e.name),
    "participation": lambda t, e, phrases: phrases("timeline.participation", name=e.name),
    "answer": _answer,
    "figure": _figure,
    "target": _target,
    **{
        event: lambda t, e, phrases: phrases(f"timeline.{e.event}")
        for event in ("finding", "expires", "evaluate-by", "source")
    },
}


def _heading(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> str:
    """The year of an entry; what had begun before the time asked for stands together."""
    since = timeline.window.since
    if since and entry.anchor and entry.anchor < since.earliest:
        return phrases("timeline.earlier", date=phrases.date(since))
    return str(entry.anchor.year) if entry.anchor else ""


def _table(timeline: Timeline, entries: Iterable[TimelineEntry], phrases: Phrases) -> Table:
    columns = tuple(phrases(f"timeline.{column}") for column in ("when", "what", "subject"))
    rows = rows_of(timeline, entries, phrases)
    told = ((r.when, noted(r.what, timeline.base, r.evidence, phrases, r.remark), r.subject) for r in rows)
    return Table(columns, tuple(told))


def _facts(timeline: Timeline, entry: TimelineEntry, phrases: Phrases) -> dict[str, Any]:
    return {
        "ref": entry.ref,
        "kind": entry.record.kind,
        "name": entry.name,
        "event": entry.event,
        "status": entry.status,
        "date": str(entry.date) if entry.date else None,
        "earliest": entry.earliest.isoformat() if entry.earliest else None,
        "latest": entry.latest.isoformat() if entry.latest else None,
        "certainty": entry.certainty,
        "period": entry.period,
        "planned": entry.planned,
        "confirmed": _confirmed(entry),
        "municipalities": list(entry.municipalities),
        "text": what_told(timeline, entry, phrases),
        "date_text": entry.date_text,
        "evidence": [plain_fields(e) for e in entry.evidence],
    }
