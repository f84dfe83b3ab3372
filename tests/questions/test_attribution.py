"""A claim keeps the day of its source: who says it and when is told once that is no longer recent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from amk.document.blocks import Block, Document, plain, texts_of
from amk.language import phrases_in
from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Evidence, Milestone, Source
from amk.questions.attribution import attributed, known_since, source_told
from amk.questions.report.find import find_briefing
from amk.questions.report.tell import tell_briefing
from amk.questions.wording import evidence_told, milestone_told
from amk.values.dates import parse_date
from tests.conftest import MakeBase
from tests.questions.test_timeline import SMALL

NL = phrases_in("nl")
WORDS = "Het werd drukker."
OLD, UNDATED = "  - source: brief\n", "  - source: pagina\n"
DATA = {**SMALL, "sources/pagina.yaml": "title: Pagina\ntype: letter\npublisher: Gemeente A\n"}


@pytest.mark.parametrize(
    ("day", "sources", "told"),
    [
        ("2022-07-05", ("brief",), WORDS),
        ("2022-07-06", ("brief",), f"Volgens ‘Brief’ (5 juli 2021): {WORDS}"),
        ("2022-07-06", ("brief", "pagina"), f"Volgens ‘Brief’ (5 juli 2021): {WORDS}"),
        ("2022-07-06", ("pagina",), f"Volgens Gemeente A (datum onbekend): {WORDS}"),
        ("2022-07-06", (), WORDS),
    ],
)
def test_a_claim_is_told_as_of_its_newest_source_once_that_is_a_year_old(
    base_of: MakeBase, day: str, sources: tuple[str, ...], told: str
) -> None:
    evidence = tuple(Evidence(source=source) for source in sources)
    assert attributed(WORDS, base_of(DATA), evidence, date.fromisoformat(day), NL) == told


def test_a_claim_about_something_names_that_first(base_of: MakeBase) -> None:
    evidence = (Evidence(source="brief"),)
    told = attributed(WORDS, base_of(DATA), evidence, date(2026, 11, 26), NL, "Haaglanden")
    assert told == f"Haaglanden, volgens ‘Brief’ (5 juli 2021): {WORDS}"


def test_vague_words_keep_their_anchor(base_of: MakeBase) -> None:
    recent = Milestone(status="adopted", date=parse_date("../2021-07-05"), date_text="recent")
    assert milestone_told(recent, NL) == "uiterlijk 5 juli 2021 (‘recent’)"
    by = known_since(base_of(DATA), (Evidence(source="pagina"), Evidence(source="brief")))
    assert by is not None
    assert NL.moment(by) == "5 juli 2021"


def test_every_trend_of_the_briefing_is_told_as_of_its_source(shipped: KnowledgeBase) -> None:
    day = date(2026, 11, 26)
    texts = _texts(tell_briefing(find_briefing(shipped, day), NL, "Zuid-Holland", ()))
    trends = [n for r in shipped.records.values() for n in r.notes if n.topic == "trend"]
    assert trends
    for note in trends:
        words = note.text.in_language("nl")
        assert [t for t in texts if words in t and t.startswith("Volgens Bijlage 1 (5 juli 2021): ")]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_claim_of_the_briefing_of_today_that_is_old_says_so(
    shipped: KnowledgeBase, language: str
) -> None:
    day, say = date(2026, 11, 26), phrases_in(language)
    briefing = find_briefing(shipped, day)
    texts = _texts(tell_briefing(briefing, say, "", ()))
    for stated in briefing.notes:
        words = stated.note.text.in_language(language)
        evidence = stated.note.evidence or stated.record.evidence
        dates = [s.date for s in (shipped.source(e.source) for e in evidence) if s and s.date]
        if stated.note.topic == "not-known" or not dates:
            continue
        newest = max(dates, key=lambda d: d.earliest)
        if day - newest.earliest > timedelta(days=365):
            mark = f"({say.milestone(newest)}): {words}"
            assert [t for t in texts if words in t] == [t for t in texts if mark in t], words


def test_a_footnote_finds_its_source_for_somebody_who_has_only_the_document(shipped: KnowledgeBase) -> None:
    for record in shipped.records.values():
        for _, evidence in evidence_in(record):
            source = shipped.source(evidence.source)
            assert isinstance(source, Source)
            told = evidence_told(shipped, (evidence,), NL)
            assert told.startswith(source_told(source, NL))
            wanted = (
                source.title,
                source.publisher,
                NL.milestone(source.date) if source.date else "onbekend",
            )
            assert all(part in told for part in wanted if part), told
            assert not evidence.lines or f"r. {evidence.lines}" in told


def test_lines_are_told_with_what_they_count(shipped: KnowledgeBase) -> None:
    texts = _texts(tell_briefing(find_briefing(shipped, date(2021, 7, 6)), NL, "", ()))
    assert any(
        "5 juli 2021. Regelnummers tellen in een tekst van 88 regels, lege regels meegerekend" in t
        for t in texts
    )


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(text) for block in Document("", "nl", blocks, "").blocks for text in texts_of(block)]
