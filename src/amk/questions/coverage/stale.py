"""Stale: what to check before a letter goes out: a day has passed, or nobody looked lately."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from amk.model.confirmation import last_confirmed, latest_of, possible_from
from amk.model.knowledge_base import KnowledgeBase, sorting_name
from amk.model.policy_status import policy_status_on
from amk.model.records import AnyRecord, Collaboration, Commitment, Milestone, Municipality, Policy
from amk.model.validity import as_of, holds
from amk.values.dates import Date, Holds

StaleReason = Literal["planned", "expires", "evaluate-by", "due", "unchecked", "never"]
"""Why something should be checked: what was planned should have come, it should have lapsed or been
evaluated or fulfilled, it was last checked too long ago, or there is no dated source at all."""

REASONS: tuple[StaleReason, ...] = ("planned", "expires", "evaluate-by", "due", "unchecked", "never")


@dataclass(frozen=True, slots=True)
class Stale:
    """A record that should be checked, why, and when it was last evidenced or reviewed.

    `date` is the day that passed; `status` the milestone that was planned.
    """

    record: AnyRecord
    reason: StaleReason
    last: Date | None
    groups: tuple[str, ...]
    date: Date | None = None
    status: str | None = None
    holds: Holds = "yes"


@dataclass(frozen=True)
class Staleness:
    """What should be checked on a day, by owner or region, and how many records were looked at."""

    base: KnowledgeBase
    day: date
    limit: date
    found: tuple[Stale, ...]
    looked_at: int

    @property
    def grouped(self) -> tuple[tuple[str, tuple[Stale, ...]], ...]:
        """Owner or region, and what should be checked there; what has neither comes last."""
        groups = {group for stale in self.found for group in stale.groups or ("",)}
        ordered = sorted(groups, key=lambda group: (not group, sorting_name(group)))
        return tuple((g, tuple(s for s in self.found if g in (s.groups or ("",)))) for g in ordered)


def find_stale(
    whole: KnowledgeBase,
    day: date,
    limit: date,
    wanted: Callable[[AnyRecord], bool] = lambda record: True,
) -> Staleness:
    """What should be checked on a day; what was last evidenced before `limit` is too old."""
    base = as_of(whole, day)
    looked_at = [r for r in base.records.values() if _is_checked(r, day) and wanted(r)]
    found = [stale for record in looked_at for stale in _stale(base, record, day, limit)]
    ordered = sorted(found, key=_place)
    return Staleness(base, day, limit, tuple(ordered), len(looked_at))


def _place(stale: Stale) -> tuple[int, date, str]:
    last = possible_from(stale.last) if stale.last else date.min
    return REASONS.index(stale.reason), last, stale.record.ref


def _is_checked(record: AnyRecord, day: date) -> bool:
    """Policies and collaborations go stale, a finding of no policy too, and what was to be done by a day."""
    if isinstance(record, Municipality):
        return any(finding.date.reached_by(day) != "no" for finding in record.no_policy_found)
    if isinstance(record, Commitment):
        return record.due is not None
    return isinstance(record, Policy | Collaboration)


def _stale(base: KnowledgeBase, record: AnyRecord, day: date, limit: date) -> Iterator[Stale]:
    last = _last(base, record, day)
    plain = Stale(record, "never", last, _groups(base, record), holds=holds(base, record, day))
    if isinstance(record, Policy):
        yield from _passed(base, record, plain, day)
    elif isinstance(record, Collaboration):
        dated = (e.date for e in record.milestones if e.planned and _is_past(e.date, day))
        yield from (replace(plain, reason="planned", date=when) for when in dated)
    elif isinstance(record, Commitment):
        if is_overdue(record, day):
            yield replace(plain, reason="due", date=record.due)
        return
    if last is None:
        yield plain
    elif possible_from(last) < limit:
        yield replace(plain, reason="unchecked")


def _passed(base: KnowledgeBase, policy: Policy, plain: Stale, day: date) -> Iterator[Stale]:
    """The days of a policy that are past without anybody having said what came of it."""
    for milestone in _overdue(policy, day):
        yield replace(plain, reason="planned", date=milestone.date, status=milestone.status)
    if _is_past(policy.expires, day):
        yield replace(plain, reason="expires", date=policy.expires)
    evaluating = policy_status_on(base, policy, day).status == "evaluation"
    if _is_past(policy.evaluate_by, day) and not evaluating:
        yield replace(plain, reason="evaluate-by", date=policy.evaluate_by)


def _overdue(policy: Policy, day: date) -> Iterator[Milestone]:
    """What was planned for a day that is past, and of which nobody has said that it came."""
    came = {m.status for m in policy.milestones if not m.planned}
    for milestone in policy.milestones:
        if milestone.planned and milestone.status not in came and _is_past(milestone.date, day):
            yield milestone


def is_overdue(commitment: Commitment, day: date) -> bool:
    """Whether the day by which it was due is past, and no source says that it was fulfilled."""
    return _is_past(commitment.due, day) and commitment.fulfilled != "yes"


def _is_past(when: Date | None, day: date) -> bool:
    return when is not None and when.latest < day


def _last(base: KnowledgeBase, record: AnyRecord, day: date) -> Date | None:
    """When a record was last evidenced or reviewed; of a policy its status, of a municipality its finding."""
    match record:
        case Policy():
            return policy_status_on(base, record, day).last_confirmed
        case Municipality():
            reviewed = (record.reviewed,) if record.reviewed else ()
            return latest_of((*(f.date for f in record.no_policy_found), *reviewed), day)
        case _:
            return last_confirmed(base, record, day)


def _groups(base: KnowledgeBase, record: AnyRecord) -> tuple[str, ...]:
    """Who should check it: its owner, else the regions it lies in, else the organisations it is of."""
    if record.owner:
        return (record.owner,)
    named = (base.name(f"region/{region}") for region in getattr(record, "regions", ()))
    divided = (name for m in _municipalities(record) for name in _division(base, m))
    organisations = (base.name(f"organisation/{o}") for o in getattr(record, "organisations", ()))
    return tuple(dict.fromkeys((*named, *divided))) or (*organisations, *_owing(base, record))


def _owing(base: KnowledgeBase, record: AnyRecord) -> Iterator[str]:
    """The region or organisation that made a commitment."""
    if isinstance(record, Commitment) and record.by:
        yield base.name(record.by)


def _division(base: KnowledgeBase, municipality: str) -> Iterator[str]:
    """The regions a municipality lies in, or those of its successor."""
    here = base.division_of(municipality)
    known = base.municipality(municipality)
    after = known.successors if known and not here else ()
    later = (region for s in after for region in base.division_of(s.municipality))
    yield from (region.name for region in (*here, *later))


def _municipalities(record: AnyRecord) -> tuple[str, ...]:
    match record:
        case Municipality():
            return (record.id,)
        case Policy():
            return record.municipalities
        case Commitment() if record.by and record.by.startswith("municipality/"):
            return (record.by.partition("/")[2],)
        case Collaboration():
            return (
                () if record.regions else tuple(p.municipality for p in record.participants if p.municipality)
            )
    return ()
