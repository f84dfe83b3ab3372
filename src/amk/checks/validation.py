"""Validation: whether the records are right, every problem at once with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any
from unicodedata import combining, east_asian_width, name

from amk.checks import check
from amk.checks.baseline import tell_apart
from amk.checks.incomplete import check_incomplete
from amk.checks.waivers import Waived, waive
from amk.document.blocks import Block, Document, Paragraph, Table
from amk.language import LANGUAGES, Phrases, phrases_of
from amk.model.problems import Problem, in_order
from amk.model.records import Manifest
from amk.storage.data_folder import MANIFEST, Tree
from amk.storage.loaded import LoadResult
from amk.storage.loading import load, placed
from amk.values.control_characters import one_line
from amk.values.lookalikes import like_of

LINE = 100
"""The widest piece of a source line that is shown, in columns."""

TOLD = 100
"""How many problems of one file are told as text; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Validation:
    """The problems found, in the order of files and lines, and how many files were read.

    `waivers` counts what was waived, by rule and reason. `earlier` are those that were there before a change,
    where only what it caused is asked for.
    """

    problems: tuple[Problem, ...]
    files: int
    waived: int = 0
    waivers: Mapping[tuple[str, str], int] = field(default_factory=dict)
    earlier: tuple[Problem, ...] | None = None

    def failed(self, strict: bool = False) -> bool:
        """Whether there is an error among the problems; when strict, whether there is any."""
        return any(strict or problem.severity == "error" for problem in self.problems)


def find_problems(tree: Tree, today: date, only: Collection[str] = ()) -> Validation:
    """Every problem in a tree that is not waived; told of some files only when some are named."""
    return told_of(_validation(_waived(tree, today), tree), only)


def validation_of(loaded: LoadResult, tree: Tree, found: Iterable[Problem], today: date) -> Validation:
    """The same for a tree that is loaded, and of which it is known what the rules found."""
    return _validation(_waived_of(loaded, tree, found, today), tree)


def told_of(validation: Validation, only: Collection[str]) -> Validation:
    """A validation as it is told of some files only, when some are named."""
    if not only:
        return validation
    problems = tuple(problem for problem in validation.problems if problem.path in only)
    return replace(validation, problems=problems, files=len(only))


def _validation(waived: Waived, tree: Tree) -> Validation:
    found = tuple(in_order(placed(waived.problems, tree)))
    return Validation(found, len(tree.texts) + len(tree.unreadable), waived.count, waived.waived)


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
    then = _waived(before, today)
    return caused_since(then.problems, then.waived, found, renamed)


def caused_since(
    problems: Iterable[Problem],
    waivers: Mapping[tuple[str, str], int],
    found: Validation,
    renamed: Mapping[str, str],
) -> Validation:
    """What was found now apart from what was found before: its problems, and what it waives besides."""
    caused, there = tell_apart(problems, found.problems, renamed)
    besides = Counter(found.waivers) - Counter(waivers)
    return replace(found, problems=caused, waivers=besides, earlier=there)


def _waived(tree: Tree, today: date) -> Waived:
    loaded = load(tree)
    return _waived_of(loaded, tree, check(loaded.base), today)


def _waived_of(loaded: LoadResult, tree: Tree, found: Iterable[Problem], today: date) -> Waived:
    told = found if not loaded.base.incomplete else check_incomplete(loaded.base, tree.texts, found)
    return waive(loaded.base, (*loaded.problems, *told), today)


def problem_words(language: str) -> Phrases:
    """The phrases about problems, in one language."""
    return Phrases(language, phrases_of("problems", language))


def message(problem: Problem, phrases: Phrases) -> str:
    """What is wrong, in one sentence."""
    values = {key: _clean(value) for key, value in problem.values.items()}
    return phrases.fill(problem.code, {**values, **_translated(problem, phrases)})


def hint(problem: Problem, phrases: Phrases) -> str:
    """What to do about it; the nearest name first where there is one."""
    near = problem.values.get("nearest", "")
    values = {key: _clean(value) for key, value in problem.values.items()}
    advice = phrases.fill(f"{problem.code}.hint", values)
    offers = near and not problem.code.startswith("FILE")
    return f"{phrases('problem.nearest', nearest=_clean(near))} {advice}" if offers else advice


def data_validation(
    validation: Validation, phrases: Phrases, shown: Callable[[str], str]
) -> list[dict[str, Any]]:
    """The problems as data, under the keys of `validate -f json`.

    `caused` is there where a change was asked about: whether it caused the problem.
    """
    rows = [_row(problem, phrases, shown) for problem in validation.problems]
    if validation.earlier is None:
        return rows
    earlier = [_row(problem, phrases, shown) for problem in validation.earlier]
    return [{**row, "caused": True} for row in rows] + [{**row, "caused": False} for row in earlier]


def _row(problem: Problem, phrases: Phrases, shown: Callable[[str], str]) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "path": shown(problem.path),
        "line": problem.line,
        "column": problem.column,
        "ref": problem.ref or None,
        "field": problem.field_told or None,
        "message": message(problem, phrases),
        "hint": hint(problem, phrases),
    }


def tell_validation(validation: Validation, tree: Tree, phrases: Phrases, shown: Callable[[str], str]) -> str:
    """The problems as text: place, sentence, the line with a caret, what to do; and a summary."""
    told: list[str] = []
    for path, problems in groupby(validation.problems, key=lambda problem: problem.path):
        text = tree.texts.get(path)
        told.extend(_told_of(text.split("\n") if text else [], tuple(problems), phrases, shown))
    if validation.earlier:
        told.append(phrases("earlier", count=len(validation.earlier)))
        told += [f"    {_headline(problem, phrases, shown)}" for problem in validation.earlier]
        told.append("")
    return "\n".join((*told, _summary(validation, phrases))) + "\n"


def _told_of(
    lines: Sequence[str], problems: Sequence[Problem], phrases: Phrases, shown: Callable[[str], str]
) -> Iterator[str]:
    """The problems of one file, and how many more there are than anybody reads."""
    for problem in problems[:TOLD]:
        yield _headline(problem, phrases, shown)
        yield from _pointed_at(lines, problem)
        yield f"    → {hint(problem, phrases)}\n"
    more = len(problems) - TOLD
    if more > 0:
        phrase = "more.one" if more == 1 else "more.many"
        path = one_line(shown(problems[0].path))
        yield phrases.fill(phrase, {"path": path, "number": str(more)}) + "\n"


def tell_summary(validation: Validation, phrases: Phrases, shown: Callable[[str], str]) -> Document:
    """The problems as a table, for the summary of a run; what a change did not cause after it."""
    columns = (phrases("severity"), phrases("code"), phrases("place"), phrases("what"), phrases("hint"))
    found = sorted(validation.problems, key=lambda p: p.severity)
    blocks: list[Block] = [Paragraph(_summary(validation, phrases))]
    if found:
        blocks.append(Table(columns, tuple(_summarised(problem, phrases, shown) for problem in found)))
    if validation.earlier:
        blocks.append(Paragraph(phrases("earlier", count=len(validation.earlier))))
        blocks.append(Table(columns, tuple(_summarised(p, phrases, shown) for p in validation.earlier)))
    return Document("amk validate", phrases.language, tuple(blocks))


def _summarised(problem: Problem, phrases: Phrases, shown: Callable[[str], str]) -> tuple[str, ...]:
    place = f"{one_line(shown(problem.path))}:{problem.line}:{problem.column}"
    return phrases(problem.severity), problem.code, place, message(problem, phrases), hint(problem, phrases)


def _headline(problem: Problem, phrases: Phrases, shown: Callable[[str], str]) -> str:
    place = f"{one_line(shown(problem.path))}:{problem.line}:{problem.column}"
    return f"{place}: {phrases(problem.severity)} {problem.code} {message(problem, phrases)}"


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


def _summary(validation: Validation, phrases: Phrases) -> str:
    files = phrases("files", count=validation.files)
    waived = "".join(_waivers(validation, phrases))
    if not validation.problems:
        return phrases("fine", files=files) + waived
    errors = sum(problem.severity == "error" for problem in validation.problems)
    told = phrases(
        "summary",
        errors=phrases("errors", count=errors),
        warnings=phrases("warnings", count=len(validation.problems) - errors),
        found=len({problem.path for problem in validation.problems}),
        files=files,
    )
    return told + waived


def _waivers(validation: Validation, phrases: Phrases) -> Iterator[str]:
    """How much was waived, and by which reasons: nobody lifts a rule unseen."""
    if validation.waived:
        yield f" {phrases('waived', count=validation.waived)}"
    for (code, reason), count in sorted(validation.waivers.items()):
        yield "\n" + phrases("waived.why", count=count, code=code, reason=_clean(reason))


def _translated(problem: Problem, phrases: Phrases) -> dict[str, str]:
    """Words of the parser, of pydantic and of the system, in the reader's language where known."""
    found, expected = problem.values.get("found", ""), problem.values.get("expected", "")
    told = {}
    if problem.code == "YAML001":
        key = f"yaml.{found}" if phrases.knows(f"yaml.{found}") else "yaml.other"
        told["found"] = phrases(key, problem=_clean(found))
    elif problem.code == "YAML015":
        character = chr(int(found[2:], 16))
        known = phrases.knows(f"character.{found}")
        told["name"] = phrases(f"character.{found}") if known else name(character, "?").lower()
        told["like"] = phrases(f"like.{like_of(character)}")
    elif phrases.knows(f"reason.{found}") and problem.code.startswith(("FILE", "YAML010")):
        told["found"] = phrases(f"reason.{found}")
    if problem.code == "FLD003":
        told["expected"] = (
            phrases(f"expected.{expected}") if phrases.knows(f"expected.{expected}") else expected
        )
    return told


def _clean(text: str) -> str:
    """A piece of data that fits a sentence and steers no terminal."""
    bare = one_line(text[:301])
    return bare if len(bare) <= 300 else f"{bare[:299]}…"
