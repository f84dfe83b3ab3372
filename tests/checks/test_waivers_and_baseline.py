"""The steward's desk: waivers, what a change caused, and the rules told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from amk.checks.rulebook import rulebook
from amk.checks.rules import rule
from amk.checks.validation import find_problems
from amk.cli import run
from amk.model.problems import RULES
from amk.storage.data_folder import working_tree
from tests.checks.test_rules import write

ROOT = Path(__file__).parents[2]
GROUP = "collaborations/werkgroep.yaml"
ODD = "name: Werkgroep\nform: official-working-group\nlevel: political\nevidence:\n  - source: register\n"
WAIVER = "waive:\n  - code: FORM001\n    reason: De wethouders namen de werkgroep over.\n"

Answer = tuple[int, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small knowledge base of the rules, in a repository, with nothing wrong."""
    data = write(tmp_path / "data")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    save(tmp_path)
    return data


def git(folder: Path, *arguments: str) -> None:
    named = {f"GIT_{who}_{what}": "amk" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, env={**os.environ, **named})


def save(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "stand")


def put(data: Path, path: str, text: str) -> None:
    (data / path).parent.mkdir(exist_ok=True)
    (data / path).write_text(text, encoding="utf-8")


def codes(data: Path, day: date = date(2026, 1, 1)) -> list[str]:
    return [problem.code for problem in find_problems(working_tree(data), day).problems]


def validate(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> Answer:
    code = run(["validate", "--data", str(data), *arguments])
    return code, capsys.readouterr().out


def test_a_waiver_waives_its_problem_in_its_record_only(folder: Path) -> None:
    put(folder, GROUP, ODD + WAIVER)
    put(folder, "collaborations/overleg.yaml", ODD.replace("Werkgroep", "Overleg"))

    found = find_problems(working_tree(folder), date(2026, 1, 1))

    assert [(p.code, p.ref) for p in found.problems] == [("FORM001", "collaboration/overleg")]
    assert found.waived == 1


def test_a_waiver_that_ran_out_goes_on_waiving_and_is_a_warning_itself(folder: Path) -> None:
    put(folder, GROUP, ODD + WAIVER + "    until: 2026-06-30\n")

    assert codes(folder, date(2026, 6, 30)) == []
    assert codes(folder, date(2026, 7, 1)) == ["WAIV002"]
    assert RULES["WAIV002"] == "warning"


def test_an_error_waived_stays_no_error_as_time_passes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = rule("DATE006").bad["policies/nota-wonen.yaml"].text
    waiver = "waive:\n  - code: DATE006\n    reason: Het besluit volgde op de brief.\n    until: 2020\n"
    put(folder, "policies/nota-wonen.yaml", late + waiver)

    assert validate(capsys, folder, "--today", "2026-01-01")[0] == 0
    assert validate(capsys, folder, "--today", "2026-01-01", "--strict")[0] == 1


def test_warnings_fail_only_when_strict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, GROUP, ODD)

    assert validate(capsys, folder)[0] == 0
    assert validate(capsys, folder, "--strict")[0] == 1


def test_only_what_the_change_caused_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = rule("REF001").bad["policies/nota-wonen.yaml"].text
    put(folder, "policies/nota-wonen.yaml", policy)
    save(folder.parent)
    put(folder, "policies/nota-wonen.yaml", "summary: Een regel erboven.\n" + policy)

    code, told = validate(capsys, folder, "--changed-since", "HEAD", "-f", "json")

    assert code == 0
    assert [(p["code"], p["caused"], p["line"]) for p in json.loads(told)] == [("REF001", False, 4)]
    assert validate(capsys, folder)[0] == 1


def test_a_problem_caused_in_a_file_that_was_not_touched_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "policies/nota-wonen.yaml", rule("REF001").good["policies/nota-wonen.yaml"].text)
    save(folder.parent)
    (folder / "municipalities" / "dijkdam.yaml").unlink()

    code, told = validate(capsys, folder, "--changed-since", "HEAD", "-f", "json")

    assert code == 1
    assert [(p["path"][-16:], p["caused"]) for p in json.loads(told)] == [("/nota-wonen.yaml", True)]


def test_a_file_that_is_renamed_keeps_its_old_problems(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, GROUP, ODD)
    save(folder.parent)
    git(folder, "mv", GROUP, "collaborations/kring.yaml")

    assert validate(capsys, folder, "--changed-since", "HEAD", "--strict")[0] == 0


def test_a_proposal_is_not_blamed_for_what_main_mended_meanwhile(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, GROUP, ODD)
    save(folder.parent)
    git(folder, "checkout", "--quiet", "-b", "voorstel")
    put(folder, "collaborations/kring.yaml", ODD.replace("political", "unknown").replace("Werk", "Bos"))
    save(folder.parent)
    git(folder, "checkout", "--quiet", "main")
    put(folder, GROUP, ODD.replace("political", "unknown"))
    save(folder.parent)
    git(folder, "checkout", "--quiet", "voorstel")

    assert validate(capsys, folder, "--changed-since", "main", "--strict")[0] == 0


def test_the_rules_are_listed_and_each_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--rules", "-f", "md"]) == 0
    listed = capsys.readouterr().out
    for code in RULES:
        assert f"| {code} |" in listed
        assert run(["validate", "--explain", code.lower(), "--lang", "en"]) == 0
        told = capsys.readouterr().out
        assert told.startswith(f"{code} (")
        assert rule(code).place[0] in told


def test_an_unknown_rule_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--explain", "REF01"]) == 2
    assert "REF00" in capsys.readouterr().err


def test_the_page_on_checks_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == rulebook()


def test_problems_are_told_in_the_language_of_the_knowledge_base(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = (folder / "amk.yaml").read_text()
    put(folder, "amk.yaml", manifest.replace("language: nl", "language: en"))
    put(folder, GROUP, ODD)

    assert "does not fit the form" in validate(capsys, folder)[1]
    assert "past niet bij de vorm" in validate(capsys, folder, "--lang", "nl")[1]


def test_watching_validates_again_when_a_file_changes(folder: Path) -> None:
    command = [sys.executable, "-m", "amk", "validate", "--data", str(folder), "--watch"]
    kept = {"env": {**os.environ, "PYTHONPATH": str(ROOT / "src")}, "text": True}
    with subprocess.Popen(command, stdout=subprocess.PIPE, **kept) as watching:  # type: ignore[call-overload] # its overloads know no **
        assert "geen problemen" in watching.stdout.readline()
        put(folder, "collaborations/kring.yaml", ODD)
        assert "FORM001" in watching.stdout.readline()
        try:
            watching.send_signal(signal.SIGINT)
            assert watching.wait(timeout=30) == 130
        finally:
            # What does not stop is a fault, and never something to wait for.
            watching.kill()


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("PRIV001", "summary: Bel 0182 123456.\n"),
        ("REF001", "regions: [nergens]\n"),
        ("CODE001", "purposes: [x]\n"),
    ],
)
def test_personal_data_references_and_codes_are_never_waived(
    folder: Path, capsys: pytest.CaptureFixture[str], code: str, wrong: str
) -> None:
    put(folder, GROUP, f"{ODD}{wrong}waive:\n  - code: {code}\n    reason: Het mag.\n")

    assert {code, "WAIV003"} <= set(codes(folder, date(2026, 1, 1)))
    assert validate(capsys, folder)[0] == 1


def test_each_waiver_is_told_with_its_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, GROUP, ODD + WAIVER)

    told = validate(capsys, folder, "--lang", "nl")[1]
    assert "ontheven: FORM001, omdat: De wethouders namen de werkgroep over." in told


def test_what_somebody_can_be_reached_by_is_not_repeated(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, GROUP, f"{ODD}summary: Mail naar wonen@dijkdam.example.\n")

    _, told = validate(capsys, folder, "-f", "github")
    assert "PRIV001" in told
    assert "wonen@dijkdam.example" not in told


def test_a_change_tells_the_reasons_of_what_it_waives_besides(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, GROUP, ODD + WAIVER)
    save(folder.parent)
    put(
        folder,
        "collaborations/overleg.yaml",
        ODD.replace("Werkgroep", "Overleg") + WAIVER.replace("De", "Alle"),
    )

    told = validate(capsys, folder, "--changed-since", "HEAD", "--lang", "nl")[1]
    assert "omdat: Alle wethouders" in told
    assert "omdat: De wethouders" not in told
