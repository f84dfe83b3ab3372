"""Why a text is no YAML: the line that is wrong, which is often not the line at which a parser gives up.

A cause is believed where the text can be read further once that line is put right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from amk.storage.yaml.events import events_of
from amk.values.lookalikes import LOOKALIKE, as_meant, code_of
from amk.values.parsed import Fault

LONGEST = 20_000
"""The longest text, in characters, that is looked at again and again."""

LONGEST_LINE = 1_000
"""The longest line that is put right."""

LONGEST_TOLD = 60
"""How many characters of a side of a conflict are told."""

MOST = 8
"""How many causes of one text are told."""

ABOVE = 5
"""How many lines above the one at which the parser gave up are looked at."""

_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7}|={7})(?: |$)")
_BREAK = re.compile("[\u0085\u2028\u2029]")
_KEY = r"\s*(?:- +)*(?:[^\s:#'\"][^:#]*:[ \t]+)?"
_QUOTED = re.compile(rf"({_KEY})(['\"])(.+)$")
_RESERVED = re.compile(rf"({_KEY})([@`%*&!|>,?\-]|[\[{{][^\]}}]*[\]}}]\s*(?=[^\s#]))(.*)$")
_NO_SPACE = re.compile(r"(\s*(?:- +)*[A-Za-z_][\w-]*:)(?!//)([^\s:].*)$")
_NO_SPACE_ITEM = re.compile(r"(\s*(?:- +)*-)([^\s-].*)$")
_COLON = re.compile(r"(\s*(?:- +)*[\w-]+:\s+)(?!['\"])(\S.*?:(?:\s.*|))$")


@dataclass(frozen=True, slots=True)
class _Repair:
    """A line put right, and what was wrong with it; columns count from 1."""

    code: str
    column: int
    found: str
    line: str


def causes_of(text: str) -> tuple[Fault, ...]:
    """Every cause that can be told why a text cannot be read, the last one as the parser tells it."""
    lines = text.split("\n")
    conflicts = [(n, m.group(1)) for n, line in enumerate(lines, 1) if (m := _CONFLICT.match(line))]
    if conflicts:
        begun = [n for n, mark in conflicts if mark == "<" * 7] or [conflicts[0][0]]
        return tuple(Fault("YAML011", n, 1, (), _both_sides(lines[n - 1 :])) for n in begun[:MOST])
    return tuple(_each(lines)) if len(text) <= LONGEST else _as_parsed(text)


def _both_sides(lines: list[str]) -> str:
    """What the two sides of a conflict say, each by its first line; the mark where it does not end."""
    sides: list[list[str]] = []
    for line in lines:
        mark = _CONFLICT.match(line)
        if mark and mark.group(1)[0] == ">" and len(sides) > 1:
            return " ≠ ".join(map(_in_short, (sides[0], sides[-1])))
        if mark:
            sides.append([])
        else:
            sides[-1].append(line.strip())
    return lines[0].split()[0]


def _in_short(side: list[str]) -> str:
    """The first line of a side, cut off where it is long or not the only one."""
    first = side[0] if side else "–"
    return f"{first[:LONGEST_TOLD].rstrip()} …" if len(side) > 1 or len(first) > LONGEST_TOLD else first


def _as_parsed(text: str) -> tuple[Fault, ...]:
    failure = _failure(text)
    return (failure[0],) if failure else ()


def _each(lines: list[str]) -> Iterator[Fault]:
    for _ in range(MOST):
        failure = _failure("\n".join(lines))
        if failure is None:
            return
        fault, near = failure
        cause = next(_believed(lines, fault, near), None) if fault.code == "YAML001" else None
        if cause is None:
            yield fault
            return
        number, repair = cause
        lines = [*lines[: number - 1], repair.line, *lines[number:]]
        yield Fault(repair.code, number, repair.column, (), repair.found)


def _failure(text: str) -> tuple[Fault, int] | None:
    """Where and why the parser gives up, and the line at which it began what it could not finish."""
    try:
        for _ in events_of(text):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        begun = error.context_mark.line + 1 if error.context_mark else line
        problem = str(error.problem or "")
        # Newer parsers refuse deep nesting before we see it.
        deep = "nesting depth" in problem
        return Fault("YAML004" if deep else "YAML001", line, column, (), "" if deep else problem), begun
    except yaml.YAMLError as error:
        return Fault("YAML001", 1, 1, (), str(error)), 1
    return None


def _believed(lines: list[str], fault: Fault, begun: int) -> Iterator[tuple[int, _Repair]]:
    """The repairs with which the text can be read further, the likeliest first."""
    failed = fault.line
    above = range(failed - 1, max(failed - ABOVE - 1, 0), -1)
    broken = (n for n, line in enumerate(lines, 1) if _BREAK.search(line))  # a parser counts these as lines
    for number in dict.fromkeys((*broken, begun, failed, *above)):
        if not 0 < number <= len(lines) or len(lines[number - 1]) > LONGEST_LINE:
            continue
        for repair in _repairs(lines[number - 1]):
            after = _failure("\n".join((*lines[: number - 1], repair.line, *lines[number:])))
            if after is None or (after[0].line, after[0].column) > (failed, fault.column):
                yield number, repair


def _repairs(line: str) -> Iterator[_Repair]:
    """What may be wrong with a line, each with the line put right."""
    odd = LOOKALIKE.search(line)
    if odd:
        yield _Repair("YAML015", odd.start() + 1, code_of(odd.group()), as_meant(line))
    if "\t" in line:
        yield _Repair("YAML001", line.index("\t") + 1, "tab", line.replace("\t", "  "))
    line = line.rstrip()
    if match := _QUOTED.match(line):
        begin, mark, rest = match.groups()
        inside = rest[:-1] if rest.endswith(mark) else rest
        at = len(begin) + 2 + (inside.index(mark) if mark in inside else -1)
        yield _Repair("YAML012", at, mark, begin + _quoted(inside))
    for pattern in (_NO_SPACE, _NO_SPACE_ITEM):
        if match := pattern.match(line):
            begin, rest = match.groups()
            yield _Repair("YAML014", len(begin) + 1, begin.split()[-1], f"{begin} {rest}")
    if match := _RESERVED.match(line):
        begin, mark, rest = match.groups()
        yield _Repair("YAML013", len(begin) + 1, mark[0], begin + _quoted(mark + rest))
    if match := _COLON.match(line):
        begin, rest = match.groups()
        at = len(begin) + rest.index(":") + 1
        yield _Repair("YAML001", at, "mapping values are not allowed in this context", begin + _quoted(rest))


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
