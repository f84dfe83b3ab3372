"""The map: every municipality of the day on its own tile, unknown never drawn as none."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import run
from amk.document.drawing import Box, Label
from amk.formats.svg import TONES
from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.validity import as_of
from amk.questions.map.draw import BAND, LOOKS, draw_maps
from amk.questions.map.find import MANNERS, SHADES, By, Map, find_map, short_names
from tests.conftest import ROOT

LETTER, NOW = date(2021, 7, 5), date(2024, 1, 1)
SAY = phrases_in("nl").with_topic("map")


def map_on(base: KnowledgeBase, day: date, by: By = "status") -> Map:
    return find_map(as_of(base, day), day, by)


def test_no_two_municipalities_share_a_tile_or_a_short_name(shipped: KnowledgeBase) -> None:
    for day in (LETTER, NOW):
        found = map_on(shipped, day)
        tiles = [(place.tile.column, place.tile.row) for place in found.places if place.tile]
        assert len(tiles) == len(set(tiles)) == len(found.places)
        assert len({place.short.casefold() for place in found.places}) == len(found.places)


@given(st.lists(st.text("abcdeé'- ", min_size=1, max_size=12), max_size=30))
def test_short_names_are_three_letters_and_differ(names: list[str]) -> None:
    found = short_names(names)

    assert len({short.casefold() for short in found}) == len(names)
    assert all(len(short) <= 3 for short in found)


def test_the_map_follows_a_merger(shipped: KnowledgeBase) -> None:
    before = {place.municipality.id for place in map_on(shipped, date(2022, 12, 31)).places}
    after = {place.municipality.id for place in map_on(shipped, date(2023, 1, 1)).places}

    assert {"brielle", "hellevoetsluis", "westvoorne"} == before - after
    assert after - before == {"voorne-aan-zee"}


def test_unknown_is_not_drawn_as_none_and_a_maybe_is_drawn_as_one(shipped: KnowledgeBase) -> None:
    shades = {place.municipality.id: place for place in map_on(shipped, LETTER).places}

    assert shades["delft"].shade == "unknown"
    lately = {place.municipality.id: place for place in map_on(shipped, date(2026, 11, 26)).places}
    assert lately["maassluis"].maybe
    assert LOOKS["unknown"] != LOOKS["none"]


def test_each_shade_of_a_manner_looks_otherwise() -> None:
    for shades in SHADES.values():
        assert len({LOOKS[shade] for shade in shades}) == len(shades)


def test_every_name_stands_whole_in_its_tile(shipped: KnowledgeBase) -> None:
    found = map_on(shipped, NOW)
    drawing = draw_maps([found], ["nu"], SAY, "Kaart")
    words = " ".join(shape.words for shape in drawing.shapes if isinstance(shape, Label))

    for place in found.places:
        assert all(part in words for part in place.municipality.name.replace("-", " ").split())
    assert all(0 <= s.x <= drawing.width for s in drawing.shapes if isinstance(s, (Box, Label)))


def test_two_days_stand_side_by_side(shipped: KnowledgeBase) -> None:
    maps = [map_on(shipped, LETTER), map_on(shipped, NOW)]
    alone = draw_maps(maps[:1], ["toen"], SAY, "Kaart")
    both = draw_maps(maps, ["toen", "nu"], SAY, "Kaart")

    assert both.width > 1.8 * alone.width
    assert "toen" in both.alternative
    assert "nu" in both.alternative


def told(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["map", *arguments, "--today", "2024-01-01", "--data", str(ROOT / "data")]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_format_tells_the_same_places(
    manner: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[dict[str, Any]] = json.loads(told("--by", manner, "--json", capsys=capsys))
    page = told("--by", manner, "--lang", language, "-f", "md", capsys=capsys)
    drawing = ET.fromstring(told("--by", manner, "--lang", language, "-f", "svg", capsys=capsys))

    assert len(rows) == 50
    assert all(row["name"] in page for row in rows)
    assert drawing.tag.endswith("svg")


def test_a_terminal_has_letters_that_fit_its_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns, mark in (("60", "Wes W"), ("40", "WesW")):
        monkeypatch.setenv("COLUMNS", columns)
        lines = told(capsys=capsys).splitlines()
        assert mark in " ".join(lines)
        assert max(map(len, lines)) <= int(columns)


def test_two_days_stand_side_by_side_on_a_wide_terminal_and_below_each_other_on_a_narrow_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("--compare", "2021-07-05", "2024-01-01")
    found = {}
    for columns in ("130", "90", "60", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        found[columns] = told(*days, capsys=capsys).splitlines()
        assert max(map(len, found[columns])) <= int(columns)
    beside = {
        columns: any("Wes" in line[20:] and line[:3] == "Wes" for line in found[columns]) for columns in found
    }

    assert beside == {"130": True, "90": True, "60": False, "40": False}
    # Voorschoten goes by one short name on both days, also where Voorne aan Zee is on one of them.
    assert sum(line.count("Vor") for line in found["130"]) == 2


def test_bars_on_a_terminal_have_a_letter_for_each_municipality(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split() for line in told("--bars", capsys=capsys).splitlines()]

    [letters] = [line[1] for line in lines if line[:1] == ["Haaglanden"] and len(line) == 2]
    assert len(letters) == 9
    assert letters.startswith("WW")


def test_a_region_shows_its_members_and_the_names_of_others_in_grey(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = json.loads(told("--region", "Haaglanden", "--json", capsys=capsys))
    page = told("--region", "Haaglanden", "-f", "svg", capsys=capsys)

    assert len(rows) == 9
    assert f'fill="{TONES["ink"]}">Westland<' in page
    assert f'fill="{TONES["quiet"]}">Gouda<' in page
    assert page.count(f'height="{BAND:.0f}"') == 9


def test_a_manner_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["map", "--by", "stauts", "--data", str(ROOT / "data")]) == 2

    assert "bedoelt u “status”" in capsys.readouterr().err


def test_bars_tell_how_many_of_each_shade_a_region_has(capsys: pytest.CaptureFixture[str]) -> None:
    page = told("--bars", "-f", "md", capsys=capsys)
    drawing = ET.fromstring(told("--bars", "-f", "svg", capsys=capsys))

    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    assert sum(int(number) for row in rows for number in row[1:]) == 50
    assert next(row for row in rows if row[0] == "Haaglanden")[1:].count("0") < len(rows[0]) - 1
    assert drawing.tag.endswith("svg")


def test_every_page_with_a_drawing_is_html_that_a_strict_parser_takes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    import html5lib

    for arguments in (
        ["map"],
        ["map", "--bars"],
        ["network"],
        ["report"],
        ["timeline"],
        ["compare", "westland", "zuidplas"],
    ):
        assert run([*arguments, "-f", "html", "--today", "2024-01-01", "--data", str(ROOT / "data")]) == 0
        html5lib.HTMLParser(strict=True).parse(capsys.readouterr().out)


def test_a_briefing_shows_the_map_of_its_area_where_a_document_can(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def page(*arguments: str) -> str:
        assert run(["report", *arguments, "--data", str(ROOT / "data")]) == 0
        return capsys.readouterr().out

    province = page("-f", "html")
    regions = [page(*typed, "--region", "Haaglanden", "-f", "html") for typed in ((), ("region",))]
    assert ">Zwijndrecht</text>" in province
    # Of its own day: not of municipalities that went up in another.
    assert ">Brielle</text>" not in province
    assert ">Brielle</text>" in page("-f", "html", "--as-of", "2022-12-31")
    for region in regions:
        assert province.count("<svg") == region.count("<svg") == 1
        assert ">Zwijndrecht</text>" not in region
        assert ">Wassenaar</text>" in region
    assert "<svg" not in page("--municipality", "Westland", "-f", "html")


def test_where_nobody_has_a_tile_a_briefing_has_no_map_and_a_terminal_tells_it_in_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example = ("--data", str(ROOT / "docs" / "example" / "data"), "--today", "2024-01-01")

    assert run(["report", "-f", "html", *example]) == 0
    assert "<svg" not in capsys.readouterr().out
    assert run(["map", *example]) == 0
    assert "Tegelkaart" in capsys.readouterr().out


@pytest.mark.parametrize("more", [[], ["--bars"], ["--by", "age"]])
def test_where_there_is_no_municipality_that_is_told(
    tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "amk.yaml").write_text(
        "title: T\nsubject: wonen\nlanguage: nl\nschema: 1\n", encoding="utf-8"
    )

    assert run(["map", *more, "--data", str(tmp_path)]) == 0

    assert "Niets gevonden." in capsys.readouterr().out
