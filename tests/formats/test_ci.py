"""What validate finds, in every format: twelve planted faults, each once, at its line and column."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from amk.cli import run
from amk.formats.ci import github, gitlab, junit, sarif
from tests.fixtures.faulty_pull_request import FAULTS, expected, git, plant

Places = Counter[tuple[str, str, int, int]]
Captured = pytest.CaptureFixture[str]
SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))

ODD = {
    "code": "REF001",
    "severity": "error",
    "path": "data/policies/met spatie, komma & 100%.yaml",
    "line": 3,
    "column": 5,
    "ref": "policy/x",
    "field": "municipalities[0]",
    "message": "“één::twee” <b>\r\n%0A 😀, \x07",
    "hint": "Kies: a, b.",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy of the shipped data with twelve faults, as the working folder."""
    planted = plant(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return planted


def validate(capsys: Captured, *arguments: str) -> str:
    assert run(["validate", *arguments]) == 1
    return capsys.readouterr().out


def wanted(data: Path) -> Places:
    return Counter((code, f"data/{path}", line, column) for code, path, line, column in expected(data))


def from_text(told: str) -> Iterator[tuple[str, str, int, int]]:
    for path, line, column, code in re.findall(r"^(\S+):(\d+):(\d+): \S+ (\w+) ", told, re.MULTILINE):
        yield code, path, int(line), int(column)


def from_github(told: str) -> Iterator[tuple[str, str, int, int]]:
    pattern = r"^::error file=([^,]+),line=(\d+),col=(\d+),title=(\w+)::"
    for path, line, column, code in re.findall(pattern, told, re.MULTILINE):
        yield code, path, int(line), int(column)


def from_json(told: str) -> Iterator[tuple[str, str, int, int]]:
    yield from ((p["code"], p["path"], p["line"], p["column"]) for p in json.loads(told))


def from_sarif(told: str) -> Iterator[tuple[str, str, int, int]]:
    for result in json.loads(told)["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        path = unquote(place["artifactLocation"]["uri"])
        yield result["ruleId"], path, region["startLine"], region["startColumn"]


def from_junit(told: str) -> Iterator[tuple[str, str, int, int]]:
    for failure in ElementTree.fromstring(told).iter("failure"):
        path, line, column = (failure.text or "").split(": ")[0].rsplit(":", 2)
        yield str(failure.get("type")), path, int(line), int(column)


@pytest.mark.parametrize(
    ("format", "read"),
    [
        ("text", from_text),
        ("json", from_json),
        ("github", from_github),
        ("sarif", from_sarif),
        ("junit", from_junit),
    ],
)
def test_each_of_twelve_planted_faults_is_told_once_at_its_place(
    data: Path, capsys: Captured, format: str, read: type
) -> None:
    assert len(FAULTS) == 12
    assert Counter(read(validate(capsys, "-f", format))) == wanted(data)


def test_gitlab_is_told_each_fault_once_on_its_line(data: Path, capsys: Captured) -> None:
    rows = json.loads(validate(capsys, "-f", "gitlab"))
    told = Counter((r["check_name"], r["location"]["path"], r["location"]["lines"]["begin"]) for r in rows)

    assert told == Counter(place[:3] for place in wanted(data).elements())
    assert len({row["fingerprint"] for row in rows}) == 12


def test_the_change_answers_for_all_twelve(data: Path, capsys: Captured) -> None:
    rows = json.loads(validate(capsys, "-f", "json", "--changed-since", "main"))

    assert [row["caused"] for row in rows] == [True] * 12


def test_once_on_main_the_same_twelve_stop_no_other_change(data: Path, capsys: Captured) -> None:
    git(data.parent, "commit", "-q", "-a", "-m", "fouten")
    (data / "organisations" / "nieuw.yaml").write_text(
        "name: Nieuw\ntype: programme\nevidence:\n  - source: vervolgbrief-2021\n", encoding="utf-8"
    )

    assert run(["validate", "-f", "sarif", "--changed-since", "main"]) == 0
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [result["baselineState"] for result in results] == ["unchanged"] * 12


def test_on_github_its_own_format_is_chosen_and_the_step_gets_a_summary(
    data: Path, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    assert validate(capsys).startswith("::error file=data/")
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# amk validate\n")
    assert all(f"| {fault.code} |" in summary for fault in FAULTS)
    assert validate(capsys, "--json").startswith("[")


def test_the_suffix_of_the_file_chooses_the_format(data: Path, tmp_path: Path, capsys: Captured) -> None:
    validate(capsys, "-o", "bevindingen.sarif")
    validate(capsys, "-o", "bevindingen.xml")

    assert Counter(from_sarif((tmp_path / "bevindingen.sarif").read_text(encoding="utf-8"))) == wanted(data)
    assert Counter(from_junit((tmp_path / "bevindingen.xml").read_text(encoding="utf-8"))) == wanted(data)


@pytest.mark.parametrize("findings", [[], [ODD], [{**ODD, "caused": False}]], ids=["none", "odd", "earlier"])
def test_sarif_is_valid_by_its_schema(findings: list[dict[str, object]]) -> None:
    written = json.loads(sarif.write(findings, {"REF001": ("error", "Verwijzingen bestaan.")}, "nl"))

    assert list(Draft202012Validator(SCHEMA).iter_errors(written)) == []
    assert list(Draft202012Validator(SCHEMA).iter_errors({**written, "version": "2.0"})) != []


def test_the_sarif_of_planted_faults_is_valid_by_its_schema(data: Path, capsys: Captured) -> None:
    written = json.loads(validate(capsys, "-f", "sarif"))

    assert list(Draft202012Validator(SCHEMA).iter_errors(written)) == []


def test_odd_texts_stay_whole_or_are_escaped() -> None:
    [line] = github.write([ODD]).splitlines()
    assert "komma & 100%25.yaml" in line
    assert "spatie%2C komma" in line
    assert "%0D%0A%250A 😀" in line
    [row] = json.loads(gitlab.write([ODD]))
    assert ODD["message"] in row["description"]
    case = next(ElementTree.fromstring(junit.write([ODD], [])).iter("testcase"))
    assert case.get("name") == ODD["path"]
    assert "\x07" not in junit.write([ODD], [])


def test_in_junit_a_warning_does_not_fail_and_a_clean_file_is_a_case() -> None:
    told = ElementTree.fromstring(junit.write([{**ODD, "severity": "warning"}], ["data/a.yaml"]))

    assert (told.get("tests"), told.get("failures")) == ("2", "0")
    assert len(list(told.iter("system-out"))) == 1


def test_a_record_that_cannot_be_read_is_told_once_and_not_by_all_that_refer_to_it(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = plant(tmp_path)
    git(tmp_path, "checkout", "-q", ".")
    (data / "vocabulary" / "source-types.yaml").write_text("labels: [", encoding="utf-8")
    (data / "municipalities" / "gouda.yaml").write_text("name: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    rows = json.loads(validate(capsys, "-f", "json"))

    assert [row["code"] for row in rows] == ["YAML001", "YAML001"]
