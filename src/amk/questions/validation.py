"""Validation: whether the records are right, every problem at once with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from typing import Any
from unicodedata import combining, east_asian_width

from amk.checks import check
from amk.language import Say
from amk.load import load, placed
from amk.problems import Problem, in_order
from amk.steering import one_line
from amk.tree import Tree

LINE = 100
"""The widest piece of a source line that is shown, in columns."""

TOLD = 100
"""How many problems of one file are told as text; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The problems found, in the order of files and lines, and how many files were read."""

    problems: tuple[Problem, ...]
    files: int

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(problem.severity == "error" for problem in self.problems)


def find_problems(tree: Tree, only: Collection[str] = ()) -> Validation:
    """Every problem in a tree; told of some files only when some are named, checked against all."""
    loaded = load(tree)
    found = placed((*loaded.problems, *check(loaded.base)), tree)
    wanted = [problem for problem in found if not only or problem.path in only]
    files = len(only) or len(tree.texts) + len(tree.unreadable)
    return Validation(tuple(in_order(wanted)), files)


def problem_words(language: str) -> Say:
    """The phrases about problems, in one language."""
    return Say(language, import_module(f"amk.language.problems_{language}").PHRASES)


def message(problem: Problem, say: Say) -> str:
    """What is wrong, in one sentence."""
    values = {key: _clean(value) for key, value in problem.values.items()}
    return say.fill(problem.code, {**values, **_translated(problem, say)})


def hint(problem: Problem, say: Say) -> str:
    """What to do about it; the nearest name first where there is one."""
    near = problem.values.get("nearest", "")
    values = {key: _clean(value) for key, value in problem.values.items()}
    advice = say.fill(f"{problem.code}.hint", values)
    offers = near and not problem.code.startswith("FILE")
    return f"{say('nearest', nearest=_clean(near))} {advice}" if offers else advice


def data_validation(validation: Validation, say: Say, shown: Callable[[str], str]) -> list[dict[str, Any]]:
    """The problems as data, under the keys of `validate -f json`."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity,
            "path": shown(problem.path),
            "line": problem.line,
            "column": problem.column,
            "ref": problem.ref or None,
            "field": problem.field_told or None,
            "message": message(problem, say),
            "hint": hint(problem, say),
        }
        for problem in validation.problems
    ]


def tell_validation(validation: Validation, tree: Tree, say: Say, shown: Callable[[str], str]) -> str:
    """The problems as text: place, sentence, the line with a caret, what to do; and a summary."""
    told: list[str] = []
    for path, problems in groupby(validation.problems, key=lambda problem: problem.path):
        text = tree.texts.get(path)
        told.extend(_told_of(one_line(shown(path)), text.split("\n") if text else [], tuple(problems), say))
    return "\n".join((*told, _summary(validation, say))) + "\n"


def _told_of(path: str, lines: Sequence[str], problems: Sequence[Problem], say: Say) -> Iterator[str]:
    """The problems of one file, and how many more there are than anybody reads."""
    for problem in problems[:TOLD]:
        place = f"{path}:{problem.line}:{problem.column}"
        yield f"{place}: {say(problem.severity)} {problem.code} {message(problem, say)}"
        yield from _pointed_at(lines, problem)
        yield f"    → {hint(problem, say)}\n"
    more = len(problems) - TOLD
    if more > 0:
        phrase = "more.one" if more == 1 else "more.many"
        yield say.fill(phrase, {"path": path, "number": str(more)}) + "\n"


def _pointed_at(lines: Sequence[str], problem: Problem) -> Iterator[str]:
    """The line of a problem with a caret under its column, cut to what fits around it."""
    if not 0 < problem.line <= len(lines):
        return
    line = lines[problem.line - 1].rstrip("\r")
    index = min(problem.column - 1, len(line))
    start = max(0, index - LINE // 2) if len(line) > LINE else 0
    cut = one_line(line[start : start + LINE])
    piece = ("…" if start else "") + cut + ("…" if len(line) > start + LINE else "")
    before = ("…" if start else "") + cut[: index - start]
    yield f"    {piece}"
    yield f"    {' ' * sum(map(_columns, before))}^"


def _columns(character: str) -> int:
    """How many columns a character takes on a terminal."""
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _summary(validation: Validation, say: Say) -> str:
    files = say("files", count=validation.files)
    if not validation.problems:
        return say("fine", files=files)
    errors = sum(problem.severity == "error" for problem in validation.problems)
    return say(
        "summary",
        errors=say("errors", count=errors),
        warnings=say("warnings", count=len(validation.problems) - errors),
        found=len({problem.path for problem in validation.problems}),
        files=files,
    )


def _translated(problem: Problem, say: Say) -> dict[str, str]:
    """Words of the parser, of pydantic and of the system, in the reader's language where known."""
    found, expected = problem.values.get("found", ""), problem.values.get("expected", "")
    told = {}
    if problem.code == "YAML001":
        key = f"yaml.{found}" if say.knows(f"yaml.{found}") else "yaml.other"
        told["found"] = say(key, problem=_clean(found))
    elif say.knows(f"reason.{found}") and problem.code.startswith(("FILE", "YAML010")):
        told["found"] = say(f"reason.{found}")
    if problem.code == "FLD003":
        told["expected"] = say(f"expected.{expected}") if say.knows(f"expected.{expected}") else expected
    return told


def _clean(text: str) -> str:
    """A piece of data that fits a sentence and steers no terminal."""
    bare = one_line(text[:301])
    return bare if len(bare) <= 300 else f"{bare[:299]}…"
