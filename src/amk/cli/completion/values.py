"""Completing: the values that fit an argument or an option, for a shell whose user pressed Tab.

Each function takes what was typed so far and gives offers: a value, and a few words about it. Every
command imports this room with its options, so what an answer needs is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from amk.language import Phrases
    from amk.model.knowledge_base import KnowledgeBase
    from amk.model.records import AnyRecord

Offers = list[tuple[str, str]]

AWKWARD = frozenset("'\"\\$`!;&|<>")
"""What shells read as their own. A name that has one of these is found by its id."""


def records(ctx: typer.Context, incomplete: str) -> Offers:
    """Records of every kind: by id, by name, and as `kind/id` once a slash is typed."""
    known = list(_base(ctx).known.values())
    if "/" in incomplete:
        return [(record.ref, record.name) for record in known if record.ref.startswith(incomplete)]
    return _named(known, incomplete)


def regions(ctx: typer.Context, incomplete: str) -> Offers:
    """Regions, by id or name."""
    from amk.model.records import Region

    return _named(_base(ctx).known_of(Region), incomplete)


def municipalities(ctx: typer.Context, incomplete: str) -> Offers:
    """Municipalities, by id or name; those of the past too."""
    from amk.model.records import Municipality

    return _named(_base(ctx).known_of(Municipality), incomplete)


def statuses(ctx: typer.Context, incomplete: str) -> Offers:
    """The statuses that a policy or a municipality can have."""
    from amk.model.statuses import EFFECTIVE_POLICY, NONE, STATUSES, UNKNOWN

    phrases = _say(ctx)
    known = (status for status in (*STATUSES, EFFECTIVE_POLICY, NONE, UNKNOWN) if status != "continued")
    return _begun(((status, phrases.status(status)) for status in known), incomplete)


def forms(ctx: typer.Context, incomplete: str) -> Offers:
    """The forms of collaboration that the vocabulary lists."""
    return _codes(ctx, "forms", incomplete)


def purposes(ctx: typer.Context, incomplete: str) -> Offers:
    """The purposes of collaboration that the vocabulary lists."""
    return _codes(ctx, "purposes", incomplete)


def measures(ctx: typer.Context, incomplete: str) -> Offers:
    """The measures of figures that the vocabulary lists."""
    return _codes(ctx, "measures", incomplete)


def conditions(ctx: typer.Context, incomplete: str) -> Offers:
    """The conditions of a policy that the vocabulary lists."""
    return _codes(ctx, "conditions", incomplete)


def tags(ctx: typer.Context, incomplete: str) -> Offers:
    """The tags that some record has."""
    found = sorted({tag for record in _base(ctx).known.values() for tag in record.tags})
    return _begun(((tag, "") for tag in found), incomplete)


def kinds(ctx: typer.Context, incomplete: str) -> Offers:
    """The kinds of records, in the plural."""
    from amk.model.records import KINDS

    phrases = _say(ctx)
    return _begun(((kind.folder, phrases(f"kinds.{kind.kind}")) for kind in KINDS), incomplete)


def fields(incomplete: str) -> Offers:
    """The fields of records; after a comma the next one, after a minus too."""
    from amk.questions.records.facts import field_names

    before, comma, last = incomplete.rpartition(",")
    minus = "-" if last.startswith("-") else ""
    offers = ((f"{before}{comma}{minus}{name}", "") for name in sorted(field_names()))
    return _begun(offers, incomplete)


def rules(incomplete: str) -> Offers:
    """The codes of the rules that records are held to."""
    from amk.model.problems import RULES

    return _begun(((code, severity) for code, severity in sorted(RULES.items())), incomplete)


def formats(ctx: typer.Context, incomplete: str) -> Offers:
    """The formats that the command answers in."""
    return _begun(((name, "") for name in formats_of(ctx.info_name or "")), incomplete)


def languages(incomplete: str) -> Offers:
    """The languages that amk speaks."""
    from amk.language import LANGUAGES

    return _begun(((language, "") for language in LANGUAGES), incomplete)


def formats_of(command: str) -> tuple[str, ...]:
    """The formats a command answers in: those it reads to, or those that its module names as FORMATS."""
    from amk.cli import module_of

    module = module_of(command)
    return tuple(getattr(module.run, "formats", getattr(module, "FORMATS", ("text",))))


def _base(ctx: typer.Context) -> KnowledgeBase:
    """The knowledge base that the command line so far is about."""
    from amk.cache.data_folder import read_cached
    from amk.storage.data_folder import find_root

    named = ctx.params.get("data")
    return read_cached(find_root(Path(named) if named else None, Path.cwd())).loaded.base


def _say(ctx: typer.Context) -> Phrases:
    from amk.language import phrases_in

    return phrases_in(ctx.params.get("lang") or _base(ctx).manifest.language)


def _codes(ctx: typer.Context, vocabulary: str, incomplete: str) -> Offers:
    language = _say(ctx).language
    known = (c for (name, _), c in _base(ctx).concepts.items() if name == vocabulary)
    return _begun(((c.code, c.labels.in_language(language)) for c in known), incomplete)


def _begun(offers: Iterable[tuple[str, str]], incomplete: str) -> Offers:
    return [offer for offer in offers if offer[0].startswith(incomplete)]


def _named(known: Iterable[AnyRecord], incomplete: str) -> Offers:
    """Each record once: by its id, else by the first of its names that begins as typed."""
    found = {name: record.name for record in known for name in _first(record, incomplete)}
    return sorted(found.items())


def _first(record: AnyRecord, incomplete: str) -> Iterator[str]:
    """What was typed, completed to a name of the record. Names are matched without regard to case."""
    from amk.model.names import names_of

    for name in names_of(record):
        begins = name[: len(incomplete)].casefold() == incomplete.casefold()
        if begins and not AWKWARD & set(name):
            yield incomplete + name[len(incomplete) :]
            return
