"""Each rule has a good and a bad example: the bad one has exactly its problem, at its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from amk.checks.rules import ExampleFile, Rule, all_rules, background
from amk.checks.validation import find_problems, hint, message, problem_words
from amk.model.problems import RULES, Problem
from amk.storage.data_folder import working_tree

RULE = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
DAY = date(2026, 11, 24)


def write(folder: Path, *examples: Mapping[str, ExampleFile]) -> Path:
    """The background with the files of an example."""
    files = {path: ExampleFile(text) for path, text in background().items()}
    for example in examples:
        files |= example
    for path, file in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, file)
    return folder


def write_file(target: Path, file: ExampleFile) -> None:
    if file.raw is None:
        target.mkdir()
    else:
        target.write_bytes(file.raw)


def problems_of(folder: Path) -> tuple[Problem, ...]:
    return find_problems(working_tree(folder), DAY).problems


@RULE
def test_the_bad_example_has_exactly_its_problem_at_its_place(rule: Rule, tmp_path: Path) -> None:
    found = problems_of(write(tmp_path, rule.both, rule.bad))

    assert [(p.code, (p.path, p.line, p.column)) for p in found] == [(rule.code, rule.place)]


@RULE
def test_the_good_example_has_no_problem(rule: Rule, tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, rule.both, rule.good)) == ()


@pytest.mark.parametrize("language", ["nl", "en"])
@RULE
def test_every_problem_can_be_said_with_what_to_do(rule: Rule, language: str, tmp_path: Path) -> None:
    phrases = problem_words(language)

    for problem in problems_of(write(tmp_path, rule.both, rule.bad)):
        assert len(message(problem, phrases)) > 10
        assert len(hint(problem, phrases)) > 10


def test_every_example_belongs_to_a_rule() -> None:
    examples = (Path(__file__).parents[2] / "src" / "amk" / "checks" / "rules" / "examples").glob("*.txt")

    assert {path.stem for path in examples} == set(RULES)


def test_the_shipped_data_has_no_problem() -> None:
    data = Path(__file__).parents[2] / "data"

    assert problems_of(data) == ()


def test_a_misspelt_reference_suggests_the_nearest(tmp_path: Path) -> None:
    rule = next(rule for rule in all_rules() if rule.code == "REF001")
    [problem] = problems_of(write(tmp_path, rule.both, rule.bad))

    assert "dijkdam" in hint(problem, problem_words("nl"))
