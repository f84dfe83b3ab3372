"""Documents to hand over, from every command that tells one, and what is said when one cannot be made."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from pypdf import PdfReader

from amk.cli import run
from amk.cli.completion.values import formats_of
from amk.formats.html import write as write_html
from amk.values.extras import installing
from tests.conftest import ROOT
from tests.fixtures.full_document import long_page, page

TELLING = {
    "report": (),
    "show": ("oostbeek", "westbeek"),
    "list": (),
    "timeline": (),
    "gaps": (),
    "coverage": (),
    "stale": (),
    "diff": ("--from", "2020-12-31", "--to", "2021-12-31"),
    "log": ("beleidskader-oostbeek",),
}
SIGNATURES = {"pdf": b"%PDF-1.7", "docx": b"PK\x03\x04", "odt": b"PK\x03\x04"}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base under version control."""
    folder = tmp_path_factory.mktemp("base")
    copytree(ROOT / "docs" / "example" / "data", folder / "data")
    who = {
        f"GIT_{role}_{what}": "team@dijkdam.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    for step in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "data: de brief")):
        subprocess.run(["git", *step], cwd=folder, env={**os.environ, **who}, check=True)
    return folder / "data"


def told(base: Path, command: str, to: Path, *more: str) -> bytes:
    day = () if command == "log" else ("--today", "2021-12-31")
    code = run([command, *TELLING[command], "--data", str(base), *day, "-o", str(to), *more])
    assert code == 0
    return to.read_bytes()


@pytest.mark.parametrize("command", TELLING)
def test_every_command_that_tells_can_hand_it_over(base: Path, tmp_path: Path, command: str) -> None:
    for format, signature in SIGNATURES.items():
        assert told(base, command, tmp_path / f"x.{format}").startswith(signature)
        assert format in formats_of(command)


def test_the_same_data_and_options_give_the_same_bytes(base: Path, tmp_path: Path) -> None:
    for format in SIGNATURES:
        first, second = (told(base, "report", tmp_path / f"{n}.{format}") for n in "ab")
        assert first == second


def test_the_pdf_says_what_the_page_says(base: Path, tmp_path: Path) -> None:
    reader = PdfReader(io.BytesIO(told(base, "report", tmp_path / "x.pdf", "--lang", "en")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    markdown = told(base, "report", tmp_path / "x.md", "--lang", "en").decode()
    headings = re.findall(r"^#+ (.*)$", markdown, re.MULTILINE)

    assert len(headings) > 4
    assert all(heading in text for heading in headings)


def test_a_drawing_stands_in_the_timeline_on_paper(base: Path, tmp_path: Path) -> None:
    assert b"/Alt" in told(base, "timeline", tmp_path / "x.pdf")


@pytest.mark.parametrize(("format", "library"), [("pdf", "typst"), ("docx", "pypandoc"), ("odt", "pypandoc")])
def test_a_missing_extra_is_told_in_one_sentence(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, format: str, library: str
) -> None:
    monkeypatch.setenv("AMK_LANG", "en")
    monkeypatch.setitem(sys.modules, library, None)
    to = tmp_path / f"x.{format}"
    code = run(["report", "--data", str(base), "-o", str(to)])

    assert code == 2
    assert capsys.readouterr().err == (
        f"amk: {format} needs more; install it with {installing(['typst', 'pypandoc_binary'])}\n"
    )
    assert not to.exists()


@pytest.mark.parametrize(("platform", "quote"), [("win32", '"'), ("linux", "'")])
def test_a_shell_is_told_with_the_quotes_it_knows(
    monkeypatch: pytest.MonkeyPatch, platform: str, quote: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)

    assert installing(["psycopg[binary]"]).endswith(f"install {quote}psycopg[binary]{quote}")


def test_a_style_is_for_docx_and_odt_only(base: Path, tmp_path: Path, capsys: Any) -> None:
    house, to = tmp_path / "huis.docx", tmp_path / "x.docx"
    told(base, "list", house)

    assert told(base, "list", to, "--style", str(house)).startswith(b"PK")
    assert run(["list", "--data", str(base), "-o", str(tmp_path / "x.pdf"), "--style", str(house)]) == 2
    assert run(["list", "--data", str(base), "-o", str(to), "--style", str(tmp_path / "geen")]) == 2
    assert all(line.startswith("amk: ") for line in capsys.readouterr().err.splitlines())


def test_a_summary_is_no_document(base: Path, tmp_path: Path, capsys: Any) -> None:
    days = ("--from", "2020-12-31", "--to", "2021-12-31")

    assert run(["diff", *days, "--data", str(base), "--summary", "-o", str(tmp_path / "x.pdf")]) == 2
    assert "--summary" in capsys.readouterr().err


def test_bytes_go_into_a_pipe() -> None:
    amk = [sys.executable, "-m", "amk", "report", "--data", str(ROOT / "docs/example/data"), "-f", "pdf"]
    done = subprocess.run(
        amk, capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
    )

    assert done.stdout.startswith(b"%PDF-1.7")
    assert done.stdout.rstrip().endswith(b"%%EOF")


def test_bytes_are_not_poured_over_a_terminal(
    base: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    assert run(["report", "--data", str(base), "-f", "pdf"]) == 2
    assert "-o" in capsys.readouterr().err


def test_what_is_heavy_is_imported_only_for_its_own_format() -> None:
    code = (
        "import sys; from amk.cli import run; run(['report', '--data', sys.argv[1], '-f', 'md']);"
        "sys.exit(bool({'typst', 'pypandoc'} & set(sys.modules)))"
    )
    path = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, str(ROOT / "docs/example/data")]

    assert subprocess.run(command, capture_output=True, env=path, check=False).returncode == 0


def test_several_cards_have_one_title(base: Path, tmp_path: Path) -> None:
    written = told(base, "show", tmp_path / "x.html").decode()

    assert written.count("<h1") == 1
    assert re.search(r"<h1[^>]*>Oostbeek en Westbeek</h1>", written)
    assert {"Oostbeek", "Westbeek"} <= set(re.findall(r"<h2[^>]*>(.*?)</h2>", written))


def test_a_long_page_begins_with_its_contents_and_a_way_past_them() -> None:
    written = write_html(long_page())
    led, there = (set(re.findall(rf'{mark}="#?([^"]*)"', written)) for mark in ("href", "id"))

    assert led <= there
    assert written.index('href="#main"') < written.index("<nav") < written.index('<main id="main"')
    assert len(there) == len(re.findall(r'\bid="', written))
    assert "<nav" not in write_html(page())
