"""Today is a day: what has ended or is yet to begin is left out and counted, or told last where asked."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO

import pytest

from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import KINDS, Municipality, Region
from amk.model.validity import as_of, holds
from amk.questions.left_out import lack_of
from tests.conftest import ROOT

Told = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-11-26")
COUNTED = "3 gemeenten zijn opgegaan in een andere"


def told(capsys: Told, *arguments: str) -> str:
    assert run([*arguments, "--data", str(ROOT / "data"), "--lang", "nl"]) == 0
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("day", [TODAY, ("--as-of", "2026-11-26")])
def test_fifty_municipalities_stand_in_the_list_and_three_are_counted(
    capsys: Told, day: tuple[str, str]
) -> None:
    page = told(capsys, "list", "municipalities", *day)
    assert "Gemeenten (50)" in page
    assert f"{COUNTED}; met --ended erbij." in page


def test_what_has_ended_is_marked_and_last_where_it_is_asked_for(capsys: Told) -> None:
    page = told(capsys, "list", "municipalities", "--ended", "-f", "md", *TODAY)
    assert "Gemeenten (53)" in page
    assert page.index("Zwijndrecht") < page.index("Brielle (opgegaan in een andere)")
    assert "met --ended erbij" not in page


def test_in_data_formats_the_day_holds_too(capsys: Told) -> None:
    rows = json.loads(told(capsys, "list", "municipalities", "-f", "json", *TODAY))
    assert len(rows) == 50
    assert run(["list", "municipalities", "--ended", "-f", "csv", "--data", str(ROOT / "data"), *TODAY]) == 0
    table = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [row["id"] for row in table if row["holds"] == "no"] == ["brielle", "hellevoetsluis", "westvoorne"]
    assert [row["holds"] for row in table[-3:]] == ["no"] * 3


def test_the_members_of_a_region_are_those_of_today(capsys: Told) -> None:
    page = told(capsys, "show", "region/rotterdam", *TODAY)
    assert "Leden (12)" in page
    assert COUNTED in page
    assert "Brielle" not in page
    assert "Brielle (opgegaan in een andere)" in told(capsys, "show", "region/rotterdam", "--ended", *TODAY)


def test_a_neighbour_that_no_longer_exists_is_none(capsys: Told) -> None:
    page = told(capsys, "show", "municipality/rotterdam", *TODAY)
    assert "Voorne aan Zee 20,2" in page
    assert "Westvoorne" not in page


@pytest.mark.parametrize(
    ("ref", "day", "words"),
    [
        ("voorne-aan-zee", "2020-01-01", "bestaat nog niet op 1 januari 2020"),
        ("brielle", "2026-11-26", "bestaat niet meer; opgegaan in Voorne aan Zee"),
        ("brielle", "2022-12-31", "concept"),
    ],
)
def test_not_existing_is_told_and_is_not_unknown(capsys: Told, ref: str, day: str, words: str) -> None:
    assert f"Status {words} Code" in told(capsys, "show", ref, "--as-of", day)


def test_a_question_in_sql_is_about_today(capsys: Told) -> None:
    question = "select count(*) as number from records where kind = 'municipality'"
    assert "50" in told(capsys, "query", question, "-f", "csv", *TODAY)
    assert "53" in told(capsys, "query", question, "-f", "csv", "--ended", *TODAY)


@pytest.mark.parametrize(
    "day", ["1900-01-01", "2015-06-01", "2021-07-05", "2023-01-01", "2026-11-26", "2100-01-01"]
)
def test_the_view_of_a_day_has_exactly_what_may_have_held(shipped: KnowledgeBase, day: str) -> None:
    when = date.fromisoformat(day)
    view = as_of(shipped, when)
    held = {ref for ref, r in shipped.records.items() if holds(shipped, r, when) != "no"}
    assert set(view.records) == held
    assert {r.ref for kind in KINDS for r in view.all(kind)} == held
    for kind in (Municipality, Region):
        for record in shipped.all(kind):
            there = {r.ref for r in view.records.naming(record.ref, Region, "members")}
            members = {r.ref for r in view.regions if record.id in {m.municipality for m in r.members}}
            assert kind is Region or there == members


def test_why_a_record_does_not_hold_is_told_apart(shipped: KnowledgeBase) -> None:
    then, today = date(2020, 1, 1), date(2026, 11, 26)
    assert lack_of(shipped.records["municipality/voorne-aan-zee"], then) == "unformed"
    assert lack_of(shipped.records["municipality/brielle"], today) == "merged"
    assert lack_of(shipped.records["collaboration/leerkring-huisvesting-arbeidsmigranten"], today) == "ended"
    assert lack_of(shipped.records["policy/beleid-voorne-aan-zee"], then) == "coming"
