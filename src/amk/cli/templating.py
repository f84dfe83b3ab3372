"""What a template of one's own sees: answers as plain data; and how its text becomes a document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from amk.cli.opening import Opened
from amk.dates import NotADate, parse_date
from amk.document import Block, Heading
from amk.holding import as_of
from amk.owntext import parse_own_text
from amk.query import Filters, narrowed
from amk.questions.facts import facts_of
from amk.questions.gaps import Interest, find_gaps
from amk.questions.standing_out import find_standing_out
from amk.records import Collaboration, Municipality, Policy, Region, Source
from amk.templates import filled

KINDS = {
    "municipalities": Municipality,
    "regions": Region,
    "collaborations": Collaboration,
    "policies": Policy,
    "sources": Source,
}


def report_of_own(here: Opened, path: Path, filters: Filters) -> tuple[str, tuple[Block, ...]]:
    """The title and the blocks of a template; its first heading is the title."""
    text = filled(path, _values(here, filters), _filters(here))
    blocks = parse_own_text(text, level=2)
    if blocks and isinstance(blocks[0], Heading):
        return blocks[0].text, blocks[1:]
    return path.stem, blocks


def _values(here: Opened, filters: Filters) -> dict[str, Any]:
    """The names a template knows: records under the keys of `list -f json`, and what amk finds."""
    base = narrowed(as_of(here.base, here.day), filters)
    kinds: dict[str, Any] = dict(KINDS)
    records = {
        name: [dict(facts_of(base, record, here.day)) for record in base.all(kind)]
        for name, kind in kinds.items()
    }
    out = find_standing_out(here.base, here.day, filters.region, filters.municipality)
    inside = frozenset(m.id for m in base.municipalities)
    gaps = find_gaps(as_of(here.base, here.day), here.day, Interest(scopes=(inside,))).found
    return {
        **records,
        "gaps": [
            {
                "from": gap.giving.municipality.name,
                "to": gap.receiving.municipality.name,
                "km": gap.border.km,
                "lack": gap.lack,
                "shared": [meeting.collaboration.name for meeting in gap.meetings],
            }
            for gap in gaps
        ],
        "counts": {name: getattr(out, name) for name in out.__dataclass_fields__},
        "area": here.area(filters),
        "day": here.day.isoformat(),
        "subject": base.manifest.subject.in_language(here.say.language),
        "title": base.manifest.title.in_language(here.say.language),
    }


def _filters(here: Opened) -> dict[str, Callable[..., str]]:
    """How a template tells data: statuses, dates, labels of codes, names of ids, texts per language."""

    def date(text: object) -> str:
        try:
            return here.say.milestone(parse_date(str(text))) if text else ""
        except NotADate:
            return str(text)

    def status(code: object) -> str:
        key = f"status.{code}"
        return here.say(key) if here.say.knows(key) else str(code)

    def label(code: object, vocabulary: str) -> str:
        return here.base.label(vocabulary, str(code), here.say.language)

    def named(id: object, kind: str) -> str:
        return here.base.name(f"{kind}/{id}")

    def words(value: object) -> str:
        """A text in the language of the report, told once or per language."""
        if isinstance(value, dict):
            return str(value.get(here.say.language) or next(iter(value.values()), ""))
        return str(value or "")

    return {"date": date, "status": status, "label": label, "named": named, "words": words}
