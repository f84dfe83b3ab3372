"""Stale: what should be checked, why, by whom, and how durations are read."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from amk.cli import run as run_here
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.coverage.stale import Staleness, find_stale
from amk.values.dates import parse_date
from amk.values.durations import Duration, NotADuration, before, parse_duration
from tests.conftest import ROOT, MakeBase

DAY = date(2023, 7, 5)
EVIDENCE = "evidence:\n  - source: s\n"
SOURCES = {"sources/s.yaml": "title: S\ntype: letter\ndate: 2023-06-01\n"}
ADOPTED = "milestones:\n  - status: adopted\n    date: 2020-01-01\n"


def stale(base: KnowledgeBase, limit: date = date(2022, 7, 5), day: date = DAY) -> Staleness:
    return find_stale(base, day, limit)


def reasons(base_of: MakeBase, policy: str, day: date = DAY) -> list[str]:
    texts = {**SOURCES, "policies/p.yaml": f"title: P\n{policy}{EVIDENCE}"}
    return [found.reason for found in stale(base_of(texts), day=day).found]


def test_what_was_confirmed_lately_and_expects_nothing_is_not_stale(base_of: MakeBase) -> None:
    assert reasons(base_of, ADOPTED) == []


def test_a_planned_milestone_is_stale_once_it_is_past(base_of: MakeBase) -> None:
    planned = ADOPTED + "  - status: in-force\n    date: 2023-06\n    planned: true\n"

    assert reasons(base_of, planned, date(2023, 6, 30)) == []
    assert reasons(base_of, planned, date(2023, 7, 1)) == ["planned"]


def test_a_planned_milestone_that_came_is_not_stale(base_of: MakeBase) -> None:
    planned = "  - status: in-force\n    date: 2023-01-01\n    planned: true\n"
    came = "  - status: in-force\n    date: 2023-02-01\n"

    assert reasons(base_of, ADOPTED + planned + came) == []


@pytest.mark.parametrize(("field", "reason"), [("expires", "expires"), ("evaluate_by", "evaluate-by")])
def test_a_policy_past_its_day_is_stale(base_of: MakeBase, field: str, reason: str) -> None:
    assert reasons(base_of, f"{ADOPTED}{field}: 2023-07-05\n") == []
    assert reasons(base_of, f"{ADOPTED}{field}: 2023-07-04\n") == [reason]


def test_a_policy_that_is_being_evaluated_need_not_be_asked_to(base_of: MakeBase) -> None:
    evaluated = "  - status: evaluation\n    date: 2023-01-01\n"

    assert reasons(base_of, f"{ADOPTED}{evaluated}evaluate_by: 2023-03-01\n") == []


def test_a_policy_that_has_ended_is_not_stale(base_of: MakeBase) -> None:
    ended = "  - status: withdrawn\n    date: 2023-01-01\n"

    assert reasons(base_of, f"{ADOPTED}{ended}expires: 2022-01-01\n") == []


def test_what_was_evidenced_too_long_ago_is_stale_unless_it_was_reviewed(base_of: MakeBase) -> None:
    collaboration = f"name: C\nperiod: 2020/..\n{EVIDENCE}"
    texts = {**SOURCES, "collaborations/c.yaml": collaboration}
    reviewed = {**SOURCES, "collaborations/c.yaml": collaboration + "reviewed: 2025-01-01\n"}
    day, limit = date(2025, 7, 5), date(2024, 7, 5)

    [found] = stale(base_of(texts), limit, day).found
    assert (found.reason, found.last, found.holds) == ("unchecked", parse_date("2023-06-01"), "maybe")
    assert stale(base_of(reviewed), limit, day).found == ()


def test_an_owner_comes_before_a_region(base_of: MakeBase) -> None:
    texts = {
        **SOURCES,
        "regions/r.yaml": f"name: Area\ntype: x\n{EVIDENCE}",
        "policies/p.yaml": f"title: P\nregions:\n  - r\n{ADOPTED}expires: 2022\n{EVIDENCE}",
        "policies/q.yaml": f"title: Q\nregions:\n  - r\nowner: Team\n{ADOPTED}expires: 2022\n{EVIDENCE}",
    }

    assert [name for name, _ in stale(base_of(texts)).grouped] == ["Area", "Team"]


@pytest.mark.parametrize(
    ("said", "expected"), [("", ["due"]), ("fulfilled: 'no'\n", ["due"]), ("fulfilled: 'yes'\n", [])]
)
def test_a_commitment_is_stale_once_its_term_is_past(
    base_of: MakeBase, said: str, expected: list[str]
) -> None:
    text = f"title: T\ntype: promise\ntext: x\nby: region/r\ndue: 2023-06\n{said}{EVIDENCE}"
    texts = {
        **SOURCES,
        "municipalities/a.yaml": f"name: A\n{EVIDENCE}",
        "regions/r.yaml": f"name: Area\ntype: x\nmembers:\n  - municipality: a\n{EVIDENCE}",
        "commitments/t.yaml": text,
    }

    assert stale(base_of(texts), day=date(2023, 6, 30)).found == ()
    found = stale(base_of(texts)).found
    assert [s.reason for s in found] == expected
    assert {group for s in found for group in s.groups} == ({"Area"} if expected else set())


def test_a_policy_of_merged_municipalities_is_asked_of_the_region_of_their_successor(
    shipped: KnowledgeBase,
) -> None:
    found = stale(shipped, date(2025, 1, 1), date(2026, 1, 1)).found
    [voorne] = [s for s in found if s.record.id == "beleidskader-voorne"]

    assert voorne.groups == ("Rotterdam",)


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("12m", date(2021, 7, 5), date(2020, 7, 5)),
        ("2y", date(2021, 7, 5), date(2019, 7, 5)),
        ("90d", date(2021, 7, 5), date(2021, 4, 6)),
        ("1m", date(2021, 3, 31), date(2021, 2, 28)),
        ("1y", date(2024, 2, 29), date(2023, 2, 28)),
        ("99999y", date(2024, 2, 29), date.min),
    ],
)
def test_a_duration_goes_back_so_many_days_months_or_years(text: str, day: date, expected: date) -> None:
    assert before(day, parse_duration(text)) == expected


@pytest.mark.parametrize("text", ["", "12", "m", "-1m", "1w", "1.5y", "1m2d", "٣m", "1000000d"])
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(NotADuration):
        parse_duration(text)


@given(st.dates(), st.integers(0, 99999))
def test_longer_is_never_later(day: date, number: int) -> None:
    assert before(day, Duration(months=number + 1)) <= before(day, Duration(months=number)) <= day
    assert before(day, Duration(days=number + 1)) <= before(day, Duration(days=number)) <= day


def ask(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    sys.argv = ["amk"]
    code = run_here([*map(str, arguments), "--data", str(ROOT / "data")])
    return code, *capsys.readouterr()


def test_the_command_tells_what_was_last_confirmed_when(capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = ask(capsys, "stale", "--today", "2024-01-01", "--older-than", "2y", "--json")
    rows = {row["ref"]: row for row in json.loads(told)}
    oostland = rows["collaboration/overleg-greenport-oostland"]

    assert code == 0
    assert (oostland["reason"], oostland["last_confirmed"]) == ("unchecked", "2021-07-05")
    assert "policy/beleidskader-zuidplas" not in rows


def test_a_round_is_markdown_with_boxes_and_asks_after_the_unknown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, told, _ = ask(capsys, "stale", "--today", "2026-06-01", "--as-checklist", "--region", "Haaglanden")

    assert code == 0
    assert told.startswith("# Controleronde Haaglanden")
    assert "- [ ] Ambtelijke werkgroep huisvesting arbeidsmigranten Haaglanden: " in told
    assert "- [ ] Delft: is er beleid, in de maak of vastgesteld, of is er geen? Vraag: " in told
    assert "Gouda" not in told


def test_a_wrong_duration_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, told, error = ask(capsys, "stale", "--older-than", "soon")

    assert (code, told) == (2, "")
    assert "90d" in error


def test_each_point_says_whom_to_ask_and_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    day = ["--today", "2026-11-26", "--lang", "nl"]
    wishes = ["stale", "--region", "Haaglanden", "--data", str(ROOT / "data"), *day]
    assert run_here([*wishes, "--json"]) == 0
    rows = {row["ref"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["policy/aanpak-den-haag"]["whom"] == "beleidsmedewerker van Den Haag"
    assert rows["collaboration/werkgroep-haaglanden"]["whom"] == "secretaris of trekker"
    assert all(row["url"].startswith("http") for row in rows.values() if row["url"])

    assert run_here([*wishes, "-f", "md"]) == 0
    page = capsys.readouterr().out
    assert "| Wie het kan weten |" in page
    assert "## Waar te kijken" in page


def housing_regions() -> list[str]:
    files = sorted((ROOT / "data" / "regions").glob("*.yaml"))
    return [f.stem for f in files if "housing-market-region" in f.read_text(encoding="utf-8")]


@pytest.mark.parametrize("region", housing_regions())
def test_a_round_of_a_region_is_one_page(region: str, tmp_path: Path) -> None:
    page = tmp_path / "ronde.pdf"
    wishes = ["stale", "--region", region, "--as-checklist", "-o", str(page), "--today", "2026-11-26"]
    assert run_here([*wishes, "--data", str(ROOT / "data"), "--lang", "nl"]) == 0

    assert len(PdfReader(page).pages) == 1
