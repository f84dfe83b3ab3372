"""Whom to ask about a record, by function, for no record names a person; and where to look."""

from __future__ import annotations

from datetime import date

from amk.language import Phrases
from amk.model.fields import evidence_in
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import AnyRecord, Collaboration, Municipality, Policy, Source
from amk.questions.wording import who_told


def whom_to_ask(base: KnowledgeBase, record: AnyRecord, phrases: Phrases) -> str:
    """Who should know: whoever keeps the record, else a function at whose it is."""
    if record.owner:
        return record.owner
    match record:
        case Municipality():
            return phrases("whom.municipality", name=record.name)
        case Policy():
            return phrases("whom.municipality", name=who_told(base, record, phrases))
        case Collaboration(convenor=str(convenor)):
            return phrases("whom.convenor", name=base.name(convenor))
        case Collaboration():
            return phrases("whom.collaboration")
    return phrases("not-stated")


def where_to_look(base: KnowledgeBase, record: AnyRecord) -> Source | None:
    """The newest of the sources of a record that have an address; None where none has."""
    cited = {evidence.source for _, evidence in evidence_in(record)}
    found = [source for id in sorted(cited) if (source := base.source(id)) and source.url]
    return max(found, key=lambda source: source.date.earliest if source.date else date.min, default=None)
