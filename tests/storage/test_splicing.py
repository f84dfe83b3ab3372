"""One field that is set changes its own lines; the rest stays as somebody wrote it."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest

from amk.authoring.change import changed, parse_change
from amk.model.records import KIND_IN, Policy
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.parser import parse_yaml

OWN = """\
# boven
title: "Nota 'wonen'"   # naast de titel

type:   policy
municipalities:   # wie
- westland # stad
- delft
tags: [ "012", 'no', "1:30" ]   # op één regel
summary:
    nl: >-
      Gevouwen tekst die
      doorloopt.

    en: "Folded"
milestones:
  # de eerste
  - status: "concept"   # nog niet
    date:    2020-11

  - {status: adopted, date: 2021-03}
  -   status: in-force
      date: "2022"
      evidence:
      - source: brief   # deze
        lines: "3"
evidence:
    - source: "brief"
      lines: "38"
# onder
"""


@pytest.mark.parametrize(
    ("wish", "gone", "come"),
    [
        ("effect=allows", [], ["effect: allows"]),
        ("type=ordinance", ["type:   policy"], ["type: ordinance"]),
        ("title=Nota", ["title: \"Nota 'wonen'\"   # naast de titel"], ["title: Nota  # naast de titel"]),
        ("municipalities+=gouda", [], ["- gouda"]),
        ("municipalities-=delft", ["- delft"], []),
        ("tags+=x", ["tags: [ \"012\", 'no', \"1:30\" ]   # op één regel"],
         ["tags:  # op één regel", "  - '012'", "  - 'no'", "  - '1:30'", "  - x"]),
        ("summary.en=New", ['    en: "Folded"'], ["    en: New"]),
        ("milestones[0].date=2020-12", ["    date:    2020-11"], ["    date: 2020-12"]),
        ("milestones[0].status=agenda", ['  - status: "concept"   # nog niet'],
         ["  - status: agenda  # nog niet"]),
        ("milestones[1].date=2021-04", ["  - {status: adopted, date: 2021-03}"],
         ["  - status: adopted", "    date: 2021-04"]),
        ("milestones[2].body=raad", [], ["      body: raad"]),
        ("milestones[2].evidence[0].lines=4", ['        lines: "3"'], ["        lines: '4'"]),
        ("milestones[2].date=", ['      date: "2022"'], []),
        ("reviewed=2024", [], ["reviewed: 2024"]),
        ("type=", ["", "type:   policy"], []),
    ],
)  # fmt: skip
def test_what_is_not_touched_stays_as_it_was_written(wish: str, gone: list[str], come: list[str]) -> None:
    after = changed(OWN, Policy, [parse_change(wish)])
    lines = list(ndiff(OWN.splitlines(), after.splitlines()))

    assert [line[2:] for line in lines if line.startswith("- ")] == gone
    assert [line[2:] for line in lines if line.startswith("+ ")] == come


@pytest.mark.parametrize(
    "wish", ["milestones[0].status=", "milestones[2].planned=true", "summary=Kort", "municipalities="]
)
def test_every_change_says_what_was_wished_and_keeps_the_comments(wish: str) -> None:
    after = changed(OWN, Policy, [parse_change(wish)])
    data, before = parse_yaml(after).data, parse_yaml(OWN).data

    field = wish.partition("=")[0].partition("[")[0]
    assert data.get(field) != before[field]
    for comment in ("# boven", "# naast de titel", "# op één regel", "# deze", "# onder"):
        assert comment in after


def test_what_was_canonical_stays_canonical() -> None:
    before = canonical(OWN, Policy)
    assert before is not None

    after = changed(before, Policy, [parse_change("effect=allows"), parse_change("milestones[0].date=2019")])

    assert after == canonical(after, Policy)


def test_a_tag_more_is_one_thing_more_in_every_record_that_was_shipped() -> None:
    data = Path(__file__).parents[2] / "data"
    for path in sorted(data.glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        kind = KIND_IN[path.parent.name]
        after = changed(text, kind, [parse_change("tags+=nieuw-woord")])

        gone = [line for line in ndiff(text.splitlines(), after.splitlines()) if line.startswith("- ")]
        assert gone == []
        assert changed(after, kind, [parse_change("tags-=nieuw-woord")]).count("nieuw-woord") == 0
