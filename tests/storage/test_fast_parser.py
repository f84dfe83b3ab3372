"""What is read without a parser is what a parser reads, and what is ordinary is read so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest
import yaml
from benchmarks.generating import generate
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amk.model.records import KIND_IN, Manifest
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.fast_parser import MAX_CHARACTERS, MAX_DEPTH, MAX_LINES, read_plainly

ROOT = Path(__file__).parents[2]
FILES = [path for folder in ("data", "docs", "tests", "src") for path in (ROOT / folder).rglob("*.y*ml")]
RECORDS = sorted((ROOT / "data").rglob("*.yaml"))


class AllText(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # which of the two it is
    """A parser to which every scalar is text, and that knows nothing of amk."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def parsed(text: str) -> Any:
    return yaml.load(text, AllText)  # a SafeLoader


def is_read_alike(text: str) -> bool:
    """Whether a text is read; when it is, a parser must read the same, in the same order."""
    plain = read_plainly(text)
    if plain is None:
        return False
    assert repr(parsed(text)) == repr(plain), text
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_whatever_lies_here_is_read_as_a_parser_reads_it(path: Path) -> None:
    is_read_alike(path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n"))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_record_is_read_without_a_parser(path: Path) -> None:
    assert is_read_alike(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_in_canonical_form_on_lines_is_read_without_a_parser(seed: int) -> None:
    for path, text in generate(seed, 30).items():
        written = canonical(text, KIND_IN.get(path.split("/")[0], Manifest))
        assert is_read_alike(text if written is None else written)


AROUND: tuple[Callable[[str], str], ...] = (
    lambda line: f"{line}\n",
    lambda line: f"# kop\n\n{line}\n  # slot\n",
    lambda line: f"a:\n  b:\n    - c: d\n      e: f\n    - g\n{line}",
)
WAYS = """\
naam: 's-Gravenzande|naam: '''s-Gravenzande'|uri: https://example.org/a#b|tijd: 12:30|nee: no|niets: ~
getal: 0123|datum: 2020-11~|open: ../..|x: a: b|x: a #b|x: a#b|x: a:|x: 'a|x: 'a' b|x: "a¶"|x: "a\\n"
x: "a"|x: ''|x: [a, b]|x: {a: b}|x: >-¶  a¶  b|x: a¶  b|x: a¶¶  b|x: &a b|x: *a|x: !!str a|x: @a|x: `a`
x: %a|x: -|x: - a|x: -5|x: ?|? x|x:|x: |x:¶- a|x:¶  - a|x:¶  - a: b¶    c: d|x:¶  - a: b¶   c: d
x:¶  - - a|x:¶  -¶    a: b|x:¶  a: b¶ c: d|x:¶    a: b¶  c: d|x: a¶x: b|---|--- a|...|%YAML 1.1|x : a|x:a
- a|'x': a|"x": a|x y: a|x:  a|x: a ||x:→a|x: a→|x: \ufeffa|x: a\u00a0|<<: a|x: <<|x: =|x:¶  # a¶  - b
x:¶# a¶  - b|x:¶  - a¶  # b¶  - c|x: a # b|x: a¶ # b¶  c|x:¶  - a:¶      - b|x:¶  - a:¶    - b
x:¶  - a:¶      b: c¶    d: e|x:¶  - a¶  b: c|x:¶  a: b¶  - c|x:¶  'a'|x:¶  a|x: a¶- b|x: a¶  - b
x:¶  - a:b|x:¶  - a :b|x:¶  - http://a|x: {|x: }|x: ]|x: ,a|x: "a|x: a"|x: a'
"""


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("field_path", WAYS.replace("\n", "|").split("|"))
def test_every_way_to_write_is_read_alike_or_not_at_all(
    field_path: str, around: Callable[[str], str]
) -> None:
    line = (
        field_path.replace("¶", "\n")
        .replace("→", "\t")
        .replace("\\ufeff", "\ufeff")
        .replace("\\u00a0", "\u00a0")
    )

    is_read_alike(around(line))


LETTERS = "abx019-:#'\"[]{}>|&*!%@,?.~<=`\\é \n"
MARKS = ("- ", ": ", " #", "  ", "\n  ", "\n    ", "\n- ", "\n  - ", "\n---\n", "\n...\n", ": |\n", ": >-\n")
BITS = st.sampled_from((*LETTERS, *MARKS, "a: ", "b: c", "key:", "''"))
VALUES = st.one_of(
    st.sampled_from(["", "x", "'x'", '"x"', "é", "12:30", "# c"]), st.text("ab:#'\" -", max_size=6)
)
LINES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "  ", "    ", "      ", " "]),
        st.sampled_from(["", "- ", "- - ", "-"]),
        st.sampled_from(["", "a: ", "b:", "c: ", "d:", "0: ", "a-b: "]),
        VALUES,
    ),
)
TEXTS = st.one_of(st.lists(BITS, max_size=16).map("".join), st.lists(LINES, max_size=8).map("\n".join))


@settings(max_examples=500)
@given(TEXTS)
@example("a: b\n  c")
def test_whatever_is_written_is_read_alike_or_not_at_all(text: str) -> None:
    is_read_alike(text)


@pytest.mark.slow
@settings(max_examples=20_000)
@given(TEXTS)
def test_whatever_is_written_is_read_alike_or_not_at_all_at_length(text: str) -> None:
    is_read_alike(text)


DAMAGE = ("", " ", "  ", "\n", ":", ": ", "- ", "#", " #", "'", '"', "|", "\t", "&a ", "x")


@pytest.mark.parametrize("seed", range(4))
def test_a_record_that_is_damaged_anywhere_is_read_alike_or_not_at_all(seed: int) -> None:
    random = Random(seed)
    for path in random.sample(RECORDS, 40):
        text = path.read_text(encoding="utf-8")
        for _ in range(10):
            at = random.randrange(len(text))
            put = random.choice(
                ["", " ", "  ", "\n", ":", ": ", "- ", "#", " #", "'", '"', "|", "\t", "&a ", "x"]
            )
            is_read_alike(text[:at] + put + text[at + random.randrange(3) :])


def test_what_is_long_or_deep_is_left_to_the_parser() -> None:
    assert read_plainly("".join(f"a{n}: b\n" for n in range(MAX_LINES + 1))) is None
    assert read_plainly(f"a: {'b' * MAX_CHARACTERS}") is None
    deep = "".join(f"{'  ' * n}a:\n" for n in range(MAX_DEPTH + 9))
    assert read_plainly(f"{deep}{'  ' * (MAX_DEPTH + 9)}b: c") is None
