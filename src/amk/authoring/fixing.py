"""Putting right what has one right answer: form, letters, dates and codes as people write them, waivers.

What could be meant in two ways stays as it is, and validation tells of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from amk.authoring.change import FieldChange, changed
from amk.authoring.input import value_of
from amk.checks import check
from amk.checks.validation import validation_of
from amk.checks.waivers import UNUSED
from amk.model.field_types import type_at
from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import folded
from amk.model.problems import RULES, Problem
from amk.model.records import KIND_IN, Manifest, Of, Part
from amk.storage.data_folder import MANIFEST, Tree
from amk.storage.loading import load
from amk.storage.yaml.canonical import canonical
from amk.storage.yaml.comments import pieces_of
from amk.storage.yaml.nodes import all_comments
from amk.storage.yaml.parser import parse_yaml
from amk.storage.yaml.tidying import CUT_OFF, doubts_in, tidied
from amk.values.dates import NotADate, parse_date
from amk.values.errors import UserError
from amk.values.frozen import frozen
from amk.values.parsed import FieldPath

AS_TYPED = ("DATE001", "FLD004", "CODE001")
"""The rules of which a person may have written the value in words."""

ROUNDS = 5
"""How often what was put right may show something else that can be."""


@frozen
class Fix:
    """What was put right: where, which phrase says it, and the values before and after."""

    path: str
    line: int
    phrase: str
    before: str = ""
    after: str = ""


@frozen
class Fixes:
    """What is put right, in the order of files and lines, and the texts that come of it."""

    told: tuple[Fix, ...]
    texts: Mapping[str, str]


def find_fixes(tree: Tree, today: date, only: Collection[str] = ()) -> Fixes:
    """Everything in a tree, or in the files named, that can be put right in one way only."""
    told: list[Fix] = []
    texts = dict(tree.texts)
    for _ in range(ROUNDS):
        found = [*_round(replace(tree, texts=texts), texts, today, only)]
        told += found
        if not found:
            break
    for path in texts:
        if not only or path in only:
            told += _in_form(path, texts)
    new = {path: text for path, text in texts.items() if text != tree.texts[path]}
    return Fixes(tuple(sorted(told, key=lambda fix: (fix.path, fix.line))), new)


def _round(tree: Tree, texts: dict[str, str], today: date, only: Collection[str]) -> Iterator[Fix]:
    """Put right what validation finds now; from the end of a file, so that places before it hold."""
    loaded = load(tree)
    found = validation_of(loaded, tree, check(loaded.base), today)
    for problem in reversed(found.problems):
        kind = _kind(problem.path)
        if kind is None or problem.path not in texts or (only and problem.path not in only):
            continue
        fix, wishes = _fixed(problem, texts[problem.path], kind, loaded.base)
        text = _granted(texts[problem.path], kind, wishes) if fix else None
        if fix and text:
            texts[problem.path] = text
            yield fix


def _kind(path: str) -> type[Part] | None:
    return Manifest if path == MANIFEST else KIND_IN.get(path.partition("/")[0])


def _fixed(
    problem: Problem, text: str, kind: type[Part], base: KnowledgeBase
) -> tuple[Fix | None, list[FieldChange]]:
    """What puts a problem right; nothing where more than one thing may be meant."""
    found, at = problem.values.get("found", ""), problem.field_path
    if problem.code == UNUSED and found in RULES:
        return Fix(problem.path, problem.line, "fix.waiver", found), [_without(text, at[:-1])]
    typed = _at(text, at)
    if problem.code in AS_TYPED and isinstance(typed, str) and not problem.at_key:
        meant = _meant(base, kind, at, typed)
        if meant:
            fix = Fix(problem.path, problem.line, "fix.value", typed, meant)
            return fix, [FieldChange(at, "=", meant)]
    return None, []


def _without(text: str, item: FieldPath) -> FieldChange:
    """The wish that takes an item away, and its list with it where it was the last."""
    alone = len(_at(text, item[:-1]) or ()) == 1
    return FieldChange(item[:-1] if alone else item, "=", "")


def _at(text: str, field_path: FieldPath) -> Any:
    """What stands at a place in a text; None where there is no such place."""
    found = parse_yaml(text).data
    for step in field_path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return None
    return found


def _meant(base: KnowledgeBase, kind: type[Part], field_path: FieldPath, typed: str) -> str:
    """The one value that somebody meant; nothing where there is none, or more than one."""
    field_type = type_at(kind, field_path)
    meant = value_of(base, field_type, typed)
    if meant == typed:
        return ""
    if isinstance(field_type, Of):
        labels = base.labels_of(field_type.vocabulary).items()
        called = [code for code, said in labels if folded(typed) in map(folded, (code, *said))]
        return meant if len(called) == 1 else ""
    return meant if field_type != "date" or _is_date(meant) else ""


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except NotADate:
        return False
    return True


def _granted(text: str, kind: type[Part], wishes: list[FieldChange]) -> str | None:
    """A text with wishes granted; None where it cannot be changed, or a comment would go."""
    try:
        after = changed(text, kind, wishes)
    except UserError:
        return None
    return after if _comments(after) == _comments(text) else None


def _comments(text: str) -> list[str]:
    return sorted(all_comments(pieces_of(text)))


def _in_form(path: str, texts: dict[str, str]) -> Iterator[Fix]:
    """Put a text in canonical form, as `amk fmt` does, and tell what was doubtful in it."""
    kind, text = _kind(path), texts[path]
    whole = tidied(text)
    formed = canonical(whole, kind) if kind else None
    if formed is None or formed == text:
        return
    texts[path] = formed
    for doubt in doubts_in(text):
        yield Fix(path, doubt.line, "fix.quoted" if doubt.code == CUT_OFF else "fix.letters", doubt.found)
    if formed != whole:
        yield Fix(path, _first_difference(whole, formed), "fix.form")


def _first_difference(before: str, after: str) -> int:
    pairs = enumerate(zip(before.split("\n"), after.split("\n"), strict=False), 1)
    return next((number for number, (one, other) in pairs if one != other), 1)
