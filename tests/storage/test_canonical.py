"""The canonical form: one order, one way to write, and no comment, blank line or meaning lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from benchmarks.generating import generate
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amk.model.records import KIND_IN, Manifest, Municipality, Policy
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.parser import parse_yaml

DATA = Path(__file__).parents[2] / "data"
FILES = sorted(DATA.rglob("*.yaml"))


def kind_of(path: str) -> type[Any]:
    return KIND_IN.get(path.split("/")[0], Manifest)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_shipped_record_is_in_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert canonical(text, kind_of(path.relative_to(DATA).as_posix())) == text


WRITTEN = """\
# kop

evidence: [{source: s, lines: 3}]  # bron
# boven de titel
title: "Nota"  # naast de titel
milestones:
  # boven de mijlpaal

  - date: 2020
    status: adopted   # besluit
    # aan het eind van de mijlpaal


# boven onbekend
onbekend: 'no'
summary: >-
  twee
  regels
# slot
"""

CANONICAL = """\
# boven de titel
title: Nota  # naast de titel
milestones:
  # boven de mijlpaal

  - status: adopted  # besluit
    date: 2020
    # aan het eind van de mijlpaal
summary: twee regels
# kop

evidence:  # bron
  - source: s
    lines: '3'

# boven onbekend
onbekend: 'no'
# slot
"""


def test_a_record_is_put_in_order_with_each_comment_at_its_key() -> None:
    assert canonical(WRITTEN, Policy) == CANONICAL
    assert canonical(CANONICAL, Policy) == CANONICAL


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("no", "'no'"), ("12:30", "'12:30'"), ("1e3", "'1e3'"), ("0o17", "'0o17'"), ("~", "'~'"),
        ("2020-11-05", "'2020-11-05'"), ("=", "'='"), ("a: b", "'a: b'"), ("a #b", "'a #b'"),
        ("it's", "it's"),
        ("'s-Gravenhage", "'''s-Gravenhage'"), ("- a", "'- a'"), ("", "''"), (" a", "' a'"), ("a:", "'a:'"),
        ("Möhlmann’s café", "Möhlmann’s café"), ("a\tb", '"a\\tb"'), ("[a]", "'[a]'"), ("a, b", "a, b"),
    ],
)  # fmt: skip
def test_a_text_is_quoted_only_where_yaml_would_read_something_else(value: str, written: str) -> None:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")

    assert canonical(f'name: "{quoted}"\n', Municipality) == f"name: {written}\n"


@pytest.mark.parametrize(
    ("field", "written"),
    [("period: '2020'", "period: 2020"), ("code: 0518", "code: '0518'"), ("tile: {column: 3, row: '4'}",
      "tile:\n  column: 3\n  row: 4"), ("aliases: []", "aliases: []")],
)  # fmt: skip
def test_the_type_of_a_field_decides_whether_it_is_quoted(field: str, written: str) -> None:
    assert canonical(f"{field}\n", Municipality) == f"{written}\n"


@pytest.mark.parametrize("text", ["title: [", "title: a\ntitle: b\n", "- a\n", "title: &x a\n", ""])
def test_a_text_with_faults_is_left_alone(text: str) -> None:
    assert canonical(text, Policy) is None


@st.composite
def commented(draw: st.DrawFn) -> tuple[str, str]:
    """A generated record with comments and blank lines in many places, and its path."""
    texts = generate(draw(st.integers(0, 40)), 5)
    path = draw(st.sampled_from(sorted(texts)))
    lines = texts[path].rstrip("\n").split("\n")
    for number in draw(st.lists(st.integers(0, len(lines)), max_size=6)):
        indent = draw(st.integers(0, 8))
        lines.insert(number, draw(st.sampled_from([" " * indent + f"# opmerking {number}", "", "   "])))
    for number in draw(st.lists(st.integers(0, len(lines) - 1), max_size=4)):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            lines[number] += f"  # naast {number}"
    return path, draw(st.sampled_from(["\n", "\r\n"])).join(lines) + draw(
        st.sampled_from(["", "\n", "\n\n# slot\n"])
    )


@settings(max_examples=300, deadline=None)
@given(commented())
def test_meaning_and_comments_survive_and_a_second_time_changes_nothing(record: tuple[str, str]) -> None:
    path, text = record
    before = parse_yaml(text)
    assume(not before.faults)

    written = canonical(text, kind_of(path))

    assert written is not None
    assert parse_yaml(written).data == before.data
    for comment in re.findall(r"# \w+(?: \d+)?", text):
        assert written.count(comment) == text.count(comment)
    assert canonical(written, kind_of(path)) == written


@pytest.mark.parametrize(
    ("written", "canonical_text"),
    [
        ("title: een\n\n  twee\n\n# a\n# b\ntype: x\n", "title: |-\n  een\n  twee\n\n# a\n# b\ntype: x\n"),
        ("title: |\n  een\n\n\ntype: x\n", "title: |\n  een\n\ntype: x\n"),
        ("type: x\n\ntitle: |+\n  een\n\n", "title: |+\n  een\n\ntype: x\n"),
        ("title: |+\n  een\n\n\n", "title: |+\n  een\n\n\n"),
        ('title: "een\\n  "\ntype: x\n', 'title: "een\\n  "\ntype: x\n'),
        ('summary: "huis 🏠\\nboom"\n', "summary: |-\n  huis 🏠\n  boom\n"),
        ('evidence:\n  - source: s\n    lines: "\\n"\n', 'evidence:\n  - source: s\n    lines: "\\n"\n'),
        ("---  # kop\ntitle: x\n", "# kop\ntitle: x\n"),
        ("onbekend:\n  - [\n    [\n    # a\n    x]]\n", "onbekend:\n  # a\n  - - - x\n"),
        ("onbekend:\n  - {\n    # a\n    }\n  - x\n", "onbekend:\n  - {}\n  # a\n  - x\n"),
        ("milestones:\n  - date: 'a:'\n", "milestones:\n  - date: 'a:'\n"),
        ("onbekend: {}\n# slot\n", "onbekend: {}\n# slot\n"),
    ],
)  # fmt: skip
def test_blank_lines_and_comments_stand_where_they_stay(written: str, canonical_text: str) -> None:
    assert canonical(written, Policy) == canonical_text
    assert canonical(canonical_text, Policy) == canonical_text


VALUES = (
    " kort{beside}", " 'no'{beside}", ' "\\n"', " []{beside}", "{beside}\n\n{in}los",
    " een\n{in}twee{beside}", " een\n\n{in}twee\n{in}drie{beside}",
    " |{beside}\n{in}een\n{in}# geen commentaar", " |{beside}\n{in}een\n", " |\n{in}een\n{in}  ",
    " |+\n{in}een\n\n", " >-\n{in}een\n\n{in}twee\n\n",
    ' "een\n{in}# twee"{beside}', ' "een\\n twee\\n"{beside}',
    " [\n{in}# {n} in\n{in}]", " [a, {{b: c}},{beside}\n{in}d]{beside}",
    " {{a: b,\n\n{in}# {n} in\n{in}c: [d]}}{beside}",
)  # fmt: skip
"""How values are laid out, with `{in}` for where they may begin and `{beside}` for a comment."""


@st.composite
def laid_out(draw: st.DrawFn) -> str:
    """A record as nobody should lay it out: texts in every form, comments and blank lines anywhere."""
    lines: list[str] = []
    fields = st.sampled_from(["title", "type", "summary", "milestones", "evidence", "onbekend", "nog een"])
    some = st.lists(fields, min_size=1, max_size=4, unique=True)

    def between() -> None:
        for indent in draw(st.lists(st.integers(-2, 6), max_size=3)):
            lines.append(" " * indent + f"# {len(lines)} tussen" if indent >= 0 else "")

    def beside() -> str:
        return f"  # {len(lines)} naast" if draw(st.booleans()) else ""

    def holding(indent: int, depth: int, lead: str) -> None:
        for number, field in enumerate(draw(some)):
            if number or not lead:
                between()
            start = " " * indent if number or not lead else lead
            shape = draw(st.integers(0, 4)) if depth else 4
            if shape == 0:
                lines.append(f"{start}{field}:{beside()}")
                holding(indent + draw(st.integers(1, 4)), depth - 1, "")
            elif shape == 1:
                lines.append(f"{start}{field}:{beside()}")
                listing(indent + draw(st.sampled_from([0, 2, 4])), depth - 1)
            else:
                value(f"{start}{field}:", indent)

    def listing(indent: int, depth: int) -> None:
        for _ in range(draw(st.integers(1, 3))):
            between()
            if depth and draw(st.booleans()):
                holding(indent + 2, depth - 1, " " * indent + "- ")
            else:
                value(" " * indent + "-", indent)

    def value(lead: str, indent: int) -> None:
        form = draw(st.sampled_from(VALUES))
        inside = " " * (indent + draw(st.integers(1, 4)))
        told = form.format(**{"in": inside, "beside": beside(), "n": len(lines)})
        lines.extend(f"{lead}{told}".split("\n"))

    holding(0, 3, "")
    between()
    return "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))


@settings(max_examples=400, deadline=None)
@given(laid_out())
def test_however_a_record_is_laid_out_all_of_it_stays_and_fmt_is_done_at_once(text: str) -> None:
    before = parse_yaml(text)
    assume(not before.faults)

    written = canonical(text, Policy)

    assert written is not None
    assert parse_yaml(written).data == before.data
    assert Counter(re.findall(r"# \d+ \w+", written)) == Counter(re.findall(r"# \d+ \w+", text))
    assert canonical(written, Policy) == written


def test_the_languages_of_a_text_stand_in_one_order() -> None:
    swapped = "title: A\nsummary:\n  fr: c\n  en: b\n  nl: a\n"

    assert canonical(swapped, Policy) == "title: A\nsummary:\n  nl: a\n  en: b\n  fr: c\n"
