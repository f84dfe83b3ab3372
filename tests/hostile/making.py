"""Hostile inputs, made from real ones; each choice is drawn from bytes, wherever those come from."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from amk.checks.rules import all_rules

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
LONGEST = 200_000

DATES = (
    "2020", "2020-11", "2020-11-05", "../2021-07-05", "2019/..", "/2020", "2020/", "../..", "/", "..",
    "2020-36", "2020-21", "2020-24", "9999-24", "9999-36", "0000", "0001", "9999", "9999-12-31~",
    "0001-01-01?", "2024-02-29", "2023-02-29", "202X", "20XX", "00XX", "99XX~", "2020-XX", "2020-11-XX",
    "XXXX", "Y20000", "-2020", "[2020,2021]", "{2020}", "2020-11-05T10:00", "2020/2019", "2020-13",
    "2020-00", "٢٠٢٠", "２０２０", "2020-11-05/2020-36", "2020%", "2020-36?", "9998-02-29",
    "9996-02-29/9999~", "0001~/..", "2020//2021", "2020-1", " 2020", "2020\n", "20200",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "1e999", "-1e999", "1e-999", "NaN", ".nan", ".inf", "inf", "infinity", "1_000", "0x10",
    "0o7", "12:30", "9" * 30, "9" * 400, "9" * 5000, "1" + "0" * 4299, "٣", "½",
    "1.7976931348623157e308", "1e308", "-1", "3.0", "3.5", "true", "no", "~", "null", "+1", "1,5",
    "9999999999999999999999", "1" * 300 + ".5",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\r\n", "\r", "\n", "\ufeff", "\u202e", "\x1b[31m", "\x00", "\x7f", "\x85", "\u2028",
    "\ud800", "\udfff", "\U0010ffff", "\ufffe", "\u200b", "é", "e\u0301", "ﬁ", "İ", "ß", "\ufdfa" * 3,
    "👩‍👩‍👧‍👦", "x" * 5000, "é" * 3000, "{", "}", "{found}", "{0}", "{nearest!r}", "%s",
    "%TAG ! tag:x,2000:\n", "%YAML 1.2\n", "---\n", "...\n", "--- ", "&a ", "*a",
    "!!python/object/apply:os.system [id]", "!!binary x", "!x ", "<<: *a", "? ", "- ", ": ", ":", "#",
    "|", "|+9", ">-", "'", '"', '"\\x1b[31m"', '"\\ud800"', '"\\u0000"', '"\\U0010ffff"', "`", "@", "[",
    "]", "[[", "{a: b, a: c}", "[a, [b, {c: d}]]", "[" * 60, "{a: " * 60, "- " * 60, "? a",
    "k" * 1100 + ": v", "=", "<=>", "../../etc/passwd", "region/", "/", "//", "municipality/a/b",
    "kind/id", "region/r", "a" * 101, "A", "[bold]x[/]", "<script>", "javascript:x", "https://x/)|>\n",
    "\\", "\\n", "|a|b|", "[^1]: x", "# x", "1. x", "= x", "=cmd|x!A1",
)  # fmt: skip
KEYS = (
    "id", "name", "title", "type", "period", "date", "lines", "km", "kind", "column", "row", "lon",
    "lat", "number", "line_count", "milestones", "status", "planned", "evidence", "source", "says",
    "members", "municipality", "region", "participants", "neighbours", "successors", "no_policy_found",
    "conditions", "value", "places", "year", "labels", "concepts", "code", "waive", "reason", "notes",
    "text", "topic", "part_of", "tile", "location", "tags", "reviewed", "nl", "en", "xx", "schema",
    "language", "public", "home_region", "divided_by", "documents", "url", "__class__",
)  # fmt: skip
NASTY = (*DATES, *NUMBERS, *TEXTS)


class Choices:
    """Choices drawn from bytes; when they run out, always the first."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0

    def below(self, count: int) -> int:
        """A number from 0, below a count."""
        piece = self._raw[self._at : self._at + 2]
        self._at += 2
        return int.from_bytes(piece, "big") % max(1, count)

    def one_of(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]


@cache
def corpus() -> tuple[tuple[str, str], ...]:
    """Real records, and the bad example of each rule, by their path in a data folder."""
    found = []
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        found.append((path.relative_to(ROOT / "data").as_posix(), path.read_text(encoding="utf-8")))
    for rule in all_rules():
        found += [(path, file.text) for path, file in rule.bad.items()]
    return tuple(found)


def record(choices: Choices) -> str:
    """The path of a record on the first line, and a spoiled text of it below."""
    path, text = choices.one_of(corpus())
    return f"{path}\n{spoiled(text, choices)}"


def yaml(choices: Choices) -> str:
    """A spoiled record, or a row of pieces that mean something in YAML."""
    if choices.below(3):
        return spoiled(choices.one_of(corpus())[1], choices)
    return "".join(choices.one_of((*TEXTS, *KEYS, "\n", "\n  ", ": ")) for _ in range(choices.below(60)))


def spoiled(text: str, choices: Choices) -> str:
    """A text changed in a few places."""
    lines = text.splitlines(keepends=True)
    for _ in range(1 + choices.below(4)):
        lines = choices.one_of(CHANGES)(lines or ["\n"], choices)
    return "".join(lines)[:LONGEST]


def _duplicate(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    return [*lines[:at], *lines[at : at + 1 + choices.below(4)] * (1 + choices.below(3)), *lines[at:]]


def _drop(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    return [*lines[:at], *lines[at + 1 + choices.below(3) :]]


def _splice(lines: list[str], choices: Choices) -> list[str]:
    other = choices.one_of(corpus())[1].splitlines(keepends=True) or ["\n"]
    at, start = choices.below(len(lines)), choices.below(len(other))
    return [*lines[:at], *other[start : start + 1 + choices.below(8)], *lines[at:]]


def _other_value(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    key, colon, _ = lines[at].partition(": ")
    return [*lines[:at], f"{key}{colon or ': '}{choices.one_of(NASTY)}\n", *lines[at + 1 :]]


def _quoted_value(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    key, colon, _ = lines[at].partition(": ")
    return [*lines[:at], f"{key}{colon or ': '}{json.dumps(choices.one_of(NASTY))}\n", *lines[at + 1 :]]


def _other_key(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    bare = lines[at].lstrip(" -")
    indent = lines[at][: len(lines[at]) - len(bare)]
    value = bare.partition(": ")[2] or "\n"
    return [*lines[:at], f"{indent}{choices.one_of((*KEYS, *TEXTS))}: {value}", *lines[at + 1 :]]


def _new_field(lines: list[str], choices: Choices) -> list[str]:
    return [*lines, f"{choices.one_of(KEYS)}: {_value(choices, 3)}\n"]


def _value(choices: Choices, depth: int) -> str:
    match choices.below(5) if depth else 0:
        case 0:
            return choices.one_of(NASTY)
        case 1:
            return json.dumps(choices.one_of(NASTY))
        case 2:
            return "[" + ", ".join(_value(choices, depth - 1) for _ in range(choices.below(4))) + "]"
    pairs = (f"{choices.one_of(KEYS)}: {_value(choices, depth - 1)}" for _ in range(1 + choices.below(4)))
    return "{" + ", ".join(pairs) + "}"


def _put_in(lines: list[str], choices: Choices) -> list[str]:
    text = "".join(lines)
    at = choices.below(len(text) + 1)
    return [text[:at] + choices.one_of(NASTY) + text[at:]]


def _cut(lines: list[str], choices: Choices) -> list[str]:
    text = "".join(lines)
    return [text[: choices.below(len(text) + 1)]]


def _indent(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    return [*lines[:at], choices.one_of(("  ", "\t", " ", "- ", "    - ")) + lines[at], *lines[at + 1 :]]


def _line_ends(lines: list[str], choices: Choices) -> list[str]:
    end = choices.one_of(("\r\n", "\r", "\u2028", "\x85", "\n\n"))
    return [line.rstrip("\n") + end for line in lines]


def _many(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    return [*lines[:at], *lines[at : at + 1 + choices.below(2)] * (20 + choices.below(300)), *lines[at:]]


def _mark(lines: list[str], choices: Choices) -> list[str]:
    return [choices.one_of(("\ufeff", "---\n", "%YAML 1.1\n---\n", "# x\n", "\n\n", " ")), *lines]


CHANGES: tuple[Callable[[list[str], Choices], list[str]], ...] = (
    _other_value, _quoted_value, _new_field, _other_key, _duplicate, _drop, _splice, _put_in, _cut, _indent,
    _line_ends, _many, _mark,
)  # fmt: skip


def short(choices: Choices) -> str:
    """A few pieces in a row, for what a user types in one go."""
    pieces = (*NASTY, *KEYS, *"-/,. 1?~X=", "38", "30-32", "84", "!=")
    return "".join(choices.one_of(pieces) for _ in range(1 + choices.below(5)))[:LONGEST]


def lines(choices: Choices) -> str:
    """Something like line numbers."""
    pieces = ("1", "38", "30-32", ", ", ",", "-", " ", "0", "999999", "9999999", "٣", "1\n", "a", "–", "1,")
    most = 400 if choices.below(9) == 8 else 6
    return "".join(choices.one_of(pieces) for _ in range(1 + choices.below(most)))


def condition(choices: Choices) -> str:
    """Something like a condition on a field."""
    field = ".".join(choices.one_of((*KEYS, *TEXTS[:8], "ref", "holds")) for _ in range(1 + choices.below(3)))
    comparison = choices.one_of(("=", "!=", "~", "<", "<=", ">", ">=", "==", "", " = "))
    return field + comparison + choices.one_of(NASTY)


HEADS = (
    "id", "Naam", "Name", "Titel", "name", "title", "Code", "Periode", "record", "nr", "Gemeente",
    "Gemeenten", "Status", "Datum", "Vindplaatsen", "Type", "Trefwoorden", "Effect",
    "Toelichting (nl)", "Deelnemers volledig", "sleutel",
    "Kilometer", "Soort", "Locatie: Breedtegraad", "Samenvatting (nl)", "Nagekeken",
)  # fmt: skip
CELLS = (
    "a", "b", "p", "noord", "GM0518", "518", "5-7-2021", "juli 2021", "2021-07-05", "44382", "ja", "nee",
    "=1+1", "#REF!", "vastgesteld", "adopted", "a; b", "s:3", "s:3-9; s:1", "1.234", "1,5", "'-1", "\ufffd",
    "  ", "a\nb", "x" * 40_000,
)  # fmt: skip


def sheet(choices: Choices) -> str:
    """The kind of the rows on the first line, and a table of comma separated values below it."""
    kind = choices.one_of(("municipality", "policy", "source", "region", "collaboration", ""))
    between = choices.one_of((",", ",", ";", "\t", "|", ":"))
    width = 1 + choices.below(6)
    rows = [[choices.one_of((*HEADS, *HEADS, *NASTY)) for _ in range(width)]]
    for _ in range(choices.below(6)):
        rows.append([choices.one_of((*CELLS, *CELLS, *NASTY)) for _ in range(width + choices.below(2))])
    start = choices.one_of(("", "", "sep=;\n", "\ufeff", "Een titel\n", "\n\n"))
    return f"{kind}\n{start}" + "".join(f"{between.join(map(_as_cell, row))}\r\n" for row in rows)


def _as_cell(text: str) -> str:
    quoted = any(sign in text for sign in ',;\t|"\n\r')
    return '"' + text.replace('"', '""') + '"' if quoted else text


OPTIONS = (
    "--region", "--municipality", "--status", "--form", "--purpose", "--tag", "--since", "--until",
    "--where", "--sort", "--columns", "--limit", "--as-of", "--today", "--lang", "--format", "-f",
    "--json", "--help", "--version",
)  # fmt: skip
WORDS = (
    "list", "show", "report", "validate", "a", "r", "s", "p", "municipality/a", "policies",
    "vocabulary", "briefing", "md", "html", "table", "json", "csv", "ids", "jsonl", "nl", "en", "-",
    "--", "name", "-name", "status", "holds", "name=x", "period>2020", "date<=2021", "tags~x",
    "adopted", "none", "unknown", "1", "0", "-1", "name,status", "evidence.lines", "milestones.date",
    "neighbours", "2021-07-05", "9999-12-31", "0001-01-01",
)  # fmt: skip


def call(choices: Choices) -> str:
    """The arguments of a call, as JSON: what a system passes on, so no NUL, and bytes that are no UTF-8."""
    command = choices.one_of(("list", "show", "report", "validate", *TEXTS[:3]))
    some = (choices.one_of((*OPTIONS, *OPTIONS, *WORDS, *WORDS, *NASTY)) for _ in range(choices.below(7)))
    passed_on = (part.encode("utf-8", "surrogatepass").replace(b"\0", b"") for part in (command, *some))
    return json.dumps([part.decode("utf-8", "surrogateescape") for part in passed_on])
