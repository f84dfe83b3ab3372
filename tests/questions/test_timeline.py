"""The timeline: what is an entry, in what order, and what is told of how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.document.blocks import Heading, Table, plain
from amk.language import phrases_in
from amk.model.filters import Filters, narrowed
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Source
from amk.model.validity import as_of
from amk.questions.timeline.calendar import calendar_of
from amk.questions.timeline.find import Window, find_timeline, with_sources, with_status
from amk.questions.timeline.tell import row_of, tell_timeline, timeline_rows
from amk.storage.data_folder import Tree
from amk.storage.loading import load
from amk.values.dates import Date, parse_date
from tests.conftest import MakeBase

TODAY = date(2024, 1, 1)
SAY = phrases_in("nl").with_topic("timeline")
OF_OUR_KNOWLEDGE = {"reviewed", "waive", "consulted", "searched"}

SOURCE = "title: Brief\ntype: letter\ndate: 2021-07-05\n"
EVIDENCE = "evidence:\n  - source: brief\n"
TYPES = "labels: Soorten\nconcepts:\n  - code: {code}\n    labels: {code}\n"
SMALL = {
    "amk.yaml": "title: Proef\nsubject: proef\n",
    "sources/brief.yaml": SOURCE,
    "vocabulary/source-types.yaml": TYPES.format(code="letter"),
    "vocabulary/region-types.yaml": TYPES.format(code="area"),
    "vocabulary/activity-types.yaml": TYPES.format(code="meeting"),
}


def policy(milestones: str, more: str = "") -> dict[str, str]:
    town = "name: A\nperiod: ../..\n" + EVIDENCE
    text = f"title: Nota\nmunicipalities:\n  - a\nmilestones:\n{milestones}{more}{EVIDENCE}"
    return {**SMALL, "municipalities/a.yaml": town, "policies/nota.yaml": text}


def dates_in(value: Any) -> Iterator[str]:
    if isinstance(value, Date):
        yield value.text
    elif isinstance(value, tuple | list):
        for item in value:
            yield from dates_in(item)
    elif isinstance(value, dict):
        yield from dates_in(list(value.values()))
    elif is_dataclass(value):
        for f in fields(value):
            if f.name not in OF_OUR_KNOWLEDGE:
                yield from dates_in(getattr(value, f.name))


def test_every_dated_piece_of_the_shipped_base_is_an_entry(shipped: KnowledgeBase) -> None:
    timeline = find_timeline(shipped, TODAY, Window(sources=True))

    told: dict[str, set[str]] = {}
    for entry in timeline.entries:
        for ref in (entry.ref, *entry.concerns):
            told.setdefault(ref, set()).add(str(entry.date))
    assert {
        (record.ref, text)
        for record in shipped.records.values()
        for text in dates_in(record)
        if text not in told.get(record.ref, set())
    } == set()


MOMENTS = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~"]),
)
EDTF = MOMENTS | MOMENTS.map("../{}".format) | MOMENTS.map("{}/..".format) | MOMENTS.map("/{}".format)


def a_base(texts: list[str]) -> KnowledgeBase:
    one, two, three, four, five = texts
    milestones = f"  - status: agenda\n    date: {one}\n  - status: adopted\n    date: {two}\n"
    more = f"expires: {three}\nnotes:\n  - text: Iets.\n    date: {four}\n"
    collaboration = (
        f"name: Kring\nperiod: {five}\nmilestones:\n  - text: Stap.\n    date: {one}\n"
        f"activities:\n  - type: meeting\n    text: Dag.\n    date: {two}\n"
        f"participants:\n  - municipality: a\n    period: {three}\n{EVIDENCE}"
    )
    tree = Tree(Path("."), {**policy(milestones, more), "collaborations/kring.yaml": collaboration})
    return load(tree).base


@given(st.lists(EDTF, min_size=5, max_size=5))
def test_every_dated_piece_of_any_base_is_an_entry_and_entries_are_in_order(texts: list[str]) -> None:
    base = a_base(texts)
    entries = find_timeline(base, TODAY).entries

    dated = [t for r in base.records.values() if not isinstance(r, Source) for t in dates_in(r)]
    assert sorted(str(e.date) for e in entries if e.date) == sorted(dated)
    anchors = [entry.anchor or date.max for entry in entries]
    assert anchors == sorted(anchors)


@given(st.lists(EDTF, min_size=5, max_size=5), st.dates(date(1985, 1, 1), date(2045, 1, 1)))
def test_as_of_adds_nothing_that_lies_certainly_after_the_day(texts: list[str], day: date) -> None:
    base = a_base(texts)
    all_of_them = {entry.key for entry in find_timeline(base, day).entries}
    then = find_timeline(as_of(base, day), day).entries

    assert {entry.key for entry in then} <= all_of_them
    assert all(entry.date is None or entry.date.reached_by(day) != "no" for entry in then)


@given(st.lists(EDTF, min_size=5, max_size=5), st.dates(date(1985, 1, 1), date(2045, 1, 1)))
def test_what_began_and_ended_outside_the_window_is_left_out_and_nothing_else(
    texts: list[str], day: date
) -> None:
    base = a_base(texts)
    since, until = parse_date(day.isoformat()), parse_date((day - timedelta(days=1)).isoformat())

    whole = {entry.key for entry in find_timeline(base, day).entries}
    after = {entry.key for entry in find_timeline(base, day, Window(since=since)).entries}
    before = {entry.key for entry in find_timeline(base, day, Window(until=until)).entries}
    assert after | before == whole


def test_a_bound_lies_at_its_end_and_says_so(base_of: MakeBase) -> None:
    base = base_of(policy("  - status: adopted\n    date: ../2021-07-05\n    date_text: recent\n"))
    timeline = find_timeline(base, TODAY)
    entry = timeline.dated[0]
    row = row_of(timeline, entry, SAY)

    assert (entry.anchor, entry.period, entry.certainty) == (date(2021, 7, 5), False, "range")
    assert (row.when, row.what, row.subject) == ("uiterlijk 5 juli 2021 (‘recent’)", "vastgesteld", "A: Nota")


@pytest.mark.parametrize(
    ("edtf", "certainty"),
    [("2021-07-05", "certain"), ("2021", "range"), ("2021~", "approximate"), ("2021-07-05?", "uncertain")],
)
def test_a_date_says_how_sure_it_is(base_of: MakeBase, edtf: str, certainty: str) -> None:
    base = base_of(policy(f"  - status: adopted\n    date: {edtf}\n"))

    assert find_timeline(base, TODAY).dated[0].certainty == certainty


def test_what_is_foreseen_is_told_as_expected_and_once_past_as_not_known(base_of: MakeBase) -> None:
    text = policy("  - status: adopted\n    date: 2020\n", "expires: 2023\nevaluate_by: 2030\n")
    timeline = find_timeline(base_of(text), TODAY)
    told = {e.event: row_of(timeline, e, SAY).what for e in timeline.entries if e.planned}

    assert told["evaluate-by"] == "evaluatie uiterlijk (verwacht)"
    assert told["expires"].startswith("vervalt (was verwacht")


def test_a_merger_is_one_event(shipped: KnowledgeBase) -> None:
    mergers = [e for e in find_timeline(shipped, TODAY).entries if e.event == "succession"]
    voorne = [e for e in mergers if e.ref == "municipality/voorne-aan-zee"]

    assert [(str(e.date), e.municipalities) for e in voorne] == [
        ("2023-01-01", ("brielle", "hellevoetsluis", "westvoorne", "voorne-aan-zee"))
    ]


def test_undated_milestones_come_last_and_stay_in_any_window(shipped: KnowledgeBase) -> None:
    window = Window(since=parse_date("1900"), until=parse_date("1901"))
    timeline = find_timeline(shipped, TODAY, window)

    assert {e.certainty for e in timeline.undated} >= {"undated"}
    assert "policy/beleidsregel-lisse" in [e.ref for e in timeline.undated if e.date is None]
    blocks = tell_timeline(timeline, SAY)
    assert [b.text for b in blocks if isinstance(b, Heading)][-1] == "Zonder datum"


def test_since_narrows_the_entries_not_only_the_records(shipped: KnowledgeBase) -> None:
    base = narrowed(shipped, Filters(municipality="pijnacker-nootdorp"))
    window = Window(since=parse_date("2022"), until=parse_date("2022"), municipality="pijnacker-nootdorp")
    steps = [e.status for e in find_timeline(base, TODAY, window).entries if e.event == "status"]

    assert steps == ["consultation", "in-force"]


def test_what_had_begun_before_the_window_stands_together(shipped: KnowledgeBase) -> None:
    base = narrowed(shipped, Filters(regions=("haaglanden",)))
    blocks = tell_timeline(find_timeline(base, TODAY, Window(since=parse_date("2020"))), SAY)
    headings = [b.text for b in blocks if isinstance(b, Heading)]

    before, *years, undated = headings
    assert (before, undated) == ("Begonnen vóór 2020", "Zonder datum")
    assert years == sorted(years)
    assert {"2020", "2021", "2022"} <= set(years)


def test_a_step_of_another_municipality_is_no_step_of_this_one(base_of: MakeBase) -> None:
    texts = policy("  - status: adopted\n    date: 2020\n    municipalities:\n      - b\n")
    texts["policies/nota.yaml"] = texts["policies/nota.yaml"].replace("  - a\n", "  - a\n  - b\n", 1)
    texts["municipalities/b.yaml"] = "name: B\n" + EVIDENCE
    base = base_of(texts)

    assert [e.event for e in find_timeline(base, TODAY, Window(municipality="a")).entries] == ["period"]
    assert [e.event for e in find_timeline(base, TODAY, Window(municipality="b")).dated] == ["status"]


def test_an_open_collaboration_says_when_it_was_last_confirmed(shipped: KnowledgeBase) -> None:
    timeline = find_timeline(shipped, TODAY)
    entry = next(e for e in timeline.entries if e.ref == "collaboration/werkgroep-haaglanden" and e.period)

    assert "voor het laatst bevestigd op 5 juli 2021" in row_of(timeline, entry, SAY).what


def test_every_row_rests_on_a_source(shipped: KnowledgeBase) -> None:
    blocks = tell_timeline(find_timeline(shipped, TODAY), SAY)
    cells = [row[1] for block in blocks if isinstance(block, Table) for row in block.rows]

    assert cells
    assert [plain(cell) for cell in cells if isinstance(cell, str) or len(cell) < 2] == []


def test_sources_are_told_when_asked_and_only_those_it_rests_on(base_of: MakeBase) -> None:
    base = base_of({**policy("  - status: adopted\n    date: 2020\n"), "sources/andere.yaml": SOURCE})
    asked = with_sources(narrowed(base, Filters(municipality="a")))

    events = [(e.event, e.ref) for e in find_timeline(asked, TODAY, Window(sources=True)).dated]
    assert events == [("status", "policy/nota"), ("source", "source/brief")]
    assert [e.event for e in find_timeline(base, TODAY).dated] == ["status"]


def test_status_keeps_what_stands_there_on_the_day(shipped: KnowledgeBase) -> None:
    adopted = with_status(shipped, "in-force", TODAY)

    assert "policy/beleid-pijnacker-nootdorp" in adopted.records
    assert "policy/beleid-rotterdam" not in adopted.records


def test_rows_have_stable_keys_and_null_where_an_end_is_open(shipped: KnowledgeBase) -> None:
    rows = timeline_rows(find_timeline(shipped, TODAY), SAY)
    [row] = [r for r in rows if r["ref"] == "policy/beleidskader-westland-2018" and r["event"] == "status"]

    assert list(row) == [
        "ref", "kind", "name", "event", "status", "date", "earliest", "latest", "certainty", "period",
        "planned", "confirmed", "municipalities", "text", "date_text", "evidence",
    ]  # fmt: skip
    assert (row["date"], row["earliest"], row["latest"]) == ("../2018-09-19", None, "2018-09-19")
    assert row["evidence"][0]["source"]


def test_an_event_keeps_its_id_when_its_date_or_the_selection_changes(base_of: MakeBase) -> None:
    def ids(first: str, since: str | None = None) -> list[str]:
        text = f"  - status: concept\n    date: {first}\n  - status: concept\n    date: 2021\n"
        window = Window(since=parse_date(since) if since else None)
        timeline = find_timeline(base_of(policy(text)), TODAY, window)
        return [event.id for event in calendar_of(timeline, SAY, "x", TODAY).events]

    both = ids("2019")
    assert len(set(both)) == 2
    assert ids("2020") == both
    assert ids("2019", since="2021") == both[1:]
