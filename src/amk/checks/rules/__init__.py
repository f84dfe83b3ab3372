"""The rules for the data: each with a good and a bad example, which are also its test.

An example is a text of its own, `examples/CODE.txt`: files for a small knowledge base, the one
in `background`. A heading `[bad] path line:column` begins a file with the fault and its place,
`[good] path` the same file put right, `[both] path` one that the two share. A last word on a
heading says how to write the file where text alone cannot: `folder`, `latin-1`, `large` or `many`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amk.model.problems import RULES, Severity
from amk.storage.data_folder import MAX_BYTES

HERE = Path(__file__).parent

_HEADING = re.compile(
    r"\[(?P<part>bad|good|both)\] (?P<path>\S+(?: \S+)*?)"
    r"(?: (?P<line>\d+):(?P<column>\d+))?(?: (?P<written>folder|latin-1|large|many))?"
)


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """A file of an example: its text, and how to write it where text alone cannot say."""

    text: str
    written: str = ""

    @property
    def raw(self) -> bytes | None:
        """The bytes of the file; None where it is a folder."""
        if self.written == "folder":
            return None
        more = {"large": "#" + "x" * MAX_BYTES, "many": "aliases: [" + "a," * 20_000 + "a]\n"}
        encoding = "latin-1" if self.written == "latin-1" else "utf-8"
        return (self.text + more.get(self.written, "")).encode(encoding)


Files = Mapping[str, ExampleFile]
"""The files of an example by their path below the data folder."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, how much it matters, an example that breaks it and the same put right.

    `place` is where the fault lies: path, line and column.
    """

    code: str
    severity: Severity
    bad: Files
    good: Files
    both: Files
    place: tuple[str, int, int]


@cache
def rule(code: str) -> Rule:
    """A rule by its code. Raises KeyError when there is none."""
    severity = RULES[code]
    parts: dict[str, dict[str, ExampleFile]] = {"bad": {}, "good": {}, "both": {}}
    place = ("", 0, 0)
    for heading, text in _sections((HERE / "examples" / f"{code}.txt").read_text(encoding="utf-8")):
        parts[heading["part"]][heading["path"]] = ExampleFile(text, heading["written"] or "")
        if heading["line"]:
            place = (heading["path"], int(heading["line"]), int(heading["column"]))
    return Rule(code, severity, **parts, place=place)


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which amk lists them."""
    return tuple(rule(code) for code in RULES)


@cache
def background() -> Mapping[str, str]:
    """The small knowledge base in which the examples stand: texts by path."""
    folder = HERE / "background"
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.yaml")}


def _sections(text: str) -> list[tuple[re.Match[str], str]]:
    sections: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading:
            sections.append((heading, []))
        elif sections:
            sections[-1][1].append(line)
    return [(heading, "\n".join(lines).rstrip("\n") + "\n") for heading, lines in sections]
