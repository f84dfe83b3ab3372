"""Developments: what happened is told apart from what is known now, and successors are followed."""

from __future__ import annotations

from datetime import date

import pytest

from amk.questions.changes.developments import Developments, find_developments
from tests.conftest import MakeBase

SOURCES = {
    "sources/then.yaml": "title: Then\ntype: letter\ndate: 2021-01-01\n",
    "sources/now.yaml": "title: Now\ntype: letter\ndate: 2024-01-01\n",
}
SINCE, DAY = date(2021, 7, 5), date(2024, 6, 1)


def municipality(name: str, more: str = "") -> str:
    return f"name: {name}\n{more}evidence:\n  - source: then\n"


def policy(milestones: str, *municipalities: str, source: str = "now") -> str:
    listed = "".join(f"  - {id}\n" for id in municipalities)
    return f"title: P\nmunicipalities:\n{listed}milestones:\n{milestones}evidence:\n  - source: {source}\n"


def found(base_of: MakeBase, texts: dict[str, str]) -> Developments:
    return find_developments(base_of({**SOURCES, **texts}), SINCE, DAY, None)


def told(changes: tuple[object, ...]) -> list[tuple[str, str, str]]:
    return [(c.municipality.id, c.before, c.after) for c in changes]  # type: ignore[attr-defined] # status changes


def test_somebody_who_looked_and_found_none_changed_nothing(base_of: MakeBase) -> None:
    finding = "no_policy_found:\n  - date: 2023-01-01\n    evidence:\n      - source: now\n"

    developments = found(base_of, {"municipalities/a.yaml": municipality("A", finding)})

    assert developments.statuses == ()
    assert told(developments.known_now) == [("a", "unknown", "none")]


def test_a_step_of_which_the_date_is_known_is_a_change_also_where_nothing_was_known_before(
    base_of: MakeBase,
) -> None:
    texts = {
        "municipalities/a.yaml": municipality("A"),
        "policies/p.yaml": policy("  - status: adopted\n    date: 2023-05-01\n", "a"),
    }

    developments = found(base_of, texts)

    assert told(developments.statuses) == [("a", "unknown", "adopted")]
    assert developments.known_now == ()


def test_a_step_without_a_date_that_a_later_source_tells_of_is_only_known_now(base_of: MakeBase) -> None:
    texts = {
        "municipalities/a.yaml": municipality("A"),
        "policies/p.yaml": policy("  - status: adopted\n    date: ../2024-01-01\n", "a"),
    }

    developments = found(base_of, texts)

    assert developments.statuses == ()
    assert told(developments.known_now) == [("a", "unknown", "adopted")]


def test_policy_that_lapsed_is_told_as_lapsed_and_not_as_unknown(base_of: MakeBase) -> None:
    steps = "  - status: adopted\n    date: 2020-01-01\n  - status: lapsed\n    date: 2023-02-28\n"
    texts = {"municipalities/a.yaml": municipality("A"), "policies/p.yaml": policy(steps, "a")}

    assert told(found(base_of, texts).statuses) == [("a", "adopted", "lapsed")]


@pytest.mark.parametrize("own", [True, False])
def test_a_successor_is_followed_from_its_predecessors(own: bool, base_of: MakeBase) -> None:
    gone = (
        "period: /2022-12-31\nsuccessors:\n  - municipality: new\n    date: 2023-01-01\n"
        "    evidence:\n      - source: now\n"
    )
    texts = {
        "municipalities/old.yaml": municipality("Old", gone),
        "municipalities/other.yaml": municipality("Other", gone),
        "municipalities/new.yaml": "name: New\nperiod: 2023-01-01/..\nevidence:\n  - source: now\n",
        "policies/p.yaml": policy("  - status: concept\n    date: 2020-11\n", "old", "other", source="then"),
    }
    if own:
        texts["policies/q.yaml"] = policy("  - status: adopted\n    date: 2023-06-01\n", "new")

    developments = found(base_of, texts)

    assert told(developments.statuses) == ([("new", "concept", "adopted")] if own else [])
