"""What must hold between records: one function for each rule, listed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from amk.checks.codes import codes_have_their_form
from amk.checks.content import (
    labels_are_in_every_language,
    nobody_can_be_reached_here,
    publications_have_official_ids,
)
from amk.checks.duplicates import codes_are_used_once, collaborations_are_recorded_once, names_are_used_once
from amk.checks.evidence import (
    decisions_rest_on_more_than_hearsay,
    lines_are_given,
    lines_lie_within_the_source,
    sources_may_be_told_of,
)
from amk.checks.milestones import milestones_are_not_after_their_source, milestones_run_forward
from amk.checks.plausibility import bodies_fit_the_type, forms_fit_the_level, policies_have_milestones
from amk.checks.policy_notes import policy_that_notes_speak_of_is_recorded
from amk.checks.references import codes_exist, participants_name_one_party, references_exist
from amk.checks.stated import (
    commitments_come_first,
    figures_are_not_after_their_source,
    figures_say_how_much,
    fulfilled_commitments_say_with_what,
)
from amk.checks.territory import (
    borders_are_symmetrical,
    members_exist_then,
    mergers_are_whole,
    successors_come_after,
    tiles_are_used_once,
)
from amk.model.former_ids import redirected
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import Problem
from amk.model.records import AnyRecord

Check = Callable[[KnowledgeBase], Iterator[Problem]]
CheckAlone = Callable[[AnyRecord, str], Iterator[Problem]]
"""A rule for a record and the path of its file."""


def check(base: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem of the records of a base, by themselves and between them."""
    alone = (p for r in base.known.values() for p in check_alone(r, base.paths.get(r.ref, "")))
    return (*alone, *check_between(base), *check_shared(base))


def check_between(base: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem that the records in view have because of what those say that they name."""
    now = redirected(base)
    return (*references_exist(base), *(problem for rule in BETWEEN for problem in rule(now)))


def check_shared(base: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem that records have because another is too much like them."""
    now = redirected(base)
    return tuple(problem for rule in SHARED for problem in rule(now))


def check_alone(record: AnyRecord, path: str) -> tuple[Problem, ...]:
    """Every problem that a record has whatever others say."""
    return tuple(problem for rule in ALONE for problem in rule(record, path))


BETWEEN: tuple[Check, ...] = (
    codes_exist,
    borders_are_symmetrical,
    members_exist_then,
    mergers_are_whole,
    successors_come_after,
    milestones_are_not_after_their_source,
    figures_are_not_after_their_source,
    lines_lie_within_the_source,
    lines_are_given,
    sources_may_be_told_of,
    decisions_rest_on_more_than_hearsay,
    bodies_fit_the_type,
    forms_fit_the_level,
)
"""The rules for which others matter: those that a record names, the vocabularies and the manifest.

A reference to a former id is for them one to the id that a record has now; `references_exist` tells of it.
"""

SHARED: tuple[Check, ...] = (
    tiles_are_used_once,
    codes_are_used_once,
    names_are_used_once,
    collaborations_are_recorded_once,
    policy_that_notes_speak_of_is_recorded,
)
"""The rules for which any other record may matter."""

ALONE: tuple[CheckAlone, ...] = (
    milestones_run_forward,
    participants_name_one_party,
    policies_have_milestones,
    nobody_can_be_reached_here,
    labels_are_in_every_language,
    publications_have_official_ids,
    codes_have_their_form,
    figures_say_how_much,
    commitments_come_first,
    fulfilled_commitments_say_with_what,
)
"""The rules for which a record is all there is to look at: they are kept with it."""
