"""A report ready to be sent: with the sender's own words, from data in order, and looked at."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amk.cli import run
from amk.document import Bullets, Heading, Link, Note, Paragraph, Strong, Table, Text, plain, texts_of
from amk.owntext import as_words, parse_own_text
from tests.conftest import ROOT

OWN = """# Wat dit betekent

De provincie **kan** hier sturen; zie
[de brief](https://example.org/brief).

- eerst overleg
- dan een brief
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The small knowledge base, committed."""
    copytree(ROOT / "docs" / "example" / "data", tmp_path / "base" / "data")
    git(tmp_path / "base", "init", "--quiet")
    commit(tmp_path / "base" / "data")
    return tmp_path / "base" / "data"


def git(folder: Path, *arguments: str) -> None:
    parts = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    who = dict.fromkeys(parts, "team@dijkdam.example")
    subprocess.run(["git", *arguments], cwd=folder, env={**os.environ, **who}, check=True)


def commit(data: Path) -> None:
    git(data, "add", ".")
    git(data, "commit", "--quiet", "--message", "data: zoals ze zijn")


def report(base: Path, *more: str) -> int:
    return run(["report", "--data", str(base), "--today", "2021-12-31", *more])


def test_own_words_stand_last_and_are_told_apart(base: Path, tmp_path: Path) -> None:
    (tmp_path / "duiding.md").write_text(OWN, encoding="utf-8")
    to = tmp_path / "x.md"

    assert report(base, "--with", str(tmp_path / "duiding.md"), "-o", str(to)) == 0
    told = to.read_text(encoding="utf-8")
    assert told.index("## Stand per gemeente") < told.index("## Duiding")
    assert "*Deze duiding is van de opsteller en komt niet uit de kennisbank.*" in told
    assert "De provincie **kan** hier sturen; zie [de brief](<https://example.org/brief>)." in told


def test_own_words_come_into_every_format(base: Path, tmp_path: Path) -> None:
    (tmp_path / "duiding.md").write_text(OWN, encoding="utf-8")

    for format in ("txt", "html", "pdf", "docx", "odt"):
        assert report(base, "--with", str(tmp_path / "duiding.md"), "-o", str(tmp_path / f"x.{format}")) == 0
    assert "<h2 id=" in (tmp_path / "x.html").read_text(encoding="utf-8")
    assert ">Duiding</h2>" in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("inside", [None, b"", b"  \n\n", b"\xff\xfe", b"a" * 300_000])
def test_a_text_that_says_nothing_is_refused(
    base: Path, tmp_path: Path, capsys: Any, inside: bytes | None
) -> None:
    own = tmp_path / "duiding.md"
    if inside is not None:
        own.write_bytes(inside)

    assert report(base, "--with", str(own)) == 2
    assert "--with" in capsys.readouterr().err


def test_a_part_of_markdown_is_understood() -> None:
    heading, paragraph, points = parse_own_text(OWN, level=3)

    assert heading == Heading("Wat dit betekent", 3)
    assert isinstance(paragraph, Paragraph)
    assert Link("de brief", "https://example.org/brief") in paragraph.text
    assert Strong("kan") in paragraph.text
    assert isinstance(points, Bullets)
    assert list(map(plain, points.items)) == ["eerst overleg", "dan een brief"]


def test_a_list_right_after_a_sentence_is_a_list() -> None:
    told = parse_own_text("Drie punten:\n- een\n  en nog wat\n\n* twee\n3. drie\n## Kop\nslot", level=3)

    assert [type(block) for block in told] == [Paragraph, Bullets, Heading, Paragraph]
    assert list(map(plain, texts_of(told[1]))) == ["een en nog wat", "twee", "drie"]


def test_headings_keep_their_order_below_the_one_they_stand_under() -> None:
    told = parse_own_text("## Kop #\n### Deel\n# Over C#\n", level=3)

    assert told == (Heading("Kop", 4), Heading("Deel", 5), Heading("Over C#", 3))


def test_own_words_have_footnotes_of_their_own() -> None:
    told = parse_own_text("Zo is het.[^a] En zo.[^b]\n\n[^a]: De brief,\n  bladzijde 3.", level=3)

    assert told == (Paragraph(("Zo is het.", Note("De brief, bladzijde 3."), " En zo.", "[^b]")),)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("***zeer***", (Strong("zeer"),)),
        ("2 * 3 * 4 en snake_case_naam", "2 * 3 * 4 en snake_case_naam"),
        ("\\*niet\\* \\[zo\\]", "*niet* [zo]"),
        ("*wel* zo", "wel zo"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](<https://a.nl/b_(c)>)", (Link("x", "https://a.nl/b_(c)"),)),
    ],
)
def test_signs_are_read_and_all_else_is_words(markdown: str, said: Text) -> None:
    assert parse_own_text(markdown, level=3) == (Paragraph(said),)


def test_a_cell_may_hold_a_bar_that_is_escaped() -> None:
    [table] = parse_own_text("| a | b |\n|---|---|\n| x \\| y | |\n", level=3)

    assert isinstance(table, Table)
    assert table.rows == (("x | y", ""),)


@pytest.mark.parametrize(
    "piece", ["*a ", "**a", "__a ", "# ", "[", "[a](http://", "[a]", "|", "- \n", "a\n", "[^a]", "- - ", "\\"]
)
def test_reading_takes_as_long_as_the_text_is(piece: str) -> None:
    start = time.perf_counter()
    parse_own_text("# " + piece * (200_000 // len(piece)) + "x", level=3)
    parse_own_text(piece * (200_000 // len(piece)) + "x", level=3)

    assert time.perf_counter() - start < 5


@given(st.text(st.sampled_from("a1 *_[]()|#-+.\\^:=~`>\n")) | st.text())
def test_what_is_meant_as_words_is_read_as_words(text: str) -> None:
    words = "".join(letter for letter in text if not "\ue000" <= letter <= "\ue0ff")
    told = "".join(
        str(said) for block in parse_own_text(f"x{as_words(words)}", 3) for said in texts_of(block)
    )
    alone = parse_own_text(as_words(words), level=3)

    assert told.removeprefix("x") == " ".join(words.split())
    assert alone == ((Paragraph(" ".join(words.split())),) if words.strip() else ())


@given(st.text().filter(lambda text: "](" not in text))
def test_no_word_of_it_is_lost(text: str) -> None:
    told = "".join(plain(words) for block in parse_own_text(text, 3) for words in texts_of(block))
    letters = [letter for letter in text if letter.isalpha()]

    assert [letter for letter in told if letter.isalpha()] == letters


def test_a_final_report_rests_on_what_is_committed(base: Path, capsys: Any) -> None:
    assert report(base, "--final") == 0

    file = next((base / "policies").glob("*.yaml"))
    file.write_text(file.read_text(encoding="utf-8") + "# nog niet\n", encoding="utf-8")
    capsys.readouterr()

    assert report(base, "--final") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert report(base) == 0
    assert report(base, "--final", "--at", "HEAD") == 0


def test_a_final_report_knows_no_record_that_git_does_not_know(base: Path, capsys: Any) -> None:
    first = next((base / "policies").glob("*.yaml"))
    (base / "policies" / "nieuw.yaml").write_text(first.read_text(encoding="utf-8"), encoding="utf-8")

    assert report(base, "--final") == 2
    git(base, "add", ".")
    assert report(base, "--final") == 2
    assert capsys.readouterr().err.count("git commit") == 2


def test_a_final_report_rests_on_a_template_that_is_committed(base: Path, capsys: Any) -> None:
    own = base.parent / "templates" / "eigen.md"
    own.parent.mkdir()
    own.write_text("# Eigen\r\n\r\nTekst.\r\n", encoding="utf-8", newline="")
    arguments = ["report", "eigen", "--data", str(base), "--final"]

    assert run(arguments) == 2
    assert "eigen.md" in capsys.readouterr().err
    git(base.parent, "add", ".")
    git(base.parent, "commit", "--quiet", "--message", "templates: eigen")
    assert run(arguments) == 0
    own.write_text("# Anders", encoding="utf-8")
    assert run(arguments) == 2
    assert run([*arguments, "--at", "HEAD"]) == 2


def test_a_final_report_needs_data_without_errors(base: Path, capsys: Any) -> None:
    file = base / "regions" / "beekstreek.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("westbeek", "westbeck"), encoding="utf-8")
    commit(base)

    assert report(base, "--final") == 2
    assert "amk validate" in capsys.readouterr().err


def test_a_final_report_names_a_version(tmp_path: Path, capsys: Any) -> None:
    data = Path(copytree(ROOT / "docs" / "example" / "data", tmp_path / "data"))

    assert report(data, "--final") == 2
    assert "git" in capsys.readouterr().err


# The program that shows it lives longer than amk does.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open is what Linux opens files with")
def test_what_was_written_is_opened(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    begun, opened = tmp_path / "begun", tmp_path / "opened"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {begun}\nmv {begun} {opened}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", str(opener.parent), prepend=os.pathsep)
    to = tmp_path / "x.pdf"

    assert report(base, "--open", "-o", str(to)) == 0
    assert _soon(opened) == str(to)


def _soon(file: Path) -> str:
    for _ in range(200):
        if file.exists():
            return file.read_text(encoding="utf-8")
        time.sleep(0.05)
    return ""


def test_nothing_can_be_opened_that_is_not_written(base: Path, capsys: Any) -> None:
    assert report(base, "--open") == 2
    assert "-o" in capsys.readouterr().err
