"""What the briefing tells of the data: nothing is swallowed, few are named, regions are told as regions."""

from __future__ import annotations

from datetime import date

import pytest

from amk.cli import run
from amk.document.blocks import Table, Text
from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Milestone
from amk.questions.report.essentials import essentials
from amk.questions.report.find import find_briefing
from amk.questions.report.highlights import counts_of, find_standing_out
from amk.questions.report.policies import policies_told
from amk.questions.wording import aside, evidence_told, milestone_told
from tests.conftest import ROOT

LETTER_DAY = date(2021, 7, 6)
TODAY = date(2026, 11, 26)
NL = phrases_in("nl").with_topic("report")


def words(text: Text) -> str:
    """A text without its footnotes."""
    runs = (text,) if isinstance(text, str) else text
    return "".join(run for run in runs if isinstance(run, str))


def essentials_of(base: KnowledgeBase, day: date, *regions: str) -> list[str]:
    _, bullets = essentials(find_briefing(base, day, regions), NL)
    return [words(item) for item in bullets.items]  # type: ignore[union-attr, arg-type]  # the second is the list


def test_no_note_is_left_out_for_resting_on_the_lines_of_another(shipped: KnowledgeBase) -> None:
    briefing = find_briefing(shipped, LETTER_DAY)
    told = [words(s.note.text.in_language("nl")) for s in briefing.about("not-known")]

    assert any(
        note.startswith("Bijlage 1 van juli 2021 geeft voorbeelden en geen volledig overzicht.")
        for note in told
    )
    assert any("Welke gemeenten in de werkgroep zitten" in note for note in told)
    recorded = {n.text for s in briefing.notes for n in s.record.notes if n.topic == "not-known"}
    assert {s.note.text for s in briefing.about("not-known")} == recorded


def test_what_is_told_of_a_part_is_told_of_the_whole(shipped: KnowledgeBase) -> None:
    whole = {s.note.text for s in find_briefing(shipped, LETTER_DAY).about("not-known")}
    part = {s.note.text for s in find_briefing(shipped, LETTER_DAY, ("haaglanden",)).about("not-known")}

    assert part <= whole


def test_the_essentials_of_a_region_tell_its_collaborations_by_name(shipped: KnowledgeBase) -> None:
    told = "\n".join(essentials_of(shipped, TODAY, "haaglanden"))

    assert "Ambtelijke werkgroep huisvesting arbeidsmigranten Haaglanden (sinds november 2020)" in told
    assert "toewerkt naar regionale afspraken en naar een verdeling over de gemeenten" in told
    assert "Voor het laatst bevestigd op 5 juli 2021." in told


def test_the_essentials_of_the_whole_name_what_they_count_up_to_seven(shipped: KnowledgeBase) -> None:
    told = [point for point in essentials_of(shipped, TODAY) if " van gemeenten of regio’s " in point]
    briefing = find_briefing(shipped, TODAY)

    words = {"Eén": 1, **{NL.beginning(count): count for count in range(2, 50)}}
    counted = [words[point.split()[0]] for point in told]
    assert sum(counted) == len(briefing.collaborations), "as many as the table has rows"
    assert all(any(c.name in point for point in told) for c in briefing.collaborations)


def test_what_certainly_runs_is_counted_apart_from_what_may(shipped: KnowledgeBase) -> None:
    told = essentials_of(shipped, date(2020, 6, 15))

    assert (
        "Eén samenwerking van gemeenten of regio’s loopt: Informeel ambtelijk overleg Greenport Oostland."
        in told
    )
    assert any("kunnen lopen; zeker is dat niet: " in point for point in told)


def test_who_took_part_or_lies_in_a_region_is_not_told_as_never_mentioned(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["report", "state-table", "--as-of", LETTER_DAY.isoformat(), "--lang", "nl", "-f", "md"]
    assert run([*arguments, "--data", str(ROOT / "data")]) == 0

    rows = {row.split("|")[1].strip(): row for row in capsys.readouterr().out.splitlines() if "|" in row}
    assert "Leerkring huisvesting arbeidsmigranten (beëindigd)" in rows["Brielle"]
    assert "via een regio, deelname niet vermeld: Ambtelijke werkgroep" in rows["Delft"]
    assert any("geen deelname vermeld" in row for row in rows.values())


def test_of_one_municipality_its_silence_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--municipality", "Delft", "--lang", "nl", "-f", "md"]) == 0

    page = capsys.readouterr().out.split("## Kern")[1].split("## ")[0]
    assert "is over de stand van het eigen beleid van Delft niets vastgelegd" in page
    assert "Van één gemeente" not in page


def test_a_source_is_named_once_in_a_footnote_with_all_its_lines(shipped: KnowledgeBase) -> None:
    meeting = shipped.records["collaboration/overleg-greenport-oostland"]
    evidence = [e for p in meeting.participants for e in p.evidence]  # type: ignore[union-attr]  # a collaboration

    told = evidence_told(shipped, evidence, NL)

    assert told.count("Bijlage 1") == 1
    assert "r. 64-68." in told


def test_what_another_source_says_is_told_in_words(shipped: KnowledgeBase) -> None:
    circle = shipped.records["collaboration/leerkring-huisvesting-arbeidsmigranten"]

    assert "periode: 2020 tot en met 2021." in evidence_told(shipped, circle.evidence, NL)


def test_brackets_do_not_stand_in_brackets() -> None:
    assert aside("uiterlijk 5 juli 2021 (‘recent’)") == " (uiterlijk 5 juli 2021, ‘recent’)"


def test_the_counts_of_what_stands_out_are_those_of_its_names(shipped: KnowledgeBase) -> None:
    found = find_standing_out(shipped, TODAY)

    counts = counts_of(found)
    assert sum(counts["gaps"].values()) == len(found.gaps)
    assert counts["contradictions"] == len(found.contradictions)


def test_a_merger_is_told_and_who_became_part_of_another_is_marked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def page(day: str) -> str:
        assert run(["report", "--as-of", day, "--lang", "nl", "-f", "md", "--data", str(ROOT / "data")]) == 0
        return capsys.readouterr().out

    three = "Brielle, Hellevoetsluis en Westvoorne"
    merged = f"- {three} zijn opgegaan in Voorne aan Zee: 1 januari 2023 (Stb. 2022, 307)."
    assert merged in page("2024-01-01")
    assert f"| {three} (opgegaan in een andere): " in page("2024-01-01")
    assert "opgegaan" not in page("2021-07-06")


def test_a_row_of_policy_tells_one_milestone(shipped: KnowledgeBase) -> None:
    briefing = find_briefing(shipped, TODAY)
    [table] = [block for block in policies_told(briefing, NL) if isinstance(block, Table)]

    def when_and_who(milestone: Milestone) -> str:
        body = shipped.label("bodies", milestone.body, "nl") if milestone.body else ""
        return ", ".join(part for part in (milestone_told(milestone, NL), body) if part)

    for (_, _, when, adopted), found in zip(table.rows, briefing.policies, strict=True):
        told = {when_and_who(m) for m in found.policy.milestones if m.status == "adopted"}
        assert adopted in {*told, NL("not-stated"), NL("not-applicable")}
        assert when == (milestone_told(found.milestone, NL) if found.milestone else NL("unknown"))


@pytest.mark.parametrize(("language", "bare"), [("nl", "de bijlage"), ("en", "the annex")])
def test_an_open_question_names_the_annex_that_it_is_about(
    shipped: KnowledgeBase, language: str, bare: str
) -> None:
    for stated in find_briefing(shipped, LETTER_DAY).about("not-known"):
        words = stated.note.text.in_language(language)
        assert bare not in words.split("Bijlage 1" if language == "nl" else "Annex 1")[0].lower(), words
