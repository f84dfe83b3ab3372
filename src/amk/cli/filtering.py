"""The filters that `list` and `timeline` share: their options, what was typed, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from amk.cli import completing
from amk.cli.opening import Opened, a_code, a_date, named_municipality, named_region
from amk.errors import Stop
from amk.knowledge import folded
from amk.language import LANGUAGES, say_in
from amk.nearest import nearest
from amk.query import Filters
from amk.records import KINDS, AnyRecord
from amk.status import NONE, STATUSES, UNKNOWN
from amk.values import Value

Kinds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KIND]...",
        help="municipalities, collaborations, policies, …",
        autocompletion=completing.kinds,
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="Only with this status of policy.",
        autocompletion=completing.statuses,
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--form", metavar="FORM", help="Only collaborations of this form.", autocompletion=completing.forms
    ),
]
Purpose = Annotated[
    str | None,
    typer.Option(
        "--purpose",
        metavar="PURPOSE",
        help="Only collaborations with this purpose.",
        autocompletion=completing.purposes,
    ),
]
Tag = Annotated[
    str | None,
    typer.Option("--tag", metavar="TAG", help="Only records with this tag.", autocompletion=completing.tags),
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only what reaches past this.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only what began by this.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="FIELD=VALUE",
        help="Also !=, ~, <, <=, >, >=; all must hold.",
        autocompletion=completing.fields,
    ),
]


@dataclass(frozen=True, eq=False, repr=False)
class Typed(Value):
    """The filters as a user typed them."""

    region: str | None = None
    municipality: str | None = None
    status: str | None = None
    form: str | None = None
    purpose: str | None = None
    tag: str | None = None
    since: str | None = None
    until: str | None = None


def filters_of(here: Opened, typed: Typed) -> Filters:
    """What was typed as filters. Raises Stop, with the nearest names, for what there is not."""
    return Filters(
        region=named_region(here, typed.region),
        municipality=named_municipality(here, typed.municipality),
        form=a_code(here, "forms", typed.form),
        purpose=a_code(here, "purposes", typed.purpose),
        tag=typed.tag,
        since=a_date(typed.since) if typed.since else None,
        until=a_date(typed.until) if typed.until else None,
        status=_status(here, typed.status),
    )


def told_filters(here: Opened, filters: Filters) -> dict[str, str | None]:
    """The filters in words, for the statement of coverage."""
    base, language = here.base, here.say.language
    return {
        "region": base.name(f"region/{filters.region}") if filters.region else None,
        "municipality": base.name(f"municipality/{filters.municipality}") if filters.municipality else None,
        "form": base.label("forms", filters.form, language) if filters.form else None,
        "purpose": base.label("purposes", filters.purpose, language) if filters.purpose else None,
        "tag": filters.tag,
        "since": here.say.date(filters.since) if filters.since else None,
        "until": here.say.date(filters.until) if filters.until else None,
        "status": here.say.status(filters.status) if filters.status else None,
    }


def kinds_of(asked: list[str] | None, usual: tuple[type[AnyRecord], ...]) -> tuple[type[AnyRecord], ...]:
    """The kinds that were asked for, each once; the usual ones when none was."""
    return tuple(dict.fromkeys(_kind(text) for text in asked)) if asked else usual


def _kind(text: str) -> type[AnyRecord]:
    wanted = text.lower()
    for kind in KINDS:
        if wanted in (kind.kind, kind.folder):
            return kind
    called = {folded(word): kind for kind in KINDS for word in _called(kind)}
    if folded(text) in called:
        return called[folded(text)]
    known = [kind.folder for kind in KINDS]
    near = nearest(wanted, known) or getattr(called.get(nearest(folded(text), called)), "folder", "")
    raise Stop("stop.no-kind", found=text, nearest=near, known=", ".join(known))


def _called(kind: type[AnyRecord]) -> Iterator[str]:
    """What a kind is called, one of it and several, in every language."""
    for say in map(say_in, LANGUAGES):
        yield from (say(f"kind.{kind.kind}"), say(f"kinds.{kind.kind}"))


def _status(here: Opened, text: str | None) -> str | None:
    """A status by its code or by its label."""
    known = [status for status in (*STATUSES, NONE, UNKNOWN) if status != "continued"]
    by_word = {word: s for s in known for word in (folded(s), folded(here.say.status(s)))}
    if text is None or folded(text) in by_word:
        return by_word[folded(text)] if text else None
    near = by_word.get(nearest(folded(text), by_word), "")
    raise Stop("stop.no-status", found=text, nearest=near, known=", ".join(known))
