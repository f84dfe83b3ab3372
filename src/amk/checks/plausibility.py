"""What is not impossible, but so unlikely that someone should look again."""

from __future__ import annotations

from collections.abc import Iterator

from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem, problem_at, problem_in
from amk.model.records import AnyRecord, Concept, Policy


def policies_have_milestones(record: AnyRecord, path: str) -> Iterator[Problem]:
    """A policy says how far it is."""
    if isinstance(record, Policy) and not record.milestones:
        yield problem_at(path, record, "STAT002", (), found=record.title)


def bodies_fit_the_type(base: KnowledgeBase) -> Iterator[Problem]:
    """A policy is adopted by a body that adopts policies of its type, as the vocabulary tells."""
    for policy in base.policies:
        usual = _decided_by(base, policy.type)
        for index, milestone in enumerate(policy.milestones):
            if milestone.status == "adopted" and milestone.body and usual and milestone.body not in usual:
                values = {"found": milestone.body, "type": policy.type or "", "usual": ", ".join(usual)}
                yield problem_in(base, policy, "BODY001", ("milestones", index, "body"), **values)


def _decided_by(base: KnowledgeBase, type: str | None) -> tuple[str, ...]:
    """The bodies that decide on a type of policy, or on the broader type it belongs to."""
    for concept in _and_broader(base, "policy-types", type):
        if concept.decided_by:
            return concept.decided_by
    return ()


def _and_broader(base: KnowledgeBase, vocabulary: str, code: str | None) -> Iterator[Concept]:
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        concept = base.concepts.get((vocabulary, code))
        if concept is None:
            return
        yield concept
        code = concept.broader


def forms_fit_the_level(base: KnowledgeBase) -> Iterator[Problem]:
    """A form that is of one level, as the vocabulary tells, stands with no other level."""
    for collaboration in base.collaborations:
        concept = base.concepts.get(("forms", collaboration.form or ""))
        level = concept.level if concept else None
        if level and collaboration.level not in (level, "unknown"):
            values = {"found": collaboration.level, "form": collaboration.form or "", "usual": level}
            yield problem_in(base, collaboration, "FORM001", ("level",), **values)
