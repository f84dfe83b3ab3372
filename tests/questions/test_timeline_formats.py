"""The timeline as a picture and as a calendar, and on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import run
from amk.document.blocks import Document
from amk.document.calendar import Calendar, CalendarEvent
from amk.document.drawing import Box, Drawing, Label, Line, Mark, Tone, width_of, wrapped
from amk.document.time_chart_marks import Bar, Point, Scale, bar_shapes, point_shapes
from amk.formats import ics, markdown, svg, terminal
from amk.language import phrases_in
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.timeline.draw import draw_timeline
from amk.questions.timeline.find import find_timeline

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
SCALE = Scale(date(2020, 1, 1), date(2029, 12, 31), 0, 1000)
ANY = st.text(max_size=80)

Answer = tuple[int, str, str]


@pytest.fixture
def amk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["amk"])

    def call(*arguments: object) -> Answer:
        code = run(["timeline", *map(str, arguments)])
        return code, *capsys.readouterr()

    return call


def drawn(base: KnowledgeBase, language: str = "nl") -> Drawing:
    phrases = phrases_in(language).with_topic("timeline")
    return draw_timeline(find_timeline(base, date(2024, 1, 1)), phrases, "Tijdlijn", "Tijdlijn", "Dekking.")


def test_the_picture_has_a_title_a_description_a_language_and_no_script(shipped: KnowledgeBase) -> None:
    root = ET.fromstring(svg.write(Document("Tijdlijn", "nl", (drawn(shipped),))))

    assert (root.get("role"), root.get(LANGUAGE)) == ("img", "nl")
    assert root[0].tag == f"{SVG}title"
    assert "Beleid huisvesting" in (root[1].text or "")
    assert root.get("aria-labelledby", "").split() == [root[0].get("id"), root[1].get("id")]
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "path", "rect", "line", "circle", "polygon", "text",
    }  # fmt: skip


def test_each_pattern_is_defined_once_and_every_pattern_used_is_defined(shipped: KnowledgeBase) -> None:
    root = ET.fromstring(svg.write(Document("Tijdlijn", "nl", (drawn(shipped),))))
    defined = [element.get("id") for element in root.iter(f"{SVG}pattern")]
    used = {e.get("fill", "")[5:-1] for e in root.iter() if e.get("fill", "").startswith("url(#")}

    assert len(defined) == len(set(defined))
    assert used == set(defined)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_label_runs_out_of_the_picture_or_into_the_next_column(
    shipped: KnowledgeBase, language: str
) -> None:
    drawing = drawn(shipped, language)
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]

    assert labels
    assert all(label.x + width_of(label.words, label.size, label.bold) <= drawing.width for label in labels)
    assert all(0 < label.y <= drawing.height for label in labels)
    rows = [label for label in labels if label.x == 26 and label.size == 13]
    assert all(label.x + width_of(label.words) <= 300 for label in rows)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("tone", [tone for tone in svg.TONES if tone not in ("paper", "faint")])
def test_every_tone_but_that_of_the_grid_has_contrast_enough_for_words(tone: Tone) -> None:
    assert (luminance(svg.TONES["paper"]) + 0.05) / (luminance(svg.TONES[tone]) + 0.05) >= 4.5


def test_after_its_last_confirmation_an_open_bar_goes_on_hatched_and_ends_in_an_arrow() -> None:
    day = date(2021, 1, 1)
    bar = Bar((day, day), "open", (date(2022, 1, 1), date(2025, 1, 1)))
    shapes = list(bar_shapes(bar, SCALE, 0))

    assert [(s.pattern, s.stroke) for s in shapes if isinstance(s, Box)] == [
        ("solid", "solid"),
        ("hatched", "solid"),
    ]
    assert [s.figure for s in shapes if isinstance(s, Mark)] == ["triangle-right"]


def test_unknown_ends_are_dashed_and_have_no_arrow() -> None:
    bar = Bar("unknown", "unknown", (date(2022, 1, 1), date(2025, 1, 1)))
    shapes = list(bar_shapes(bar, SCALE, 0))

    assert [(s.pattern, s.stroke) for s in shapes if isinstance(s, Box)] == [
        ("open", "dashed"),
        ("solid", "solid"),
        ("open", "dashed"),
    ]
    assert not any(isinstance(s, Mark) for s in shapes)


def test_a_year_in_which_a_period_began_is_drawn_apart() -> None:
    bar = Bar((date(2021, 1, 1), date(2021, 12, 31)), (date(2023, 6, 1), date(2023, 6, 1)))

    assert [s.pattern for s in bar_shapes(bar, SCALE, 0) if isinstance(s, Box)] == ["dotted", "solid"]


def test_a_bound_is_a_point_at_its_end_with_a_dashed_tail_to_the_left() -> None:
    tail, mark = point_shapes(Point(None, date(2025, 1, 1)), SCALE, 0)

    assert isinstance(tail, Line)
    assert isinstance(mark, Mark)
    assert (tail.stroke, mark.pattern) == ("dashed", "open")
    assert tail.x1 < tail.x2 < mark.x


def test_moments_of_every_sort_look_different_without_colour() -> None:
    day, year = (date(2025, 1, 1),) * 2, (date(2025, 1, 1), date(2025, 12, 31))
    sorts = [
        Point(*day),
        Point(*day, doubt="?"),
        Point(*day, planned=True),
        Point(*year),
        Point(None, day[1]),
    ]

    looks = set()
    for point in sorts:
        shapes = point_shapes(point, SCALE, 0)
        names = ("figure", "pattern", "stroke", "words")
        looks.add(tuple((type(s).__name__, *(getattr(s, n, "") for n in names)) for s in shapes))
    assert len(looks) == len(sorts)


@given(ANY)
def test_no_words_break_the_picture(words: str) -> None:
    drawing = Drawing(10, 10, (Label(1, 5, words),), words, words if words.strip() else "x")

    assert ET.fromstring(svg.picture_of(drawing, "nl", "a")).tag == f"{SVG}svg"


@given(ANY, st.floats(40, 200))
def test_wrapped_words_fit_their_room(words: str, room: float) -> None:
    assert all(width_of(line) <= room for line in wrapped(words, room))
    assert len(wrapped(words, room, lines=2)) <= 2


def test_a_drawing_says_in_words_what_it_shows_also_where_it_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="words"):
        Drawing(1, 1, (), "Titel", " ")
    document = Document("Titel", "nl", (Drawing(1, 1, (), "Beeld", "Een beeld van niets."),))

    assert "Een beeld van niets." in markdown.write(document)
    assert "Een beeld van niets." in terminal.write(document, 60)


def test_the_calendar_reads_back_as_it_was_meant(amk: Callable[..., Answer]) -> None:
    icalendar = pytest.importorskip("icalendar")
    code, out, err = amk("--municipality", "pijnacker-nootdorp", "policies", "-f", "ics", "--lang", "nl")
    agenda = icalendar.Calendar.from_ical(out)
    events = {str(event["SUMMARY"]).rpartition(": ")[2]: event for event in agenda.walk("VEVENT")}

    assert (code, err) == (0, "")
    force = events["in werking"]
    assert (force.decoded("DTSTART"), force.decoded("DTEND")) == (date(2022, 11, 3), date(2022, 11, 4))
    assert force["STATUS"] == "CONFIRMED"
    assert force["SUMMARY"].params["LANGUAGE"] == "nl"
    assert "Bron:" in str(force["DESCRIPTION"])
    assert events["in voorbereiding"]["STATUS"] == "TENTATIVE"
    assert amk("--municipality", "pijnacker-nootdorp", "policies", "-f", "ics", "--lang", "nl")[1] == out


def test_a_calendar_takes_the_last_day_there_is_and_no_word_adds_a_line() -> None:
    icalendar = pytest.importorskip("icalendar")
    event = CalendarEvent("1@amk", date.max, date.max, "x\r\nEND:VEVENT", "", False, ("a",))
    written = ics.write(Calendar("n", "nl", date(2024, 1, 1), (event,)))

    [read] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert read.decoded("DTSTART") == date.max
    assert "DTEND" not in read
    assert written.split("\r\n").count("END:VEVENT") == 1


def test_without_the_library_one_sentence_says_what_to_install(
    amk: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    code, out, err = amk("-f", "ics", "policies", "--municipality", "westland")

    assert (code, out) == (2, "")
    assert "pip install icalendar" in err


def test_the_command_tells_a_region_since_a_year(amk: Callable[..., Answer]) -> None:
    code, out, err = amk("--region", "Haaglanden", "--since", "2020", "--today", "2024-01-01")

    assert (code, err) == (0, "")
    assert out.index("Begonnen vóór 2020") < out.index("\n2021\n") < out.index("Zonder datum")
    assert "Gevraagd: regio Haaglanden, vanaf 2020." in out


@pytest.mark.parametrize("columns", [60, 80])
def test_the_timeline_fits_the_terminal(
    amk: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    assert max(map(len, amk()[1].splitlines())) <= columns


def test_the_web_page_holds_the_picture_and_the_table(amk: Callable[..., Answer], tmp_path: Path) -> None:
    amk("--region", "Haaglanden", "-o", tmp_path / "t.html")
    page = (tmp_path / "t.html").read_text(encoding="utf-8")

    assert page.index("<svg") < page.index("<table>")
    assert "<script" not in page


def test_the_suffix_chooses_the_picture_and_the_same_question_gives_the_same_bytes(
    amk: Callable[..., Answer], tmp_path: Path
) -> None:
    for name in ("a.svg", "b.svg"):
        assert amk("--today", "2024-01-01", "-o", tmp_path / name)[0] == 0

    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_list_cannot_be_drawn_and_says_what_it_can_be(amk: Callable[..., Answer], tmp_path: Path) -> None:
    code = run(["list", "-o", str(tmp_path / "x.svg")])

    assert code == 2


def test_rows_for_machines_are_an_array_and_a_reference_is_told_once(amk: Callable[..., Answer]) -> None:
    rows = json.loads(amk("policies", "-f", "json")[1])
    refs = amk("policies", "-f", "ids")[1].splitlines()

    assert {row["kind"] for row in rows} == {"policy"}
    assert sorted(refs) == sorted({row["ref"] for row in rows})


def test_a_timeline_on_the_terminal_imports_no_calendar() -> None:
    code = "import sys; from amk.cli import run; run(['timeline']); print('icalendar' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert done.stdout.splitlines()[-1] == "False"
