"""A date is told as it is known: what is printed stands in a record, or is the day asked for."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from amk.cli import run
from amk.language import Phrases, phrases_in
from tests.conftest import ROOT
from tests.every_page import COMMANDS, DAY, DAYS, LANGUAGES

TOLD = [name for name in COMMANDS if name not in ("log", "diff", "map-days")]
"""What is told from the records alone: no commits, and no two days side by side."""
FORMATS = ("md", "json", "csv")
ISO = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
ASKED = {DAY[1], *DAYS, "2025-11-24", "2025-11-25"}
"""The days asked for, and the one twelve months earlier from which `stale` looks."""


def days_told(text: str, phrases: Phrases) -> set[str]:
    """Every whole day in a text, as ISO 8601: 5 juli 2021 and 2021-07-05 are the same."""
    months = {phrases.month(number): number for number in range(1, 13)}
    written = re.findall(rf"(?<!\d)(\d{{1,2}}) ({'|'.join(months)}) (\d{{4}})", text)
    return {*ISO.findall(text), *(date(int(y), months[m], int(d)).isoformat() for d, m, y in written)}


def days_recorded() -> set[str]:
    """Every whole day that stands in a record, in the data or in words."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "data").rglob("*.yaml")]
    text = "\n".join(texts)
    return {day for language in LANGUAGES for day in days_told(text, phrases_in(language))} | set(
        re.findall(r"\d{4}-\d{2}-\d{2}", text)
    )


def untrue(folder: Path, command: str, format: str, language: str) -> set[str]:
    """The days that a command tells and that nobody knows."""
    target = folder / f"told.{format}"
    words = (*COMMANDS[command], "--data", str(ROOT / "data"), "--lang", language)
    if run([*words, "-f", format, "-o", str(target)]) != 0:
        return set()
    # For machines the timeline gives the bounds of each date beside it, under these names.
    text = re.sub(r'"(earliest|latest)": "[^"]*"', "", target.read_text(encoding="utf-8"))
    told = re.sub(r"(Gegevens van|Data of) [^.]*?\(\w+ \w+\)[^.]*\.", "", text)
    return days_told(told, phrases_in(language)) - days_recorded() - ASKED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("command", TOLD)
def test_no_day_is_told_that_no_record_says(command: str, format: str, language: str, tmp_path: Path) -> None:
    if (command, format) == ("timeline", "csv"):
        pytest.skip("its columns earliest and latest are bounds, for machines")
    assert untrue(tmp_path, command, format, language) == set()
