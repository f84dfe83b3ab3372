"""Validation: whether the records are right, every problem at once with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any
from unicodedata import combining, east_asian_width

from amk.causing import tell_apart
from amk.checks import check
from amk.document import Block, Document, Paragraph, Table
from amk.language import LANGUAGES, Say, phrases_of
from amk.load import load, placed
from amk.loaded import Loaded
from amk.problems import Problem, in_order
from amk.records import Manifest
from amk.steering import one_line
from amk.tree import MANIFEST, Tree
from amk.waiving import Waived, waive

LINE = 100
"""The widest piece of a source line that is shown, in columns."""

TOLD = 100
"""How many problems of one file are told as text; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The problems found, in the order of files and lines, and how many files were read.

    `earlier` are those that were there before a change, where only what it caused is asked for.
    """

    problems: tuple[Problem, ...]
    files: int
    waived: int = 0
    earlier: tuple[Problem, ...] | None = None

    def failed(self, strict: bool = False) -> bool:
        """Whether there is an error among the problems; when strict, whether there is any."""
        return any(strict or problem.severity == "error" for problem in self.problems)


def find_problems(tree: Tree, today: date, only: Collection[str] = ()) -> Validation:
    """Every problem in a tree that is not waived; told of some files only when some are named."""
    return told_of(_validation(_waived(tree, today), tree), only)


def validation_of(loaded: Loaded, tree: Tree, found: Iterable[Problem], today: date) -> Validation:
    """The same for a tree that is loaded, and of which it is known what the rules found."""
    return _validation(waive(loaded.base, (*loaded.problems, *found), today), tree)


def told_of(validation: Validation, only: Collection[str]) -> Validation:
    """A validation as it is told of some files only, when some are named."""
    if not only:
        return validation
    problems = tuple(problem for problem in validation.problems if problem.path in only)
    return replace(validation, problems=problems, files=len(only))


def _validation(waived: Waived, tree: Tree) -> Validation:
    found = tuple(in_order(placed(waived.problems, tree)))
    return Validation(found, len(tree.texts) + len(tree.unreadable), waived.count)


def language_of(tree: Tree) -> str:
    """The language that a knowledge base says it is in; Dutch where it says nothing readable."""
    return spoken(load(Tree(tree.root, {MANIFEST: tree.texts.get(MANIFEST, "")})).base.manifest)


def spoken(manifest: Manifest) -> str:
    """The language that a manifest names; Dutch where amk does not speak it."""
    return manifest.language if manifest.language in LANGUAGES else "nl"


def find_caused(
    before: Tree, after: Tree, today: date, renamed: Mapping[str, str], only: Collection[str] = ()
) -> Validation:
    """The problems that came with a change from one tree to another, and those of before it."""
    found = find_problems(after, today, only)
    caused, there = tell_apart(_waived(before, today).problems, found.problems, renamed)
    return replace(found, problems=caused, earlier=there)


def _waived(tree: Tree, today: date) -> Waived:
    loaded = load(tree)
    return waive(loaded.base, (*loaded.problems, *check(loaded.base)), today)


def problem_words(language: str) -> Say:
    """The phrases about problems, in one language."""
    return Say(language, phrases_of("problems", language))


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
    return f"{say('problem.nearest', nearest=_clean(near))} {advice}" if offers else advice


def data_validation(validation: Validation, say: Say, shown: Callable[[str], str]) -> list[dict[str, Any]]:
    """The problems as data, under the keys of `validate -f json`.

    `caused` is there where a change was asked about: whether it caused the problem.
    """
    rows = [_row(problem, say, shown) for problem in validation.problems]
    if validation.earlier is None:
        return rows
    earlier = [_row(problem, say, shown) for problem in validation.earlier]
    return [{**row, "caused": True} for row in rows] + [{**row, "caused": False} for row in earlier]


def _row(problem: Problem, say: Say, shown: Callable[[str], str]) -> dict[str, Any]:
    return {
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


def tell_validation(validation: Validation, tree: Tree, say: Say, shown: Callable[[str], str]) -> str:
    """The problems as text: place, sentence, the line with a caret, what to do; and a summary."""
    told: list[str] = []
    for path, problems in groupby(validation.problems, key=lambda problem: problem.path):
        text = tree.texts.get(path)
        told.extend(_told_of(text.split("\n") if text else [], tuple(problems), say, shown))
    if validation.earlier:
        told.append(say("earlier", count=len(validation.earlier)))
        told += [f"    {_headline(problem, say, shown)}" for problem in validation.earlier]
        told.append("")
    return "\n".join((*told, _summary(validation, say))) + "\n"


def _told_of(
    lines: Sequence[str], problems: Sequence[Problem], say: Say, shown: Callable[[str], str]
) -> Iterator[str]:
    """The problems of one file, and how many more there are than anybody reads."""
    for problem in problems[:TOLD]:
        yield _headline(problem, say, shown)
        yield from _pointed_at(lines, problem)
        yield f"    → {hint(problem, say)}\n"
    more = len(problems) - TOLD
    if more > 0:
        phrase = "more.one" if more == 1 else "more.many"
        path = one_line(shown(problems[0].path))
        yield say.fill(phrase, {"path": path, "number": str(more)}) + "\n"


def tell_summary(validation: Validation, say: Say, shown: Callable[[str], str]) -> Document:
    """The problems as a table, for the summary of a run; what a change did not cause after it."""
    columns = (say("severity"), say("code"), say("place"), say("what"), say("hint"))
    found = sorted(validation.problems, key=lambda p: p.severity)
    blocks: list[Block] = [Paragraph(_summary(validation, say))]
    if found:
        blocks.append(Table(columns, tuple(_summarised(problem, say, shown) for problem in found)))
    if validation.earlier:
        blocks.append(Paragraph(say("earlier", count=len(validation.earlier))))
        blocks.append(Table(columns, tuple(_summarised(p, say, shown) for p in validation.earlier)))
    return Document("amk validate", say.language, tuple(blocks))


def _summarised(problem: Problem, say: Say, shown: Callable[[str], str]) -> tuple[str, ...]:
    place = f"{one_line(shown(problem.path))}:{problem.line}:{problem.column}"
    return say(problem.severity), problem.code, place, message(problem, say), hint(problem, say)


def _headline(problem: Problem, say: Say, shown: Callable[[str], str]) -> str:
    place = f"{one_line(shown(problem.path))}:{problem.line}:{problem.column}"
    return f"{place}: {say(problem.severity)} {problem.code} {message(problem, say)}"


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
    waived = f" {say('waived', count=validation.waived)}" if validation.waived else ""
    if not validation.problems:
        return say("fine", files=files) + waived
    errors = sum(problem.severity == "error" for problem in validation.problems)
    told = say(
        "summary",
        errors=say("errors", count=errors),
        warnings=say("warnings", count=len(validation.problems) - errors),
        found=len({problem.path for problem in validation.problems}),
        files=files,
    )
    return told + waived


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
