"""References lead to records, and codes to terms of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from amk.model.fields import codes_in, references_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import folded
from amk.model.problems import Problem, by_its_cause, problem_at, problem_in
from amk.model.records import AnyRecord, Collaboration, To
from amk.values.parsed import FieldPath
from amk.values.suggestions import SUGGESTED, nearest


def references_exist(base: KnowledgeBase) -> Iterator[Problem]:
    """A reference names a record, in the form that its field asks for.

    A record whose file is there and could not be read is told of by itself, and not once more
    by everything that refers to it.
    """
    for record in base.records.naming_unknown():
        wrong = (found for found in references_in(record) if not _leads_somewhere(base, *found[1:]))
        for index, (field_path, text, mark) in enumerate(wrong):
            yield by_its_cause(_reference(base, record, field_path, text, mark, suggest=index < SUGGESTED))


def _leads_somewhere(base: KnowledgeBase, text: str, mark: To) -> bool:
    ref = mark.ref_of(text)
    return ref is not None and (ref in base.known or ref in base.unread)


def _reference(
    base: KnowledgeBase, record: AnyRecord, field_path: FieldPath, text: str, mark: To, suggest: bool
) -> Problem:
    current = _renamed(base, text, mark)
    if current:
        return problem_in(base, record, "REF003", field_path, found=text, current=current)
    near = _nearest_ref(base, text, mark) if suggest else ""
    if mark.ref_of(text) is not None:
        return problem_in(
            base, record, "REF001", field_path, found=text, expected=mark.kinds[0], nearest=near
        )
    expected = f"{mark.kinds[0]}-id" if mark.bare else " / ".join(f"{kind}/…" for kind in mark.kinds)
    if mark.bare:
        near = text.partition("/")[2] or text
    return problem_in(base, record, "REF002", field_path, found=text, expected=expected, nearest=near)


def _renamed(base: KnowledgeBase, text: str, mark: To) -> str:
    """What a reference to a former id leads to, as the field writes it; empty where it is to none."""
    kind, _, id = (mark.ref_of(text) or "").partition("/")
    had_it = (r for r in base.known.called(folded(id)) if id in r.former_ids and r.kind == kind)
    return next((r.id if mark.bare else r.ref for r in had_it), "")


def _nearest_ref(base: KnowledgeBase, text: str, mark: To) -> str:
    """The reference that was meant: the one most like it."""
    refs = [ref for ref in base.known if ref.partition("/")[0] in mark.kinds]
    known = [ref.partition("/")[2] for ref in refs] if mark.bare else refs
    wanted = text if mark.bare or "/" in text else f"{mark.kinds[0]}/{text}"
    return nearest(wanted, known)


def codes_exist(base: KnowledgeBase) -> Iterator[Problem]:
    """A code is listed in its vocabulary."""
    codes: dict[str, list[str]] = {}
    for vocabulary, code in base.concepts:
        codes.setdefault(vocabulary, []).append(code)
    told = {vocabulary: ", ".join(known) for vocabulary, known in codes.items()}
    for record in base.records.values():
        wrong = (found for found in codes_in(record) if not _is_listed(base, found[2].vocabulary, found[1]))
        for index, (field_path, text, mark) in enumerate(wrong):
            known = codes.get(mark.vocabulary, []) if index < SUGGESTED else []
            values = {"found": text, "vocabulary": mark.vocabulary, "nearest": nearest(text, known)}
            listed = told.get(mark.vocabulary, "")
            yield by_its_cause(problem_in(base, record, "CODE001", field_path, known=listed, **values))


def _is_listed(base: KnowledgeBase, vocabulary: str, code: str) -> bool:
    """Whether a vocabulary lists a code; one that could not be read may list any."""
    return (vocabulary, code) in base.concepts or f"vocabulary/{vocabulary}" in base.unread


def participants_name_one_party(record: AnyRecord, path: str) -> Iterator[Problem]:
    """A participant is one municipality, one region or one organisation."""
    for index, participant in enumerate(record.participants if isinstance(record, Collaboration) else ()):
        named = (participant.municipality, participant.region, participant.organisation)
        if sum(map(bool, named)) != 1:
            yield problem_at(path, record, "FLD005", ("participants", index))
