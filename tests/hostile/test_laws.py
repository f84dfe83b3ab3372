"""What was made quick for the sake of hostile files still says the same."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.checks.milestones import milestones_run_forward
from amk.model.knowledge_base import folded
from amk.model.policy_status import inherited_until
from amk.model.records import Milestone, Policy
from amk.model.statuses import STAGES, advancement
from amk.storage.data_folder import Tree
from amk.storage.loading import load
from amk.values.control_characters import escaped, sanitize
from amk.values.dates import parse_date
from amk.values.line_ranges import NotLines, parse_lines
from amk.values.suggestions import LONGEST, nearest

milestones = st.lists(
    st.builds(
        Milestone,
        status=st.sampled_from(("agenda", "concept", "adopted", "continued", "withdrawn", "evaluation")),
        date=st.none() | st.sampled_from(("2019", "2020", "2020-05", "2021/..", "../2018")).map(parse_date),
        municipalities=st.lists(st.sampled_from("abc"), unique=True, max_size=2).map(tuple),
        planned=st.booleans(),
    ),
    max_size=7,
).map(tuple)


def backward(found: tuple[Milestone, ...]) -> set[tuple[str, int]]:
    """The same rule, by comparing every pair."""
    wrong = set()
    for (i, before), (j, here) in product(enumerate(found), repeat=2):
        apart = before.municipalities and here.municipalities
        if i >= j or (apart and not {*before.municipalities} & {*here.municipalities}):
            continue
        if before.date and here.date and here.date.latest < before.date.earliest:
            wrong.add(("DATE005", j))
        staged = {before.status, here.status} <= {*STAGES[:-1]} and not here.planned
        if staged and advancement(here.status) < advancement(before.status):
            wrong.add(("STAT001", j))
    return wrong


@given(milestones)
def test_the_same_milestones_run_backward_as_when_every_pair_is_compared(
    found: tuple[Milestone, ...],
) -> None:
    policy = Policy(id="p", title="p", evidence=(), milestones=found)
    problems = list(milestones_run_forward(policy, ""))

    assert {(p.code, int(p.field_path[1])) for p in problems} == backward(found)
    assert len(problems) == len({(p.code, p.field_path) for p in problems})


@given(st.text())
def test_a_name_is_folded_as_letter_by_letter(text: str) -> None:
    bare = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c)).replace("'", "")

    assert folded(text) == " ".join("".join(c if c.isalnum() else " " for c in bare).split())


@pytest.mark.parametrize(
    ("event", "until"),
    [("2024-02-29", "2026-02-28"), ("2023-01-01", "2025-01-01"), ("9998-12-31", "9999-12-31")],
)
def test_what_was_inherited_lapses_after_two_years_also_in_a_leap_year(event: str, until: str) -> None:
    assert inherited_until(date.fromisoformat(event)) == date.fromisoformat(until)


def test_the_last_winter_ends_with_the_calendar() -> None:
    assert parse_date("9999-24").latest == date.max


def test_a_hundred_ranges_are_read_and_no_more() -> None:
    assert len(parse_lines(", ".join(["1"] * 100)).ranges) == 100
    with pytest.raises(NotLines):
        parse_lines(", ".join(["1"] * 101))


def test_two_words_of_a_hundred_thousand_letters_are_not_compared() -> None:
    assert nearest("goudda", ["gouda", "x" * 100_000]) == "gouda"
    assert nearest("gouda" * 20_000, ["gouda" * 20_000 + "x"]) == ""
    assert nearest("x" * LONGEST, ["x" * (LONGEST - 1)]) != ""


def test_a_number_of_thousands_of_digits_is_told_as_no_whole_number() -> None:
    text = f"title: t\nevidence: []\nplaces: [{{number: {'9' * 5000}}}]\n"

    [problem] = load(Tree(Path("."), {"policies/p.yaml": text})).problems

    assert (problem.code, problem.values["expected"]) == ("FLD003", "whole-number")


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_harmless_can_be_written_and_stays_as_long(text: str) -> None:
    assert len(sanitize(text)) == len(text)
    assert sanitize(sanitize(text)) == sanitize(text)
    sanitize(text).encode("utf-8")
    escaped(text).encode("utf-8")
