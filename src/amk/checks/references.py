"""References lead to records, and codes to terms of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from amk.checks.reporting import problem_in
from amk.fields import marked
from amk.knowledge import KnowledgeBase
from amk.problems import Problem
from amk.records import AnyRecord, Collaboration, Of, To
from amk.yamltext import Path


def references_exist(base: KnowledgeBase) -> Iterator[Problem]:
    """A reference names a record, in the form that its field asks for.

    A record whose file is there and could not be read is told of by itself, and not once more
    by everything that refers to it.
    """
    for record in base.known.values():
        for way, text, mark in marked(record):
            if isinstance(mark, To):
                yield from _reference(base, record, way, text, mark)


def _reference(base: KnowledgeBase, record: AnyRecord, way: Path, text: str, mark: To) -> Iterator[Problem]:
    kind, slash, id = text.partition("/")
    ref = f"{mark.kinds[0]}/{text}" if mark.bare else text
    if bool(slash) == mark.bare or (slash and kind not in mark.kinds):
        expected = f"{mark.kinds[0]}-id" if mark.bare else " / ".join(f"{k}/…" for k in mark.kinds)
        near = (id or text) if mark.bare else _nearest_ref(base, text, mark)
        yield problem_in(base, record, "REF002", way, found=text, expected=expected, nearest=near)
    elif ref not in base.known and ref not in base.unread:
        near = _nearest_ref(base, text, mark)
        yield problem_in(base, record, "REF001", way, found=text, expected=mark.kinds[0], nearest=near)


def _nearest_ref(base: KnowledgeBase, text: str, mark: To) -> str:
    refs = [ref for ref in base.known if ref.partition("/")[0] in mark.kinds]
    known = [ref.partition("/")[2] for ref in refs] if mark.bare else refs
    wanted = text if mark.bare or "/" in text else f"{mark.kinds[0]}/{text}"
    return next(iter(get_close_matches(wanted, known, n=1, cutoff=0.6)), "")


def codes_exist(base: KnowledgeBase) -> Iterator[Problem]:
    """A code is listed in its vocabulary."""
    for record in base.known.values():
        for way, text, mark in marked(record):
            if isinstance(mark, Of) and not _is_listed(base, mark.vocabulary, text):
                codes = [code for vocabulary, code in base.concepts if vocabulary == mark.vocabulary]
                near = next(iter(get_close_matches(text, codes, n=1, cutoff=0.6)), "")
                values = {"found": text, "vocabulary": mark.vocabulary, "nearest": near}
                yield problem_in(base, record, "CODE001", way, known=", ".join(codes), **values)


def _is_listed(base: KnowledgeBase, vocabulary: str, code: str) -> bool:
    """Whether a vocabulary lists a code; one that could not be read may list any."""
    return (vocabulary, code) in base.concepts or f"vocabulary/{vocabulary}" in base.unread


def participants_name_one_party(base: KnowledgeBase) -> Iterator[Problem]:
    """A participant is one municipality, one region or one organisation."""
    for collaboration in base.known_of(Collaboration):
        for index, participant in enumerate(collaboration.participants):
            named = (participant.municipality, participant.region, participant.organisation)
            if sum(map(bool, named)) != 1:
                yield problem_in(base, collaboration, "FLD005", ("participants", index))
