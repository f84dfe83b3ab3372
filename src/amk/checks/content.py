"""Wording: no personal data, labels in every language, publications by their official ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from amk.language import WHOLE
from amk.model.fields import texts_in
from amk.model.problems import Problem, problem_at
from amk.model.records import (
    AnyRecord,
    Municipality,
    MunicipalitySuccessor,
    Part,
    Policy,
    Region,
    RegionSuccessor,
    Source,
    Vocabulary,
)
from amk.values.multilingual import Multilingual
from amk.values.parsed import FieldPath

CODES = frozenset({"code", "sha256", "uri"})
"""Fields whose digits are no telephone number."""

_WEB = re.compile(r"https?://\S+")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NUMBER = re.compile(
    r"(?<![\w-])(?:(?:\+|00)[1-9]|\(?0[1-9])\d{0,2}\)?"  # a country or an area, and then
    r"(?:[ -]?(?:\(0\))?\d{1,4}){2,5}(?![\w-])"  # groups of digits
)
_DIGITS_NATIONAL, _DIGITS_ABROAD = 10, range(10, 16)

_WORTH_A_LOOK = re.compile(r"@|\d(?:[ ()+-]{0,4}\d){8}")
"""What every address and every number has: a sign, or nine digits with little between them."""

_PUBLICATION = re.compile(r"\s*(cvdr|gmb|prb|stb|stcrt|wsb|bgr|trb|kst)[ ._-]*\d.*", re.I | re.S)
_CVDR = re.compile(r"CVDR[1-9]\d{0,8}(_\d{1,3})?")
_GAZETTE = re.compile(r"(gmb|prb|stb|stcrt|wsb|bgr|trb)-(19|20)\d\d-[1-9]\d{0,6}")
_PAPER = re.compile(r"kst-\d{4,6}(-[A-Z0-9]+)+")


def nobody_can_be_reached_here(record: AnyRecord, path: str) -> Iterator[Problem]:
    """No text holds an e-mail address or a telephone number."""
    # Hardly any record has one: all its texts are looked at in one go, since none runs over a line.
    if find_address("\n".join(_all_said(record))):
        for field_path, text in texts_in(record):
            address = find_address(text)
            if address and field_path[-1] not in CODES:
                yield problem_at(path, record, "PRIV001", field_path, found=address)


def _all_said(record: AnyRecord) -> list[str]:
    """Every text in a record, without the paths to them: this runs for every value of every record."""
    texts: list[str] = []
    waiting: list[Any] = [record]
    for value in waiting:
        kind: Any = type(value)
        if kind is str:
            texts.append(value)
        elif kind is tuple or kind is list:
            waiting.extend(value)
        elif kind is dict:
            waiting.extend(value.values())
        elif isinstance(value, (Part, Multilingual)):
            waiting.extend(filter(None, vars(value).values()))
    return texts


def find_address(text: str) -> str:
    """The e-mail address or telephone number in a text; nothing when there is none."""
    if not _WORTH_A_LOOK.search(text):
        return ""
    bare = _WEB.sub(" ", text)
    email = _EMAIL.search(bare) if "@" in bare else None
    numbers = (match.group().strip() for match in _NUMBER.finditer(bare))
    return email.group() if email else next((n for n in numbers if _can_be_called(n)), "")


def _can_be_called(number: str) -> bool:
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    abroad = number.startswith(("+", "00"))
    return len(digits) in _DIGITS_ABROAD if abroad else len(digits) == _DIGITS_NATIONAL


def labels_are_in_every_language(record: AnyRecord, path: str) -> Iterator[Problem]:
    """A term has a label in each language that amk tells things in."""
    for field_path, words in _labels_in(record) if isinstance(record, Vocabulary) else ():
        lacking = [language for language in WHOLE if language not in words.languages]
        if lacking:
            yield problem_at(
                path, record, "LANG001", field_path, found=str(words), lacking=", ".join(lacking)
            )


def _labels_in(vocabulary: Vocabulary) -> Iterator[tuple[FieldPath, Multilingual]]:
    yield ("labels",), vocabulary.labels
    yield from ((("concepts", index, "labels"), c.labels) for index, c in enumerate(vocabulary.concepts))


def publications_have_official_ids(record: AnyRecord, path: str) -> Iterator[Problem]:
    """An official publication is named by its id as the government's register writes it."""
    for field_path, text in _publications(record):
        if _PUBLICATION.fullmatch(text) and not is_publication_id(text):
            near = _as_publication_id(text)
            yield problem_at(path, record, "PUB001", field_path, found=text, nearest=near)


def is_publication_id(text: str) -> bool:
    """Whether a text is an id of an official publication: `CVDR711558`, `gmb-2023-563475`."""
    return any(form.fullmatch(text) for form in (_CVDR, _GAZETTE, _PAPER))


def _publications(record: object) -> Iterator[tuple[FieldPath, str]]:
    match record:
        case Policy():
            yield from ((("documents", i, "id"), d.id) for i, d in enumerate(record.documents) if d.id)
            yield from _given(("legal_basis",), record.legal_basis)
        case Source():
            yield from _given(("number",), record.number)
        case Municipality() | Region():
            events: tuple[MunicipalitySuccessor | RegionSuccessor, ...] = record.successors
            for index, event in enumerate(events):
                yield from _given(("successors", index, "legal_basis"), event.legal_basis)


def _given(field_path: FieldPath, text: str | None) -> Iterator[tuple[FieldPath, str]]:
    if text:
        yield field_path, text


def _as_publication_id(text: str) -> str:
    """The official id that was probably meant; nothing when that cannot be told."""
    parts = re.findall(r"[A-Za-z]+|\d+", text)
    meant = f"CVDR{parts[1]}" if parts[0].lower() == "cvdr" else "-".join([parts[0].lower(), *parts[1:]])
    return meant if is_publication_id(meant) else ""
