"""What must hold between records: one function for each rule, listed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from amk.checks.duplicates import codes_are_used_once, collaborations_are_recorded_once, names_are_used_once
from amk.checks.evidence import (
    decisions_rest_on_more_than_hearsay,
    lines_are_given,
    lines_lie_within_the_source,
    sources_may_be_told_of,
)
from amk.checks.likelihood import bodies_fit_the_type, forms_fit_the_level, policies_have_milestones
from amk.checks.milestones import milestones_are_not_after_their_source, milestones_run_forward
from amk.checks.references import codes_exist, participants_name_one_party, references_exist
from amk.checks.territory import (
    borders_are_symmetrical,
    members_exist_then,
    successors_come_after,
    tiles_are_used_once,
)
from amk.checks.wording import (
    labels_are_in_every_language,
    nobody_can_be_reached_here,
    publications_have_official_ids,
)
from amk.knowledge import KnowledgeBase
from amk.problems import Problem

Check = Callable[[KnowledgeBase], Iterator[Problem]]


def check(base: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem between the records of a base."""
    return tuple(problem for rule in CHECKS for problem in rule(base))


CHECKS: tuple[Check, ...] = (
    references_exist,
    codes_exist,
    borders_are_symmetrical,
    tiles_are_used_once,
    members_exist_then,
    successors_come_after,
    milestones_run_forward,
    milestones_are_not_after_their_source,
    lines_lie_within_the_source,
    lines_are_given,
    sources_may_be_told_of,
    decisions_rest_on_more_than_hearsay,
    participants_name_one_party,
    policies_have_milestones,
    bodies_fit_the_type,
    forms_fit_the_level,
    codes_are_used_once,
    names_are_used_once,
    collaborations_are_recorded_once,
    nobody_can_be_reached_here,
    labels_are_in_every_language,
    publications_have_official_ids,
)
