"""What cannot be read is told as that: in the answer, in every format, never as unknown."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from tests.conftest import ROOT

Told = pytest.CaptureFixture[str]


@pytest.fixture
def broken(tmp_path: Path, own_cache: Path) -> Path:
    """The shipped data with a policy that cannot be read, and one whose milestones cannot be."""
    data = tmp_path / "data"
    copytree(ROOT / "data", data)
    lost, partly = (data / "policies" / f"beleid-{name}.yaml" for name in ("lansingerland", "rotterdam"))
    lost.write_text(lost.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    text = partly.read_text(encoding="utf-8").replace("status: adopted", "status: adoptd")
    partly.write_text(text, encoding="utf-8")
    return data


def told(capsys: Told, *arguments: str) -> str:
    assert run([*arguments]) == 0
    return capsys.readouterr().out


DOCUMENTS = ("list", "map", "gaps", "coverage", "timeline", "stale", "network", "report", "show rotterdam",
             "search beleid", "compare rotterdam lansingerland", "report letter",
             "report state-table")  # fmt: skip


@pytest.mark.parametrize("format", ["table", "md", "html"])
@pytest.mark.parametrize("command", DOCUMENTS)
def test_every_document_names_what_could_not_be_read(
    command: str, format: str, broken: Path, capsys: Told
) -> None:
    said = told(capsys, *command.split(), "--data", str(broken), "-f", format)

    assert "policy/beleid-lansingerland" in said.replace("\n", " ")
    assert "beleid-rotterdam (milestones)" in " ".join(said.split())


@pytest.mark.parametrize("command", ["list", "map", "gaps", "coverage", "timeline", "stale", "search beleid"])
def test_what_could_not_be_read_is_a_row_of_its_own(command: str, broken: Path, capsys: Told) -> None:
    words = (*command.split(), "--data", str(broken), "-f")
    rows = json.loads(told(capsys, *words, "json"))
    table = list(csv.DictReader(StringIO(told(capsys, *words, "csv"))))

    assert [row["ref"] for row in rows if row.get("readable") is False] == ["policy/beleid-lansingerland"]
    assert [row["ref"] for row in table if row["readable"] == "False"] == ["policy/beleid-lansingerland"]


def test_a_status_that_cannot_be_read_is_a_status_of_its_own(broken: Path, capsys: Told) -> None:
    rows = json.loads(told(capsys, "list", "--data", str(broken), "-f", "json"))
    by_ref = {row["ref"]: row for row in rows}

    assert by_ref["municipality/lansingerland"]["status"] == "unreadable"
    assert by_ref["municipality/rotterdam"]["status"] == "unreadable"
    assert by_ref["policy/beleid-rotterdam"]["incomplete"] == ["milestones"]
    assert "incomplete" not in by_ref["municipality/delft"]


def test_no_sum_counts_what_cannot_be_read_among_what_is_not_known(broken: Path, capsys: Told) -> None:
    whole = json.loads(told(capsys, "coverage", "--data", str(ROOT / "data"), "-f", "json"))[0]
    now = json.loads(told(capsys, "coverage", "--data", str(broken), "-f", "json"))[0]

    assert now["unreadable"] == 2
    assert (now["unknown"], now["none"]) == (whole["unknown"], whole["none"])
    assert now["effective"] == whole["effective"] - 2


def test_a_field_beside_the_status_leaves_the_status_as_it_is(broken: Path, capsys: Told) -> None:
    policy = broken / "policies" / "beleid-rotterdam.yaml"
    good = (ROOT / "data" / "policies" / "beleid-rotterdam.yaml").read_text(encoding="utf-8")
    policy.write_text(f"{good}budget: 1\n", encoding="utf-8")
    rows = json.loads(told(capsys, "show", "beleid-rotterdam", "--data", str(broken), "-f", "json"))

    assert [(row["status"], row["incomplete"]) for row in rows] == [("adopted", ["budget"])]


def test_set_says_why_it_cannot_and_edit_opens_the_file(
    broken: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = "policy/beleid-lansingerland"
    assert run(["set", ref, "tags+=x", "--data", str(broken)]) == 2
    said = capsys.readouterr().err
    assert "policies/beleid-lansingerland.yaml" in said
    assert "amk edit" in said

    monkeypatch.setenv("EDITOR", "sed -i /^<<<<<<</d")
    assert run(["edit", ref, "--data", str(broken)]) == 0
    assert "<<<<" not in (broken / "policies" / "beleid-lansingerland.yaml").read_text(encoding="utf-8")


def test_writing_keeps_what_cannot_be_read(broken: Path, capsys: Told) -> None:
    policy = broken / "policies" / "beleid-rotterdam.yaml"
    policy.write_text(f"x_own: kept\n{policy.read_text(encoding='utf-8')}", encoding="utf-8")
    assert run(["set", "beleid-rotterdam", "tags+=haven", "--data", str(broken)]) == 0
    assert run(["rename", "source/bijlage-1-2021", "bijlage-een", "--data", str(broken)]) == 0
    text = policy.read_text(encoding="utf-8")

    assert "x_own: kept" in text
    assert "status: adoptd" in text
    assert "bijlage-1-2021" not in text
