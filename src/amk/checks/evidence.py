"""Evidence: the lines are given and exist, and the source may be told of."""

from __future__ import annotations

from collections.abc import Iterator

from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, problem_in
from amk.model.records import AnyRecord, Evidence, Milestone, Policy, Source
from amk.values.parsed import FieldPath

HEARSAY = frozenset({"communication", "news"})
"""The types of source that tell of a decision without being its record."""

DECIDED = frozenset({"adopted", "in-force"})


def lines_lie_within_the_source(base: KnowledgeBase) -> Iterator[Problem]:
    """The lines cited are lines that the source has."""
    for record, field_path, evidence, count in _cited_by_line(base):
        if evidence.lines and evidence.lines.last > count:
            values = {"found": str(evidence.lines), "count": str(count), "source": evidence.source}
            yield problem_in(base, record, "EVID001", (*field_path, "lines"), **values)


def lines_are_given(base: KnowledgeBase) -> Iterator[Problem]:
    """A statement names the lines it rests on where its source is cited by line."""
    for record, field_path, evidence, _ in _cited_by_line(base):
        if not (evidence.lines or evidence.pages):
            yield problem_in(base, record, "EVID002", (*field_path, "source"), source=evidence.source)


def _cited_by_line(base: KnowledgeBase) -> Iterator[tuple[AnyRecord, FieldPath, Evidence, int]]:
    """The evidence in view of sources that are cited by line, and how many lines the source has."""
    counts: dict[str, int] = {}
    for record, field_path, evidence in base.cited:
        if evidence.source not in counts:
            source = base.source(evidence.source)
            counts[evidence.source] = source.line_count or 0 if source else 0
        if counts[evidence.source]:
            yield record, field_path, evidence, counts[evidence.source]


def sources_may_be_told_of(base: KnowledgeBase) -> Iterator[Problem]:
    """A public knowledge base has no internal sources."""
    if base.manifest.public:
        for source in base.all(Source):
            if source.access == "internal":
                yield problem_in(base, source, "SRC001", ("access",), found=source.title)


def decisions_rest_on_more_than_hearsay(base: KnowledgeBase) -> Iterator[Problem]:
    """That a policy was adopted or took effect rests on more than news or what somebody told."""
    for policy in base.policies:
        for index, milestone in enumerate(policy.milestones):
            types = _types_of_sources(base, policy, milestone)
            if milestone.status in DECIDED and not milestone.planned and types and types <= HEARSAY:
                values = {"found": milestone.status, "types": ", ".join(sorted(types))}
                yield problem_in(base, policy, "EVID003", ("milestones", index, "status"), **values)


def _types_of_sources(base: KnowledgeBase, policy: Policy, milestone: Milestone) -> frozenset[str]:
    sources = (base.source(e.source) for e in milestone.evidence or policy.evidence)
    return frozenset(source.type for source in sources if source)
