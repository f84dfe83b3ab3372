"""Notes: policy that one speaks of stands in a record of its own, so that every count sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amk.model.knowledge_base import KnowledgeBase
from amk.model.names import names_of
from amk.model.policy_notes import sentences_on_policy
from amk.model.problems import Problem, problem_in
from amk.model.records import AnyRecord, Municipality, Policy


def policy_that_notes_speak_of_is_recorded(base: KnowledgeBase) -> Iterator[Problem]:
    """A municipality of whose policy a note speaks has a policy, or a finding that it has none."""
    speaking = tuple(base.known.speaking_of_policy())
    named = _by_name(base.known.of_kind(Municipality)) if speaking else {}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named))})(?!\w)")
    for record in speaking:
        for index, note in enumerate(record.notes):
            meant = (m for s in sentences_on_policy(note) for m in _meant(s, record, named, pattern))
            for municipality in {m.id: m for m in meant}.values():
                if _is_silent(base, municipality):
                    place = ("notes", index, "text")
                    yield problem_in(base, record, "NOTE001", place, found=municipality.name)


def _by_name(municipalities: Iterable[Municipality]) -> dict[str, Municipality]:
    """The municipalities by each name, the longest first: what is found is the whole name."""
    named = {name: m for m in municipalities for name in names_of(m) if name != m.id}
    return {name: named[name] for name in sorted(named, key=lambda name: (-len(name), name))}


def _meant(
    sentence: str, record: AnyRecord, named: dict[str, Municipality], pattern: re.Pattern[str]
) -> Iterable[Municipality]:
    """Of whom a sentence speaks: those whom it names, else the municipality that it stands with."""
    found = [named[name] for name in pattern.findall(sentence)] if named else []
    return found or ([record] if isinstance(record, Municipality) else [])


def _is_silent(base: KnowledgeBase, municipality: Municipality) -> bool:
    """Whether there is neither policy nor finding; what a predecessor had counts."""
    before = base.known.naming(municipality.ref, Municipality, "successors")
    policies = (base.known.naming(m.ref, Policy, "municipalities") for m in (municipality, *before))
    return not (municipality.no_policy_found or any(policies))
