"""A text of somebody's own comes out as it was written, and no text keeps its reader busy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from amk.document.blocks import (
    Block,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Footnote,
    Heading,
    ItemList,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    every_block,
    plain,
    texts_of,
)
from amk.document.markdown import as_words, parse_own_text
from amk.formats.markdown import write


def points(*texts: str, first: int | None = None) -> ItemList:
    return ItemList(tuple((Paragraph(text),) for text in texts), first)


@pytest.mark.parametrize(
    ("markdown", "block"),
    [
        ("1. eerst\n2. dan", points("eerst", "dan", first=1)),
        ("3. drie\n4. vier", points("drie", "vier", first=3)),
        ("0. nul", points("nul", first=0)),
        ("* een\n* twee", points("een", "twee")),
        ("- een\n  en nog wat\n\n- twee", points("een en nog wat", "twee")),
        (
            "1. eerst\n   - detail\n2. dan",
            ItemList(((Paragraph("eerst"), points("detail")), (Paragraph("dan"),)), 1),
        ),
        (
            "- a\n  1. b\n     - c",
            ItemList(((Paragraph("a"), ItemList(((Paragraph("b"), points("c")),), 1)),)),
        ),
        ("- a\n\n  nog een alinea", ItemList(((Paragraph("a"), Paragraph("nog een alinea")),))),
        ("> a\n>\n> - b", Quote((Paragraph("a"), points("b")))),
        ("> a\n> > b", Quote((Paragraph("a"), Quote((Paragraph("b"),))))),
        ("> ## Kop", Quote((Paragraph((Strong("Kop"),)),))),
        ("```sql\nselect *\n\n  from x\n```", CodeBlock("select *\n\n  from x", "sql")),
        ("    amk list", CodeBlock("amk list")),
    ],
)
def test_a_block_keeps_its_kind_and_what_is_in_it(markdown: str, block: object) -> None:
    assert parse_own_text(markdown, level=3) == (block,)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("***zeer***", (Emphasis((Strong("zeer"),)),)),
        ("**vet *cursief* vet**", (Strong(("vet ", Emphasis("cursief"), " vet")),)),
        ("*a **b** c*", (Emphasis(("a ", Strong("b"), " c")),)),
        ("*a *b* c*", (Emphasis("a b c"),)),
        ("`amk **list**`", (Code("amk **list**"),)),
        ("[de **brief**](https://a.nl)", (Link(("de ", Strong("brief")), "https://a.nl"),)),
        ("zie [1][x]\n\n[x]: https://a.nl", ("zie ", Link("1", "https://a.nl"))),
        ("<https://a.nl>", (Link("https://a.nl", "https://a.nl"),)),
        ("Straat 1\\\nStad", ("Straat 1", LineBreak(), "Stad")),
        ("2 * 3 * 4 en snake_case_naam", "2 * 3 * 4 en snake_case_naam"),
        ("\\*niet\\* \\[zo\\]", "*niet* [zo]"),
        ("[x](<https://a.nl/b_(c)>)", (Link("x", "https://a.nl/b_(c)"),)),
    ],
)
def test_signs_in_a_line_are_read(markdown: str, said: Text) -> None:
    assert parse_own_text(markdown, level=3) == (Paragraph(said),)


@pytest.mark.parametrize(
    "markdown",
    ["[x](javascript:alert)", "[x](data:text/html,y)", "[x](file:///etc/passwd)", "![x](data:image/png,y)"],
)
def test_what_leads_elsewhere_than_to_the_web_is_words(markdown: str) -> None:
    assert parse_own_text(markdown, level=3) == (Paragraph(markdown),)


@pytest.mark.parametrize("html", ["<b>x</b>", "<script>alert(1)</script>", "<!-- x -->", "<img src=x>"])
def test_html_is_words(html: str) -> None:
    assert parse_own_text(f"{html}\n\nx {html}", level=3) == (Paragraph(html), Paragraph(f"x {html}"))


def test_a_picture_is_a_link_to_it() -> None:
    picture, linked = parse_own_text(
        "![kaart](https://a.nl/k.png)\n\n[![k](https://a.nl/k.png)](https://b.nl)", 3
    )

    assert picture == Paragraph((Link("kaart", "https://a.nl/k.png"),))
    assert linked == Paragraph((Link("k", "https://b.nl"),))


def test_headings_keep_their_order_below_the_one_they_stand_under() -> None:
    told = parse_own_text("## Kop #\n### Deel van *x*\n# Over C#\n", level=3)

    assert told == (Heading("Kop", 4), Heading(("Deel van ", Emphasis("x")), 5), Heading("Over C#", 3))


def test_a_footnote_of_a_heading_stands_below_it_as_no_table_of_contents_repeats_it() -> None:
    told = parse_own_text("# Kop[^a]\n\n[^a]: De brief.", level=3)

    assert told == (Heading("Kop", 3), Paragraph("De brief.", quiet=True))


def test_a_text_has_footnotes_of_its_own() -> None:
    told = parse_own_text("Zo is het.[^a] En zo.[^b]\n\n[^a]: De *brief*,\n  bladzijde 3.", level=3)
    note = Footnote(("De ", Emphasis("brief"), ", bladzijde 3."))

    assert told == (Paragraph(("Zo is het.", note, " En zo.[^b]")),)


def test_a_footnote_goes_on_in_what_is_indented_below_it_and_ends_before_anything_else() -> None:
    noted, points_, tail = parse_own_text("x[^a]\n\n[^a]: een\n\n    twee\n- punt\n\nslot", level=3)

    assert noted == Paragraph(("x", Footnote("een twee")))
    assert (points_, tail) == (points("punt"), Paragraph("slot"))


def test_a_cell_may_hold_a_bar_that_is_escaped() -> None:
    [table] = parse_own_text("| a | b |\n|---|---|\n| x \\| y | |\n", level=3)

    assert table == Table(("a", "b"), (("x | y", ""),))


@pytest.mark.parametrize(
    "piece",
    [
        *("*a ", "**a", "__a ", "*a **b ", "**a _b* ", "# ", "[", "![", "[a](http://", "[a]", "[](", "|"),
        *(
            "- \n",
            "a\n",
            "[^a]",
            "[^a]: x\n",
            "- - ",
            "> - ",
            ">",
            "\\",
            "`",
            "``a`",
            "<",
            "&",
            "a|b\n|-|-\n",
        ),
    ],
)
def test_reading_takes_as_long_as_the_text_is(piece: str) -> None:
    start = time.process_time()
    parse_own_text("# " + piece * (50_000 // len(piece)) + "x", level=3)
    parse_own_text(piece * (50_000 // len(piece)) + "x", level=3)

    assert time.process_time() - start < 5


@pytest.mark.parametrize("text", ["> " * 500 + "woord", "- " * 500 + "woord", "> 1. " * 200 + "woord"])
def test_what_lies_too_deep_is_read_as_words(text: str) -> None:
    written = write(Document("T", "nl", parse_own_text(text, 3), "Noten"))

    assert written.count("woord") == 1


@pytest.mark.parametrize("pair", [("**a *b ", "* c**"), ("![", "](https://a.nl)"), ("[", "](https://a.nl)")])
def test_what_lies_within_itself_many_times_is_read(pair: tuple[str, str]) -> None:
    before, after = pair

    assert "midden" in plain_of(before * 3000 + "midden" + after * 3000)


def plain_of(text: str) -> str:
    return "".join(plain(said) for block in every_block(parse_own_text(text, 3)) for said in texts_of(block))


@given(st.text(st.sampled_from("a1 *_[]()|#-+.\\^:=~`>&;!<\n")) | st.text())
def test_what_is_meant_as_words_is_read_as_words(text: str) -> None:
    words = text.replace("\0", "")  # markdown-it reads it as the sign of what cannot be read
    told = plain_of(f"x{as_words(words)}")
    alone = parse_own_text(as_words(words), level=3)
    below = parse_own_text(f"x\n{as_words(words)}", level=3)

    assert told.removeprefix("x") == " ".join(words.split())
    assert alone == ((Paragraph(" ".join(words.split())),) if words.strip() else ())
    assert below == (Paragraph(f"x {' '.join(words.split())}".strip()),)


@given(st.text().filter(lambda text: "](" not in text))
def test_no_word_of_it_is_lost(text: str) -> None:
    letters = [letter for letter in text if letter.isalpha()]

    assert [letter for letter in plain_of(text) if letter.isalpha()] == letters


PIECES = ["a", "b ", " c", "*", "**", "`", "\n", "\n\n", "- ", "1. ", "3. ", "  ", "    ", "> ", "[^n]", "\\"]
PIECES += ["[a](https://x.nl)", "|", "\n```\n", "#", "|a|\n|-|\n|b|\n", "1"]


@given(st.lists(st.sampled_from(PIECES)))
def test_what_is_written_as_markdown_is_read_again_as_it_was(pieces: list[str]) -> None:
    first = parse_own_text("# T\n\n" + "".join(pieces) + "\n\n[^n]: noot", level=1)
    assume(not any(map(_runs_on, _siblings(first))))
    written = write(Document("T", "nl", first, "Noten"))

    assert write(Document("T", "nl", parse_own_text(written, level=1), "Noten")) == written


def _siblings(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    yield blocks
    for block in every_block(blocks):
        yield from block.items if isinstance(block, ItemList) else ()
        yield from [block.blocks] if isinstance(block, Quote) else ()


def _runs_on(blocks: tuple[Block, ...]) -> bool:
    """Whether there is nothing between two lists, or nothing in an item."""
    lists = [isinstance(block, ItemList) for block in blocks]
    empty = any(isinstance(block, ItemList) and not all(block.items) for block in blocks)
    return empty or any(map(all, pairwise(lists)))
