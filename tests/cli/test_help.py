"""Help, commands, reports and fields in the language of the reader; the English stands in the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer import Context
from typer.main import get_command

import amk.language
from amk.cli import COMMANDS, app, run
from amk.cli.help import TranslatedHelp
from amk.language import REPORT_NAMES, aliases, help_in
from tests.conftest import ROOT

GROUP: Any = get_command(app)
FILE = Path(amk.language.__file__ or "").parent / "nl" / "help.json"


class Listening(dict[str, str]):
    """A catalogue that remembers what was looked up, and what was not there."""

    def __init__(self) -> None:
        super().__init__(help_in("nl"))
        self.asked: set[str] = set()

    def get(self, text: str, other: Any = None) -> Any:
        self.asked.add(text)
        return super().get(text, other)


def helps(texts: Any) -> Iterator[str]:
    """Every page of help, told with a catalogue."""
    for name in (None, *COMMANDS):
        command = GROUP.get_command(None, name) if name else GROUP
        context = Context(command, info_name=f"amk {name}" if name else "amk")
        page = TranslatedHelp(texts, width=100)
        command.format_help(context, page)
        yield page.getvalue()


def test_every_text_of_the_help_is_said_in_dutch_and_none_besides() -> None:
    catalogue = Listening()
    assert len([*helps(catalogue)]) > 25

    assert {text for text in catalogue.asked - catalogue.keys() if " " in text} == set()
    assert catalogue.keys() - catalogue.asked == set()


def test_no_english_text_stands_in_a_dutch_page_and_the_reverse() -> None:
    texts = help_in("nl")
    dutch, english = "\n".join(helps(texts)), "\n".join(helps({}))
    said = {key: text for key, text in texts.items() if key != text and len(key) > 12}

    def flat(page: str) -> str:
        return " ".join(page.split())

    assert [text for text in said if text in flat(dutch)] == []
    assert [text for text in said.values() if text in flat(english)] == []


def test_the_catalogue_is_readable_and_says_everything_once() -> None:
    pairs = json.loads(FILE.read_text(encoding="utf-8"), object_pairs_hook=lambda items: items)

    for _, section in pairs:
        keys = [key for key, _ in section]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["--lang", "nl", "--help"], "Gebruik: amk [OPTIES]"),
        (["--lang", "en", "--help"], "Usage: amk [OPTIONS]"),
        (["--lang", "en", "list", "--help"], "Usage: amk list [OPTIONS]"),
        (["lijst", "--lang", "nl", "--help"], "Gebruik: amk list [OPTIES]"),
        (["help", "toon"], "Gebruik: amk show [OPTIES]"),
    ],
)
def test_help_speaks_the_language_that_is_asked_for(arguments: list[str], first: str) -> None:
    command = [sys.executable, "-m", "amk", *arguments]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)

    assert told.stdout.startswith(first)
    assert told.stderr == ""


def test_every_command_and_every_document_has_a_dutch_name_that_is_no_other_command() -> None:
    assert set(aliases("commands").values()) == {*COMMANDS} - {"schema"}
    assert aliases("commands").keys() & COMMANDS.keys() == set()
    assert {*REPORT_NAMES} <= set(aliases("reports").values())


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        (["lijst", "gemeenten", "--limit", "3"], ["list", "municipalities", "--limit", "3"]),
        (["toon", "gouda"], ["show", "gouda"]),
        (["verslag", "bijlage", "-f", "md"], ["report", "annex", "-f", "md"]),
        (["list", "--columns", "naam,status"], ["list", "--columns", "name,status"]),
        (["list", "policies", "--sort", "-titel"], ["list", "policies", "--sort", "-title"]),
        (["list", "sources", "--where", "uitgever~raad"], ["list", "sources", "--where", "publisher~raad"]),
    ],
)
def test_a_dutch_name_does_what_the_english_one_does(
    dutch: list[str], english: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    pages = []
    for arguments in (dutch, english):
        code = run([*arguments, "--today", "2026-11-26", "--data", str(ROOT / "data")])
        told = capsys.readouterr()
        pages.append((code, re.sub(r"uitgever|publisher", "", told.out + told.err)))
    assert pages[0] == pages[1]


def test_a_field_is_set_by_its_label(capsys: pytest.CaptureFixture[str]) -> None:
    wish = [
        "gouda",
        "samenvatting.nl=Een gemeente in Midden-Holland.",
        "--dry-run",
        "--data",
        str(ROOT / "data"),
    ]

    assert run(["set", *wish]) == 0
    assert "+summary:\n+  nl: Een gemeente in Midden-Holland." in capsys.readouterr().out


def test_a_name_that_is_nearly_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tooon"]) == 2
    assert "bedoelt u “toon”" in capsys.readouterr().err
    assert run(["shwo"]) == 2
    assert "bedoelt u “show”" in capsys.readouterr().err
