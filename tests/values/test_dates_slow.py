"""Our dates beside the two libraries that know EDTF, on thousands of values."""

from __future__ import annotations

import random
import warnings
from datetime import date

import pytest

from amk.values.dates import parse_date

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf
    from edtf_validate.valid_edtf import is_valid

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

NUMBER = 2500


def values() -> list[str]:
    chance = random.Random(84)
    found = []
    for _ in range(NUMBER):
        year, month, day = chance.randint(1900, 2100), chance.randint(1, 12), chance.randint(1, 28)
        start = chance.choice([f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"])
        later = f"{year + chance.randint(1, 20)}"
        forms = [start, f"{start}/..", f"../{start}", f"{start}/{later}", f"{year}-{chance.randint(33, 36)}"]
        found.append(chance.choice(forms))
    return found


def test_what_we_read_is_valid_and_has_the_bounds_that_edtf_gives() -> None:
    for text in values():
        ours = parse_date(text)
        assert is_valid(text), text
        if "/" not in text:
            theirs = parse_edtf(text)
            assert ours.earliest == date(*theirs.lower_strict()[:3]), text
            assert ours.latest == date(*theirs.upper_strict()[:3]), text
