from __future__ import annotations

from datetime import date

from amk.holding import as_of, holds
from amk.knowledge import KnowledgeBase
from amk.standing import municipal_standing, policy_standing
from tests.conftest import Loaded

SOURCE = {"sources/s.yaml": "title: S\ntype: letter\ndate: 2023-06-01\n"}
EVIDENCE = "evidence:\n  - source: s\n"


def policy(milestones: str, municipality: str = "old") -> str:
    return f"title: P\nmunicipalities:\n  - {municipality}\nmilestones:\n{milestones}{EVIDENCE}"


def merged(base_of: Loaded, milestones: str) -> KnowledgeBase:
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
    standing = municipal_standing(as_of(base, day), municipality, day)
    return standing.status, standing.maybe


def test_a_policy_in_force_is_a_maybe_at_the_successor(base_of: Loaded) -> None:
    base = merged(base_of, "  - status: in-force\n    date: 2020-01-01\n")

    assert status_of(base, "old", date(2022, 1, 1)) == ("in-force", None)
    assert status_of(base, "new", date(2023, 5, 1)) == ("unknown", "in-force")


def test_a_policy_that_was_continued_holds_at_the_successor(base_of: Loaded) -> None:
    continued = "  - status: in-force\n    date: 2020-01-01\n  - status: continued\n    date: 2023-02-01\n"
    base = merged(base_of, continued)

    assert status_of(base, "new", date(2023, 5, 1)) == ("in-force", None)


def test_a_draft_has_no_force_to_inherit(base_of: Loaded) -> None:
    base = merged(base_of, "  - status: concept\n    date: 2020-01-01\n")

    assert status_of(base, "new", date(2023, 5, 1)) == ("unknown", None)


def test_an_inherited_policy_is_no_longer_a_maybe_after_two_years(base_of: Loaded) -> None:
    base = merged(base_of, "  - status: in-force\n    date: 2020-01-01\n")

    assert status_of(base, "new", date(2024, 12, 31)) == ("unknown", "in-force")
    assert status_of(base, "new", date(2025, 1, 1)) == ("unknown", None)


def test_what_is_planned_never_counts_as_reached(base_of: Loaded) -> None:
    base = merged(base_of, "  - status: adopted\n    date: 2020-01-01\n    planned: true\n")

    assert status_of(base, "old", date(2022, 1, 1)) == ("unknown", None)


def test_a_milestone_without_a_date_lies_before_its_source(base_of: Loaded) -> None:
    base = merged(base_of, "  - status: preparation\n")
    found = base.policies[0]

    assert policy_standing(base, found, date(2023, 6, 1)).status == "preparation"
    assert policy_standing(base, found, date(2023, 5, 31)).maybe == "preparation"


def test_adopted_is_not_taken_for_in_force(base_of: Loaded) -> None:
    base = merged(base_of, "  - status: adopted\n    date: 2020-01-01\n")

    assert policy_standing(base, base.policies[0], date(2022, 1, 1)).status == "adopted"


def test_a_withdrawn_policy_no_longer_holds_and_leaves_the_status_unknown(base_of: Loaded) -> None:
    both = "  - status: adopted\n    date: 2020-01-01\n  - status: withdrawn\n    date: 2021-01-01\n"
    base = merged(base_of, both)

    assert holds(base, base.policies[0], date(2020, 6, 1)) == "yes"
    assert holds(base, base.policies[0], date(2021, 6, 1)) == "no"
    assert status_of(base, "old", date(2021, 6, 1)) == ("unknown", None)


def test_a_finding_tells_none_from_unknown(base_of: Loaded) -> None:
    finding = "no_policy_found:\n  - date: 2022-03-01\n    evidence:\n      - source: s\n"
    base = base_of({**SOURCE, "municipalities/a.yaml": f"name: A\n{finding}{EVIDENCE}"})

    assert status_of(base, "a", date(2022, 2, 28))[0] == "unknown"
    assert status_of(base, "a", date(2022, 3, 1))[0] == "none"


def test_as_of_never_adds_a_record(shipped: KnowledgeBase) -> None:
    for year in range(2015, 2027):
        then = as_of(shipped, date(year, 7, 1))
        assert then.records.keys() <= shipped.records.keys()


def test_a_revision_under_way_is_told_beside_what_is_in_force(base_of: Loaded) -> None:
    texts = {
        **SOURCE,
        "municipalities/a.yaml": f"name: A\n{EVIDENCE}",
        "policies/p.yaml": policy("  - status: in-force\n    date: 2020-01-01\n", "a"),
        "policies/q.yaml": policy("  - status: preparation\n    date: 2022-01-01\n", "a"),
    }
    base = base_of(texts)
    a = base.municipality("a")
    assert a is not None

    standing = municipal_standing(base, a, date(2023, 1, 1))
    assert (standing.status, standing.revision) == ("in-force", "preparation")
