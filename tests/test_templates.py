"""Reports of one's own: the same answers, in a sandbox, and a mistake told with its line."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from amk.cli import run
from tests.conftest import ROOT

DATA = ROOT / "data"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AMK_LANG", "nl")
    (tmp_path / "templates").mkdir()
    return Path(copytree(DATA, tmp_path / "data"))


def told(base: Path, text: str, *more: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    (base.parent / "templates" / "eigen.md").write_text(text, encoding="utf-8")
    arguments = ["report", "eigen", "--today", "2024-01-01", "-f", "md", "--data", str(base), *more]
    assert run(arguments) == code
    captured = capsys.readouterr()
    return captured.err if code else captured.out


def test_the_template_of_the_manual_tells_a_table(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manual = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    template = manual.split("```jinja\n")[1].split("```")[0]

    page = told(base, template, "--region", "Haaglanden", capsys=capsys)

    assert page.startswith("# Beleid in Haaglanden\n")
    assert "| Westland | vastgesteld |" in page
    assert "Peildatum: 1 januari 2024" in page
    assert "Rotterdam" not in page
    assert "(ambtelijke werkgroep)" in page
    assert "Status op 1 januari 2024" in page


def test_a_template_becomes_a_document_in_every_format(base: Path, tmp_path: Path) -> None:
    (base.parent / "templates" / "eigen.md").write_text(
        "# T\n\n{{ counts.gaps }} grenzen\n", encoding="utf-8"
    )
    for suffix in ("html", "pdf", "txt"):
        path = tmp_path / f"x.{suffix}"
        assert run(["report", "eigen", "-o", str(path), "--data", str(base)]) == 0
        assert path.stat().st_size > 50


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# T\n\n{{ gemeenten }}", "2", "gemeenten"),
        ("# T\n{% for x in policies %}", "2", "endfor"),
        ("# T\n\n\n{{ policies[0].nope.deep }}", "4", "nope"),
        ("{{ 1 / 0 }}", "1", "zero"),
        ("{{ day|dag }}", "1", "dag"),
        ("{{ ''.__class__.__mro__ }}", "1", "unsafe"),
        ("{% include '/etc/passwd' %}", "1", "loader"),
        ("{{ range(10**9)|list }}", "1", "ange"),
        ("{{ policies.append(1) }}", "1", "append"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_there_is(
    base: Path, text: str, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = told(base, text, capsys=capsys, code=2)

    assert "eigen.md, regel" in error
    assert said in error
    assert "municipalities, regions" in error
    assert error.count("\n") == 1


def test_a_template_that_goes_on_and_on_is_stopped(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "{% for a in range(99999) %}{% for b in range(99999) %}lang genoeg{% endfor %}{% endfor %}"

    assert "te lang" in told(base, text, capsys=capsys, code=2)


def test_the_names_of_ones_own_are_among_those_to_choose_from(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (base.parent / "templates" / "raadsbrief.md").write_text("# Brief")

    assert run(["report", "raadsbief", "--data", str(base)]) == 2

    assert "bedoelt u “raadsbrief”" in capsys.readouterr().err


@pytest.mark.parametrize("template", ["letter", "state-table", "region", "municipality"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_built_in_reports_are_told(
    template: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    about = {"region": ["--region", "Haaglanden"], "municipality": ["--municipality", "Westland"]}
    arguments = ["report", template, *about.get(template, []), "--lang", language, "-f", "md"]
    assert run([*arguments, "--today", "2024-01-01", "--data", str(DATA)]) == 0

    page = capsys.readouterr().out
    assert page.startswith("# ")
    assert "Westland" in page
    if template == "letter":
        assert len(page.split("[^1]:")[0].split()) < 1100


@pytest.mark.parametrize("template", ["region", "municipality"])
def test_a_report_about_one_asks_for_it(template: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", template, "--data", str(DATA)]) == 2

    assert f"--{template}" in capsys.readouterr().err


def test_the_briefing_tells_what_stands_out_and_ranks_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--today", "2024-01-01", "-f", "md", "--data", str(DATA)]) == 0

    part = capsys.readouterr().out.split("## Wat opvalt")[1].split("## ")[0]
    assert "grenzen tussen een gemeente met beleid" in part
    assert "Signaal, geen oordeel; verplaatsing is niet onderzocht." in part
    assert "Westland" not in part
