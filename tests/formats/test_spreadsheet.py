"""CSV for people: what Excel in Dutch opens on a double click, in the words of the reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from amk.cli import run
from amk.formats.data import write_csv
from tests.formats.test_csv import EXAMPLE, SOME

READING = [command for command in SOME if command != "export"]


def told(question: list[str], capsys: pytest.CaptureFixture[str], data: Path = EXAMPLE) -> str:
    capsys.readouterr()
    assert run([*question, "--for-excel", "--lang", "nl", "--data", str(data), "--today", "2021-12-31"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", READING)
def test_every_answer_is_told_with_a_mark_and_semicolons_in_words(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(SOME[command], capsys)
    rows = list(csv.reader(io.StringIO(answer.removeprefix("\ufeff"), newline=""), delimiter=";"))

    assert answer.startswith("\ufeff")
    assert answer.endswith("\r\n")
    assert max(map(len, rows)) > 1
    assert not any(cell.startswith(("{", "[{")) for row in rows for cell in row)


def test_one_table_has_its_head_in_the_first_row_and_labels_of_the_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    head, row, *_ = told(["list", "policies"], capsys).removeprefix("\ufeff").split("\r\n")

    assert head == "Naam;Van;Status;Sinds"
    assert row == "Beleidskader Oostbeek;Oostbeek;vastgesteld;18 maart 2021"


@pytest.mark.parametrize("more", [["-f", "json"], ["-o", "x.md"], ["-f", "table"]])
def test_it_is_refused_for_another_format(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "policies", "--for-excel", "--data", str(EXAMPLE), *more]) == 2
    assert "--for-excel" in capsys.readouterr().err


def test_what_cannot_be_read_is_told_below_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = Path(copytree(EXAMPLE, tmp_path / "data"))
    (data / "policies" / "stuk.yaml").write_text("title: [\n")

    assert "policy/stuk" in told(["list", "policies"], capsys, data)


def test_no_cell_is_a_formula_and_no_apostrophe_is_lost() -> None:
    answer = write_csv([{"a": "=1", "b": "'=1", "c": "-5", "d": "'s-Gravenbeek", "e": "-x"}])

    assert answer == "a,b,c,d,e\n'=1,''=1,-5,'s-Gravenbeek,'-x\n"


def test_an_exported_csv_for_people_comes_back_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    data = Path(copytree(EXAMPLE, tmp_path / "data"))
    path = tmp_path / "beleid.csv"
    assert run(["export", "policies", "-o", str(path), "--for-excel", "--data", str(data)]) == 0

    assert path.read_bytes().startswith(b"\xef\xbb\xbfid;Titel;")
    assert "1 rijen" not in capsys.readouterr().out
    assert run(["import", str(path), "--kind", "policy", "--data", str(data)]) == 0
    assert "verandert niets" in capsys.readouterr().err


def test_a_workbook_begins_with_how_far_each_municipality_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "k.xlsx"
    options = ["--lang", "nl", "--today", "2021-12-31", "--data", str(EXAMPLE)]
    assert run(["export", "-o", str(path), *options]) == 0

    page = openpyxl.load_workbook(path).worksheets[0]
    rows = {row[0]: row for row in page.iter_rows(values_only=True)}
    assert page.title == "Stand van zaken"
    assert page.protection.sheet
    assert rows["Oostbeek"][2] == "vastgesteld"
    assert str(rows["Westbeek"][2]).startswith("geen beleid aangetroffen")
    assert "Status op 31 december 2021 (vandaag)." in rows


def test_a_workbook_with_a_sheet_or_column_of_ones_own_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "k.xlsx"
    export = ["export", "-o", str(path), "--lang", "nl", "--data", str(EXAMPLE)]
    assert run(export) == 0
    assert run(export) == 0
    book = openpyxl.load_workbook(path)
    book.create_sheet("Kladblok")["A1"] = "nabellen"
    book["Beleid"].cell(1, 60).value = "Mijn kolom"
    book.save(path)
    before = path.read_bytes()

    assert run(export) == 2
    assert "Kladblok" in (said := capsys.readouterr().err)
    assert "Beleid!BH" in said
    assert path.read_bytes() == before
