from __future__ import annotations

from datetime import date

import pytest

from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import PolicyStatus, municipality_status_on, policy_status_on
from amk.model.validity import as_of, holds
from tests.conftest import MakeBase

SOURCE = {"sources/s.yaml": "title: S\ntype: letter\ndate: 2023-06-01\n"}
EVIDENCE = "evidence:\n  - source: s\n"


def policy(milestones: str, municipality: str = "old") -> str:
    return f"title: P\nmunicipalities:\n  - {municipality}\nmilestones:\n{milestones}{EVIDENCE}"


def merged(base_of: MakeBase, milestones: str) -> KnowledgeBase:
    """Old became New on 2023-01-01; the policy is Old's."""
    old = (
        "name: Old\nperiod: ../2022-12-31\nsuccessors:\n"
        f"  - municipality: new\n    date: 2023-01-01\n{EVIDENCE}"
    )
    return base_of(
        {
            **SOURCE,
            "municipalities/old.yaml": old,
            "municipalities/new.yaml": f"name: New\nperiod: 2023-01-01/..\n{EVIDENCE}",
            "policies/p.yaml": policy(milestones),
        }
    )


def status_of(base: KnowledgeBase, id: str, day: date) -> tuple[str, str | None]:
    municipality = base.municipality(id)
    assert municipality is not None
    policy_status = municipality_status_on(as_of(base, day), municipality, day)
    return policy_status.status, policy_status.maybe


def test_a_policy_in_force_is_a_maybe_at_the_successor(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: in-force\n    date: 2020-01-01\n")

    assert status_of(base, "old", date(2022, 1, 1)) == ("in-force", None)
    assert status_of(base, "new", date(2023, 5, 1)) == ("unknown", "in-force")


def test_a_policy_that_was_continued_holds_at_the_successor(base_of: MakeBase) -> None:
    continued = "  - status: in-force\n    date: 2020-01-01\n  - status: continued\n    date: 2023-02-01\n"
    base = merged(base_of, continued)

    assert status_of(base, "new", date(2023, 5, 1)) == ("in-force", None)


def test_a_draft_has_no_force_to_inherit(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: concept\n    date: 2020-01-01\n")

    assert status_of(base, "new", date(2023, 5, 1)) == ("unknown", None)


def test_an_inherited_policy_is_no_longer_a_maybe_after_two_years(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: in-force\n    date: 2020-01-01\n")

    assert status_of(base, "new", date(2024, 12, 31)) == ("unknown", "in-force")
    assert status_of(base, "new", date(2025, 1, 1)) == ("unknown", None)


def test_what_is_planned_never_counts_as_reached(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: adopted\n    date: 2020-01-01\n    planned: true\n")

    assert status_of(base, "old", date(2022, 1, 1)) == ("unknown", None)


def test_a_milestone_without_a_date_lies_before_its_source(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: preparation\n")
    found = base.policies[0]

    assert policy_status_on(base, found, date(2023, 6, 1)).status == "preparation"
    assert policy_status_on(base, found, date(2023, 5, 31)).status == "unknown"
    assert policy_status_on(base, found, date(2023, 5, 31)).maybe is None, "nobody knew of it then"


def test_adopted_is_not_taken_for_in_force(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: adopted\n    date: 2020-01-01\n")

    assert policy_status_on(base, base.policies[0], date(2022, 1, 1)).status == "adopted"


def test_a_withdrawn_policy_no_longer_holds_and_leaves_the_status_unknown(base_of: MakeBase) -> None:
    both = "  - status: adopted\n    date: 2020-01-01\n  - status: withdrawn\n    date: 2021-01-01\n"
    base = merged(base_of, both)

    assert holds(base, base.policies[0], date(2020, 6, 1)) == "yes"
    assert holds(base, base.policies[0], date(2021, 6, 1)) == "no"
    assert status_of(base, "old", date(2021, 6, 1)) == ("unknown", None)


def test_a_finding_tells_none_from_unknown(base_of: MakeBase) -> None:
    finding = "no_policy_found:\n  - date: 2022-03-01\n    evidence:\n      - source: s\n"
    base = base_of({**SOURCE, "municipalities/a.yaml": f"name: A\n{finding}{EVIDENCE}"})

    assert status_of(base, "a", date(2022, 2, 28))[0] == "unknown"
    assert status_of(base, "a", date(2022, 3, 1))[0] == "none"


def test_as_of_never_adds_a_record(shipped: KnowledgeBase) -> None:
    for year in range(2015, 2027):
        then = as_of(shipped, date(year, 7, 1))
        assert then.records.keys() <= shipped.records.keys()


def test_a_revision_under_way_is_told_beside_what_is_in_force(base_of: MakeBase) -> None:
    texts = {
        **SOURCE,
        "municipalities/a.yaml": f"name: A\n{EVIDENCE}",
        "policies/p.yaml": policy("  - status: in-force\n    date: 2020-01-01\n", "a"),
        "policies/q.yaml": policy("  - status: preparation\n    date: 2022-01-01\n", "a") + "revises: [p]\n",
        "policies/r.yaml": policy("  - status: concept\n    date: 2022-01-01\n", "a"),
    }
    base = base_of(texts)
    a = base.municipality("a")
    assert a is not None

    policy_status = municipality_status_on(base, a, date(2023, 1, 1))
    assert (policy_status.status, policy_status.revision) == ("in-force", "preparation")
    assert [s.policy.id for s in policy_status.beside] == ["r"], "no record says that it is a revision"


VAGUE = """\
title: Bericht
type: news
date: 2025~
"""


def with_a_vague_source(base_of: MakeBase, milestone: str, more: str = "") -> PolicyStatus:
    texts = {
        **SOURCE,
        "sources/vague.yaml": VAGUE,
        "municipalities/a.yaml": f"name: A\n{EVIDENCE}",
        "policies/p.yaml": policy(milestone, "a") + more,
    }
    base = base_of(texts)
    return policy_status_on(base, base.policies[0], date(2027, 1, 1))


def test_what_a_vague_source_confirms_was_last_confirmed_as_vaguely(base_of: MakeBase) -> None:
    milestone = "  - status: adopted\n    date: 2020-01-01\n    evidence:\n      - source: vague\n"

    assert str(with_a_vague_source(base_of, milestone).last_confirmed) == "2025~"


def test_what_is_cited_for_the_whole_policy_confirms_its_status_only_where_it_says_so(
    base_of: MakeBase,
) -> None:
    milestone = "  - status: adopted\n    date: 2020-01-01\n    evidence:\n      - source: s\n"
    cited = "  - source: vague\n"

    assert str(with_a_vague_source(base_of, milestone, cited).last_confirmed) == "2023-06-01"
    confirming = f"{cited}    confirms: status\n"
    assert str(with_a_vague_source(base_of, milestone, confirming).last_confirmed) == "2025~"


def test_a_status_was_confirmed_at_the_latest_on_the_day_it_was_reached(base_of: MakeBase) -> None:
    milestone = "  - status: adopted\n    date: 2024-05-01\n    evidence:\n      - source: s\n"

    assert str(with_a_vague_source(base_of, milestone).last_confirmed) == "2024-05-01"


def test_a_policy_is_a_maybe_once_no_source_confirms_it(base_of: MakeBase) -> None:
    base = merged(base_of, "  - status: adopted\n    date: 2020-01-01\n")

    assert holds(base, base.policies[0], date(2023, 6, 1)) == "yes"
    assert holds(base, base.policies[0], date(2100, 1, 1)) == "maybe"


@pytest.mark.parametrize(
    ("period", "confirms", "day", "answer"),
    [
        ("/..", "", date(1900, 1, 1), "maybe"),
        ("/..", "", date(2023, 6, 1), "yes"),
        ("/..", "", date(2026, 1, 1), "maybe"),
        ("/..", "\n    confirms: ongoing", date(2026, 1, 1), "yes"),
        ("/2024-12-31", "", date(2024, 6, 1), "yes"),
        ("/2024-12-31", "", date(1900, 1, 1), "maybe"),
        ("/2024-12-31", "", date(2025, 1, 1), "no"),
    ],
)
def test_what_began_on_an_unknown_day_is_certain_from_its_first_source_to_its_last(
    period: str, confirms: str, day: date, answer: str, base_of: MakeBase
) -> None:
    text = f"name: A\nperiod: {period}\nevidence:\n  - source: s{confirms}\n"
    base = base_of({**SOURCE, "municipalities/a.yaml": text})

    assert holds(base, base.municipalities[0], day) == answer


def test_a_search_without_a_finding_leaves_the_status_unknown_and_is_known(base_of: MakeBase) -> None:
    searched = "searched:\n  - date: 2023-06-01\n    where: pages\n    outcome: nothing\n"
    base = base_of({**SOURCE, "municipalities/a.yaml": f"name: A\n{searched}{EVIDENCE}"})
    a = base.municipalities[0]

    assert municipality_status_on(base, a, date(2024, 1, 1)).status == "unknown"
    assert str(municipality_status_on(base, a, date(2024, 1, 1)).searched) == "2023-06-01"
    assert municipality_status_on(base, a, date(2023, 1, 1)).searched is None
