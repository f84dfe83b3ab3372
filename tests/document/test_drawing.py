"""What is drawn can be read: words on what lies under them, by eyes of every sort, and printed in grey."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest

from amk.document.blocks import Document, Paragraph
from amk.document.drawing import Box, Drawing, Label, Tone
from amk.formats import html, svg
from amk.questions.map.draw import LOOKS
from amk.questions.map.find import SHADES
from tests.every_page import COMMANDS, DAY, made

PICTURES = ("map", "map-collaborations", "map-age", "map-days", "bars", "network", "timeline")
SVG = "{http://www.w3.org/2000/svg}"
ENOUGH = 4.5

Matrix = tuple[tuple[float, float, float], ...]

EYES: Mapping[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039),
    ),
}  # fmt: skip
"""How eyes see red, green and blue: the matrices of Machado, Oliveira and Fernandes (2009)."""

APART = 20.0
"""A difference in CIELAB that nobody overlooks; 2.3 can just be seen."""

TELLING: tuple[Tone, ...] = ("first", "second", "third")


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def luminance(colour: str) -> float:
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """A colour in CIELAB as these eyes see it."""
    found = linear(colour)
    red, green, blue = (
        min(max(sum(w * part for w, part in zip(row, found, strict=True)), 0), 1) for row in EYES[eyes]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue
    z = (0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(colours: Mapping[Tone, str], eyes: str) -> float:
    """How far the two most alike of the tones that tell apart are from each other."""
    pairs = combinations([colours[tone] for tone in TELLING], 2)
    return min(math.dist(seen(one, eyes), seen(other, eyes)) for one, other in pairs)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("colours", [svg.TONES, svg.DARK_TONES], ids=["light", "dark"])
def test_the_tones_stay_apart_for_every_sort_of_eyes(colours: Mapping[Tone, str], eyes: str) -> None:
    assert apart(colours, eyes) >= APART


def test_brown_and_olive_would_have_been_one_without_green() -> None:
    assert apart({"first": "#0b4f9c", "second": "#9a3412", "third": "#4d6b00"}, "without green") < APART


@pytest.mark.parametrize("colours", [svg.TONES, svg.DARK_TONES], ids=["light", "dark"])
def test_every_tone_but_that_of_the_grid_stands_out_from_paper(colours: Mapping[Tone, str]) -> None:
    low = {tone for tone, colour in colours.items() if contrast(colour, colours["paper"]) < ENOUGH}

    assert low == {"paper", "faint"}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ET.Element]:
    folder: Path = tmp_path_factory.mktemp("pictures")
    files = {name: made(folder / f"{name}.svg", COMMANDS[name]) for name in PICTURES}
    region = made(folder / "region.svg", ("map", "--region", "Haaglanden", *DAY))
    return {name: ET.parse(file).getroot() for name, file in {**files, "region": region}.items()}


def words_and_ground(root: ET.Element) -> Iterator[tuple[str, str, str]]:
    """Each text of a picture with its colour and that of the topmost box in which it begins to stand."""
    boxes: list[tuple[float, float, float, float, str]] = []
    for element in root:
        if element.tag == f"{SVG}rect":
            x, y, w, h = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
            boxes.append((x, y, x + w, y + h, element.get("fill", "")))
        if element.tag == f"{SVG}text":
            x, y = float(element.get("x", 0)), float(element.get("y", 0)) - 3
            under = [fill for x1, y1, x2, y2, fill in boxes if x1 <= x <= x2 and y1 <= y <= y2]
            yield element.text or "", element.get("fill", ""), under[-1]


@pytest.mark.parametrize("name", [*PICTURES, "region"])
def test_the_words_on_a_picture_have_contrast_with_what_lies_under_them(
    pictures: dict[str, ET.Element], name: str
) -> None:
    found = list(words_and_ground(pictures[name]))
    dark = {svg.TONES[tone]: colour for tone, colour in svg.DARK_TONES.items()}

    assert len(found) > 5
    # A pattern (`url(#…)`) is no ground for words.
    assert all(re.fullmatch("#[0-9a-f]{6}", ground) for _, _, ground in found)
    assert [words for words, ink, ground in found if contrast(ink, ground) < ENOUGH] == []
    assert [words for words, ink, ground in found if contrast(dark[ink], dark[ground]) < ENOUGH] == []


def test_words_on_a_coloured_box_would_have_been_found() -> None:
    shapes = (Box(0, 0, 90, 40, "first", "hatched"), Label(10, 20, "slecht"), Label(10, 60, "goed"))
    root = ET.fromstring(svg.picture_of(Drawing(90, 90, shapes, "Titel", "Twee woorden."), "nl", "x"))

    assert [ground for _, _, ground in words_and_ground(root)] == ["url(#x-hatched-first)", "#ffffff"]


@pytest.mark.parametrize("manner", SHADES)
def test_every_shade_of_a_manner_has_a_pattern_of_its_own_so_grey_tells_the_same(manner: str) -> None:
    patterns = [LOOKS[shade][1] for shade in SHADES[manner]]  # type: ignore[index] # one of its own keys

    assert len(set(patterns)) == len(patterns)


@pytest.mark.parametrize("name", [*PICTURES, "region"])
def test_every_picture_says_in_words_what_it_shows(pictures: dict[str, ET.Element], name: str) -> None:
    described = pictures[name].find(f"{SVG}desc")

    assert pictures[name].get("role") == "img"
    assert described is not None
    assert len((described.text or "").split()) > 8


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_words_of_a_page_have_contrast_with_its_paper(dark: bool) -> None:
    page = html.write(Document("Titel", "nl", (Paragraph("woorden"),)))
    light, night = re.findall(r":root {([^}]*--ink[^}]*)}", page)[:2]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", night if dark else light))
    whole = {
        name: c if len(c) == 7 else f"#{''.join(2 * part for part in c[1:])}" for name, c in colours.items()
    }

    assert contrast(whole["ink"], whole["paper"]) >= 7
    assert contrast(whole["link"], whole["paper"]) >= ENOUGH
    assert contrast(whole["line"], whole["paper"]) >= 3


def test_a_drawing_is_dark_on_a_dark_screen_and_on_paper_as_drawn() -> None:
    drawing = Drawing(90, 90, (Label(10, 60, "woord"),), "Titel", "Een woord.")
    page = html.write(Document("Titel", "nl", (drawing,)))
    [rules] = re.findall(r"@media screen and \(prefers-color-scheme: dark\) {(.*?)\n}", page, re.DOTALL)

    for tone, colour in svg.TONES.items():
        assert f'figure [fill="{colour}"] {{ fill: {svg.DARK_TONES[tone]}; }}' in rules
    assert page.index("@media print") > page.index("@media (prefers-color-scheme: dark)")
