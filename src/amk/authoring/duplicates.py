"""Likely duplicates: what is recorded already under another id or in other words."""

from __future__ import annotations

from amk.model.knowledge_base import KnowledgeBase, folded
from amk.model.names import names_of
from amk.model.records import AnyRecord, Collaboration, Figure, Policy, Source
from amk.values.suggestions import likeness

CLOSE = 0.88
"""How alike two names of different owners are that are likely the same (1 is equal)."""

CLOSE_AT_ONE_OWNER = 0.75
"""How alike two titles of the same owner are that are likely the same."""


def find_alike(base: KnowledgeBase, record: AnyRecord) -> list[AnyRecord]:
    """The records that are likely the same as this one, most alike first."""
    others = (other for other in base.known_of(type(record)) if other.ref != record.ref)
    scored = [(_likeness(record, other), other) for other in others]
    return [other for score, other in sorted(scored, key=lambda s: (-s[0], s[1].ref)) if score > 0]


def _likeness(record: AnyRecord, other: AnyRecord) -> float:
    """How likely two records are the same: 0 for not, 1 for certainly."""
    if _same_mark(record, other) or _same_company(record, other) or _same_figure(record, other):
        return 1.0
    score = max(_ratio(a, b) for a in names_of(record)[1:] for b in names_of(other)[1:])
    return score if score >= _enough(record, other) else 0.0


def _enough(record: AnyRecord, other: AnyRecord) -> float:
    match record, other:
        case Policy(), Policy():
            return CLOSE_AT_ONE_OWNER if _owners(record) & _owners(other) else 2.0
        case Figure(), Figure():
            return 2.0
        case Source(), Source():
            return CLOSE if _same_edition(record, other) else 2.0
    return CLOSE


def _same_edition(record: Source, other: Source) -> bool:
    """Whether nothing says that two sources are of different types, days, numbers or addresses."""
    fields = ("type", "date", "number", "url")
    pairs = ((getattr(record, field), getattr(other, field)) for field in fields)
    return all(mine == theirs for mine, theirs in pairs if mine and theirs)


def _owners(policy: Policy) -> frozenset[str]:
    named = ("municipality", policy.municipalities), ("region", policy.regions)
    return frozenset(f"{kind}/{id}" for kind, ids in named for id in ids)


def _same_mark(record: AnyRecord, other: AnyRecord) -> bool:
    """Whether two records share what belongs to one alone: a code or an address."""
    fields = ("code", "uri", *(("url",) if _same_type(record, other) else ()))
    return any(getattr(record, f, None) and getattr(record, f) == getattr(other, f) for f in fields)


def _same_type(record: AnyRecord, other: AnyRecord) -> bool:
    """Whether two are of the same type: a letter and its annex may share an address."""
    return getattr(record, "type", None) == getattr(other, "type", None)


def _same_company(record: AnyRecord, other: AnyRecord) -> bool:
    """Whether two collaborations are of the same participants for a purpose that both have."""
    if not (isinstance(record, Collaboration) and isinstance(other, Collaboration)):
        return False
    mine, theirs = ({p.ref for p in c.participants} for c in (record, other))
    return len(mine) > 1 and mine == theirs and bool({*record.purposes} & {*other.purposes})


def _same_figure(record: AnyRecord, other: AnyRecord) -> bool:
    """Whether two figures are of the same measure, territory, year and nature: titles differ by a year."""
    if not (isinstance(record, Figure) and isinstance(other, Figure)):
        return False
    fields = ("measure", "territory", "year", "nature")
    return all(getattr(record, field) == getattr(other, field) for field in fields)


def _ratio(left: str, right: str) -> float:
    a, b = (folded(name[:200]).replace(" ", "") for name in (left, right))
    return likeness(a, b, CLOSE_AT_ONE_OWNER)
