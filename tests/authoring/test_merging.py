"""Two who change one record get what one would have written alone; where they differ, somebody chooses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.authoring.change import changed, parse_change, with_item
from amk.authoring.merging.texts import Marks, MergedText, Versions, merged_text
from amk.model.differences import ORDER, meaning_of
from amk.model.records import Policy
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.comments import pieces_of
from amk.storage.yaml.nodes import all_comments
from amk.storage.yaml.parser import parse_yaml

BASE = """\
# Zie ook de brief aan de raad.
title: Beleid  # zoals het op de voorpagina staat
type: policy-framework
municipalities:
  - delft
  - leiden
milestones:
  - status: preparation
    date: 2019-03-01
    evidence:
      - source: brief
        lines: '3'
  # vastgesteld na een amendement
  - status: adopted
    date: 2020-05-01
    evidence:
      - source: besluit
        lines: '12'
effect: unknown
summary: Regels voor kamers.
notes:
  - text:
      nl: Er zijn dertig plaatsen.
      en: There are thirty places.
    date: 2020
    evidence:
      - source: brief
        lines: '8'
tags:
  - kamers
evidence:
  - source: brief
    lines: '1-9'
"""

Edit = tuple[str, str]
"""A thing that somebody may do to the record: how it is done, and with what."""

APART: tuple[Edit, ...] = (
    ("set", "title=Beleid voor kamers"),
    ("set", "effect=restricts"),
    ("set", "summary=Regels voor kamers en woningen."),
    ("set", "municipalities+=westland"),
    ("set", "municipalities-=leiden"),
    ("set", "tags+=haven"),
    ("set", "tags+=polder"),
    ("set", "tags-=kamers"),
    ("set", "milestones[0].date=2019-03-04"),
    ("set", "milestones[1].body=council"),
    ("set", "milestones[1].evidence[0].lines=12-13"),
    ("set", "notes[0].text.en=There are thirty beds."),
    ("set", "notes[0].text.nl=Er zijn dertig bedden."),
    ("set", "notes[0].date=2021"),
    ("set", "evidence[0].remark=ook de bijlage"),
    ("set", "reviewed=2026-01-05"),
    ("milestone", "in-force"),
    ("milestone", "evaluation"),
    ("note", "Een tweede aantekening over het toezicht."),
    ("source", "raadsbrief"),
    ("comment", "effect:|# nog na te vragen"),
    ("comment", "summary:|# uit de inleiding"),
)
"""Changes of which no two touch one value."""


def done(text: str, edit: Edit) -> str:
    how, what = edit
    if how == "set":
        return changed(text, Policy, [parse_change(what)])
    if how == "milestone":
        return with_item(text, Policy, "milestones", {"status": what, "date": f"202{len(what) % 7}"})
    if how == "note":
        return with_item(text, Policy, "notes", {"text": what})
    if how == "source":
        return with_item(text, Policy, "evidence", {"source": what, "lines": "4"})
    key, comment = what.split("|")
    return text.replace(f"\n{key}", f"\n{comment}\n{key}")


def after(text: str, edits: Iterable[Edit]) -> str:
    for edit in edits:
        text = done(text, edit)
    return text


def merged(ours: str, theirs: str, base: str = BASE) -> MergedText:
    found = merged_text(Versions(base, ours, theirs), Policy, "nl", Marks())
    assert found
    return found


def said(text: str) -> dict[str, Any]:
    """What a text means, whatever the order of its items."""
    parsed = parse_yaml(text)
    assert not parsed.faults, text
    assert isinstance(parsed.data, dict)
    return unordered(meaning_of(parsed.data))


def unordered(meaning: Mapping[str, Any]) -> dict[str, Any]:
    return {
        str(key): unordered(value) if isinstance(value, Mapping) else value
        for key, value in meaning.items()
        if key != ORDER
    }


some = st.lists(st.sampled_from(APART), unique=True, max_size=6)


@given(some, some)
def test_what_two_did_apart_is_what_one_would_have_done(ours: list[Edit], theirs: list[Edit]) -> None:
    found = merged(after(BASE, ours), after(BASE, theirs))

    assert found.conflicts == 0
    assert said(found.text) == said(after(BASE, dict.fromkeys((*ours, *theirs))))


@given(some, some)
def test_it_does_not_matter_who_merges(ours: list[Edit], theirs: list[Edit]) -> None:
    mine, other = after(BASE, ours), after(BASE, theirs)

    assert said(merged(mine, other).text) == said(merged(other, mine).text)


@given(some, some)
def test_no_comment_is_lost(ours: list[Edit], theirs: list[Edit]) -> None:
    mine, other = after(BASE, ours), after(BASE, theirs)
    kept = set(all_comments(pieces_of(merged(mine, other).text)))

    assert kept == {*all_comments(pieces_of(mine)), *all_comments(pieces_of(other))}


@given(some)
def test_who_changed_nothing_takes_over_all(edits: list[Edit]) -> None:
    text = after(BASE, edits)

    assert merged(text, BASE).text == text
    assert merged(text, text).text == text
    assert said(merged(BASE, text).text) == said(text)


@given(some, some)
def test_what_is_merged_from_canonical_texts_is_canonical(ours: list[Edit], theirs: list[Edit]) -> None:
    text = merged(after(BASE, ours), after(BASE, theirs)).text

    assert canonical(text, Policy) == text


CONFLICTS = [
    (("set", "title=Een"), ("set", "title=Twee"), "title: Een", "title: Twee"),
    (("set", "effect=allows"), ("set", "effect=restricts"), "effect: allows", "effect: restricts"),
    (
        ("set", "milestones[1].date=2020-06-01"),
        ("set", "milestones[1].date=2020-07-01"),
        "2020-06",
        "2020-07",
    ),
    (("set", "notes[0].text.en=Some beds."), ("set", "notes[0].text.en=All beds."), "Some beds", "All beds"),
    (("set", "milestones[1].body=council"), ("set", "milestones[1]="), "body: council", ""),
    (("set", "title=Een"), ("set", "title="), "title: Een", ""),
    (("set", "reviewed=2026-01-05"), ("set", "reviewed=2026-02-05"), "2026-01-05", "2026-02-05"),
]


@pytest.mark.parametrize(("ours", "theirs", "mine", "other"), CONFLICTS)
@pytest.mark.parametrize("swapped", [False, True])
def test_two_values_of_one_thing_are_a_conflict(
    ours: Edit, theirs: Edit, mine: str, other: str, swapped: bool
) -> None:
    if swapped:
        ours, theirs, mine, other = theirs, ours, other, mine
    found = merged(done(BASE, ours), done(BASE, theirs))
    left, _, rest = found.text.partition("<<<<<<< ours\n")[2].partition("=======\n")
    right, _, _ = rest.partition(">>>>>>> theirs\n")

    assert found.conflicts == 1
    assert mine in left
    assert other in right
    assert (mine and mine not in right) or (other and other not in left)


def test_what_does_not_conflict_is_merged_beside_what_does() -> None:
    ours = after(BASE, [("set", "title=Een"), ("set", "tags+=haven")])
    theirs = after(BASE, [("set", "title=Twee"), ("milestone", "in-force")])
    text = merged(ours, theirs).text
    chosen = [line for line in text.split("\n") if line[:7] not in ("<" * 7, "=" * 7, ">" * 7)]

    assert text.count("<<<<<<<") == 1
    assert {"  - haven", "  - status: in-force"} <= set(chosen)


def test_two_who_add_one_step_of_one_day_agree_where_they_say_the_same() -> None:
    step = {"status": "in-force", "date": "2020-06-01"}
    ours = with_item(BASE, Policy, "milestones", {**step, "body": "council"})
    theirs = with_item(BASE, Policy, "milestones", {**step, "date_text": "juni"})

    assert merged(ours, theirs).text.count("status: in-force") == 1
    assert "body: council" in merged(ours, theirs).text
    assert "date_text: juni" in merged(ours, theirs).text


def test_steps_of_other_days_are_two_and_stand_in_their_order() -> None:
    ours = with_item(BASE, Policy, "milestones", {"status": "in-force", "date": "2022"})
    theirs = with_item(BASE, Policy, "milestones", {"status": "evaluation", "date": "2021"})

    for text in (merged(ours, theirs).text, merged(theirs, ours).text):
        assert text.index("date: 2021") < text.index("date: 2022")


def test_both_adding_a_record_of_one_name_is_merged_from_nothing() -> None:
    ours, theirs = after(BASE, [("set", "tags+=haven")]), after(BASE, [("set", "tags+=polder")])

    assert said(merged(ours, theirs, "").text)["tags"] == {"kamers": True, "haven": True, "polder": True}


def test_a_plain_text_and_its_translation_merge() -> None:
    ours = done(BASE, ("set", "tags+=haven")).replace(
        "summary: Regels voor kamers.", "summary:\n  nl: Regels voor kamers.\n  en: Rules for rooms."
    )
    theirs = done(BASE, ("set", "summary=Regels voor alle kamers."))
    expected = {"nl": "Regels voor alle kamers.", "en": "Rules for rooms."}

    assert said(merged(ours, theirs).text)["summary"] == expected
    assert said(merged(theirs, ours).text)["summary"] == expected


def test_lines_that_nobody_touched_stay_as_they_were_written() -> None:
    loose = BASE.replace("tags:\n  - kamers", "tags: [kamers]").replace(
        "title: Beleid ", "title:   'Beleid' "
    )
    ours, theirs = loose.replace("unknown", "allows"), done(BASE, ("set", "reviewed=2026-01-05"))
    text = merged(ours, theirs, loose).text

    assert "tags: [kamers]\n" in text
    assert "title:   'Beleid' " in text
    assert "reviewed: 2026-01-05" in text


def test_steps_put_in_another_order_stay_so() -> None:
    first, second = BASE.index("  - status: prep"), BASE.index("  # vastgesteld")
    end = BASE.index("effect:")
    turned = BASE[:first] + BASE[second:end] + BASE[first:second] + BASE[end:]
    other = done(BASE, ("set", "tags+=haven"))

    for text in (merged(turned, other).text, merged(other, turned).text):
        assert text.index("adopted") < text.index("preparation")
        assert "  - haven\n" in text


@pytest.mark.parametrize("broken", ["title: [", "title: Een\n\ttags: x\n", "- een lijst\n"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_cannot_be_read_is_left_to_git(broken: str, place: int) -> None:
    texts: Sequence[str] = [BASE, BASE, BASE]
    texts = [*texts[:place], broken, *texts[place + 1 :]]

    assert merged_text(Versions(*texts), Policy, "nl", Marks()) is None
