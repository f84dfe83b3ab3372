"""Change as a question: between revisions, between days, and through the life of one record."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amk.cli import run
from amk.model.differences import Difference, Meaning, differences, meaning
from amk.model.knowledge_base import KnowledgeBase
from amk.model.validity import as_of, holds
from amk.questions.changes.find import find_changes
from amk.storage.data_folder import Tree
from amk.storage.loading import load
from tests.fixtures.five_years import five_years

DAY = date(2026, 11, 24)
MANIFEST = "title: Proef\nsubject: wonen\nlanguage: nl\n"

WORDS = st.text("abcxyz ", min_size=1, max_size=6)
LEAVES = st.one_of(WORDS, st.integers(-9, 9), st.just(True))
MEANINGS = st.recursive(
    st.dictionaries(st.sampled_from("abcdef"), LEAVES, max_size=4),
    lambda inner: st.dictionaries(st.sampled_from("abcdef"), st.one_of(LEAVES, inner), max_size=4),
    max_leaves=20,
)


def applied(before: Meaning, changes: Sequence[Difference]) -> Meaning:
    """The meaning that differences lead to."""
    after = copied(before)
    for change in changes:
        *path, last = change.field_path
        inside = after
        for step in path:
            inside = inside.setdefault(step, {})
        if change.after is None:
            inside.pop(last, None)
        else:
            inside[last] = change.after
    return after


def copied(meaning: Meaning) -> dict[str, Any]:
    return {k: copied(v) if isinstance(v, Mapping) else v for k, v in meaning.items()}


def base_from(texts: dict[str, str]) -> KnowledgeBase:
    return load(Tree(Path("."), {"amk.yaml": MANIFEST, **texts})).base


@given(MEANINGS, MEANINGS)
def test_applying_the_differences_gives_the_later_meaning(
    before: dict[str, object], after: dict[str, object]
) -> None:
    assert applied(before, tuple(differences(before, after))) == after


@given(MEANINGS)
def test_a_meaning_does_not_differ_from_itself(found: dict[str, object]) -> None:
    assert tuple(differences(found, found)) == ()


def test_a_base_does_not_differ_from_itself(shipped: KnowledgeBase) -> None:
    assert not find_changes(shipped, shipped, DAY)


def test_applying_the_changes_between_two_days_gives_the_later_day(shipped: KnowledgeBase) -> None:
    then, now = as_of(shipped, date(2019, 1, 1)), as_of(shipped, date(2024, 1, 1))
    changed = [c for c in find_changes(then, now, DAY).records if c.kind == "changed"]

    assert changed
    for change in changed:
        assert change.before is not None
        assert change.after is not None
        if not change.record.ref.startswith("region/"):
            assert applied(meaning(change.before), change.differences) == meaning(change.after)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_a_day_never_adds_a_record(shipped: KnowledgeBase, day: date) -> None:
    held = as_of(shipped, day)

    assert set(held.records) <= set(shipped.records)
    assert all(holds(shipped, shipped.records[ref], day) != "no" for ref in held.records)


POLICY = """\
title: Nota wonen
type: nota
municipalities:
  - een
  - twee
milestones:
  - status: concept
    date: 2020
evidence:
  - source: bron
"""


@pytest.mark.parametrize(
    "same",
    [
        POLICY.replace("title: Nota wonen\ntype: nota\n", "type: nota\ntitle: Nota wonen\n"),
        POLICY.replace("Nota wonen", "'Nota wonen'"),
        "# een opmerking\n" + POLICY.replace("\ntype", "\n\ntype"),
        POLICY.replace("\n", "\r\n"),
        POLICY.replace("  - een\n  - twee\n", "  - twee\n  - een\n"),
        POLICY.replace("municipalities:\n  - een\n  - twee", "municipalities: [een, twee]"),
        POLICY + "effect: unknown\n",
    ],
    ids=["order of keys", "quoting", "comments", "line breaks", "order of a set", "flow style", "a default"],
)
def test_what_has_the_same_meaning_is_no_change(same: str) -> None:
    before, after = base_from({"policies/nota.yaml": POLICY}), base_from({"policies/nota.yaml": same})

    assert not find_changes(before, after, DAY)


def test_the_order_of_milestones_is_a_change() -> None:
    other = POLICY.replace("milestones:", "milestones:\n  - status: agenda\n    date: 2020")
    swapped = POLICY.replace("    date: 2020\n", "    date: 2020\n  - status: agenda\n    date: 2020\n")

    assert find_changes(base_from({"policies/n.yaml": other}), base_from({"policies/n.yaml": swapped}), DAY)


def test_a_renamed_record_is_one_change_and_what_refers_to_it_is_none() -> None:
    gone_on = POLICY + "replaces:\n  - oud\n"
    before = base_from({"policies/oud.yaml": POLICY, "policies/nieuw.yaml": gone_on.replace("Nota", "Visie")})
    now = gone_on.replace("Nota", "Visie").replace("- oud", "- oudste")
    after = base_from({"policies/oudste.yaml": POLICY, "policies/nieuw.yaml": now})

    [change] = find_changes(before, after, DAY).records

    assert (change.kind, change.was, change.record.ref) == ("renamed", "policy/oud", "policy/oudste")


def test_a_merger_is_told_as_one_event(shipped: KnowledgeBase) -> None:
    then, now = as_of(shipped, date(2022, 12, 31)), as_of(shipped, date(2023, 1, 1))

    changes = find_changes(then, now, DAY)

    [merger] = changes.mergers
    assert merger.successor.id == "voorne-aan-zee"
    assert [m.id for m in merger.predecessors] == ["brielle", "hellevoetsluis", "westvoorne"]
    assert not any(change.record.kind in ("municipality", "region") for change in changes.records)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five years of a knowledge base, in more than forty commits."""
    return five_years(tmp_path_factory.mktemp("vijf-jaar"))


Told = pytest.CaptureFixture[str]


def amk(capsys: Told, repository: Path, *arguments: str) -> str:
    command, *others = arguments
    code = run([command, "--data", str(repository / "data"), "--today", "2025-12-31", *others])
    told = capsys.readouterr()
    assert code == 0, told.err
    return told.out


def test_statuses_are_told_as_sentences_in_both_languages(repository: Path, capsys: Told) -> None:
    asked = ("diff", "2021-01-31", "HEAD", "-f", "md")

    assert "- Dijkdam: onbekend → in werking\n" in amk(capsys, repository, *asked)
    assert "- Dijkdam: unknown → in force\n" in amk(capsys, repository, *asked, "--lang", "en")


def test_what_was_known_on_a_day_has_no_later_knowledge(repository: Path, capsys: Told) -> None:
    then = json.loads(amk(capsys, repository, "list", "policies", "--at", "2022-06-30", "-f", "json"))
    now = json.loads(amk(capsys, repository, "list", "policies", "-f", "json"))

    assert {p["id"]: p["status"] for p in then} == {"nota-dijkdam": "concept"}
    assert {p["id"]: p["status"] for p in now}["nota-dijkdam"] == "in-force"


def test_what_held_and_what_was_known_are_asked_together(repository: Path, capsys: Told) -> None:
    asked = ("list", "policies", "--as-of", "2022-12-31", "-f", "json")

    learnt = json.loads(amk(capsys, repository, *asked))
    known = json.loads(amk(capsys, repository, *asked, "--at", "2022-12-31"))

    assert {p["id"]: p["status"] for p in learnt}["nota-dijkdam"] == "adopted"
    assert {p["id"]: p["status"] for p in known}["nota-dijkdam"] == "concept"


def test_the_life_of_a_record_follows_its_renames(repository: Path, capsys: Told) -> None:
    told = json.loads(amk_log(capsys, repository, "policy/nota-dijkdam", "-f", "json"))

    assert [e["change"] for e in told][-1] == "added"
    assert "renamed" in [e["change"] for e in told]
    assert all(e["fields"] for e in told if e["change"] == "changed")
    assert len(told) == 5


def amk_log(capsys: Told, repository: Path, *arguments: str) -> str:
    assert run(["log", "--data", str(repository / "data"), *arguments]) == 0
    return capsys.readouterr().out


def test_a_field_narrows_the_life_of_a_record(repository: Path, capsys: Told) -> None:
    told = json.loads(amk_log(capsys, repository, "policy/nota-dijkdam", "status", "-f", "json"))
    steps = [f["after"] for e in told for f in e["fields"]]

    assert steps == ["in-force", "adopted"]


def test_who_changed_something_stands_on_the_terminal_only(repository: Path, capsys: Told) -> None:
    assert "A. Steward" in amk_log(capsys, repository, "dijkdam", "--authors")
    assert "A. Steward" not in amk_log(capsys, repository, "dijkdam", "--authors", "-f", "md")
    assert "A. Steward" not in amk_log(capsys, repository, "dijkdam", "-f", "json")


def test_a_record_that_is_gone_still_has_a_life(repository: Path, capsys: Told) -> None:
    told = json.loads(amk_log(capsys, repository, "collaboration/kring-4", "-f", "json"))

    assert [e["change"] for e in told] == ["removed", "added"]


def test_the_working_folder_is_compared_with_the_last_commit(repository: Path, capsys: Told) -> None:
    policy = repository / "data" / "policies" / "nota-weideveld.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("status: concept", "status: consultation"), encoding="utf-8")
    try:
        assert (
            amk(capsys, repository, "diff", "--summary") == "Weideveld: concept → ontwerp ter inzage (+1)\n"
        )
        assert run(["diff", "--data", str(repository / "data"), "--exit-code"]) == 1
    finally:
        policy.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run(["diff", "--data", str(repository / "data"), "--exit-code"]) == 0


def test_a_record_that_cannot_be_read_is_not_told_as_removed(repository: Path, capsys: Told) -> None:
    policy = repository / "data" / "policies" / "nota-weideveld.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text("title: [", encoding="utf-8")
    try:
        assert run(["diff", "--data", str(repository / "data"), "-f", "json"]) == 0
        told = capsys.readouterr()
    finally:
        policy.write_text(text, encoding="utf-8")
    lost = {"ref": "policy/nota-weideveld", "change": "unreadable", "side": "after", "readable": False}
    assert json.loads(told.out) == [lost]
    assert "validate" in told.err


def developments(capsys: Told, repository: Path, since: str, *arguments: str) -> str:
    return amk(capsys, repository, "report", "changes", "--since", since, "-f", "md", *arguments)


def test_what_happened_since_is_told_apart_from_what_was_learned_of_earlier(
    repository: Path, capsys: Told
) -> None:
    told = developments(capsys, repository, "2022-12-31")
    happened, learned = told.split("## Bijgeleerd over 31 december 2022 en eerder")

    assert "is in werking getreden (1 januari 2024)" in happened
    assert "vastgesteld" not in happened.split("### Stand per gemeente")[0]
    assert "Dijkdam: concept → vastgesteld" in learned


def test_a_report_since_a_revision_begins_on_its_day(repository: Path, capsys: Told) -> None:
    assert "na 20 augustus 2021 tot en met" in developments(capsys, repository, "HEAD~31")


def test_where_no_revision_goes_back_so_far_the_report_says_so(repository: Path, capsys: Told) -> None:
    assert "is niet bewaard" in developments(capsys, repository, "2019-01-01")
    assert "was not kept" in developments(capsys, repository, "2019-01-01", "--lang", "en")


def test_a_merger_stands_in_the_developments(capsys: Told) -> None:
    asked = ["report", "changes", "--since", "2021-07-05", "--today", "2026-11-24", "-f", "md"]
    assert run([*asked, "--data", str(Path(__file__).parents[2] / "data")]) == 0

    assert "Brielle, Hellevoetsluis en Westvoorne zijn opgegaan in Voorne aan Zee" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["changes"], ["briefing", "--since", "2020"]])
def test_since_belongs_to_the_report_of_changes_only(arguments: list[str], capsys: Told) -> None:
    assert run(["report", *arguments]) == 2
    assert "--since" in capsys.readouterr().err
