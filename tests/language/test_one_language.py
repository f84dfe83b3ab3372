"""A page is in one language: no sentence of the other stands in what a command tells, prompts or refuses."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from amk.cli import run
from tests.conftest import ROOT
from tests.every_page import COMMANDS
from tests.language.test_phrases import TOPICS, phrases

LONG = 4
"""From so many words a piece of a phrase can only be that phrase."""

WRONG = (
    ["list", "--status", "vastgsteld"], ["show", "rotterdm"], ["report", "--as-of", "gisteren"],
    ["list", "--where", "nme=x"], ["lst"], ["report", "breifing"], ["query", "select x from records"],
    ["report", "answer"], ["report", "meeting"], ["reached", "delft", "vastgesteld", "14-10-2026"],
)  # fmt: skip


@cache
def pieces(language: str) -> frozenset[str]:
    """The pieces of sentences that only this language says."""
    other = {"nl": "en", "en": "nl"}[language]
    own, theirs = (
        {
            piece
            for topic in ("", *TOPICS)
            for text in phrases(topic, spoken).values()
            for piece in parts(text)
        }
        for spoken in (language, other)
    )
    return frozenset(own - theirs)


def parts(phrase: str) -> list[str]:
    found = (" ".join(text.split()).strip(" .,:;()") for text, *_ in Formatter().parse(phrase))
    return [text for text in found if len(text.split()) >= LONG]


def others_in(page: str, language: str) -> list[str]:
    flat = " ".join(re.sub(r"[*\\_#>|]|\[\^\d+\]", "", page).split())
    return [piece for piece in pieces({"nl": "en", "en": "nl"}[language]) if piece in flat]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "log"])  # commits are in one language
def test_no_page_says_a_sentence_of_the_other_language(name: str, language: str, tmp_path: Path) -> None:
    page = tmp_path / "x.md"
    command = [*COMMANDS[name], "--data", str(ROOT / "data"), "--lang", language, "-o", str(page)]
    assert run(command) == 0

    assert others_in(page.read_text(encoding="utf-8"), language) == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_no_refusal_says_a_word_of_the_other_language(
    words: list[str], language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMK_LANG", language)
    monkeypatch.setattr("sys.argv", ["amk"])
    code = run([*words, "--data", str(ROOT / "data")] if words != ["lst"] else words)

    told = capsys.readouterr().err
    assert code == 2
    assert others_in(told, language) == []


def test_a_sentence_of_the_other_language_would_be_found() -> None:
    assert len(pieces("nl")) > 500
    assert len(pieces("en")) > 500
    assert others_in("# T\n\nWat nergens staat: er is niets om na te kijken, in deze kennisbank.", "nl") == []
    said = min(pieces("en"), key=len)
    assert others_in(f"- **Delft**: {said}.", "nl") == [said]
