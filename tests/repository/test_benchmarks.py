"""Benchmarks: what is generated is right but for what is planted, and a run tells the truth of its goals."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from benchmarks.forms import Records, Written, write_recutils
from benchmarks.generating import Size, generate, write
from benchmarks.goals import RATIOS, judged, judged_memory
from benchmarks.measuring import Command, measure
from benchmarks.planting import PLANTS, plant
from benchmarks.results import replaced, table
from benchmarks.yamale_schema import yamale_schema

from amk.checks.validation import find_problems
from amk.cli import run
from amk.storage.data_folder import Tree
from amk.storage.yaml.canonical import canonical
from tests.storage.test_canonical import kind_of

DAY = date(2026, 11, 24)


def test_each_kind_is_as_many_as_asked() -> None:
    texts = generate(1, Size(municipalities=12, policies=30, collaborations=5))
    counts = {folder: sum(path.startswith(f"{folder}/") for path in texts) for folder in
              ("municipalities", "policies", "collaborations")}  # fmt: skip

    assert counts == {"municipalities": 12, "policies": 30, "collaborations": 5}


def test_a_size_in_records_is_about_that_many_of_one_kilobyte() -> None:
    sizes = sorted(len(text.encode()) for text in generate(1, Size.of(1000)).values())

    assert len(sizes) == pytest.approx(1000, rel=0.05)
    assert 900 < sizes[len(sizes) // 2] < 1200


def test_generated_records_are_in_canonical_form() -> None:
    texts = generate(2, Size.of(100))

    assert [p for p, text in texts.items() if p != "amk.yaml" and canonical(text, kind_of(p)) != text] == []


@pytest.mark.parametrize("seed", range(5))
def test_validate_finds_exactly_what_is_planted(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, planted = plant(generate(seed, Size.of(400)), 3 * len(PLANTS), sorted(PLANTS), seed)
    write(tmp_path, texts)

    run(["validate", "--json", "--data", str(tmp_path), "--today", "2026-11-24"])

    found = json.loads(capsys.readouterr().out)
    told = sorted((p["path"].removeprefix(f"{tmp_path}/"), p["code"], p["line"]) for p in found)
    assert told == [(one.path, one.code, one.line) for one in planted]


@pytest.mark.parametrize("code", PLANTS)
def test_each_kind_of_problem_can_be_planted_alone(code: str) -> None:
    texts, planted = plant(generate(1, Size.of(60)), 2, [code], 1)

    found = find_problems(Tree(Path("."), texts), DAY).problems
    assert [(p.path, p.code, p.line) for p in found] == [(one.path, one.code, one.line) for one in planted]


def test_more_than_the_records_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too few records in policies"):
        plant(generate(1, Size.of(20)), 50, ["REF001"], 1)


def test_a_goal_is_judged_by_the_ratio_of_two_commands() -> None:
    seconds = {("amk validate, cold", 10_000): 2.0, ("yamale", 10_000): 3.0}

    [judgement] = judged(seconds)
    assert judgement[1:] == ("0.67 ×", "**not met**")
    [judgement] = judged({**seconds, ("yamale", 10_000): 4.0})
    assert judgement[1:] == ("0.50 ×", "met")


def test_growth_is_judged_where_both_sizes_were_measured() -> None:
    seconds = {("amk search, warm", 10_000): 1.0, ("amk search, warm", 100_000): 4.5}

    [(told, found, verdict)] = judged(seconds)
    assert "itself at 10,000" in told
    assert (found, verdict) == ("4.50 ×", "**not met**")
    assert list(judged({("amk search, warm", 100_000): 4.5})) == []


def test_the_goals_are_those_that_were_set() -> None:
    assert [goal.most for goal in RATIOS] == [0.3, 0.5, 0.5, 0.15, 0.2, 1.2, 0.5, 12, 12, 12, 4, 4]
    assert judged_memory([("amk a", 100.0), ("amk b", 151.0)])[1:] == ("151 MB (amk b)", "**not met**")


def test_a_run_replaces_its_own_section_only() -> None:
    page = "# Results\n\nWhat.\n\n## One\n\nold\n\n### deeper\n\n## Two\n\nkept\n"

    once = replaced(page, "One", "new")
    assert once == "# Results\n\nWhat.\n\n## One\n\nnew\n\n## Two\n\nkept\n"
    assert replaced(once, "One", "new") == once
    assert replaced(once, "Three", "added").endswith("kept\n\n## Three\n\nadded\n")
    assert replaced(once, "Two", "now") == once.replace("kept", "now")


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


measured = pytest.mark.skipif(not hasattr(os, "wait4"), reason="commands are measured where there is wait4")


@measured
def test_memory_counts_what_a_command_starts() -> None:
    holding = "x = b'x' * 40_000_000; import time; time.sleep(0.6)"
    two = f"import subprocess, sys; p = [subprocess.Popen([sys.executable, '-c', {holding!r}]) for _ in '12']; [x.wait() for x in p]"  # noqa: E501 # a program on one line
    begun = time.perf_counter()

    [found] = measure([Command("two", [sys.executable, "-c", two])], rounds=1)

    assert len(found.seconds) == len(found.cpu) == 1
    assert found.seconds[0] <= time.perf_counter() - begun
    assert found.memory > 80 or sys.platform != "linux"


@measured
def test_a_command_that_fails_is_told_and_not_run_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    failing = Command("fails", ["sh", "-c", f"echo x >> {log}; exit 3"])

    [found] = measure([failing], rounds=3)

    assert (found.failure, found.seconds, log.read_text()) == ("failed (exit code 3)", [], "x\n")


def test_recutils_gets_every_value_and_the_regions(tmp_path: Path) -> None:
    write(tmp_path / "data", generate(1, Size.of(60)))

    write_recutils(Records(tmp_path / "data"), tmp_path / "rec")

    told = (tmp_path / "rec" / "records.rec").read_text("utf-8")
    one = next(text for text in told.split("\n\n") if text.startswith("Id: policies/nota-00000"))
    assert "Region: regio-000" in one
    assert "Milestones_status: " in one
    assert "Evidence_source: besluit" in one


def test_a_record_names_its_places(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: A\nparticipants:\n  - municipality: g1\n  - region: r\n", "utf-8")

    assert Written("collaborations", path).places() == ["g1"]


def test_the_schema_for_yamale_has_every_field_and_code() -> None:
    schema = {
        "properties": {
            "name": {"$ref": "#/$defs/text"},
            "effect": {"oneOf": [{"const": "allows"}, {"const": "both"}]},
            "borders": {"type": "object", "properties": {"a": {"$ref": "#/$defs/Border-1"}}},
            "when": {"type": "array", "items": {"$ref": "#/$defs/date"}},
        },
        "required": ["name"],
        "$defs": {"text": {}, "date": {}, "Border-1": {"properties": {"km": {"type": ["number", "string"]}}}},
    }

    told = yamale_schema(schema)
    assert "name: str()\n" in told
    assert "effect: enum('allows', 'both', required=False)\n" in told
    assert "borders: map(include('Border_1'), required=False)\n" in told
    assert "when: list(any(str(), int(), day()), required=False)\n" in told
    assert "Border_1:\n  km: num(required=False)\n" in told
