"""Search: what was meant is found, said where, and no text that anybody types is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from benchmarks.generating import generate, write
from hypothesis import given, settings
from hypothesis import strategies as st

from amk.cache.data_folder import read_anew, read_cached
from amk.cache.databases import cached_database
from amk.cache.revisions import digest_of
from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Vocabulary
from amk.questions.search.find import find_hits
from amk.search import ranking
from amk.search.indexer import index_of
from amk.search.query_terms import look_for_phrases
from amk.search.ranking import find_places
from amk.search.text_analysis import nearest_terms, parts_of, stems_of
from amk.storage.data_folder import working_tree

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def index(shipped: KnowledgeBase) -> Iterator[sqlite3.Connection]:
    with closing(index_of(shipped)) as index:
        yield index


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "amk"


def refs(base: KnowledgeBase, index: sqlite3.Connection, query: str) -> list[str]:
    return [hit.record.ref for hit in find_hits(base, index, query).hits]


def test_dutch_words_of_one_stem_are_one() -> None:
    def alike(one: str, other: str) -> bool:
        return bool({*stems_of(one)} & {*stems_of(other)})

    assert alike("arbeidsmigrant", "arbeidsmigranten")
    assert alike("vastgesteld", "vaststellen")
    assert alike("policies", "policy")


@pytest.mark.parametrize(
    ("word", "halves"),
    [
        ("huisvestingsbeleid", ("huisvesting", "beleid")),
        ("arbeidsmigrantenhuisvesting", ("arbeidsmigranten", "huisvesting")),
        ("beleidsnota", ("beleid", "nota")),
        ("huisvestingsbureau", ("huisvesting",)),
        ("rotterdam", ()),
    ],
)
def test_a_compound_is_taken_apart_where_its_halves_are_known(word: str, halves: tuple[str, ...]) -> None:
    assert parts_of(word, {"huisvesting", "beleid", "nota", "arbeidsmigranten"}) == halves


def test_a_mistyped_word_is_taken_for_the_nearest() -> None:
    known = ["rotterdam", "amsterdam", "huisvesting", "rot"]

    assert nearest_terms("rotterdm", known) == ["rotterdam"]
    assert nearest_terms("rottredam", known) == ["rotterdam"]
    assert nearest_terms("huisvestng", known) == ["huisvesting"]
    assert nearest_terms("xyz", known) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("huisvestingsbeleid lansingerland", "policy/beleid-lansingerland"),
        ("rotterdm", "municipality/rotterdam"),
        ('"regionale afspraken" haaglanden', "collaboration/werkgroep-haaglanden"),
        ("'s-Gravenhage", "municipality/den-haag"),
        ("GM0599", "municipality/rotterdam"),
        ("learning circle", "collaboration/leerkring-huisvesting-arbeidsmigranten"),
        ("title:woonvisie", "policy/woonvisie-westland-2020"),
        ("woonvisi* westland", "policy/woonvisie-westland-2020"),
        ("HELLEVOETSLUÍS", "municipality/hellevoetsluis"),
    ],
)
def test_what_was_meant_comes_first(
    shipped: KnowledgeBase, index: sqlite3.Connection, query: str, first: str
) -> None:
    assert refs(shipped, index, query)[0] == first


def test_a_word_finds_the_compounds_it_is_half_of(shipped: KnowledgeBase, index: sqlite3.Connection) -> None:
    found = [hit.record.ref for hit in find_hits(shipped, index, "title:huisvesting", told=1000).hits]

    assert "policy/beleidskader-westland-2018" in found
    assert "policy/beleid-lansingerland" in found


def test_a_phrase_is_found_only_where_its_words_stand_together(
    shipped: KnowledgeBase, index: sqlite3.Connection
) -> None:
    assert refs(shipped, index, '"afspraken regionale"') == []
    assert len(refs(shipped, index, "afspraken regionale")) > 5


def test_every_record_is_found_by_its_whole_name(shipped: KnowledgeBase, index: sqlite3.Connection) -> None:
    for ref, record in shipped.known.items():
        if not isinstance(record, Vocabulary):
            assert ref in refs(shipped, index, record.name)[:10], record.name


def test_a_passage_says_which_words_match(shipped: KnowledgeBase, index: sqlite3.Connection) -> None:
    hit = find_hits(shipped, index, "waterbed").hits[0]

    marked = [p.text[start:end].casefold() for p in hit.passages for start, end in p.marked]
    assert marked
    assert all("waterbed" in word for word in marked)


def test_of_what_is_not_told_no_record_is_read(tmp_path: Path) -> None:
    write(tmp_path / "data", generate(3, 60))
    base = read_cached(tmp_path / "data").loaded.base
    read: dict[str, object] = base.known._read  # type: ignore[attr-defined] # what it read is its own affair

    with closing(index_of(read_anew(tmp_path / "data").loaded.base)) as index:
        found = find_hits(base, index, "nota", lambda ref: ref.startswith("policy/"), told=3)

    assert len(found.hits) == 3
    assert found.count > 20
    assert set(read) == {hit.record.ref for hit in found.hits}


def test_a_filter_leaves_room_for_what_it_lets_through(
    shipped: KnowledgeBase, index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "MOST", 3)
    monkeypatch.setattr(ranking, "AT_ONCE", 2)

    found = find_hits(shipped, index, "beleid", lambda ref: ref.startswith("region/"))

    assert {hit.record.kind for hit in found.hits} == {"region"}


@pytest.mark.parametrize("words", [("beleid",), ("huisvesting",), ("van", "de"), ("rotterdam",)])
def test_a_text_weighs_what_it_would_if_every_place_had_its_own(
    index: sqlite3.Connection, words: tuple[str, ...]
) -> None:
    places = index.execute("select ref, number, plain from places join texts on texts.id = text "
                           "join records on records.id = record").fetchall()  # fmt: skip
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.execute(
            "create virtual table found using fts5(ref unindexed, number unindexed, plain, tokenize = ascii)"
        )
        plain.executemany("insert into found values (?, ?, ?)", places)
        asked = "select ref, number, -bm25(found, 0, 0, 2.0) from found where found match ?"
        usual = {row[:2]: row[2] for row in plain.execute(asked, (f'"{" ".join(words)}"',))}

    found = {(p.ref, p.number): p.score for p in find_places(index, look_for_phrases([words]))}

    assert found == pytest.approx(usual)
    assert found


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text('"*:()-^ abANDORNEAR', max_size=30))
def test_any_text_is_a_query(shipped: KnowledgeBase, index: sqlite3.Connection, query: str) -> None:
    found = find_hits(shipped, index, query)

    assert all(hit.score > 0 for hit in found.hits)
    assert list(found.hits) == sorted(found.hits, key=lambda hit: (-hit.score, hit.record.ref))


def test_the_kept_index_answers_alike_and_follows_the_texts(
    shipped: KnowledgeBase, index: sqlite3.Connection, cache: Path
) -> None:
    def opened() -> sqlite3.Connection:
        return cached_database(digest_of(working_tree(DATA)), "index", partial(index_of, shipped))

    with closing(opened()) as first, closing(opened()) as again:
        assert len(list(cache.glob("*.index"))) == 1
        assert refs(shipped, first, "beleid rotterdam") == refs(shipped, again, "beleid rotterdam")
        assert refs(shipped, again, "beleid rotterdam") == refs(shipped, index, "beleid rotterdam")

    next(cache.glob("*.index")).write_bytes(b"torn")
    with closing(opened()) as anew:
        assert refs(shipped, anew, "waterbed") == refs(shipped, index, "waterbed")


def told(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["search", *arguments, "--today", "2024-01-01", "--data", str(DATA)]) == 0
    return capsys.readouterr().out


def test_each_passage_has_its_file_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, Any]] = json.loads(told("kamerverhuur zuidplas", "--json", capsys=capsys))

    assert rows[0]["ref"] == "policy/beleidskader-zuidplas"
    passage = rows[0]["passages"][0]
    line = Path(passage["path"]).read_text(encoding="utf-8").splitlines()[passage["line"] - 1]
    assert "kamerverhuur" in line
    assert {*rows[0]} == {"ref", "kind", "id", "name", "score", "passages"}


def test_filters_hold(capsys: pytest.CaptureFixture[str]) -> None:
    def found(*arguments: str) -> set[str]:
        return {
            row["ref"]
            for row in json.loads(told("beleid", "--json", "--limit", "999", *arguments, capsys=capsys))
        }

    assert found("--kind", "policy") < found()
    assert all(ref.startswith("policy/") for ref in found("--kind", "policy"))
    assert "policy/beleidskader-westland-2018" in found("--status", "adopted", "--region", "Haaglanden")
    assert "policy/beleid-rotterdam" not in found("--region", "Haaglanden")


def test_a_guess_is_told_and_matches_stand_out(capsys: pytest.CaptureFixture[str]) -> None:
    page = told("rotterdm", "-f", "md", "--limit", "2", capsys=capsys)

    assert "gezocht is naar rotterdam" in page
    assert "**Rotterdam**" in page


@pytest.mark.parametrize("arguments", [[""], ["!!"], ["x", "--limit", "0"]])
def test_no_words_and_no_limit_are_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", *arguments, "--data", str(DATA)]) == 2

    assert capsys.readouterr().err.count("\n") == 1


def test_what_no_longer_exists_is_marked_where_it_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "Westvoorne", "--kind", "municipality", "--lang", "nl"]) == 0

    assert "Westvoorne (opgegaan in een andere)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "spellings",
    [
        ("arbeidsmigranten-huisvesting", "arbeidsmigrantenhuisvesting", "Arbeidsmigranten\u2010Huisvesting"),
        ("B&W", "b&w", "BenW", '"burgemeester en wethouders"'),
        ("GS", '"Gedeputeerde Staten"'),
        ("kamer-verhuur", "kamerverhuur"),
    ],
)
def test_what_is_one_thing_is_found_however_it_is_spelt(
    shipped: KnowledgeBase, index: sqlite3.Connection, spellings: tuple[str, ...]
) -> None:
    found = (find_hits(shipped, index, query, told=1_000).hits for query in spellings)
    first, *others = ({hit.record.ref for hit in hits} for hits in found)

    assert first
    assert all(other == first for other in others)


@pytest.mark.parametrize(("typed", "meant"), [("DENHAAG", "den haag"), ("DenHaag", "den haag")])
def test_two_words_without_the_space_between_are_told_as_two(
    shipped: KnowledgeBase, index: sqlite3.Connection, typed: str, meant: str
) -> None:
    found = find_hits(shipped, index, typed)

    assert found.wanted[0].guesses == (meant,)
    assert {hit.record.ref for hit in found.hits} == {*refs(shipped, index, f'"{meant}"')}


@pytest.mark.parametrize("query", ["2021-07-05", "bijlage-1-2021", "'s-Gravenhage"])
def test_a_date_an_id_and_a_lone_letter_are_not_taken_apart(
    shipped: KnowledgeBase, index: sqlite3.Connection, query: str
) -> None:
    assert refs(shipped, index, query) == refs(shipped, index, f'"{query}"')
