"""Comparing: what differs is marked, what nobody knows is not told as none."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import Any

import pytest

from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.compare.find import Aspect, find_comparison
from tests.conftest import MakeBase

DAY = date(2024, 1, 1)

POLICY = """\
title: Kader {name}
type: policy-framework
municipalities:
  - {name}
milestones:
  - status: {status}
    date: 2021-03-18
conditions:
  max-per-site:
    value: '{most}'
    unit: personen
    definition: per perceel in {name}
evidence:
  - source: brief
"""

TEXTS = {
    "sources/brief.yaml": "title: Brief\ntype: letter\ndate: 2023-12-31\n",
    "municipalities/a.yaml": "name: A\nevidence:\n  - source: brief\n",
    "municipalities/b.yaml": "name: B\nevidence:\n  - source: brief\n",
    "municipalities/c.yaml": "name: C\nevidence:\n  - source: brief\n",
    "municipalities/d.yaml": (
        "name: D\nno_policy_found:\n  - date: 2022\n    evidence:\n      - source: brief\n"
        "evidence:\n  - source: brief\n"
    ),
    "policies/kader-a.yaml": POLICY.format(name="a", status="adopted", most="40"),
    "policies/kader-b.yaml": POLICY.format(name="b", status="adopted", most="80"),
}


def aspects(base: KnowledgeBase, *ids: str) -> dict[str, Aspect]:
    chosen = [m for m in base.municipalities if m.id in ids]
    found = find_comparison(base, chosen, DAY)
    return {aspect.code or aspect.field: aspect for aspect in found.aspects}


def test_what_two_have_otherwise_differs_and_what_they_have_alike_does_not(base_of: MakeBase) -> None:
    found = aspects(base_of(TEXTS), "a", "b")

    assert found["max-per-site"].differs == "yes"
    assert found["type"].differs == "no"
    assert found["status"].differs == "no"
    assert [cell.said[0].value for cell in found["max-per-site"].cells] == ["40 personen", "80 personen"]


def test_what_is_not_known_of_one_is_no_difference(base_of: MakeBase) -> None:
    found = aspects(base_of(TEXTS), "a", "c")

    assert {aspect.differs for aspect in found.values()} == {"unknown"}
    assert [cell.known for cell in found["max-per-site"].cells] == ["known", "unknown"]


def test_none_is_told_apart_from_unknown_and_differs_from_something(base_of: MakeBase) -> None:
    found = aspects(base_of(TEXTS), "a", "d")

    assert [cell.known for cell in found["status"].cells] == ["known", "none"]
    assert found["status"].differs == "yes"


def test_a_policy_that_ended_is_not_compared(base_of: MakeBase) -> None:
    ended = {**TEXTS, "policies/kader-b.yaml": POLICY.format(name="b", status="withdrawn", most="80")}

    assert not aspects(base_of(ended), "a", "b")["max-per-site"].cells[1].said


def told(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["compare", *arguments, "--today", "2024-01-01", "--data", "data"]) == 0
    return capsys.readouterr().out


def test_two_stand_side_by_side_with_their_own_definitions(capsys: pytest.CaptureFixture[str]) -> None:
    page = told("westland", "goeree-overflakkee", "-f", "md", capsys=capsys)

    assert "| Onderdeel | Westland | Goeree-Overflakkee | Verschil |" in page
    assert "350 bedden" in page
    assert "Op eigen terrein van de werkgever." in page
    assert "niet bekend" in told("westland", "sliedrecht", "-f", "md", capsys=capsys)


def test_a_region_has_a_row_for_each_of_which_something_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    page = told("--region", "Haaglanden", "-f", "md", capsys=capsys)

    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    assert "Westland" in rows
    assert "Rijswijk" not in rows
    silent = next(line for line in page.splitlines() if "geen beleid bekend" in line)
    assert "Rijswijk" in silent


def test_the_data_say_what_is_known_of_whom(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, Any]] = json.loads(told("westland", "delft", "--json", capsys=capsys))

    status = next(row for row in rows if row["field"] == "status")
    assert [value["known"] for value in status["values"]] == ["known", "unknown"]
    assert [value["ref"] for value in status["values"]] == ["municipality/westland", "municipality/delft"]


@pytest.mark.parametrize("arguments", [["westland"], [], ["westland", "Westland"]])
def test_fewer_than_two_cannot_be_compared(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", *arguments, "--data", "data"]) == 2

    assert capsys.readouterr().err.count("\n") == 1


def test_on_which_law_a_policy_rests_is_told_beside_its_quality_mark(
    base_of: MakeBase, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = TEXTS["policies/kader-a.yaml"].replace(
        "conditions:", "legal_basis: Huisvestingswet\nconditions:"
    )

    found = aspects(base_of({**TEXTS, "policies/kader-a.yaml": policy}), "a", "b")

    assert [[said.value for said in cell.said] for cell in found["legal_basis"].cells] == [
        ["Huisvestingswet"],
        [],
    ]
    assert found["legal_basis"].differs == "unknown"
    page = told("sliedrecht", "vlaardingen", "-f", "md", capsys=capsys)
    assert "| Grondslag | Huisvestingswet" in page
    assert "| keurmerk | niet bekend | SNF" in page
    assert "Legal basis" in told("sliedrecht", "vlaardingen", "-f", "md", "--lang", "en", capsys=capsys)


def test_a_csv_has_a_row_for_each_value_of_each_municipality(capsys: pytest.CaptureFixture[str]) -> None:
    page = told("sliedrecht", "vlaardingen", "delft", "-f", "csv", capsys=capsys)

    rows = list(csv.DictReader(page.splitlines()))
    [basis] = (row for row in rows if row["field"] == "legal_basis" and row["value"])
    assert (basis["name"], basis["value"]) == ("Sliedrecht", "Huisvestingswet")
    assert basis["policy"] == "policy/huisvestingsverordening-sliedrecht"
    assert {row["known"] for row in rows if row["name"] == "Delft"} == {"unknown"}
    assert [row["value"] for row in rows if row["field"] == "status" and row["name"] == "Sliedrecht"] == [
        "adopted"
    ]


def test_a_number_of_places_that_is_about_right_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    page = told("vlaardingen", "westland", "-f", "md", capsys=capsys)

    [places] = (line for line in page.splitlines() if line.startswith("| Beoogde plaatsen"))
    assert "ongeveer 300" in places
    assert "| 2.000" in places
    rows: list[dict[str, Any]] = json.loads(told("vlaardingen", "westland", "--json", capsys=capsys))
    said = [value["said"] for row in rows if row["field"] == "places" for value in row["values"]]
    assert [[each["approximate"] for each in one] for one in said] == [[True, False], [False]]
