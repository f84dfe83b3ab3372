from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.storage.yaml import parser as yamlreading
from amk.storage.yaml.careful_parser import read_with_care
from amk.storage.yaml.events import MAX_DEPTH
from amk.storage.yaml.parser import find_positions, parse_yaml
from amk.values.parsed import Parsed


@pytest.mark.parametrize(
    "scalar", ["no", "12:30", "2020-11", "0518", "1e3", "~", "null", "0o17", "2021-07-05"]
)
def test_every_scalar_stays_text(scalar: str) -> None:
    assert parse_yaml(f"a: {scalar}\n").data == {"a": scalar}


def test_positions_count_characters_from_one() -> None:
    positions = find_positions("naam: Zoë\nleden:\n  - gemeente: Den Haag\n")

    assert positions[("leden", 0, "gemeente")].key == (3, 5)
    assert positions[("leden", 0, "gemeente")].value == (3, 15)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert parse_yaml("a: b\r\nc: d\r\n").data == {"a": "b", "c": "d"}


def test_deep_nesting_and_an_alias_bomb_are_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*a, *a]\n" for n in "bcdefghij")
    begun = time.monotonic()

    assert parse_yaml("[" * 100_000).faults[0].code == "YAML004"
    assert {fault.code for fault in parse_yaml(bomb).faults} == {"YAML003"}
    assert time.monotonic() - begun < 2


def test_as_deep_as_allowed_is_read() -> None:
    assert parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH).faults == ()


@given(st.text(max_size=200))
def test_no_text_stops_the_reader(text: str) -> None:
    parsed = parse_yaml(text)

    assert all(fault.line >= 1 and fault.column >= 1 for fault in parsed.faults)
    find_positions(text)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(["x: y", "&a", "- ", "'", "{", "]"]))
)
def test_no_broken_record_stops_the_reader(fields: dict[str, str]) -> None:
    parse_yaml("".join(f"{key}: {value}\n" for key, value in fields.items()))


PIECES = (
    "a: b\n",
    "c:\n",
    "  d: e\n",
    "  - f\n",
    "- g: h\n",
    "    i: 'j'\n",
    'k: "l\\em"\n',
    "n: |\n",
    "    text\n",
    "o: {p: [q, r]}\n",
    "a: again\n",
    "s: &t u\n",
    "v: *t\n",
    "w: !x y\n",
    "---\n",
    "...\n",
    "? z\n",
    ": \n",
    "q: ''\n",
    "\u200e: b\n",
    "r: \u202e\n",
    "[b]: c\n",
    "# comment\n",
    "\r\n",
    "\t",
    "x: y: z\n",
    "%YAML 1.1\n",
    f"{'k' * 1025}: v\n",
    "m: [" * 51 + "\n",
)
"""What a text may be made of, ordinary and not."""


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_reading_at_once_gives_what_reading_with_care_gives(pieces: list[str]) -> None:
    text = "".join(pieces)
    plain = yamlreading._read_at_once(text)

    if plain is not None:
        assert read_with_care(text) == Parsed(plain, ())
    elif not yamlreading._refused(text):
        assert parse_yaml(text) == read_with_care(text)


def test_an_ordinary_text_needs_no_parser() -> None:
    importing = "import sys; from amk.storage.yaml.parser import parse_yaml"
    asked = f"{importing}; parse_yaml('a: b'); print('yaml' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", asked], text=True).strip() == "False"


@pytest.mark.parametrize("text", ["a: b\nc:\n  - d: 'e'\n  - {f: g}\n", "a: |\n  b\n  c\n"])
def test_what_is_ordinary_is_read_at_once(text: str) -> None:
    assert yamlreading._read_at_once(text) == read_with_care(text).data
