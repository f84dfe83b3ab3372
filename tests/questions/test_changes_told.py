"""What changed is told so that a steward can check it: per language, at its place, with its source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.validity import as_of
from amk.questions.changes.find import find_changes
from amk.questions.changes.tell import data_changes, field_sentences, summary_of, tell_changes
from amk.storage.data_folder import Tree
from amk.storage.loading import load

DAY = date(2026, 11, 24)
MANIFEST = "title: Proef\nsubject: wonen\nlanguage: nl\n"
POLICY = """\
title: Nota wonen
type: policy
municipalities: [klein]
notes:
  - text:
      nl: Welke plekken bedoeld zijn, is niet bekend.
      en: Which places are meant is not known.
    topic: not-known
    evidence:
      - {source: brief, lines: '4'}
evidence:
  - {source: brief, lines: 4-6}
"""
SOURCE = "title: Brief aan de raad\ntype: letter\ndate: 2021-07-05\nshort: Brief\nline_count: 9\n"


def read(texts: dict[str, str], manifest: str = MANIFEST) -> KnowledgeBase:
    return load(Tree(Path("."), {"amk.yaml": manifest, **texts})).base


def told(before: str, after: str, language: str = "nl") -> list[str]:
    """What is told of a policy that was changed, a line for each change."""
    old, new = (read({"policies/nota.yaml": text, "sources/brief.yaml": SOURCE}) for text in (before, after))
    changes = find_changes(old, new, DAY)
    phrases = phrases_in(language).with_topic("changes")
    return [line for change in changes.records for line in field_sentences(change, changes, phrases)]


def test_the_order_of_the_languages_of_a_text_says_nothing() -> None:
    nl, en = POLICY.split("    topic")[0].splitlines()[-2:]

    assert told(POLICY, POLICY.replace(f"{nl}\n{en}", f"{en}\n{nl}")) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_note_changed_in_one_language_is_told_in_that_language(language: str) -> None:
    after = POLICY.replace("Which places are meant", "Which locations are meant")

    [line] = told(POLICY, after, language)

    assert "(en): Which places are meant is not known. → Which locations are meant is not known." in line
    assert "Welke plekken" not in line


def test_a_note_that_is_rewritten_is_told_as_changed_and_another_as_new() -> None:
    end = "evidence:\n  - {source: brief, lines: 4-6}\n"
    added = "  - text: De raad vroeg om een besluit.\n    evidence: [{source: brief, lines: '5'}]\n"
    after = POLICY.replace("is niet bekend", "staat nergens").replace(end, added + end)

    rewritten, new = told(POLICY, after)

    assert rewritten.startswith(
        "Aantekeningen, gewijzigd (nl): Welke plekken bedoeld zijn, is niet bekend. → "
    )
    assert new == "Aantekeningen, erbij: De raad vroeg om een besluit.; bron: Brief, r. 5"


def test_a_change_inside_a_piece_says_where_and_what() -> None:
    [line] = told(POLICY, POLICY.replace("lines: '4'", "lines: '8'"))

    assert (
        line == "Aantekeningen, ‘Welke plekken bedoeld zijn, is niet …’, vindplaatsen, Brief, regels: 4 → 8"
    )


def test_a_waiver_is_told_with_its_reason() -> None:
    [line] = told(POLICY, f"{POLICY}waive:\n  - {{code: EVID003, reason: de publicatie volgt}}\n")

    assert line == "Ontheffingen, erbij: EVID003: de publicatie volgt"


def test_a_milestone_before_another_of_its_status_is_told_as_the_new_one() -> None:
    step = "  - {{status: preparation, date: '{}', evidence: [{{source: brief, lines: '{}'}}]}}\n"
    second, first = f"milestones:\n{step.format(2021, 4)}", step.format(2020, 5)
    before = POLICY.replace("notes:\n", f"{second}notes:\n")

    lines = told(before, before.replace("milestones:\n", f"milestones:\n{first}"))

    assert lines == ["Mijlpalen, erbij: in voorbereiding, 2020; bron: Brief, r. 5"]


def test_what_the_manifest_says_is_compared_too() -> None:
    old = read({}, f"{MANIFEST}public: true\n")
    new = read({}, f"{MANIFEST.replace('Proef', 'Echt')}public: false\n")
    changes = find_changes(old, new, DAY)
    phrases = phrases_in("nl").with_topic("changes")

    lines = [
        str(item) for block in tell_changes(changes, phrases, False) for item in getattr(block, "items", ())
    ]
    assert bool(changes)
    assert lines == ["Titel: Proef → Echt", "Openbaar: ja → nee"]
    assert [row["change"] for row in data_changes(changes)] == ["manifest"]
    assert summary_of(changes, phrases) == "gegevens over de kennisbank zelf gewijzigd"


def test_the_subject_of_a_change_ends_at_a_whole_word_and_tells_policy_first() -> None:
    long = (
        "title: Een wel heel erg lange titel van een nota over de huisvesting van arbeidsmigranten in Klein\n"
    )
    after = {
        "sources/brief.yaml": SOURCE.replace("Brief aan", "Nieuwe brief aan"),
        "policies/nota.yaml": POLICY.replace("title: Nota wonen\n", long),
    }
    old = read({"sources/brief.yaml": SOURCE})

    subject = summary_of(find_changes(old, read(after), DAY), phrases_in("nl").with_topic("changes"))

    assert len(subject) <= 72
    assert subject == "Een wel heel erg lange titel van een nota over de huisvesting van … (+1)"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2019-06-01", "2020-06-15", "added"),
        ("2019-06-01", "2020-05-15", "added-maybe"),
        ("2020-06-15", "2020-11-15", "removed-maybe"),
        ("2020-06-15", "2020-12-15", "removed"),
    ],
)
def test_what_only_may_have_begun_or_ended_is_told_apart(first: str, last: str, told: str) -> None:
    circle = "name: Leerkring\nperiod: 2020-05/2020-11\nevidence: [{source: brief}]\n"
    base = read({"collaborations/kring.yaml": circle, "sources/brief.yaml": SOURCE})
    days = date.fromisoformat(first), date.fromisoformat(last)

    [change] = find_changes(as_of(base, days[0]), as_of(base, days[1]), days[1]).records

    assert change.kind == told


def test_what_is_told_alike_is_told_as_it_is_written() -> None:
    old, new = (
        read({"municipalities/klein.yaml": f"name: Klein\nperiod: {p}\n"}) for p in ("../2022", "/2022")
    )
    changes = find_changes(old, new, DAY)
    [change] = changes.records
    [line] = field_sentences(change, changes, phrases_in("nl").with_topic("changes"))

    assert line == "Periode: ../2022 → /2022"
