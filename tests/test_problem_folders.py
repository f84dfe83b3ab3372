from __future__ import annotations

from pathlib import Path

import pytest

from amk.problems import RULES
from amk.questions.validation import find_problems, hint, message, problem_words
from amk.tree import MAX_BYTES, working_tree

FOLDERS = sorted(path for path in (Path(__file__).parent / "problems").iterdir() if path.is_dir())
BUILT_HERE = {"FILE001", "FILE002", "YAML010"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_has_exactly_its_problem_at_its_place(folder: Path) -> None:
    found = find_problems(working_tree(folder)).problems

    told = [f"{p.code} {p.path} {p.line} {p.column}" for p in found]
    assert told == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_every_rule_has_a_folder_or_is_built_here() -> None:
    assert {folder.name for folder in FOLDERS} | BUILT_HERE == set(RULES)


def test_a_folder_named_like_a_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "policies" / "x.yaml").mkdir(parents=True)

    [problem] = find_problems(working_tree(tmp_path)).problems

    assert (problem.code, problem.path) == ("FILE001", "policies/x.yaml")


def test_a_file_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "x.yaml").write_text("title: " + "x" * MAX_BYTES, encoding="utf-8")

    [problem] = find_problems(working_tree(tmp_path)).problems

    assert problem.code == "FILE002"


@pytest.mark.parametrize(
    ("text", "reason"), [("tags: [" + "a," * 20_000 + "a]", "values"), ("a: b\n" * 200, "faults")]
)
def test_what_no_record_comes_near_is_read_no_further(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "x.yaml").write_text(text, encoding="utf-8")

    problems = find_problems(working_tree(tmp_path)).problems

    [last] = [p for p in problems if p.code == "YAML010"]
    assert last.values["found"] == f"many-{reason}"
    assert len(problems) <= 101


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_problem_can_be_said_with_what_to_do(folder: Path, language: str) -> None:
    say = problem_words(language)

    for problem in find_problems(working_tree(folder)).problems:
        assert len(message(problem, say)) > 10
        assert len(hint(problem, say)) > 10


def test_the_shipped_data_has_no_problem() -> None:
    data = Path(__file__).parents[1] / "data"

    assert find_problems(working_tree(data)).problems == ()


def test_a_misspelt_reference_suggests_the_nearest() -> None:
    folder = Path(__file__).parent / "problems" / "REF001"
    [problem] = find_problems(working_tree(folder)).problems

    assert "gouda" in hint(problem, problem_words("nl"))
