"""Each law of telling is broken on purpose, and the test that keeps it says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import signature
from typing import Any

import pytest

from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import PolicyStatus
from amk.questions.changes.developments import Step
from amk.questions.report.find import Briefing
from amk.questions.wording import milestone_told
from amk.values.dates import Date
from tests.cli.test_commands import (
    amk as amk,
)
from tests.cli.test_commands import (
    test_a_broader_word_holds_the_narrower_ones as broader_words,
)
from tests.cli.test_commands import (
    test_wrong_use_is_one_sentence_with_the_next_step as wrong_use,
)
from tests.model.test_policy_status import (
    test_a_finding_tells_none_from_unknown as none_and_unknown,
)
from tests.model.test_policy_status import (
    test_a_revision_under_way_is_told_beside_what_is_in_force as stated_relations,
)
from tests.questions.test_attribution import (
    test_every_trend_of_the_briefing_is_told_as_of_its_source as kept_days,
)
from tests.questions.test_briefing import (
    test_a_row_of_policy_tells_one_milestone as one_event,
)
from tests.questions.test_briefing import (
    test_the_essentials_of_the_whole_name_what_they_count_up_to_seven as names_first,
)
from tests.questions.test_dates_told import (
    test_no_day_is_told_that_no_record_says as known_days,
)
from tests.questions.test_developments import (
    test_a_step_without_a_date_that_a_later_source_tells_of_is_only_known_now as learned,
)
from tests.questions.test_network import (
    test_what_only_may_run_is_marked_and_counted as maybes,
)
from tests.questions.test_today import (
    test_fifty_municipalities_stand_in_the_list_and_three_are_counted as today,
)
from tests.questions.test_unreadable import (
    broken as broken,
)
from tests.questions.test_unreadable import (
    test_every_document_names_what_could_not_be_read as unread,
)


def first_day(phrases: Phrases, when: Date) -> str:
    """A date in words is the first day that it may be."""
    return phrases.day(when.start.widest[0] if when.start else when.latest)


def mixed_up(briefing: Briefing, policy_status: PolicyStatus, phrases: Phrases) -> str:
    """When a policy was adopted is when its latest step was."""
    return milestone_told(policy_status.milestone, phrases) if policy_status.milestone else ""


def certain_step(manner: Any, policy: Any, milestone: Any, certain: bool) -> Step:
    """Every step certainly came when it became known."""
    return Step(manner, policy, milestone, certain=True)


def only_itself(base: KnowledgeBase, vocabulary: str, code: str) -> frozenset[str]:
    """A broader word holds nothing else."""
    return frozenset({code})


LAWS: dict[int, tuple[Callable[..., None], str, Any]] = {
    1: (partial(known_days, "briefing", "md", "nl"), "amk.language.Phrases.milestone", first_day),
    2: (one_event, "amk.questions.report.policies._adopted", mixed_up),
    3: (stated_relations, "amk.model.policy_status._revises", lambda policy, leading: bool(leading)),
    4: (kept_days, "amk.questions.attribution._is_recent", lambda source, day: True),
    5: (partial(today, day=("--today", "2026-11-26")), "amk.cli.session.as_of", lambda base, day: base),
    6: (none_and_unknown, "amk.model.policy_status._finding", lambda municipality, day: None),
    7: (maybes, "amk.questions.network.find.holds", lambda base, collaboration, day: "yes"),
    8: (learned, "amk.questions.changes.developments.Step", certain_step),
    9: (partial(unread, "list", "md"), "amk.cli.answer.lacking", lambda session: ()),
    10: (
        partial(wrong_use, arguments=["list", "--status", "vastgestelt"], sentence="bedoelt u “vastgesteld”"),
        "amk.cli.arguments.chosen",
        lambda text, codes, told, phrase: next(iter(codes)),
    ),
    11: (
        partial(broader_words, broad=["--form", "werkgroep"], narrow="collaboration/werkgroep-haaglanden"),
        "amk.model.knowledge_base.KnowledgeBase.narrower",
        only_itself,
    ),
    12: (names_first, "amk.questions.report.essentials.named_if_few", lambda names, phrases: ""),
}
"""Of each law the test that keeps it, what is broken, and how."""


@pytest.mark.parametrize("law", LAWS)
def test_a_law_that_is_broken_is_found(
    law: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps, target, how = LAWS[law]
    given = keeps.keywords if isinstance(keeps, partial) else {}
    needed = [name for name in signature(keeps).parameters if name not in given]
    fixtures = {name: request.getfixturevalue(name) for name in needed}

    keeps(**fixtures)
    monkeypatch.setattr(target, how)
    with pytest.raises(AssertionError):
        keeps(**fixtures)
