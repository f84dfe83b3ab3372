"""A timeline in words: year by year, when, what and whom it concerns, with its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from amk.dates import Date
from amk.document import Block, Heading, Paragraph, Table
from amk.fields import plain_fields
from amk.language import Say
from amk.questions.dated import Entry
from amk.questions.telling import noted, who_told
from amk.questions.timeline import Timeline
from amk.records import Collaboration, Evidence, Policy

_TOGETHER = ("period", "membership", "finding")
"""What is told in one row for all whom it concerns, when the rest of the row is the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in words: when, what, and whom or what it concerns."""

    entry: Entry
    when: str
    what: str
    subject: str
    evidence: tuple[Evidence, ...]
    remark: str = ""


def tell_timeline(timeline: Timeline, say: Say) -> tuple[Block, ...]:
    """The timeline as a table a year; what has no date at all comes last."""
    if not timeline.entries:
        return (Paragraph(say("timeline.empty")),)
    blocks: list[Block] = []
    for heading, entries in groupby(timeline.dated, key=lambda entry: _heading(timeline, entry, say)):
        blocks += [Heading(heading), _table(timeline, entries, say)]
    if timeline.undated:
        blocks.append(Heading(say("timeline.undated")))
        if timeline.window.since or timeline.window.until:
            blocks.append(Paragraph(say("timeline.undated-stay"), quiet=True))
        blocks += [_table(timeline, part, say) for part in _undated(timeline) if part]
    return tuple(blocks)


def _undated(timeline: Timeline) -> tuple[list[Entry], list[Entry]]:
    """What has no date, and apart from it what is only known to exist: long rows of names."""
    existing = [e for e in timeline.undated if e.date and not isinstance(e.record, Collaboration)]
    return [e for e in timeline.undated if e not in existing], existing


KEYS = (
    "ref", "kind", "name", "event", "status", "date", "earliest", "latest", "certainty", "period", "planned",
    "confirmed", "municipalities", "text", "date_text", "evidence",
)  # fmt: skip
"""The keys of an entry, in order."""


def timeline_rows(timeline: Timeline, say: Say) -> list[dict[str, Any]]:
    """The entries for machines, in order.

    ref, kind, name: the record that says it; event: what sort of thing happened; status: the
    status reached; date: EDTF; earliest, latest: the days it means, null where open or unknown;
    certainty: certain, range, approximate, uncertain or undated; period: whether it lasted;
    planned: whether it was only foreseen; confirmed: the last day on which a source says that an
    open period held; municipalities: the ids it names; text: what happened, in the language
    asked for; date_text: the words of the source for the date; evidence.
    """
    return [_facts(timeline, entry, say) for entry in timeline.entries]


def row_of(timeline: Timeline, entry: Entry, say: Say) -> Row:
    """An entry in words."""
    remark = f" {entry.remark.in_language(say.language)}" if entry.remark else ""
    what = what_told(timeline, entry, say)
    return Row(entry, when_told(entry, say), what, subject_told(timeline, entry, say), entry.evidence, remark)


def rows_of(timeline: Timeline, entries: Iterable[Entry], say: Say) -> Iterator[Row]:
    """Entries in words; what is the same of several municipalities or regions as one row."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in (row_of(timeline, entry, say) for entry in entries):
        alone = row.entry.event not in _TOGETHER or isinstance(row.entry.record, Collaboration)
        key = (row.when, row.what, row.remark, str(len(found)) if alone else "")
        found.setdefault(key, []).append(row)
    for same in found.values():
        evidence = tuple({repr(e): e for row in same for e in row.evidence}.values())
        subject = ", ".join(dict.fromkeys(row.subject for row in same))
        yield replace(same[0], subject=subject, evidence=evidence)


def when_told(entry: Entry, say: Say) -> str:
    """When it was, in words; with the words of the source where its date is vague."""
    told = _date_told(entry, say)
    if entry.date_text:
        quoted = say("quoted", words=entry.date_text)
        return say("date.with-words", date=told, words=quoted) if told else quoted
    return told or say("timeline.no-date")


def _date_told(entry: Entry, say: Say) -> str:
    if entry.date is None:
        return ""
    return _period_told(entry.date, say) if entry.period else _moment_told(entry.date, say)


def _moment_told(when: Date, say: Say) -> str:
    if when.is_interval and when.start and not when.end:
        return say("timeline.from", start=say.moment(when.start))
    return say.milestone(when)


def _period_told(when: Date, say: Say) -> str:
    if when.start and when.text.endswith("/"):
        return say("timeline.end-unknown", start=say.moment(when.start))
    if when.end and when.starts_unknown:
        return say("timeline.start-unknown", date=say.date(when))
    return say.date(when)


def what_told(timeline: Timeline, entry: Entry, say: Say) -> str:
    """What happened, in words: that it was only foreseen, or when it was last confirmed."""
    told = _WHAT[entry.event](timeline, entry, say) if entry.text is None else _text(entry, say)
    if entry.planned:
        past = entry.latest is not None and entry.latest < timeline.day
        told = say("timeline.overdue" if past else "timeline.planned", what=told)
    if entry.event == "period" and isinstance(entry.record, Collaboration) and _open_since(entry):
        told = say("timeline.confirmed", what=told, day=say.day(_open_since(entry)))
    return told


def subject_told(timeline: Timeline, entry: Entry, say: Say) -> str:
    """Whom or what it concerns: a policy with whose it is, a collaboration, or those named."""
    base, record = timeline.base, entry.record
    if entry.event == "succession":
        return say.listing(base.name(ref) for ref in entry.concerns[:-1])
    if isinstance(record, Policy):
        return _policy_told(timeline, entry, record, say)
    if entry.event in ("membership", "participation"):
        return say.listing(base.name(ref) for ref in entry.concerns)
    return record.name


def _policy_told(timeline: Timeline, entry: Entry, policy: Policy, say: Say) -> str:
    """A policy by its title, and whose it is where the title does not say so."""
    refs = entry.concerns or tuple(f"municipality/{id}" for id in policy.municipalities)
    names = [timeline.base.name(ref) for ref in refs or (f"region/{id}" for id in policy.regions)]
    who = say.listing(names) if entry.concerns else who_told(timeline.base, policy, say)
    if not who or (names and all(name in policy.title for name in names) and not entry.concerns):
        return policy.title
    return say("report.whose", who=who, title=policy.title)


def _open_since(entry: Entry) -> Any:
    """The last day on which a source says that an open period held."""
    return entry.known.last if entry.known and (entry.date is None or entry.date.is_open) else None


def _text(entry: Entry, say: Say) -> str:
    return entry.text.in_language(say.language).rstrip(".") if entry.text else ""


def _status(timeline: Timeline, entry: Entry, say: Say) -> str:
    status = say.status(entry.status or "unknown")
    if not entry.body:
        return say("timeline.status", status=status)
    return say(
        "timeline.status-by", status=status, body=timeline.base.label("bodies", entry.body, say.language)
    )


def _period(timeline: Timeline, entry: Entry, say: Say) -> str:
    record = entry.record
    if isinstance(record, Collaboration) and record.form:
        return say("timeline.period.form", form=timeline.base.label("forms", record.form, say.language))
    return say(f"timeline.period.{record.kind}")


_WHAT: dict[str, Callable[[Timeline, Entry, Say], str]] = {
    "status": _status,
    "period": _period,
    "succession": lambda t, e, say: say("timeline.succession", after=t.base.name(e.concerns[-1])),
    "membership": lambda t, e, say: say("timeline.membership", region=e.name),
    "participation": lambda t, e, say: say("timeline.participation", name=e.name),
    "target": lambda t, e, say: say("timeline.target", number=e.number),
    **{
        event: lambda t, e, say: say(f"timeline.{e.event}")
        for event in ("finding", "expires", "evaluate-by", "source")
    },
}


def _heading(timeline: Timeline, entry: Entry, say: Say) -> str:
    """The year of an entry; what had begun before the time asked for stands together."""
    since = timeline.window.since
    if since and entry.anchor and entry.anchor < since.earliest:
        return say("timeline.earlier", date=say.date(since))
    return str(entry.anchor.year) if entry.anchor else ""


def _table(timeline: Timeline, entries: Iterable[Entry], say: Say) -> Table:
    columns = tuple(say(f"timeline.{column}") for column in ("when", "what", "subject"))
    rows = rows_of(timeline, entries, say)
    told = ((r.when, noted(r.what, timeline.base, r.evidence, say, r.remark), r.subject) for r in rows)
    return Table(columns, tuple(told))


def _facts(timeline: Timeline, entry: Entry, say: Say) -> dict[str, Any]:
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
        "confirmed": _open_since(entry).isoformat() if entry.period and _open_since(entry) else None,
        "municipalities": list(entry.municipalities),
        "text": what_told(timeline, entry, say),
        "date_text": entry.date_text,
        "evidence": [plain_fields(e) for e in entry.evidence],
    }
