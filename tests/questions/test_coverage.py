"""Coverage: what is known of whom, how well it is founded, and where sources contradict each other."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import pytest

from amk.cli import run as run_here
from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.coverage.find import Coverage, dividing_regions, find_coverage
from amk.questions.coverage.tell import tell_coverage
from tests.conftest import ROOT, MakeBase

DAY = date(2021, 7, 5)
EVIDENCE = "evidence:\n  - source: s\n"
SOURCES = {
    "sources/s.yaml": "title: S\ntype: letter\ndate: 2021-07-05\n",
    "sources/t.yaml": "title: T\ntype: letter\ndate: 2021-07-05\nline_count: 80\n",
}
NOT_COVERED = {
    "albrandswaard",
    "barendrecht",
    "capelle-aan-den-ijssel",
    "hoeksche-waard",
    "krimpen-aan-den-ijssel",
    "maassluis",
    "nissewaard",
    "ridderkerk",
    "vlaardingen",
}


def covered(base: KnowledgeBase, day: date = DAY) -> Coverage:
    return find_coverage(base, day, dividing_regions(base))


def silent(coverage: Coverage) -> set[str]:
    return {known.municipality.id for known in coverage.silent}


def test_of_the_nine_that_the_founding_document_covers_in_no_way_others_tell(shipped: KnowledgeBase) -> None:
    named = silent(covered(shipped))
    told_elsewhere = {id for id in NOT_COVERED if shipped.policies_of(f"municipality/{id}")}

    assert named <= NOT_COVERED
    assert NOT_COVERED - named <= told_elsewhere
    assert named


def test_the_tallies_of_the_regions_add_up_to_that_of_the_whole(shipped: KnowledgeBase) -> None:
    for year in range(2018, 2027):
        whole, *regions = covered(shipped, date(year, 7, 5)).tallies
        for count in (
            "effective",
            "under_way",
            "none_found",
            "unknown",
            "named",
            "through_region",
            "in_none",
        ):
            assert sum(getattr(tally, count) for tally in regions) == getattr(whole, count)
        statuses = whole.effective + whole.under_way + whole.none_found + whole.unknown
        assert statuses == whole.named + whole.through_region + whole.in_none == len(whole.places)


def test_a_finding_of_none_is_not_told_as_unknown(base_of: MakeBase) -> None:
    finding = "no_policy_found:\n  - date: 2021-01-01\n    evidence:\n      - source: s\n"
    base = base_of(
        {
            **SOURCES,
            "municipalities/a.yaml": f"name: A\n{finding}{EVIDENCE}",
            "municipalities/b.yaml": f"name: B\n{EVIDENCE}",
        }
    )
    coverage = covered(base)

    assert (coverage.tallies[0].none_found, coverage.tallies[0].unknown) == (1, 1)
    assert silent(coverage) == {"b"}


def test_a_collaboration_of_a_region_makes_nobody_a_participant(base_of: MakeBase) -> None:
    base = base_of(
        {
            **SOURCES,
            "municipalities/a.yaml": f"name: A\n{EVIDENCE}",
            "regions/r.yaml": f"name: R\ntype: x\nmembers:\n  - municipality: a\n{EVIDENCE}",
            "collaborations/c.yaml": f"name: C\nregions:\n  - r\nperiod: 2020/..\n{EVIDENCE}",
        }
    )
    [tally, _] = covered(base).tallies

    assert (tally.named, tally.through_region, tally.in_none) == (0, 1, 0)


def test_statements_without_a_day_without_lines_and_on_one_source_are_counted(base_of: MakeBase) -> None:
    milestones = (
        "milestones:\n"
        "  - status: preparation\n"
        "  - status: concept\n    date: 2020\n    evidence:\n      - source: t\n"
        "  - status: adopted\n    date: 2021-01-01\n"
        "    evidence:\n      - source: t\n        lines: '4'\n      - source: s\n"
    )
    coverage = covered(base_of({**SOURCES, "policies/p.yaml": f"title: P\n{milestones}{EVIDENCE}"}))
    field_paths = [
        [s.field_path for s in found]
        for found in (
            coverage.undated,
            coverage.vaguely_dated,
            coverage.without_lines,
            coverage.on_one_source,
        )
    ]

    assert field_paths == [
        ["milestones[0]"],
        ["milestones[1]"],
        ["milestones[1]"],
        ["milestones[0]", "milestones[1]"],
    ]


def test_what_sources_say_of_the_learning_circle_otherwise_is_told(shipped: KnowledgeBase) -> None:
    told = [
        (c.record.id, c.field, str(c.value), c.source, c.says)
        for c in covered(shipped).contradictions
        if c.field == "period"
    ]
    circle = "leerkring-huisvesting-arbeidsmigranten"

    assert (circle, "period", "2020-05/2020-11", "platform31-leerkring", "2020/2021") in told


@pytest.mark.parametrize(("day", "maybe"), [(DAY, (0, 0)), (date(2023, 1, 1), (1, 1))])
def test_a_collaboration_that_only_may_run_is_counted_apart(
    base_of: MakeBase, day: date, maybe: tuple[int, int]
) -> None:
    base = base_of(
        {
            **SOURCES,
            **{f"municipalities/{id}.yaml": f"name: {id}\n{EVIDENCE}" for id in "ab"},
            "regions/r.yaml": f"name: R\ntype: x\nmembers:\n  - municipality: a\n{EVIDENCE}",
            "collaborations/c.yaml": f"name: C\nregions:\n  - r\nperiod: 2020/..\n{EVIDENCE}",
            "collaborations/d.yaml": (
                f"name: D\nparticipants:\n  - municipality: b\nperiod: 2020/..\n{EVIDENCE}"
            ),
        }
    )
    coverage = covered(base, day)
    tally, told = coverage.tallies[0], tell_coverage(coverage, phrases_in("nl").with_topic("coverage"), "X")

    assert (tally.named, tally.through_region) == (1, 1)
    assert (tally.named_maybe, tally.through_region_maybe) == maybe
    assert ("alleen mogelijk dat die loopt" in str(told)) == any(maybe)


@pytest.mark.parametrize(
    ("said", "is_told"),
    [("", True), ("fulfilled: partly\n", True), ("fulfilled: 'yes'\n", False), ("due: 2021-08\n", False)],
)
def test_what_should_have_been_done_by_now_is_told(base_of: MakeBase, said: str, is_told: bool) -> None:
    due = "" if said.startswith("due") else "due: 2021-06\n"
    text = f"title: T\ntype: promise\ntext: x\nby: municipality/a\n{due}{said}{EVIDENCE}"
    base = base_of({**SOURCES, "municipalities/a.yaml": f"name: A\n{EVIDENCE}", "commitments/t.yaml": text})
    coverage = covered(base)
    told = tell_coverage(coverage, phrases_in("nl").with_topic("coverage"), "X")

    assert [c.id for c in coverage.overdue] == ["t"] * is_told
    assert ("T: uiterlijk juni 2021" in str(told)) == is_told


def test_an_empty_base_is_told_without_a_share_of_nothing(base_of: MakeBase) -> None:
    phrases = phrases_in("en").with_topic("coverage")

    assert len(tell_coverage(covered(base_of(SOURCES)), phrases, "X")) == 2


def ask(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    sys.argv = ["amk"]
    code = run_here([*map(str, arguments), "--data", str(ROOT / "data")])
    return code, *capsys.readouterr()


def test_the_command_names_the_silent_and_says_what_silence_means(
    shipped: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = ask(capsys, "coverage", "--as-of", "2021-07-05")

    assert code == 0
    for known in covered(shipped).silent:
        assert f"- {known.municipality.name}" in told
    assert "Onbekend betekent niet dat er niets is." in " ".join(told.split())


def test_rows_for_machines_have_a_topic_each(
    shipped: KnowledgeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told, _ = ask(capsys, "coverage", "--as-of", "2021-07-05", "--json")
    rows: list[dict[str, Any]] = json.loads(told)

    assert {row["topic"] for row in rows} == {
        "tally",
        "silent",
        "statements",
        "contradiction",
        "completion",
        "overdue",
    }
    assert rows[0]["municipalities"] == 52
    told_silent = {row["ref"].partition("/")[2] for row in rows if row["topic"] == "silent"}
    assert told_silent == silent(covered(shipped))


def test_a_region_is_asked_about_alone(shipped: KnowledgeBase, capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = ask(capsys, "coverage", "--as-of", "2021-07-05", "--region", "Rotterdam", "-f", "ids")

    found = {line.partition("/")[2] for line in told.splitlines()}
    assert found == silent(covered(shipped)) - {"hoeksche-waard"}
