"""Conditions on fields: `type=beleidskader`, `period>=2020`; a code goes by its label in any language."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from amk.language import LANGUAGES, phrases_in
from amk.model.field_labels import field_labelled
from amk.model.field_types import Choice, FieldType, ListOf, PartOf, type_below
from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import code_named, folded
from amk.model.records import AnyRecord, Of
from amk.model.statuses import NONE, STATUSES, UNKNOWN, UNREADABLE
from amk.values.dates import NotADate, parse_date
from amk.values.errors import UserError
from amk.values.frozen import frozen
from amk.values.suggestions import nearest

Codes = Mapping[str, Mapping[str, str]]
"""The codes that a field may hold, each with its label in every language."""

_CONDITION = re.compile(r"\s*([\w.-]+)\s*(!=|<=|>=|=|~|<|>)(.*)", re.DOTALL)
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@frozen
class FieldCondition:
    """A field, how to compare it, and with what; `codes` are those meant where the field holds codes."""

    field: str
    comparison: str
    value: str
    codes: frozenset[str] | None = None


def parse_condition(text: str, known: Collection[str]) -> FieldCondition:
    """Read `FIELD=VALUE`, or with `!=`, `~`, `<`, `<=`, `>`, `>=`.

    Raises UserError for other text and for a field that no record has.
    """
    match = _CONDITION.fullmatch(text)
    if not match:
        raise UserError("stop.no-filter", found=text)
    typed, comparison, value = match.groups()
    first, dot, rest = typed.partition(".")
    first = field_labelled(first, known)
    field = f"{first}{dot}{rest}"
    if first not in known:
        raise UserError("stop.no-field", found=first, nearest=nearest(first, known))
    return FieldCondition(field, comparison, value.strip())


def with_codes(
    condition: FieldCondition, base: KnowledgeBase, kinds: Iterable[type[AnyRecord]], language: str
) -> FieldCondition:
    """The condition with the codes that are meant where these kinds have codes in the field.

    A broader code means the narrower ones too. Raises UserError, with the nearest, for what is no code.
    """
    if condition.comparison not in ("=", "!=", "~") or not condition.value:
        return condition
    holders = [held for kind in kinds if (held := _type_of(kind, condition.field)) is not None]
    lists = [_codes_of(base, held, condition.field.rpartition(".")[2]) for held in holders]
    if not lists or not all(lists):
        return condition
    pairs = zip(holders, lists, strict=True)
    meant = [code for held, codes in pairs for code in _meant(base, held, codes, condition)]
    if not meant and condition.comparison != "~":
        known = {code: labels for codes in lists for code, labels in codes.items()}
        told = {code: labels.get(language, code) for code, labels in known.items()}
        near = code_named(condition.value, _words(known))[1]
        raise UserError(
            "stop.no-value",
            found=condition.value,
            field=condition.field,
            nearest=told.get(near, ""),
            known=", ".join(told.values()),
        )
    return replace(condition, codes=frozenset(meant))


def meets(values: Iterable[Any], condition: FieldCondition) -> bool:
    """Whether any of the values meets a condition; for `!=`, whether all differ."""
    if condition.codes is not None:
        found = any(value in condition.codes for value in values)
        return not found if condition.comparison == "!=" else found
    if condition.comparison == "!=":
        return not any(_same(value, condition.value) for value in values)
    if condition.comparison == "=":
        return any(_same(value, condition.value) for value in values)
    if condition.comparison == "~":
        return any(folded(condition.value) in folded(str(value)) for value in values)
    return any(_compares(value, condition) for value in values)


def _type_of(kind: type[AnyRecord], field: str) -> FieldType | None:
    """What a field of a kind holds, in whatever list; None where it has no such field of its own."""
    here: FieldType | None = PartOf(kind)
    for step in field.split("."):
        here = type_below(here, step)
        while isinstance(here, ListOf):
            here = here.items
    if field in ("status", "status_maybe") and here is None:
        return Choice((*STATUSES, NONE, UNKNOWN, UNREADABLE))
    return here


def _codes_of(base: KnowledgeBase, held: FieldType, field: str) -> Codes:
    """The codes that a field may hold; none where it holds no codes."""
    match held:
        case Of(vocabulary):
            concepts = (c for (name, _), c in base.concepts.items() if name == vocabulary)
            return {concept.code: dict(concept.labels.by_language) for concept in concepts}
        case Choice(words):
            said = {language: phrases_in(language).phrases for language in LANGUAGES}
            keys = {word: f"{field.removesuffix('_maybe')}.{word}" for word in words}
            return {
                word: {language: phrases[key] for language, phrases in said.items() if key in phrases}
                for word, key in keys.items()
            }
    return {}


def _words(codes: Codes) -> Mapping[str, tuple[str, ...]]:
    return {code: tuple(labels.values()) for code, labels in codes.items()}


def _meant(base: KnowledgeBase, held: FieldType, codes: Codes, condition: FieldCondition) -> Iterable[str]:
    """The codes that a condition names, and those that fall under them."""
    words = _words(codes)
    if condition.comparison == "~":
        wanted = folded(condition.value)
        return [c for c, labels in words.items() if any(wanted in folded(word) for word in (c, *labels))]
    code = code_named(condition.value, words)[0]
    if not code:
        return []
    return base.narrower(held.vocabulary, code) if isinstance(held, Of) else [code]


def _same(value: Any, wanted: str) -> bool:
    return folded(str(value).lower()) == folded(wanted) or str(value) == wanted


def _compares(value: Any, condition: FieldCondition) -> bool:
    pair = _as_dates(str(value), condition.value) or _as_numbers(str(value), condition.value)
    left, right = pair or (folded(str(value)), folded(condition.value))
    return _COMPARE[condition.comparison](left, right)


def _as_numbers(left: str, right: str) -> tuple[Any, Any] | None:
    try:
        return float(left), float(right)
    except ValueError:
        return None


def _as_dates(left: str, right: str) -> tuple[Any, Any] | None:
    if not (left[:4].isdigit() and right[:4].isdigit() and len(left) > 3 and len(right) > 3):
        return None
    try:
        return parse_date(left).earliest, parse_date(right).earliest
    except NotADate:
        return None
