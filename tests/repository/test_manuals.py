"""Who reads no English reads the same manuals in Dutch, and what stands in them works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from amk.cli import run
from amk.language import aliases, table_meanings_in
from amk.questions.sql.tables import TABLES
from tests.conftest import ROOT

DUTCH = {
    "README.md": "LEESMIJ.md",
    "CONTRIBUTING.md": "BIJDRAGEN.md",
    "docs/commands.md": "docs/nl/opdrachten.md",
    "docs/data-guide.md": "docs/gegevensgids.md",
    "docs/gaps-method.md": "docs/methode-waterbed.md",
    "docs/scale.md": "docs/nl/schaal.md",
    "docs/search.md": "docs/nl/zoeken.md",
    "docs/sql.md": "docs/nl/sql.md",
    "docs/tables.md": "docs/nl/tabellen.md",
    "docs/templates.md": "docs/nl/sjablonen.md",
}
"""Each manual, and the same in Dutch."""

IN_BOTH = {"docs/checks.md", "docs/glossary.md"}
FOR_MAKERS = {"docs/architecture.md", "docs/decisions.md", "docs/founding-facts.md"}
WHOLE = ("README.md", "docs/scale.md", "docs/search.md", "docs/sql.md", "docs/tables.md")
"""The manuals that say in Dutch all that they say in English."""

INDEXES = ("README.md", "LEESMIJ.md", "docs/nl/begin.md")
ASIDE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>|\*[^*\n]+\*|[“‘][^”’]*[”’]", re.DOTALL)
ASKED = re.compile(r"^amk .*$", re.MULTILINE)


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose(page: str) -> list[str]:
    """The words of a page outside code, links, quotations and names in italics."""
    told = re.sub(
        r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>|\*[^*\n]+\*|[“‘][^”’]*[”’]", " ", text(page), flags=re.DOTALL
    )
    return re.findall(r"\w+", told)


def commands(page: str) -> list[str]:
    """The commands of a page, in order, by their English names."""
    return [
        aliases("commands").get(name, name) for name in re.findall(r"^amk (\w+)", text(page), re.MULTILINE)
    ]


def asked(page: str) -> Iterator[list[str]]:
    """What a page shows under its first heading of commands: questions, that need no repository."""
    shown = re.search(r"## (?:Asking|Vragen)\n.*?```sh\n(.*?)```", text(page), re.DOTALL)
    assert shown
    for line in ASKED.findall(shown[1]):
        yield shlex.split(line, comments=True)[1:]


def test_every_manual_is_there_in_dutch() -> None:
    pages = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}

    assert pages - IN_BOTH - FOR_MAKERS - {*DUTCH, *DUTCH.values()} == set()
    assert [page for page in DUTCH.values() if not (ROOT / page).is_file()] == []


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_leads_to_every_manual_in_dutch(index: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", text(index))
    found = {((ROOT / index).parent / link).resolve() for link in links if "://" not in link}

    assert {(ROOT / page).resolve() for page in DUTCH.values()} - found <= {(ROOT / index).resolve()} | (
        {(ROOT / "BIJDRAGEN.md").resolve()} if index == "README.md" else set()
    )


@pytest.mark.parametrize("page", WHOLE)
def test_a_page_has_the_same_parts_in_both_languages(page: str) -> None:
    english, dutch = text(page), text(DUTCH[page])

    for part in (r"^## ", r"^```", r"^- "):
        assert len(re.findall(part, dutch, re.MULTILINE)) == len(re.findall(part, english, re.MULTILINE))
    assert commands(DUTCH[page]) == commands(page)
    for block in (r"```sql\n.*?```", r"```python\n.*?```", r"```console\n.*?```"):
        assert re.findall(block, dutch, re.DOTALL) == re.findall(block, english, re.DOTALL)


@pytest.mark.parametrize("page", [*DUTCH.values(), "docs/nl/begin.md"])
def test_a_dutch_page_says_nothing_in_english(page: str) -> None:
    words = prose(page)

    assert len(words) > 100
    assert [word for word in words if word.lower() in ("the", "which", "and", "from")] == []


@pytest.mark.parametrize("page", WHOLE)
def test_an_english_page_says_nothing_in_dutch(page: str) -> None:
    assert [word for word in prose(page) if word.lower() in ("het", "een", "wordt", "zijn")] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [words for page in ("README.md", "LEESMIJ.md") for words in asked(page)], ids=" ".join
)
def test_a_question_of_the_manual_is_answered(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "duiding.md").write_text("# Duiding\n\nWij wachten af.\n", encoding="utf-8")
    data = ["--data", str(ROOT / "data")]
    assert run(["report", "-o", "huisstijl.docx", *data]) == 0

    assert run([*words, *data]) == 0


def test_every_table_and_column_is_told_in_dutch_and_none_besides() -> None:
    told = {table.row for table in TABLES} | {column.meaning for table in TABLES for column in table.columns}

    assert told == {*table_meanings_in("nl")}


def test_the_tables_are_told_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["vraag", "--tables", "--lang", "nl"]) == 0
    dutch = capsys.readouterr().out
    assert run(["query", "--tables"]) == 0

    assert "zoals het is geschreven (EDTF)" in dutch
    assert "as it is written (EDTF)" in capsys.readouterr().out
