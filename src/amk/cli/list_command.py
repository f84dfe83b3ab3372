"""`amk list`: what there is, filtered, sorted and in the format asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.cli import completing
from amk.cli.covering import cover
from amk.cli.filtering import (
    Form,
    Kinds,
    Purpose,
    Since,
    Status,
    Tag,
    Typed,
    Until,
    Where,
    filters_of,
    kinds_of,
    told_filters,
)
from amk.cli.opening import opened
from amk.cli.options import (
    AsOf,
    At,
    Data,
    Format,
    Json,
    Lang,
    MunicipalityName,
    Output,
    RegionName,
    Style,
    Today,
)
from amk.cli.progress import at_work
from amk.cli.showing import DATA, chosen_format, put, written, written_data
from amk.errors import Stop
from amk.nearest import nearest
from amk.query import narrowed, parse_condition
from amk.questions.facts import field_names, keys_of
from amk.questions.listing import Wish, document_of, find_listing, tell_listing
from amk.records import Collaboration, Municipality, Policy

Sort = Annotated[
    str | None,
    typer.Option("--sort", metavar="FIELD", help="-FIELD for backwards.", autocompletion=completing.fields),
]
Columns = Annotated[
    str | None,
    typer.Option("--columns", metavar="A,B", help="Only these fields.", autocompletion=completing.fields),
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", help="No more than N records.")]


USUAL = (Municipality, Collaboration, Policy)
"""The kinds that a bare `amk list` shows."""


def run(
    kinds: Kinds = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    status: Status = None,
    form: Form = None,
    purpose: Purpose = None,
    tag: Tag = None,
    since: Since = None,
    until: Until = None,
    where: Where = None,
    sort: Sort = None,
    columns: Columns = None,
    limit: Limit = None,
    as_of: AsOf = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
    style: Style = None,
) -> None:
    """What there is: municipalities, collaborations, policies and other records."""
    here = opened(data, as_of, today, lang, at)
    format = chosen_format(format, output, json, style=style)
    typed = Typed(region, municipality, status, form, purpose, tag, since, until)
    filters = filters_of(here, typed)
    wish = Wish(
        status=filters.status,
        where=tuple(parse_condition(text, field_names()) for text in where or ()),
        sort=_known_field(sort) if sort else None,
        limit=_positive(limit),
    )
    fields = [_known_field(column.strip()) for column in columns.split(",")] if columns else []
    with at_work("work.answering"):
        listing = find_listing(narrowed(here.base, filters), kinds_of(kinds, USUAL), here.day, wish)
    if format in DATA:
        keys = keys_of(kinds_of(kinds, USUAL))
        put(written_data([entry.facts for entry in listing.entries], format, keys, fields), output)
        return
    told = {**told_filters(here, filters), "where": ", ".join(where or ()) or None}
    tail = cover(here, told, len(listing.entries))
    title = here.base.manifest.title.in_language(here.say.language)
    document = document_of(here.titled(title), here.say, (*tell_listing(listing, here.say, fields), *tail))
    put(written(document, format, output, style), output)


def _known_field(text: str) -> str:
    first = text.removeprefix("-").split(".")[0]
    if first not in field_names():
        raise Stop("stop.no-field", found=first, nearest=nearest(first, field_names()))
    return text


def _positive(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise Stop("stop.no-limit")
    return limit
