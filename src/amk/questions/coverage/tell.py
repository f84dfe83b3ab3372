"""Coverage in words and in rows: shares per region, the silent, what is weak, what contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from amk.document.blocks import Block, Bullets, Heading, Paragraph, Table, Text
from amk.language import Phrases
from amk.model.fields import plain
from amk.questions.coverage.find import Coverage, KnownOf, Tally
from amk.questions.coverage.statements import Contradiction, Statement
from amk.questions.wording import said_told

MOST_NAMED = 3
"""How many records are named beside a count before the rest is counted."""


def tell_coverage(coverage: Coverage, phrases: Phrases, area: str) -> tuple[Block, ...]:
    """How much is known on a day."""
    opening = Paragraph(phrases("known.about", area=area, day=phrases.day(coverage.day)))
    if not coverage.tallies[0].places:
        return opening, Paragraph(phrases("known.no-places"))
    return (
        opening,
        *_policy(coverage, phrases),
        *_collaboration(coverage, phrases),
        *_silent(coverage, phrases),
        *_founded(coverage, phrases),
        *_contradictions(coverage, phrases),
        *_overdue(coverage, phrases),
    )


def _policy(coverage: Coverage, phrases: Phrases) -> Iterator[Block]:
    lost = coverage.tallies[0].unreadable
    names = ("region", "municipalities", "effective", "under-way", "none", "unknown")
    yield Heading(phrases("known.policy"))
    yield _shares(
        coverage,
        phrases,
        (*names, "unreadable") if lost else names,
        lambda t: (t.effective, t.under_way, t.none_found, t.unknown, *((t.unreadable,) if lost else ())),
    )
    unknown, searched = coverage.tallies[0].unknown, coverage.tallies[0].searched
    if searched:
        key = "known.searched.all" if searched == unknown else "known.searched"
        yield Paragraph(phrases(key, unknown=unknown, searched=searched))
    if coverage.tallies[0].maybe:
        yield Paragraph(phrases("known.maybe", number=coverage.tallies[0].maybe))


def _collaboration(coverage: Coverage, phrases: Phrases) -> Iterator[Block]:
    names = ("region", "municipalities", "named", "through-region", "in-none")
    yield Heading(phrases("known.collaboration"))
    yield _shares(coverage, phrases, names, lambda t: (t.named, t.through_region, t.in_none))
    whole = coverage.tallies[0]
    maybe = {"named": whole.named_maybe, "regional": whole.through_region_maybe}
    number = sum(maybe.values())
    if number:
        count = whole.named + whole.through_region
        yield Paragraph(phrases("known.collaboration.maybe", number=number, all=count, **maybe))


def _shares(
    coverage: Coverage, phrases: Phrases, names: Sequence[str], numbers: Callable[[Tally], Sequence[int]]
) -> Table:
    kind = "policy" if "effective" in names else "collaboration"
    rows = tuple(
        (_area(tally, phrases), str(len(tally.places)), *(_share(n, tally, phrases) for n in numbers(tally)))
        for tally in _areas(coverage)
    )
    return Table(tuple(phrases(f"known.{name}") for name in names), rows, phrases(f"known.{kind}.caption"))


def _areas(coverage: Coverage) -> tuple[Tally, ...]:
    """The regions, and then all together unless there is one region only."""
    whole, *regions = coverage.tallies
    return tuple(regions) if len(regions) == 1 else (*regions, whole)


def _area(tally: Tally, phrases: Phrases) -> str:
    return tally.region.name if tally.region else phrases("known.all")


def _share(number: int, tally: Tally, phrases: Phrases) -> str:
    if not number:
        return "0"
    return phrases("known.share", number=number, share=phrases.number(100 * number / len(tally.places)))


def _silent(coverage: Coverage, phrases: Phrases) -> Iterator[Block]:
    silent = coverage.silent
    yield Heading(phrases("known.silent", number=len(silent)))
    if not silent:
        yield Paragraph(phrases("known.silent.none"))
        return
    yield Paragraph(phrases("known.silent", count=len(silent)))
    yield Bullets(tuple(_silent_name(known, phrases) for known in silent))


def _silent_name(known: KnownOf, phrases: Phrases) -> Text:
    maybe = known.policy_status.maybe
    name = known.municipality.name
    return phrases("known.silent.maybe", name=name, status=phrases.status(maybe)) if maybe else name


def _founded(coverage: Coverage, phrases: Phrases) -> Iterator[Block]:
    yield Heading(phrases("known.founded"))
    yield Paragraph(phrases("known.founded.about", count=len(coverage.statements)))
    groups = (
        ("undated", coverage.undated),
        ("vaguely-dated", coverage.vaguely_dated),
        ("without-lines", coverage.without_lines),
        ("one-source", coverage.on_one_source),
    )
    yield Bullets(tuple(_group(name, found, phrases) for name, found in groups))


def _group(name: str, found: Sequence[Statement], phrases: Phrases) -> str:
    return phrases(f"known.{name}", number=len(found), where=_where(found, phrases))


def _where(found: Sequence[Statement], phrases: Phrases) -> str:
    names = list(dict.fromkeys(statement.record.name for statement in found))
    more = len(names) - MOST_NAMED
    if not names:
        return ""
    if more > 0:
        return phrases("known.where-more", names=", ".join(names[:MOST_NAMED]), more=more)
    return phrases("known.where", names=phrases.listing(names))


def _contradictions(coverage: Coverage, phrases: Phrases) -> Iterator[Block]:
    found = coverage.contradictions
    yield Heading(phrases("known.contradictions", number=len({c.point for c in found})))
    if found:
        yield _side_by_side(coverage, found, phrases)
    else:
        yield Paragraph(phrases("known.contradictions.none"))
    if coverage.completions:
        yield Heading(phrases("known.completions", number=len({c.point for c in coverage.completions})))
        yield _side_by_side(coverage, coverage.completions, phrases)


def _overdue(coverage: Coverage, phrases: Phrases) -> Iterator[Block]:
    dated = [(c.name, c.due) for c in coverage.overdue if c.due]
    if dated:
        items = (phrases("known.overdue.item", name=n, when=phrases.milestone(due)) for n, due in dated)
        yield Heading(phrases("known.overdue", number=len(dated)))
        yield Paragraph(phrases("known.overdue.about"))
        yield Bullets(tuple(items))


def _side_by_side(coverage: Coverage, found: Sequence[Contradiction], phrases: Phrases) -> Table:
    columns = tuple(phrases(f"known.{name}") for name in ("record", "field", "value", "says"))
    return Table(columns, tuple(_contradiction(coverage, c, phrases) for c in found))


def _contradiction(coverage: Coverage, found: Contradiction, phrases: Phrases) -> tuple[str, ...]:
    field = found.field.rpartition(".")[2]
    label = phrases(f"field.{field}") if phrases.knows(f"field.{field}") else field
    source = coverage.base.source(found.source)
    name = (source.short or source.title) if source else found.source
    told = phrases.fill(
        "known.said", {"value": said_told(coverage.base, found.says, phrases), "source": name}
    )
    return found.record.name, label, said_told(coverage.base, plain(found.value), phrases), told


KEYS = (
    "topic", "ref", "name", "municipalities", "effective", "under_way", "none", "unknown",
    "unknown_searched", "unknown_maybe",
    "in_collaboration", "in_collaboration_maybe", "through_region", "through_region_maybe",
    "in_no_collaboration", "status_maybe", "statements",
    "undated", "not_to_the_day", "without_lines", "one_source", "field", "value", "source", "says", "due",
)  # fmt: skip
"""The keys of all topics, in order."""


def rows_of(coverage: Coverage) -> list[dict[str, Any]]:
    """Coverage for machines: tallies, silent municipalities, statements and contradictions, by `topic`."""
    return [
        *(_tally_row(coverage, tally) for tally in coverage.tallies),
        *({"topic": "silent", "ref": k.municipality.ref, **_silent_row(k)} for k in coverage.silent),
        _statements_row(coverage),
        *(_contradiction_row(c) for c in coverage.contradictions),
        *({**_contradiction_row(c), "topic": "completion"} for c in coverage.completions),
        *({"topic": "overdue", "ref": c.ref, "name": c.name, "due": str(c.due)} for c in coverage.overdue),
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
        "unknown_searched": tally.searched,
        "unknown_maybe": tally.maybe,
        **({"unreadable": tally.unreadable} if coverage.tallies[0].unreadable else {}),
        "in_collaboration": tally.named,
        "in_collaboration_maybe": tally.named_maybe,
        "through_region": tally.through_region,
        "through_region_maybe": tally.through_region_maybe,
        "in_no_collaboration": tally.in_none,
    }


def _silent_row(known: KnownOf) -> dict[str, Any]:
    return {"name": known.municipality.name, "status_maybe": known.policy_status.maybe}


def _statements_row(coverage: Coverage) -> dict[str, Any]:
    groups = {
        "undated": coverage.undated,
        "not_to_the_day": coverage.vaguely_dated,
        "without_lines": coverage.without_lines,
        "one_source": coverage.on_one_source,
    }
    field_paths = {name: [f"{s.record.ref}#{s.field_path}" for s in found] for name, found in groups.items()}
    return {"topic": "statements", "statements": len(coverage.statements), **field_paths}


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
