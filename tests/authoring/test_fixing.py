"""`validate --fix` puts right what has one right answer, says so, and leaves the rest as problems."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amk.authoring.fixing import Fixes, find_fixes
from amk.checks.rules import Rule, all_rules, background
from amk.cli import run
from amk.storage.data_folder import Tree, working_tree
from tests.conftest import ROOT
from tests.storage.test_git_situations import Run, asked, repository

__all__ = ["asked", "repository"]

DAY = date(2026, 11, 27)
NOTE = "policies/nota.yaml"
TYPED = """\
# Van de griffie.
type: Policy framework
title: Nota
municipalities: [polderstad]
milestones:
  - status: vastgesteld  # volgens de raad
    date: 5 juli 2021
evidence:
  - source: register
"""


def fixes_of(text: str, path: str = NOTE) -> Fixes:
    return find_fixes(Tree(Path("."), {**background(), path: text}), DAY)


def fixed(text: str, path: str = NOTE) -> str:
    found = fixes_of(text, path)
    return found.texts.get(path, text)


def test_what_people_write_becomes_what_amk_reads_and_comments_stay() -> None:
    found = fixes_of(TYPED.replace("type: Policy framework\n", ""))
    [text] = found.texts.values()

    assert "# Van de griffie.\n" in text
    assert "  - status: adopted  # volgens de raad\n    date: 2021-07-05\n" in text
    assert [(fix.line, fix.phrase, fix.after) for fix in found.told if fix.phrase == "fix.value"] == [
        (5, "fix.value", "adopted"),
        (6, "fix.value", "2021-07-05"),
    ]


@pytest.mark.parametrize("typed", ["5-7-21", "31-2-2021", "begin 2021", "2021 of 2022"])
def test_a_date_that_may_be_another_is_left(typed: str) -> None:
    text = TYPED.replace("type: Policy framework\n", "").replace("5 juli 2021", typed)

    assert f"date: {typed}\n" in fixed(text).replace("'", "")


def test_a_word_near_a_code_is_no_label_of_it() -> None:
    text = "name: Werkgroep\nform: netwrok\nevidence:\n  - source: register\n"

    assert fixes_of(text, "collaborations/werkgroep.yaml") == Fixes((), {})


def test_a_label_that_two_codes_share_is_left() -> None:
    forms = background()["vocabulary/forms.yaml"]
    label = forms.split("nl: ")[-1].split("\n")[0]
    other = f"{forms}  - code: other\n    labels:\n      nl: {label}\n"
    path, text = "collaborations/werkgroep.yaml", f"name: W\nform: {label}\nevidence:\n  - source: register\n"

    assert fixed(text, path) != text
    tree = Tree(Path("."), {**background(), "vocabulary/forms.yaml": other, path: text})
    assert path not in find_fixes(tree, DAY).texts


WAIVING = """\
name: Polderstad
evidence:
  - source: register
waive:
  - code: BORD001
    reason: dat was ooit zo
"""


def test_a_waiver_that_nothing_needs_goes_and_one_with_a_comment_stays() -> None:
    path = "municipalities/nieuwstad.yaml"
    assert fixed(WAIVING, path) == WAIVING.partition("waive:")[0]

    commented = WAIVING.replace("  - code", "  # niet weghalen\n  - code")
    assert fixes_of(commented, path) == Fixes((), {})

    misspelt = WAIVING.replace("BORD001", "BORD009")
    assert fixes_of(misspelt, path) == Fixes((), {})


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_putting_right_twice_is_putting_right_once(rule: Rule) -> None:
    files = {path: file.text for path, file in {**rule.both, **rule.bad}.items() if not file.written}
    tree = Tree(Path("."), {**background(), **files})
    found = find_fixes(tree, DAY)

    again = find_fixes(Tree(Path("."), {**tree.texts, **found.texts}), DAY)
    assert again == Fixes((), {})


def test_there_is_nothing_to_put_right_in_what_is_shipped() -> None:
    assert find_fixes(working_tree(ROOT / "data"), DAY) == Fixes((), {})


def test_what_is_put_right_is_told_with_file_and_line_and_the_rest_stays_a_problem(
    repository: Path, asked: Run
) -> None:
    record = repository / "data" / "policies" / "nota.yaml"
    record.write_text(
        "title: Nota\nmunicipalities:\n  - nergens\nmilestones:\n  - date: 1 mei 2021\n    status: adopted\n"
        "evidence:\n  - source: brief-2021\n    lines: 8\n"
    )
    code, out, err = asked(repository, "validate", "--fix")

    assert (code, "REF001" in out, "DATE001" in out) == (1, True, False)
    assert "amk: policies/nota.yaml:5: “1 mei 2021” is now 2021-05-01" in err
    assert "amk: policies/nota.yaml:5: order and way of writing" in err
    assert record.read_text().endswith(
        "    date: 2021-05-01\nevidence:\n  - source: brief-2021\n    lines: '8'\n"
    )

    after = record.read_bytes()
    code, _, err = asked(repository, "validate", "--fix")
    assert (code, record.read_bytes()) == (1, after)
    assert "nothing put right" in err


def test_only_the_files_that_are_named_are_put_right(repository: Path, asked: Run) -> None:
    records = [repository / "data" / "policies" / f"{name}.yaml" for name in ("een", "twee")]
    for record in records:
        record.write_text("evidence: [{source: brief-2021}]\ntitle: Nota\nmunicipalities: [westbeek]\n")
    before = records[1].read_bytes()
    asked(repository, "validate", "--fix", str(records[0]))

    assert records[0].read_text().startswith("title: Nota\n")
    assert records[1].read_bytes() == before


def test_windows_line_ends_stay(repository: Path, asked: Run) -> None:
    record = repository / "data" / "policies" / "nota.yaml"
    record.write_bytes(
        b"evidence:\r\n  - source: brief-2021\r\ntitle: Nota\r\nmunicipalities:\r\n  - westbeek\r\n"
    )
    asked(repository, "validate", "--fix")

    assert record.read_bytes().startswith(b"title: Nota\r\nmunicipalities:\r\n")


@pytest.mark.parametrize("more", [["--staged"], ["--at", "HEAD"], ["--watch"], ["--changed-since", "HEAD"]])
def test_only_what_lies_in_the_folder_is_put_right(repository: Path, asked: Run, more: list[str]) -> None:
    code, _, err = asked(repository, "validate", "--fix", *more)

    assert code == 2
    assert "do not go together" in err or more[0] in err


def test_what_came_with_amk_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["validate", "--fix"]) == 2


def test_a_rule_is_explained_with_the_very_sentence_that_validation_says(
    repository: Path, asked: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "data" / "policies" / "nota.yaml").write_text("title: Nota\nstatus: concept\n")
    said = next(line for line in asked(repository, "validate")[1].splitlines() if "FLD001" in line)
    assert run(["validate", "--explain", said, "--lang", "en"]) == 0

    told = capsys.readouterr().out
    assert told.startswith("FLD001 (error)")
    assert "amk validate says of it:\n  amk does not know the field" in told
