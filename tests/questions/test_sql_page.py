"""The pages on SQL cannot lie: every example in them is run, but those for Citus, and they say so."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from amk.cli import run
from amk.model.knowledge_base import KnowledgeBase
from amk.questions.sql.databases import sqlite_of
from amk.questions.sql.select import ask
from tests.questions.test_sql import DATA, DAY, exported

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [(DOCS / name).read_text(encoding="utf-8") for name in ("sql.md", "nl/sql.md")]
PAGE = PAGES[0]


def blocks(language: str) -> list[str]:
    return [found for page in PAGES for found in re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)]


def lines(program: str) -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line.startswith(program)]


@pytest.mark.parametrize("line", lines("amk "))
def test_a_command_answers(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = shlex.split(line, comments=True)[1:]

    assert run([*arguments, "--data", str(DATA)]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 4


@pytest.mark.parametrize("statement", [block for block in blocks("sql") if block.startswith("select r.")])
def test_a_question_answers(statement: str, shipped: KnowledgeBase) -> None:
    with closing(sqlite_of(shipped, DAY)) as database:
        assert ask(database, statement)[1]


def test_parquet_is_read_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported("kb.parquet", tmp_path)
    monkeypatch.chdir(tmp_path)
    [shown] = re.findall(r'duckdb\.sql\("(.*?)"\)', PAGE)

    assert duckdb.connect().execute(shown).fetchall()


def test_parts_are_read_together_as_the_page_on_scale_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("parts/noord", "parts/zuid"):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        exported("part.parquet", tmp_path).rename(tmp_path / part)
    monkeypatch.chdir(tmp_path)
    scale = (DOCS / "scale.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```sql\n(.*?)```", scale, re.DOTALL)

    assert sum(count for _, count in duckdb.connect().execute(shown).fetchall()) == 2 * 53


DATASETTE = os.environ.get("DATASETTE") or shutil.which("datasette")


@pytest.mark.slow
@pytest.mark.skipif(not DATASETTE, reason="no datasette: it asks for an environment of its own (DATASETTE=…)")
@pytest.mark.parametrize("line", lines("datasette "))
def test_datasette_answers(line: str, tmp_path: Path) -> None:
    exported("kb.sqlite", tmp_path)
    command = [str(DATASETTE), *shlex.split(line)[1:]]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert '"ok": true' in done.stdout
    assert "Lansingerland" in done.stdout
