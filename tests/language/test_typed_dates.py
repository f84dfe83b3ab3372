"""Dates as people type them become EDTF; what is EDTF already, and what is no date, stays as it is."""

from __future__ import annotations

import pytest

from amk.language.typed_dates import as_edtf


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14-10-2026", "2026-10-14"), ("14 oktober 2026", "2026-10-14"), ("okt 2026", "2026-10"),
        ("1-7-2021", "2021-07-01"), ("1 juli 2021", "2021-07-01"), ("01.07.2021", "2021-07-01"),
        ("1/7/2021", "2021-07-01"), ("Mrt. 2021", "2021-03"), ("1 MAART 2021", "2021-03-01"),
        ("July 1, 2021", "2021-07-01"), ("1st July 2021", "2021-07-01"), ("1-jul-2021", "2021-07-01"),
        ("7-2021", "2021-07"), ("2021-7-1", "2021-07-01"), ("2021/7/1", "2021-07-01"), ("2021-7", "2021-07"),
        (" 2021-07-01 ", "2021-07-01"), ("1-7-2021/..", "2021-07-01/.."),
        ("mei 2020/nov 2020", "2020-05/2020-11"),
    ],
)  # fmt: skip
def test_a_day_or_month_is_read_with_the_day_before_the_month(typed: str, read: str) -> None:
    assert as_edtf(typed) == read


@pytest.mark.parametrize(
    "text",
    ["2020", "2020-36", "2020-21", "2019/..", "/2022-12-31", "2020~", "20XX", "2020/2021", "2020-05/2020-11",
     "1-7-21", "1 juli '21", "eind 2020", "iets 2021", "", "morgen", "1-7", "12:30", "1-7/2021"],
)  # fmt: skip
def test_what_is_edtf_or_no_date_stays_as_it_is(text: str) -> None:
    assert as_edtf(text) == text


def test_a_day_that_no_calendar_has_is_left_to_whoever_reads_it() -> None:
    assert as_edtf("31-2-2021") == "2021-02-31"
    assert as_edtf("13/14/2021") == "2021-14-13"
