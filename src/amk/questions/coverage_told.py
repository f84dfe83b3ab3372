"""Coverage in words and in rows: shares per region, the silent, what is weak, what contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from amk.dates import NotADate, parse_date
from amk.document import Block, Bullets, Heading, Paragraph, Table, Text
from amk.fields import plain
from amk.language import Say
from amk.questions.coverage import Coverage, Known, Tally
from amk.questions.statements import Contradiction, Statement
from amk.questions.telling import said_told

MOST_NAMED = 3
"""How many records are named beside a count before the rest is counted."""


def tell_coverage(coverage: Coverage, say: Say, area: str) -> tuple[Block, ...]:
    """How much is known on a day."""
    opening = Paragraph(say("known.about", area=area, day=say.day(coverage.day)))
    if not coverage.tallies[0].places:
        return opening, Paragraph(say("known.no-places"))
    return (
        opening,
        *_policy(coverage, say),
        *_collaboration(coverage, say),
        *_silent(coverage, say),
        *_founded(coverage, say),
        *_contradictions(coverage, say),
    )


def _policy(coverage: Coverage, say: Say) -> Iterator[Block]:
    names = ("region", "municipalities", "effective", "under-way", "none", "unknown")
    yield Heading(say("known.policy"))
    yield _shares(coverage, say, names, lambda t: (t.effective, t.under_way, t.none_found, t.unknown))


def _collaboration(coverage: Coverage, say: Say) -> Iterator[Block]:
    names = ("region", "municipalities", "named", "through-region", "in-none")
    yield Heading(say("known.collaboration"))
    yield _shares(coverage, say, names, lambda t: (t.named, t.through_region, t.in_none))


def _shares(
    coverage: Coverage, say: Say, names: Sequence[str], numbers: Callable[[Tally], Sequence[int]]
) -> Table:
    kind = "policy" if "effective" in names else "collaboration"
    rows = tuple(
        (_area(tally, say), str(len(tally.places)), *(_share(n, tally, say) for n in numbers(tally)))
        for tally in _areas(coverage)
    )
    return Table(tuple(say(f"known.{name}") for name in names), rows, say(f"known.{kind}.caption"))


def _areas(coverage: Coverage) -> tuple[Tally, ...]:
    """The regions, and then all together unless there is one region only."""
    whole, *regions = coverage.tallies
    return tuple(regions) if len(regions) == 1 else (*regions, whole)


def _area(tally: Tally, say: Say) -> str:
    return tally.region.name if tally.region else say("known.all")


def _share(number: int, tally: Tally, say: Say) -> str:
    if not number:
        return "0"
    return say("known.share", number=number, share=say.number(100 * number / len(tally.places)))


def _silent(coverage: Coverage, say: Say) -> Iterator[Block]:
    silent = coverage.silent
    yield Heading(say("known.silent", number=len(silent)))
    if not silent:
        yield Paragraph(say("known.silent.none"))
        return
    yield Paragraph(say("known.silent", count=len(silent)))
    yield Bullets(tuple(_silent_name(known, say) for known in silent))


def _silent_name(known: Known, say: Say) -> Text:
    maybe = known.standing.maybe
    name = known.municipality.name
    return say("known.silent.maybe", name=name, status=say.status(maybe)) if maybe else name


def _founded(coverage: Coverage, say: Say) -> Iterator[Block]:
    yield Heading(say("known.founded"))
    yield Paragraph(say("known.founded.about", count=len(coverage.statements)))
    groups = (
        ("undated", coverage.undated),
        ("vaguely-dated", coverage.vaguely_dated),
        ("without-lines", coverage.without_lines),
        ("one-source", coverage.on_one_source),
    )
    yield Bullets(tuple(_group(name, found, say) for name, found in groups))


def _group(name: str, found: Sequence[Statement], say: Say) -> str:
    return say(f"known.{name}", number=len(found), where=_where(found, say))


def _where(found: Sequence[Statement], say: Say) -> str:
    names = list(dict.fromkeys(statement.record.name for statement in found))
    more = len(names) - MOST_NAMED
    if not names:
        return ""
    if more > 0:
        return say("known.where-more", names=", ".join(names[:MOST_NAMED]), more=more)
    return say("known.where", names=say.listing(names))


def _contradictions(coverage: Coverage, say: Say) -> Iterator[Block]:
    found = coverage.contradictions
    yield Heading(say("known.contradictions", number=len(found)))
    if not found:
        yield Paragraph(say("known.contradictions.none"))
        return
    columns = tuple(say(f"known.{name}") for name in ("record", "field", "value", "says"))
    yield Table(columns, tuple(_contradiction(coverage, c, say) for c in found))


def _contradiction(coverage: Coverage, found: Contradiction, say: Say) -> tuple[str, ...]:
    field = found.field.rpartition(".")[2]
    label = say(f"field.{field}") if say.knows(f"field.{field}") else field
    source = coverage.base.source(found.source)
    name = (source.short or source.title) if source else found.source
    told = say.fill("known.said", {"value": _value(coverage, found.says, say), "source": name})
    return found.record.name, label, _value(coverage, plain(found.value), say), told


def _value(coverage: Coverage, value: Any, say: Say) -> str:
    """A value in words; a date as people write it."""
    if isinstance(value, str) and value[:4].strip("/.").isdigit():
        try:
            return say.date(parse_date(value))
        except NotADate:
            return value
    return said_told(coverage.base, value, say)


KEYS = (
    "topic", "ref", "name", "municipalities", "effective", "under_way", "none", "unknown",
    "in_collaboration", "through_region", "in_no_collaboration", "status_maybe", "statements",
    "undated", "not_to_the_day", "without_lines", "one_source", "field", "value", "source", "says",
)  # fmt: skip
"""The keys of all topics, in order."""


def rows_of(coverage: Coverage) -> list[dict[str, Any]]:
    """Coverage for machines: tallies, silent municipalities, statements and contradictions, by `topic`."""
    return [
        *(_tally_row(coverage, tally) for tally in coverage.tallies),
        *({"topic": "silent", "ref": k.municipality.ref, **_silent_row(k)} for k in coverage.silent),
        _statements_row(coverage),
        *(_contradiction_row(c) for c in coverage.contradictions),
    ]


def _tally_row(coverage: Coverage, tally: Tally) -> dict[str, Any]:
    return {
        "topic": "tally",
        "ref": tally.region.ref if tally.region else None,
        "name": tally.region.name if tally.region else None,
        "municipalities": len(tally.places),
        "effective": tally.effective,
        "under_way": tally.under_way,
        "none": tally.none_found,
        "unknown": tally.unknown,
        "in_collaboration": tally.named,
        "through_region": tally.through_region,
        "in_no_collaboration": tally.in_none,
    }


def _silent_row(known: Known) -> dict[str, Any]:
    return {"name": known.municipality.name, "status_maybe": known.standing.maybe}


def _statements_row(coverage: Coverage) -> dict[str, Any]:
    groups = {
        "undated": coverage.undated,
        "not_to_the_day": coverage.vaguely_dated,
        "without_lines": coverage.without_lines,
        "one_source": coverage.on_one_source,
    }
    ways = {name: [f"{s.record.ref}#{s.way}" for s in found] for name, found in groups.items()}
    return {"topic": "statements", "statements": len(coverage.statements), **ways}


def _contradiction_row(found: Contradiction) -> dict[str, Any]:
    return {
        "topic": "contradiction",
        "ref": found.record.ref,
        "name": found.record.name,
        "field": found.field,
        "value": plain(found.value),
        "source": found.source,
        "says": found.says,
    }
