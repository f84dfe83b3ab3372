"""The head of a card: what a record says in a word or two, each with its label."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amk.document.blocks import Link, Text
from amk.language import Phrases
from amk.model.knowledge_base import KnowledgeBase
from amk.model.policy_status import PolicyStatus, municipality_status_on, policy_status_on
from amk.model.records import (
    AnyRecord,
    Collaboration,
    Commitment,
    Figure,
    Fulfilment,
    Municipality,
    Organisation,
    Policy,
    Region,
    Source,
    Vocabulary,
)
from amk.model.validity import holds
from amk.questions.figures_and_commitments import answer_told, party_told, quantity_told
from amk.questions.records.card_ended import existence_told
from amk.questions.records.fields_told import fields_told
from amk.questions.wording import basis_told, noted, standing_told, who_told

FactRow = tuple[str, Text]


def rows_of_card(base: KnowledgeBase, record: AnyRecord, day: date, phrases: Phrases) -> Iterable[FactRow]:
    """The labelled values of a record of any kind."""
    match record:
        case Municipality():
            yield from _municipality_rows(base, record, day, phrases)
        case Region():
            yield from _region_rows(base, record, phrases)
        case Collaboration():
            yield from _collaboration_rows(base, record, day, phrases)
        case Policy():
            yield from _policy_rows(base, record, day, phrases)
        case Source():
            yield from _source_rows(base, record, phrases)
        case Organisation():
            yield phrases("field.type"), base.label("organisation-types", record.type, phrases.language)
            yield phrases("field.uri"), _link(record.uri)
        case Vocabulary():
            yield phrases("field.labels"), record.labels.in_language(phrases.language)
        case Commitment():
            yield phrases("card.by"), party_told(base, record.by, record.by_body, phrases)
            yield phrases("card.to"), party_told(base, record.to, record.to_body, phrases)
            yield from fields_told(base, record, phrases, ("by", "by_body", "to", "to_body"))
        case Figure():
            yield phrases("card.amount"), quantity_told(record, phrases)
            yield from fields_told(base, record, phrases, ("value", "at_least", "at_most", "approximate"))
        case _:
            yield from fields_told(base, record, phrases)
    if record.reviewed:
        yield phrases("field.reviewed"), phrases.date(record.reviewed)
    yield phrases("field.owner"), record.owner or ""
    yield phrases("field.tags"), ", ".join(record.tags)
    yield phrases("field.former_ids"), ", ".join(record.former_ids)


def _municipality_rows(
    base: KnowledgeBase, record: Municipality, day: date, phrases: Phrases
) -> Iterable[FactRow]:
    policy_status = municipality_status_on(base, record, day)
    there = holds(base, record, day) != "no"
    told = standing_told(policy_status, phrases) if there else existence_told(base, record, day, phrases)
    finding = (
        policy_status.finding.evidence if policy_status.status == "none" and policy_status.finding else ()
    )
    yield phrases("field.status"), noted(told, base, finding, phrases)
    yield phrases("field.official_name"), record.official_name or ""
    yield phrases("field.aliases"), ", ".join(record.aliases)
    yield phrases("field.code"), record.code or ""
    yield phrases("field.uri"), _link(record.uri)
    yield phrases("field.period"), phrases.date(record.period) if record.period else ""
    yield phrases("field.regions"), phrases.listing(region.name for region in base.regions_of(record.id))
    yield phrases("field.province"), base.name(f"region/{record.province}") if record.province else ""
    for successor in record.successors:
        name = base.name(f"municipality/{successor.municipality}")
        basis = f" ({basis_told(successor.legal_basis)})" if successor.legal_basis else ""
        yield phrases("field.successors"), f"{name}, {phrases.milestone(successor.date)}{basis}"
    before = base.predecessors_of(record.id)
    yield phrases("field.predecessors"), phrases.listing(municipality.name for municipality in before)


def _region_rows(base: KnowledgeBase, record: Region, phrases: Phrases) -> Iterable[FactRow]:
    yield phrases("field.type"), base.label("region-types", record.type, phrases.language)
    yield phrases("field.aliases"), ", ".join(record.aliases)
    yield phrases("field.uri"), _link(record.uri)
    yield phrases("field.period"), phrases.date(record.period) if record.period else ""
    yield phrases("field.part_of"), phrases.listing(base.name(f"region/{whole}") for whole in record.part_of)
    yield (
        phrases("field.outside_province"),
        phrases.listing(outside.name for outside in record.outside_province),
    )


def _collaboration_rows(
    base: KnowledgeBase, record: Collaboration, day: date, phrases: Phrases
) -> Iterable[FactRow]:
    language = phrases.language
    form = base.label("forms", record.form, language) if record.form else phrases("not-stated")
    yield phrases("field.form"), form
    yield phrases("field.level"), phrases(f"level.{record.level}")
    period = phrases.date(record.period) if record.period else phrases("date.start-unknown")
    quoted = f" ({phrases('quoted', words=record.date_text)})" if record.date_text else ""
    yield phrases("field.period"), period + quoted
    yield phrases("card.holds-on", day=phrases.day(day)), phrases(f"holds.{holds(base, record, day)}")
    yield phrases("field.purposes"), "; ".join(base.label("purposes", p, language) for p in record.purposes)
    yield phrases("field.framework"), record.framework.in_language(language) if record.framework else ""
    yield phrases("field.initiator"), base.name(record.initiator) if record.initiator else ""
    yield phrases("field.convenor"), base.name(record.convenor) if record.convenor else ""
    yield (
        phrases("field.regions"),
        phrases.listing(base.name(f"region/{region}") for region in record.regions),
    )


def _policy_rows(base: KnowledgeBase, record: Policy, day: date, phrases: Phrases) -> Iterable[FactRow]:
    policy_status = policy_status_on(base, record, day)
    yield phrases("field.status"), _status(policy_status, phrases)
    if policy_status.last_confirmed:
        yield phrases("field.last_confirmed"), phrases.milestone(policy_status.last_confirmed)
    yield phrases("field.whose"), who_told(base, record, phrases)
    yield (
        phrases("field.type"),
        base.label("policy-types", record.type, phrases.language) if record.type else "",
    )
    yield phrases("field.effect"), phrases(f"effect.{record.effect}")
    yield phrases("field.legal_basis"), record.legal_basis or ""
    yield phrases("field.expires"), phrases.milestone(record.expires) if record.expires else ""
    yield phrases("field.evaluate_by"), phrases.milestone(record.evaluate_by) if record.evaluate_by else ""
    for document in record.documents:
        told = " ".join(part for part in (document.title, document.id) if part)
        yield phrases("field.documents"), _link(document.url, told)


def _source_rows(base: KnowledgeBase, record: Source, phrases: Phrases) -> Iterable[FactRow]:
    yield phrases("field.type"), base.label("source-types", record.type, phrases.language)
    yield phrases("field.publisher"), record.publisher or ""
    yield phrases("field.date"), phrases.milestone(record.date) if record.date else phrases("unknown")
    yield phrases("field.number"), record.number or ""
    yield phrases("field.access"), phrases(f"access.{record.access}")
    yield phrases("field.url"), _link(record.url)
    yield phrases("field.annex_to"), base.name(f"source/{record.annex_to}") if record.annex_to else ""
    yield phrases("field.follows"), base.name(f"source/{record.follows}") if record.follows else ""
    yield phrases("field.about"), phrases.listing(base.name(ref) for ref in record.about)
    yield phrases("field.line_count"), str(record.line_count or "")


def answer_row(base: KnowledgeBase, record: Commitment, answer: Fulfilment, phrases: Phrases) -> Text:
    """With what a commitment was answered, when, and what that says."""
    remark = f". {answer.remark.in_language(phrases.language)}" if answer.remark else ""
    return noted(
        answer_told(base, answer, phrases) + remark, base, answer.evidence or record.evidence, phrases
    )


def _status(policy_status: PolicyStatus, phrases: Phrases) -> str:
    told = phrases.status(policy_status.status)
    return (
        phrases("status.maybe", status=told, maybe=phrases.status(policy_status.maybe))
        if policy_status.maybe
        else told
    )


def _link(address: str | None, words: str = "") -> Text:
    if not address:
        return words
    return (Link(words or address, address),)
