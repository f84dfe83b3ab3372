"""Addresses and telephone numbers are found however they are written, and looking in a hurry misses none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amk.checks import content as wording
from amk.checks.content import find_address


@pytest.mark.parametrize(
    "text",
    [
        "0701234567", "070 1234567", "070-123 45 67", "06 12 34 56 78", "(070) 123 45 67", "0174-673 673",
        "+31 70 123 45 67", "+31(0)70 1234567", "0031 6 12345678", "+44 20 7946 0958",
        "a@b.nl", "jan.de-vries@gemeente.example.nl",
    ],
)  # fmt: skip
def test_an_address_is_found(text: str) -> None:
    assert find_address(text) == text
    assert find_address(f"Bel {text} voor vragen.\nOf niet.") != ""


@pytest.mark.parametrize(
    "text",
    ["2020-12-05", "2019-2023", "gmb-2023-563475", "GM0518", "regels 12-14, 30", "€ 1.250.000", "070", "a@b",
     "https://example.org/0701234567", "CVDR711558_1", "identifier 12345678901234567890"],
)  # fmt: skip
def test_other_numbers_are_none(text: str) -> None:
    assert find_address(text) == ""


TEXTS = st.text(st.sampled_from("0123456789+-() @.,\nab"), max_size=40)


@settings(max_examples=1000)
@given(TEXTS)
def test_looking_in_a_hurry_misses_none(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "_WORTH_A_LOOK", re.compile(""))
        with_care = find_address(text)

    assert find_address(text) == with_care


@settings(max_examples=1000)
@given(st.lists(TEXTS, max_size=4))
def test_none_runs_over_the_end_of_a_text(texts: list[str]) -> None:
    assert bool(find_address("\n".join(texts))) == any(map(find_address, texts))
