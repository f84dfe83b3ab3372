"""What is wrong with a YAML text is told by its cause, on the line where it is."""

from __future__ import annotations

import pytest

from amk.storage.yaml.parser import parse_yaml

REST = "type: policy\nmunicipalities:\n  - westland\nevidence:\n  - source: bijlage\n"


@pytest.mark.parametrize(
    ("line", "code", "column", "found"),
    [
        ("title: 'Beleid van 's-Gravenhage'", "YAML012", 20, "'"),
        ("title: 's-Gravenhage", "YAML012", 8, "'"),
        ('title: "Nota "wonen" 2021"', "YAML012", 14, '"'),
        ("title: 'Nota' wonen", "YAML012", 13, "'"),
        ("title: @wonen", "YAML013", 8, "@"),
        ("title: %-norm woningen", "YAML013", 8, "%"),
        ("title: `nota`", "YAML013", 8, "`"),
        ("title: [Concept] nota", "YAML013", 8, "["),
        ("title: - nota", "YAML013", 8, "-"),
        ("title:Nota wonen", "YAML014", 7, "title:"),
        ("title:\u00a0Nota", "YAML015", 7, "U+00A0"),
        ("title\uff1a Nota", "YAML015", 6, "U+FF1A"),
        ("title: Regel\u2028scheiding", "YAML015", 13, "U+2028"),
        ("title: \u201cWonen: een nota\u201d", "YAML015", 8, "U+201C"),
        ("summary:\n\tnl: tekst", "YAML001", 1, "tab"),
        ("title: Wonen: een nota", "YAML001", 13, "mapping values are not allowed in this context"),
    ],
)
def test_a_line_is_told_by_what_is_wrong_with_it(line: str, code: str, column: int, found: str) -> None:
    [fault] = parse_yaml(f"{line}\n{REST}").faults

    assert (fault.code, fault.column, fault.found) == (code, column, found)
    assert fault.line == 1 + line.count("\n")


def test_every_conflict_is_told_and_nothing_else() -> None:
    block = "<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> other\n"

    assert [(f.code, f.line) for f in parse_yaml(f"{block}{REST}{block}").faults] == [
        ("YAML011", 1),
        ("YAML011", 11),
    ]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ("<<<<<<< a\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n", "title: A ≠ title: B"),
        ("<<<<<<< a\n=======\ntitle: B\ntype: C\n>>>>>>> b\n", "– ≠ title: B …"),
        ("<<<<<<< a\ntitle: A\n||||||| o\ntitle: O\n=======\ntitle: B\n>>>>>>> b\n", "title: A ≠ title: B"),
        (f"<<<<<<< a\ntitle: {'A' * 99}\n=======\n>>>>>>> b\n", f"title: {'A' * 53} … ≠ –"),
        ("<<<<<<< a\ntitle: A\n", "<<<<<<<"),
        (">>>>>>> b\ntitle: A\n", ">>>>>>>"),
        ("=======\ntitle: B\n>>>>>>> b\n", "======="),
    ],
)
def test_a_conflict_is_told_with_both_sides(marks: str, found: str) -> None:
    [fault] = parse_yaml(f"{marks}{REST}").faults

    assert (fault.code, fault.line, fault.found) == ("YAML011", 1, found)


def test_faults_on_several_lines_are_told_at_once() -> None:
    text = "title: @wonen\ntype:policy\nsummary: 'van 's-Gravenhage'\n" + REST

    assert [(f.code, f.line) for f in parse_yaml(text).faults] == [
        ("YAML013", 1),
        ("YAML014", 2),
        ("YAML012", 3),
    ]
