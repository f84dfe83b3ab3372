"""Spreadsheets: what goes out comes back whole, and only what somebody changed changes anything."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import openpyxl
import pytest

from amk.cli import run
from amk.storage.yaml.parser import parse_yaml

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example" / "data"
POLICY = "policies/beleidskader-oostbeek.yaml"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AMK_LANG", "nl")
    return Path(copytree(EXAMPLE, tmp_path / "data"))


def exported(data: Path, *more: str, name: str = "kennisbank.xlsx") -> Path:
    path = data.parent / name
    assert run(["export", "-o", str(path), "--data", str(data), *more]) == 0
    return path


def imported(data: Path, path: Path, *more: str) -> int:
    code: int = run(["import", str(path), "--data", str(data), *more])
    return code


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def column(page: Any, heading: str) -> int:
    return int(next(cell.column for cell in page[1] if cell.value == heading))


def texts(data: Path) -> dict[str, bytes]:
    return {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*.yaml")}


def read(data: Path, path: str = POLICY) -> Any:
    return parse_yaml((data / path).read_text(encoding="utf-8")).data


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("source", [EXAMPLE, ROOT / "data"], ids=["example", "shipped"])
def test_a_workbook_without_an_edit_changes_no_byte(
    tmp_path: Path,
    source: Path,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    data = Path(copytree(source, tmp_path / "data"))
    before = texts(data)

    assert imported(data, exported(data, "--lang", language), "--lang", language) == 0

    assert texts(data) == before
    assert capsys.readouterr().out == ""


def test_the_same_data_give_the_same_workbook(data: Path) -> None:
    assert exported(data).read_bytes() == exported(data, name="nog-eens.xlsx").read_bytes()


def test_a_workbook_is_made_to_be_edited(data: Path) -> None:
    page = openpyxl.load_workbook(exported(data))["Beleid – mijlpalen"]

    assert page.freeze_panes == "C2"
    assert [cell.value for cell in page[1]][:5] == ["id", "record", "nr", "Status", "Datum"]
    assert [cell.value for cell in page[3]][:5] == [
        *("beleidskader-oostbeek", "Beleidskader Oostbeek", "2", "vastgesteld", "2021-03-18"),
    ]
    assert page["E3"].number_format == "@"
    assert any("D2" in str(rule.sqref) for rule in page.data_validations.dataValidation)


def test_what_was_edited_changes_and_comments_stay(data: Path) -> None:
    path = data / POLICY
    path.write_text("# van de beheerder\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    def edit(book: Any) -> None:
        page = book["Beleid – mijlpalen"]
        page["E3"] = datetime(2021, 3, 25)
        page.append(["beleidskader-oostbeek", None, None, "in werking"])
        book["Beleid"].cell(2, column(book["Beleid"], "Gemeenten")).value = "Oostbeek; Westbeek"

    assert imported(data, edited(exported(data), edit), "--force") == 0

    record = read(data)
    assert record["milestones"][1]["date"] == "2021-03-25"
    assert record["milestones"][1]["evidence"] == [{"source": "brief-2021", "lines": "7"}]
    assert record["milestones"][2] == {"status": "in-force"}
    assert record["municipalities"] == ["oostbeek", "westbeek"]
    assert path.read_text(encoding="utf-8").startswith("# van de beheerder\n")


def test_the_change_in_meaning_is_shown_first_and_a_dry_run_writes_nothing(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(data)

    def edit(book: Any) -> None:
        book["Beleid – mijlpalen"]["D3"] = "verworpen"

    assert imported(data, edited(exported(data), edit), "--dry-run") == 0

    assert "Oostbeek: vastgesteld →" in capsys.readouterr().out
    assert texts(data) == before


def test_problems_are_told_by_sheet_row_and_column(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = texts(data)

    def edit(book: Any) -> None:
        book["Beleid – mijlpalen"]["E2"] = "ergens in 2020"
        book["Beleid – mijlpalen"]["D3"] = "aangenomen"

    assert imported(data, edited(exported(data), edit)) == 1

    told = capsys.readouterr().out
    assert "Beleid – mijlpalen!E2: fout" in told
    assert "Beleid – mijlpalen!D3: fout" in told
    assert texts(data) == before


def test_what_was_changed_in_both_is_a_conflict(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(data)
    assert run(["set", "beleidskader-oostbeek", "title=Kader Oostbeek", "--data", str(data)]) == 0
    assert run(["set", "westbeek", "tags+=nieuw", "--data", str(data)]) == 0
    capsys.readouterr()

    def edit(book: Any) -> None:
        page = book["Beleid"]
        page.cell(2, column(page, "Titel")).value = "Beleidskader gemeente Oostbeek"

    assert imported(data, edited(path, edit)) == 1

    assert "intussen gewijzigd in “Kader Oostbeek”" in capsys.readouterr().out
    assert read(data)["title"] == "Kader Oostbeek"
    assert read(data, "municipalities/westbeek.yaml")["tags"] == ["nieuw"]


def test_a_row_finds_its_milestone_where_others_came_before_it(data: Path) -> None:
    path = exported(data)
    first = "milestones:\n  - status: agenda\n    date: 2020-01\n"
    text = (data / POLICY).read_text(encoding="utf-8").replace("milestones:\n", first)
    (data / POLICY).write_text(text, encoding="utf-8")

    def edit(book: Any) -> None:
        book["Beleid – mijlpalen"]["E3"] = "2021-03-25"

    assert imported(data, edited(path, edit)) == 0

    assert [m.get("date") for m in read(data)["milestones"]] == ["2020-01", "2020-11", "2021-03-25"]


def test_rows_that_are_gone_are_kept_unless_told(data: Path) -> None:
    path = edited(exported(data), lambda book: book["Beleid – mijlpalen"].delete_rows(2))

    assert imported(data, path) == 0
    assert len(read(data)["milestones"]) == 2
    assert imported(data, path, "--delete") == 0
    assert [m["status"] for m in read(data)["milestones"]] == ["adopted"]


def test_a_record_whose_row_is_gone_goes_only_when_told(data: Path) -> None:
    path = edited(exported(data), lambda book: book["Beleid"].delete_rows(2))

    assert imported(data, path, "--delete") == 0
    assert not (data / POLICY).exists()


def test_a_new_row_is_a_new_record_with_the_pieces_that_name_it(data: Path) -> None:
    def edit(book: Any) -> None:
        page = book["Beleid"]
        page.cell(3, column(page, "Titel")).value = "Nota Westbeek"
        page.cell(3, column(page, "Gemeenten")).value = "Westbeek"
        book["Beleid – mijlpalen"].append(["Nota Westbeek", None, None, "concept", "2021-05"])

    assert imported(data, edited(exported(data), edit), "--source", "brief-2021", "--force") == 0

    assert read(data, "policies/nota-westbeek.yaml") == {
        "title": "Nota Westbeek",
        "municipalities": ["westbeek"],
        "milestones": [{"status": "concept", "date": "2021-05"}],
        "evidence": [{"source": "brief-2021"}],
    }


def test_no_cell_is_a_formula(data: Path) -> None:
    for title in ("=SOM(A1)", "+31", "-1", "@x"):
        assert run(["set", "beleidskader-oostbeek", f"title={title}", "--data", str(data), "--force"]) == 0
        page = openpyxl.load_workbook(path := exported(data))["Beleid"]
        cell = page.cell(2, column(page, "Titel"))
        assert (cell.value, cell.data_type, cell.quotePrefix) == (title, "s", True)
        assert imported(data, path) == 0
        assert f"'{title}" in exported(data, "policies", name="beleid.csv").read_text(encoding="utf-8")


def test_a_list_of_municipalities_is_read_from_a_csv_of_any_kind(data: Path) -> None:
    table = data.parent / "gemeenten.csv"
    rows = "naam;code;plaats op de tegelkaart: kolom;tile.row", "Zuidbeek;GM9001;3;4", "Sint-Beék;GM9002;4;4"
    table.write_bytes("\n".join(rows).encode("cp1252"))

    assert imported(data, table, "--kind", "municipality", "--source", "brief-2021", "--force") == 0

    assert read(data, "municipalities/zuidbeek.yaml")["tile"] == {"column": "3", "row": "4"}
    assert read(data, "municipalities/sint-beek.yaml")["name"] == "Sint-Beék"
    table.write_text("name,code\nZuid-Beek,GM9001\n")
    assert imported(data, table, "--kind", "municipality") == 0
    assert read(data, "municipalities/zuidbeek.yaml")["name"] == "Zuid-Beek"


def test_an_empty_cell_of_a_csv_takes_nothing_away(data: Path) -> None:
    table = data.parent / "beleid.csv"
    table.write_text("id,title,type\nbeleidskader-oostbeek,,\n")

    assert imported(data, table, "--kind", "policy") == 0

    assert read(data)["title"] == "Beleidskader Oostbeek"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 stuk", "geen werkmap"),
        (b"", "is leeg"),
        (b"\x00\x01\x02", "geen werkmap"),
        (b"titl,id\nx,y\n", "geen kolom “titl”"),
    ],
)
def test_what_is_no_table_is_told(
    data: Path, content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = data.parent / "iets.csv"
    path.write_bytes(content)

    assert imported(data, path, *(["--kind", "policy"] if b"titl" in content else [])) in (0, 1, 2)

    captured = capsys.readouterr()
    assert told in captured.out + captured.err


def test_changed_evidence_keeps_its_remarks(data: Path) -> None:
    remark = "    remark: uit het hoofd\n"
    text = (
        (data / POLICY)
        .read_text(encoding="utf-8")
        .replace("    lines: '6-7'\n", f"    lines: '6-7'\n{remark}")
    )
    (data / POLICY).write_text(text, encoding="utf-8")

    def edit(book: Any) -> None:
        page = book["Beleid"]
        assert page.cell(2, column(page, "Vindplaatsen")).value == "brief-2021:6-7"
        page.cell(2, column(page, "Vindplaatsen")).value = "brief-2021:6-8"

    assert imported(data, edited(exported(data), edit)) == 0

    assert read(data)["evidence"] == [{"source": "brief-2021", "lines": "6-8", "remark": "uit het hoofd"}]


@pytest.mark.slow
def test_a_workbook_that_libreoffice_saved_changes_no_byte_either(data: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "make test-slow installs LibreOffice"
    shutil.rmtree(data)
    copytree(ROOT / "data", data)
    before = texts(data)
    out = tmp_path / "gered"
    command = (
        office,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profiel",
        "--convert-to",
        "xlsx",
    )
    subprocess.run((*command, "--outdir", str(out), str(exported(data))), check=True, capture_output=True)

    assert imported(data, out / "kennisbank.xlsx") == 0
    assert texts(data) == before

    def edit(book: Any) -> None:
        page = book["Gemeenten"]
        page.cell(2, column(page, "Trefwoorden")).value = "uit LibreOffice"

    assert imported(data, edited(out / "kennisbank.xlsx", edit)) == 0
    assert len([path for path, raw in texts(data).items() if before[path] != raw]) == 1


def test_a_round_of_checks_goes_out_as_a_workbook_and_comes_back(data: Path) -> None:
    path = data.parent / "ronde.xlsx"
    arguments = ["stale", "--as-checklist", "--today", "2023-12-31", "-o", str(path), "--data", str(data)]
    assert run(arguments) == 0

    def edit(book: Any) -> None:
        page = book["Beleid"]
        assert page.cell(2, 1).value == "beleidskader-oostbeek"
        page.cell(2, column(page, "Nagekeken")).value = "2024-01-15"

    assert imported(data, edited(path, edit)) == 0

    assert read(data)["reviewed"] == "2024-01-15"
