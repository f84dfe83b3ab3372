from __future__ import annotations

import csv
import io
import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from amk.document.blocks import Bullets, Document, Facts, Footnote, Heading, Link, Paragraph, Table
from amk.formats import data, html, markdown, terminal

PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


def page(*blocks: Heading | Paragraph | Table | Bullets | Facts) -> Document:
    return Document("Titel", "nl", blocks, "Noten")


def test_markdown_begins_with_its_title_and_ends_with_its_notes() -> None:
    text = markdown.write(page(Paragraph(("Feit.", Footnote("Bron, r. 1.")))))

    assert text == "# Titel\n\nFeit.[^1]\n\n[^1]: Bron, r. 1.\n"


def test_a_pipe_or_a_line_break_in_data_cannot_break_a_table() -> None:
    text = markdown.write(page(Table(("A",), (("x | y\nz",),))))

    assert "| x \\| y z |" in text


def test_a_table_says_above_it_what_it_shows() -> None:
    text = markdown.write(page(Table(("A",), (("x",),), "Aantal per regio")))

    assert text == "# Titel\n\n*Aantal per regio*\n\n| A |\n|---|\n| x |\n"


def test_the_same_note_has_one_number() -> None:
    text = markdown.write(page(Bullets((("a", Footnote("n")), ("b", Footnote("n")), ("c", Footnote("m"))))))

    assert "- a[^1]\n- b[^1]\n- c[^2]" in text


@given(PRINTABLE)
def test_no_text_becomes_markup_in_html(text: str) -> None:
    written = html.write(page(Paragraph(f"<b>{text}</b>")))

    assert "<b>" not in written
    assert "&lt;b&gt;" in written


def test_only_web_addresses_become_links() -> None:
    written = html.write(
        page(Paragraph((Link("a", "https://example.org/"), Link("b", "javascript:alert(1)"))))
    )

    assert '<a href="https://example.org/">a</a>' in written
    assert "javascript" not in written


def test_nothing_in_the_data_steers_the_terminal() -> None:
    written = terminal.write(page(Paragraph("a\x1b[31mb\u202ec\x9b")), 80)

    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in written if c != "\n")


def test_markup_of_rich_in_data_is_shown_as_it_is() -> None:
    assert "[bold]x[/bold]" in terminal.write(page(Paragraph("[bold]x[/bold]")), 80)


@given(st.integers(20, 200), st.lists(PRINTABLE, min_size=4, max_size=4))
def test_a_table_fits_the_terminal(width: int, cells: list[str]) -> None:
    written = terminal.write(page(Table(("A", "B", "C", "D"), (tuple(cells),))), width)

    wide = {"W": 2, "F": 2}
    for line in written.splitlines():
        columns = sum(wide.get(unicodedata.east_asian_width(c), 1) for c in line)
        assert columns <= 2 * width


def test_colour_only_when_asked() -> None:
    document = page(Heading("Kop"))

    assert "\x1b[" not in terminal.write(document, 80, colour=False)
    assert "\x1b[" in terminal.write(document, 80, colour=True)


def test_no_cell_is_ever_a_formula() -> None:
    rows = [{"ref": "a/b", "text": "=1+1", "number": -3.5, "list": ["@x", "y"]}]

    [row] = csv.DictReader(io.StringIO(data.write_csv(rows)))
    assert row == {"ref": "a/b", "text": "'=1+1", "number": "-3.5", "list": "'@x; y"}


def test_json_keeps_accents_and_lines_stand_alone() -> None:
    rows = [{"ref": "a/b", "name": "Zoë"}, {"ref": "a/c", "name": "x"}]

    assert "Zoë" in data.write_json(rows)
    assert [json.loads(line) for line in data.write_jsonl(rows).splitlines()] == rows
    assert data.write_ids(rows) == "a/b\na/c\n"


def test_a_table_too_wide_for_the_terminal_is_told_row_by_row_with_no_word_broken() -> None:
    table = Table(("Naam", "Status", "Regio"), (("Leidschendam-Voorburg", "vastgesteld", "Haaglanden"),))

    assert terminal.write(page(table), 32).splitlines()[2:] == [
        "Leidschendam-Voorburg",
        "  Status: vastgesteld",
        "  Regio: Haaglanden",
    ]
    assert "─" in terminal.write(page(table), 80)
