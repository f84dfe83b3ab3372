from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import amk.language
from amk.dates import parse_date
from amk.language import LANGUAGES, say_in
from amk.problems import RULES
from amk.status import STATUSES

ROOMS = Path(amk.language.__file__ or "").parent
TOPICS = sorted(path.stem.removesuffix("_nl") for path in ROOMS.glob("*_nl.py"))


def phrases(topic: str, language: str) -> dict[str, str]:
    """The phrases of a topic that has files of its own; of everything else for no topic."""
    name = f"{topic}_{language}" if topic else language
    found: dict[str, str] = import_module(f"amk.language.{name}").PHRASES
    return found


@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_every_phrase_is_said_in_every_language_with_the_same_values(topic: str) -> None:
    dutch = phrases(topic, "nl")
    for language in LANGUAGES:
        other = phrases(topic, language)
        assert other.keys() == dutch.keys()
        for key, phrase in dutch.items():
            assert set(re.findall(r"{(\w+)}", phrase)) == set(re.findall(r"{(\w+)}", other[key])), key


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_says_nothing_that_is_said_elsewhere(topic: str) -> None:
    if topic != "problems":
        assert phrases(topic, "nl").keys() & phrases("", "nl").keys() == set()


def test_every_rule_and_every_status_has_words() -> None:
    assert {code for code in RULES if code not in phrases("problems", "nl")} == set()
    assert {code for code in RULES if f"{code}.hint" not in phrases("problems", "nl")} == set()
    assert {status for status in STATUSES if f"status.{status}" not in phrases("", "nl")} == set()


@pytest.mark.parametrize(
    ("edtf", "dutch", "english"),
    [
        ("2020-11/..", "sinds november 2020", "since November 2020"),
        ("2020-05/2020-11", "mei 2020 tot en met november 2020", "May 2020 to November 2020"),
        ("2020-36", "4e kwartaal 2020", "4th quarter of 2020"),
        ("2020-12~", "omstreeks december 2020", "about December 2020"),
        ("2021-07-05", "5 juli 2021", "5 July 2021"),
        ("/..", "begin onbekend", "start unknown"),
    ],
)
def test_dates_read_as_people_write_them(edtf: str, dutch: str, english: str) -> None:
    assert say_in("nl").date(parse_date(edtf)) == dutch
    assert say_in("en").date(parse_date(edtf)) == english


def test_an_interval_bounds_a_milestone() -> None:
    assert say_in("nl").milestone(parse_date("../2021-07-05")) == "uiterlijk 5 juli 2021"


def test_lists_end_in_en() -> None:
    assert say_in("nl").listing(["a", "b", "c"]) == "a, b en c"
    assert say_in("nl").listing(["a"]) == "a"
    assert say_in("nl").listing([]) == ""
