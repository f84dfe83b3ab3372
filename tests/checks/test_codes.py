"""The code of a municipality keeps its form, whatever a spreadsheet made of it."""

from __future__ import annotations

import pytest

from amk.checks.codes import code_meant, codes_have_their_form
from amk.model.records import Municipality


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("518", "GM0518"), ("0546", "GM0546"), ("gm0503", "GM0503"),
        ("GM503", "GM0503"), ("GM 0503", "GM0503"),
        ("518.0", "GM0518"), ("Delft", ""), ("GM05033", ""), ("", ""), ("٠٥١٨", ""),
    ],
)  # fmt: skip
def test_what_is_left_of_a_code_is_asked_back_as_the_code(found: str, meant: str) -> None:
    record = Municipality(id="x", name="X", code=found, evidence=())

    [problem] = codes_have_their_form(record, "municipalities/x.yaml")

    assert (problem.code, problem.values["nearest"]) == ("CODE002", meant)
    assert code_meant(found) == meant


def test_a_code_in_its_form_and_no_code_are_right() -> None:
    for code in ("GM0518", "GM1992", None):
        record = Municipality(id="x", name="X", code=code, evidence=())

        assert list(codes_have_their_form(record, "municipalities/x.yaml")) == []
