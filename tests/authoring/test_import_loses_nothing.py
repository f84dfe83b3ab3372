"""What a spreadsheet loses, dates, cuts off or doubles is told with its cell, and nothing is written."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from tests.authoring.test_workbook import column, data, edited, exported, imported, read, texts

__all__ = ["data"]

FRAME = "beleidskader-oostbeek"


def table(data: Path, content: str | bytes, name: str = "beleid.csv") -> Path:
    path = data.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(data: Path, path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What is told of a file of which nothing is written."""
    before = texts(data)
    capsys.readouterr()
    assert imported(data, path, *more) in (1, 2)
    assert texts(data) == before
    captured = capsys.readouterr()
    told = str(captured.out + captured.err)
    assert "Verwijderd" not in told
    assert "Traceback" not in told
    return told


def cell_of(book: Any, heading: str, sheet: str = "Beleid", row: int = 2) -> Cell:
    page = book[sheet]
    found: Cell = page.cell(row, column(page, heading))
    return found


def put(value: Any, heading: str, format: str = "", sheet: str = "Beleid") -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        cell = cell_of(book, heading, sheet)
        cell.value = value
        cell.number_format = format or cell.number_format

    return edit


@pytest.mark.parametrize(
    ("value", "heading", "sheet", "told"),
    [
        ('="x"&"y"', "Titel", "Beleid", "formule"),
        ("=1+1", "Titel", "Beleid", "formule"),
        ('=DATE(2021,1,1)', "Datum", "Beleid – mijlpalen", "formule"),
        ("#N/A", "Titel", "Beleid", "de fout #N/A"),
        ("#REF!", "Gemeenten", "Beleid", "de fout #REF!"),
        ("#DIV/0!", "Datum", "Beleid – mijlpalen", "de fout #DIV/0!"),
        ("#N/B", "Titel", "Beleid", "de fout #N/B"),
        ("=1+1", "id", "Beleid", "formule"),
        (datetime(2021, 7, 6), "Titel", "Beleid", "een datum gemaakt"),
        (datetime(2021, 7, 6), "Vindplaatsen", "Beleid", "een datum gemaakt"),
        (time(12, 30), "Titel", "Beleid", "een datum gemaakt"),
        (1234567890123456789, "Titel", "Beleid", "niet alle cijfers"),
        ("Nota\nwonen", "Titel", "Beleid", "een regeleinde"),
        ("Nota \ufffd", "Titel", "Beleid", "verloren gegaan"),
        (datetime(2021, 3, 18, 14, 30), "Datum", "Beleid – mijlpalen", "DATE001"),
    ],
)  # fmt: skip
def test_a_cell_that_is_not_understood_is_told_and_nothing_is_written(
    data: Path, value: Any, heading: str, sheet: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(data)
    place = f"{sheet}!{cell_of(openpyxl.load_workbook(path), heading, sheet).coordinate}"

    answer = refused(data, edited(path, put(value, heading, sheet=sheet)), capsys)

    assert told in answer
    assert place in answer


def test_a_formula_in_a_column_of_ones_own_is_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(book: Any) -> None:
        page = book["Beleid"]
        page.cell(1, page.max_column + 1).value = "Mijn teller"
        page.cell(2, page.max_column).value = "=1+1"
        book.create_sheet("Kladblok").append(["wat ik nog moet nagaan"])

    assert imported(data, edited(exported(data), edit)) == 0

    told = capsys.readouterr().err
    assert "“Mijn teller” is niet van amk" in told
    assert "Kladblok: dit blad is niet van amk" in told
    assert "verandert niets" in told


def test_other_changes_are_taken_over_beside_a_sheet_of_ones_own(data: Path) -> None:
    def edit(book: Any) -> None:
        cell_of(book, "Titel").value = "Kader"
        book.create_sheet("Kladblok", 0).append(["a", "b"])

    assert imported(data, edited(exported(data), edit)) == 0
    assert read(data)["title"] == "Kader"


@pytest.mark.parametrize(
    ("content", "place", "told"),
    [
        ("id,titel,titel\n,Een,Twee\n", "beleid!C1", "staat er al, in B1"),
        ("id,title,Titel\n,Een,Twee\n", "beleid!C1", "staat er al, in B1"),
        ("id,ID,titel\n,x,Twee\n", "beleid!B1", "staat er al, in A1"),
        ("id,titel,gemeenten\n,Nota wonen, werken,Westbeek\n", "beleid!D2", "onder geen kolomkop"),
        ("id,titel,,gemeenten\n,Nota,x,Westbeek\n", "beleid!C2", "onder geen kolomkop"),
        (f"id,titel\n{FRAME},Een\n{FRAME},Twee\n", "beleid!3", "staat ook in rij 2"),
        ("id,titel\n,Nota\n,Nota\n", "beleid!3", "staat ook in rij 2"),
        (f"id,titel\nBeleidskader Oostbeek,Een\n{FRAME},Twee\n", "beleid!3", "staat ook in rij 2"),
        ("Overzicht,,\nid,titel,gemeenten\n,Nota,Westbeek\n", "beleid!A1", "boven de kolomkoppen (rij 2)"),
        ("Overzicht\n\nid,titel,gemeenten\n,Nota,Westbeek\n", "beleid!A1", "boven de kolomkoppen (rij 3)"),
        ("a,b\n1,2\n", "beleid!A1", "geen kolomkop die amk kent"),
        ("id,titl\n,Nota\n", "beleid!B1", "bedoelt u “title”"),
        ("id,titel\n,#VERW!\n", "beleid!B2", "de fout #VERW!"),
        (b'id,titel\n,"' + b"w " * 70_000 + b'x"\n', "beleid!B2", "te lang om te lezen"),
        ('id,titel\n,"Nota\n,Twee\n', "beleid!2", "niet gesloten"),
        ('id,titel\n,"Nota" wonen\n', "beleid!2", "niet gesloten"),
    ],
)  # fmt: skip
def test_what_a_table_has_too_much_is_told_and_nothing_is_written(
    data: Path, content: str | bytes, place: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = refused(
        data, table(data, content), capsys, "--kind", "policy", "--source", "brief-2021", "--force"
    )

    assert told in answer
    assert place in answer


def test_a_row_with_an_unreadable_cell_is_not_understood_and_never_removed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def edit(book: Any) -> None:
        put("=1+1", "id")(book)

    told = refused(data, edited(exported(data), edit), capsys, "--delete")
    assert "formule" in told
    path = table(data, "id;tegel\noostbeek;x\n", "g.csv")
    path.write_text("id;Plaats op de tegelkaart: kolom;Plaats op de tegelkaart: rij\noostbeek;4,36;2\n")
    told = refused(data, path, capsys, "--kind", "municipality")
    assert "Niet begrepen\n- Oostbeek" in told
    assert "g!B2" in told


@pytest.mark.parametrize(
    ("code", "meant"), [("518", "GM0518"), ("0546", "GM0546"), ("GM518", "GM0518"), ("518.0", "GM0518")]
)
def test_a_code_that_lost_its_form_is_asked_back(
    data: Path, code: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(data, f"id,code\noostbeek,{code}\n", "g.csv")

    told = refused(data, path, capsys, "--kind", "municipality")

    assert f"bedoelt u “{meant}”" in told.replace("Bedoelt", "bedoelt")
    assert "g!B2" in told


def test_a_number_keeps_the_zeros_that_its_cell_shows(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edited(exported(data), put(518, "Code", "0000", "Gemeenten"))

    assert "“0518”" in refused(data, path, capsys)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("25-3-2021", "2021-03-25"), ("25 maart 2021", "2021-03-25"), ("25/03/2021", "2021-03-25"),
        ("mrt 2021", "2021-03"), ("3-2021", "2021-03"), ("March 25, 2021", "2021-03-25"), ("2021", "2021"),
        ("2021-3-5", "2021-03-05"), ("1-7-2021/31-12-2021", "2021-07-01/2021-12-31"), ("2021-36", "2021-36"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_type_it(data: Path, typed: str, written: str) -> None:
    def edit(book: Any) -> None:
        book["Beleid – mijlpalen"]["E3"] = typed

    assert imported(data, edited(exported(data), edit), "--force") == 0
    assert read(data)["milestones"][1]["date"] == written


@pytest.mark.parametrize(
    ("format", "written"), [("d mmmm yyyy", "2021-03-01"), ("mmm-yy", "2021-03"), ("yyyy", "2021"),
                            ("[$-413]d mmmm yyyy", "2021-03-01"), ("mmmm yyyy", "2021-03")],
)  # fmt: skip
def test_a_date_cell_is_as_exact_as_what_it_shows(data: Path, format: str, written: str) -> None:
    path = edited(exported(data), put(datetime(2021, 3, 1), "Datum", format, "Beleid – mijlpalen"))

    assert imported(data, path, "--force") == 0
    assert read(data)["milestones"][0]["date"] == written


def test_a_year_of_two_digits_is_refused_with_an_example(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(data, edited(exported(data), put("1-7-21", "Datum", "@", "Beleid – mijlpalen")), capsys)

    assert "geen datum die amk leest" in told
    assert "2020-11-05" in told


ROWS = "id;titel;gemeenten\n;Nota Súd;Westbeek\n"


@pytest.mark.parametrize(
    "content",
    [
        ROWS.encode(), ROWS.encode("utf-8-sig"), ROWS.encode("cp1252"), ROWS.encode("utf-16"),
        b"\xfe\xff" + ROWS.encode("utf-16-be"), ROWS.encode("utf-16-le"),
        ("sep=;\r\n" + ROWS).encode(), ("sep=|\n" + ROWS.replace(";", "|")).encode("utf-8-sig"),
        ROWS.replace(";", "\t").encode("utf-16"), ROWS.replace(";", "|").encode(),
        ROWS.replace(";", ",").encode(), ROWS.replace("\n", "\r\n").encode(),
        ROWS.replace("id;", '"id";').encode(),
    ],
)  # fmt: skip
def test_a_csv_is_read_however_a_program_wrote_it(data: Path, content: bytes) -> None:
    more = ("--kind", "policy", "--source", "brief-2021")

    assert imported(data, table(data, content), *more) == 0
    assert read(data, "policies/nota-sud.yaml")["title"] == "Nota Súd"
    assert read(data, "policies/nota-sud.yaml")["municipalities"] == ["westbeek"]


def test_a_table_comes_from_stdin(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ROWS.encode())))

    assert imported(data, Path("-"), "--kind", "policy", "--source", "brief-2021") == 0
    assert read(data, "policies/nota-sud.yaml")["title"] == "Nota Súd"


@pytest.mark.parametrize("between", ["; ", ", ", " en ", "\n"])
def test_several_names_in_a_cell_are_several(data: Path, between: str) -> None:
    path = edited(exported(data), put(f"Oostbeek{between}Westbeek", "Gemeenten"))

    assert imported(data, path, "--force") == 0
    assert read(data)["municipalities"] == ["oostbeek", "westbeek"]


def test_a_row_that_is_gone_says_how_it_is_removed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edited(exported(data), lambda book: book["Beleid"].delete_rows(2))

    assert imported(data, path) == 0

    told = capsys.readouterr().err
    assert f"Beleid: 1 rij staat er niet meer (policy/{FRAME})" in told
    assert "--delete" in told


def test_columns_in_another_order_are_the_same_columns(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(data)
    before = texts(data)

    def edit(book: Any) -> None:
        for page in book.worksheets:
            if page.sheet_state == "visible":
                rows = [[cell.value for cell in row][::-1] for row in page.iter_rows()]
                for number, row in enumerate(rows, 1):
                    for at, value in enumerate(row, 1):
                        page.cell(number, at).value = value

    assert imported(data, edited(path, edit)) == 0
    assert texts(data) == before
    assert "verandert niets" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["'=SUM(A1)", "''+1", "=1", "-x", "'s-Gravenbeek", "_x0041_ en _x005F_", "a\u00a0b"]
)
def test_what_was_not_edited_is_no_change(data: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    from amk.cli import run

    assert run(["set", FRAME, f"title={text}", "--data", str(data), "--force"]) == 0
    before = texts(data)

    for path in (exported(data), exported(data, "policies", name="beleid.csv")):
        assert imported(data, path, "--kind", "policy") == 0
        assert texts(data) == before
        assert "verandert niets" in capsys.readouterr().err


def test_a_text_longer_than_a_cell_is_told_at_export_and_nothing_is_written(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from amk.cli import run

    for length, code in ((32_767, 0), (32_768, 2)):
        assert run(["set", FRAME, f"summary.nl={'w' * length}", "--data", str(data)]) == 0
        capsys.readouterr()
        path = data.parent / f"{length}.xlsx"
        assert run(["export", "-o", str(path), "--data", str(data)]) == code
        assert path.exists() == (code == 0)
    assert "Beleid!" in (told := capsys.readouterr().err)
    assert "32768" in told


def test_ten_thousand_rows_take_ten_times_as_long_as_a_thousand(data: Path) -> None:
    from amk.authoring.workbook.importing import find_import
    from amk.authoring.workbook.reading import grids_of
    from amk.language import phrases_in
    from amk.model.records import Policy
    from amk.storage.data_folder import working_tree
    from amk.storage.loading import load

    base, words = load(working_tree(data)).base, phrases_in("nl").with_topic("workbook")

    def steps(rows: int) -> int:
        """How many calls it takes: a count that does not depend on how busy the machine is."""
        content = "id;titel;gemeenten\n" + "".join(f";Nota {n};Westbeek\n" for n in range(rows))
        count = 0

        def counted(frame: Any, event: str, argument: Any) -> None:
            nonlocal count
            count += 1

        sys.setprofile(counted)
        try:
            found = find_import(base, grids_of("p.csv", content.encode()), words, Policy)
        finally:
            sys.setprofile(None)
        assert len(found.added) == rows
        return count

    assert steps(4_000) < 11 * steps(400)
