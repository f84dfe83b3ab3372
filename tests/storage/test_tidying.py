"""What can be read and was hardly meant is told as a warning, and `fmt` writes what was meant."""

from __future__ import annotations

import pytest

from amk.model.records import Policy
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.tidying import doubts_in, tidied


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("title: Nota #2 wonen\n", "title: 'Nota #2 wonen'\n"),
        ("title: Nota 's #2\n", "title: 'Nota ''s #2'\n"),
        ("title: Nota Su\u0301d\n", "title: Nota S\u00fad\n"),
    ],
)
def test_what_was_meant_is_written_and_told_once(typed: str, written: str) -> None:
    assert len(list(doubts_in(typed))) == 1
    assert canonical(tidied(typed), Policy) == written
    assert not list(doubts_in(written))


@pytest.mark.parametrize(
    "text", ["title: Nota # a comment\n", "title: 'Nota #2'\n", "tags: [a] #b\n", "title: Nota#2\n"]
)
def test_a_comment_stays_a_comment(text: str) -> None:
    assert not list(doubts_in(text))
    assert tidied(text) == text
