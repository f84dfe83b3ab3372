from __future__ import annotations

import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.values.dates import Confirmed, NotADate, parse_date

with warnings.catch_warnings():
    # The oracle is dormant and leans on names that pyparsing is giving up.
    warnings.simplefilter("ignore")
    from edtf_validate.valid_edtf import is_valid

YEARS = st.integers(1900, 2100)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@st.composite
def moments(draw: st.DrawFn) -> str:
    day = draw(DAYS)
    text = draw(st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))
    return text + draw(st.sampled_from(["", "", "?", "~", "%"]))


@st.composite
def valid_texts(draw: st.DrawFn) -> str:
    start, end = draw(moments()), draw(moments())
    year = draw(YEARS)
    quarter, season = draw(st.integers(33, 36)), draw(st.integers(21, 24))
    ends = [f"{start}/..", f"{start}/", f"../{end}", f"/{end}"]
    return draw(st.sampled_from([start, f"{year}-{quarter}", f"{year}-{season}", *ends]))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-11-05", "2020-11-05", "2020-11-05"),
        ("2020-36", "2020-10-01", "2020-12-31"),
        ("2020-24", "2020-12-01", "2021-02-28"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2020-05/2020-11", "2020-05-01", "2020-11-30"),
        ("../2021-07-05", "0001-01-01", "2021-07-05"),
        ("2019/..", "2019-01-01", "9999-12-31"),
    ],
)
def test_a_date_has_an_earliest_and_a_latest_day(text: str, earliest: str, latest: str) -> None:
    when = parse_date(text)

    assert (when.earliest, when.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("eind 2020", "form"),
        ("2020-Q4", "form"),
        ("2020-36~", "form"),
        ("2020-02-30", "impossible"),
        ("2020-13", "impossible"),
        ("2021/2020", "reversed"),
        ("[..2021-07-05]", "set"),
        ("2020-11-05T12:30:00", "time"),
        ("2020-36/2021", "end"),
        ("0000", "year"),
        ("/", "form"),
        ("", "form"),
        ("٢٠٢٠", "form"),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotADate) as caught:
        parse_date(text)

    assert caught.value.reason == reason


@given(valid_texts())
def test_what_we_read_is_valid_to_the_oracle(text: str) -> None:
    assert parse_date(text).text == text
    assert is_valid(text)


@given(st.text("0123456789-/.XTYQ?~% ", max_size=16))
def test_what_we_accept_the_oracle_accepts(text: str) -> None:
    try:
        when = parse_date(text)
    except NotADate:
        return
    # The oracle calls 2020-11/2020 reversed, though it may run from November to December.
    assert is_valid(text) or (when.start and when.end and when.start.last > when.end.first)


@given(valid_texts())
def test_the_earliest_day_is_not_after_the_latest(text: str) -> None:
    when = parse_date(text)

    assert when.earliest <= when.latest


@given(valid_texts(), DAYS, DAYS)
def test_what_certainly_held_also_held_by_a_wider_period(text: str, day: date, known: date) -> None:
    when = parse_date(text)
    if when.holds_on(day, Confirmed(known, known)) == "yes":
        assert when.earliest <= day <= when.latest


@given(valid_texts(), DAYS)
def test_what_was_reached_stays_reached(text: str, day: date) -> None:
    answers = ["no", "maybe", "yes"]
    when = parse_date(text)

    assert answers.index(when.reached_by(day)) <= answers.index(when.reached_by(day + timedelta(days=40)))


def test_since_2020_is_a_maybe_in_the_middle_of_2020() -> None:
    confirmed = Confirmed(date(2021, 7, 5), date(2021, 7, 5))

    assert parse_date("2020/..").holds_on(date(2020, 6, 15), confirmed) == "maybe"
    assert parse_date("2020/..").holds_on(date(2021, 1, 1), confirmed) == "yes"


def test_an_open_period_is_a_maybe_after_the_last_source() -> None:
    confirmed = Confirmed(date(2021, 7, 5), date(2021, 7, 5))

    assert parse_date("2020-11/..").holds_on(date(2021, 7, 5), confirmed) == "yes"
    assert parse_date("2020-11/..").holds_on(date(2021, 7, 6), confirmed) == "maybe"


def test_what_began_nobody_knows_when_held_on_the_day_of_its_source() -> None:
    confirmed = Confirmed(date(2021, 7, 5), date(2021, 7, 5))
    answers = [parse_date("/..").holds_on(date(2021, 7, day), confirmed) for day in (4, 5, 6)]

    assert answers == ["maybe", "yes", "maybe"]


def test_about_november_reaches_into_the_months_beside_it() -> None:
    assert parse_date("2020-11~").reached_by(date(2020, 12, 5)) == "maybe"
    assert parse_date("2020-11").reached_by(date(2020, 12, 5)) == "yes"
