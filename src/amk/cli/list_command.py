"""`amk list`: what there is, filtered, sorted and in the format asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from amk.cli.covering import cover
from amk.cli.opening import (
    Opened,
    a_date,
    named_municipality,
    named_region,
    opened,
)
from amk.cli.options import AsOf, Data, Format, Json, Lang, MunicipalityName, Output, RegionName, Today
from amk.cli.showing import DATA, chosen_format, put, written, written_data
from amk.errors import Stop
from amk.knowledge import folded
from amk.nearest import nearest
from amk.query import Filters, narrowed, parse_condition
from amk.questions.facts import field_names
from amk.questions.listing import Wish, document_of, find_listing, tell_listing
from amk.records import KINDS, AnyRecord, Collaboration, Municipality, Policy
from amk.status import NONE, STATUSES, UNKNOWN

Kinds = Annotated[
    list[str] | None, typer.Argument(metavar="[KIND]...", help="municipalities, collaborations, policies, …")
]
Status = Annotated[str | None, typer.Option("--status", help="Only with this status of policy.")]
Form = Annotated[str | None, typer.Option("--form", help="Only collaborations of this form.")]
Purpose = Annotated[str | None, typer.Option("--purpose", help="Only collaborations with this purpose.")]
Tag = Annotated[str | None, typer.Option("--tag", help="Only records with this tag.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only what reaches past this.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only what began by this.")]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="FIELD=VALUE", help="Also !=, ~, <, <=, >, >=; all must hold."),
]
Sort = Annotated[str | None, typer.Option("--sort", metavar="FIELD", help="-FIELD for backwards.")]
Columns = Annotated[str | None, typer.Option("--columns", metavar="A,B", help="Only these fields.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", help="No more than N records.")]


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
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
) -> None:
    """What there is: municipalities, collaborations, policies and other records."""
    here = opened(data, as_of, today, lang)
    format = chosen_format(format, output, json)
    filters = Filters(
        region=named_region(here, region),
        municipality=named_municipality(here, municipality),
        form=_code(here, "forms", form),
        purpose=_code(here, "purposes", purpose),
        tag=tag,
        since=a_date(since) if since else None,
        until=a_date(until) if until else None,
    )
    wish = Wish(
        status=_status(here, status),
        where=tuple(parse_condition(text, field_names()) for text in where or ()),
        sort=_known_field(sort) if sort else None,
        limit=_positive(limit),
    )
    fields = [_known_field(column.strip()) for column in columns.split(",")] if columns else []
    listing = find_listing(narrowed(here.base, filters), _kinds(kinds), here.day, wish)
    if format in DATA:
        put(written_data([entry.facts for entry in listing.entries], format, fields), output)
        return
    told = {**_told(here, filters), "status": here.say.status(wish.status) if wish.status else None}
    told["where"] = ", ".join(where or ()) or None
    tail = cover(here, told, len(listing.entries))
    title = here.base.manifest.title.in_language(here.say.language)
    document = document_of(title, here.say, (*tell_listing(listing, here.say, fields), *tail))
    put(written(document, format, output), output)


def _told(here: Opened, filters: Filters) -> dict[str, str | None]:
    base, language = here.base, here.say.language
    return {
        "region": base.name(f"region/{filters.region}") if filters.region else None,
        "municipality": base.name(f"municipality/{filters.municipality}") if filters.municipality else None,
        "form": base.label("forms", filters.form, language) if filters.form else None,
        "purpose": base.label("purposes", filters.purpose, language) if filters.purpose else None,
        "tag": filters.tag,
        "since": here.say.date(filters.since) if filters.since else None,
        "until": here.say.date(filters.until) if filters.until else None,
    }


def _kinds(asked: list[str] | None) -> tuple[type[AnyRecord], ...]:
    if not asked:
        return Municipality, Collaboration, Policy
    return tuple(dict.fromkeys(_kind(text) for text in asked))


def _kind(text: str) -> type[AnyRecord]:
    wanted = text.lower()
    for kind in KINDS:
        if wanted in (kind.kind, kind.folder):
            return kind
    known = [kind.folder for kind in KINDS]
    raise Stop("stop.no-kind", found=text, nearest=nearest(wanted, known), known=", ".join(known))


def _status(here: Opened, text: str | None) -> str | None:
    """A status by its code or by its label."""
    known = [status for status in (*STATUSES, NONE, UNKNOWN) if status != "continued"]
    by_word = {word: s for s in known for word in (folded(s), folded(here.say.status(s)))}
    if text is None or folded(text) in by_word:
        return by_word[folded(text)] if text else None
    near = by_word.get(nearest(folded(text), by_word), "")
    raise Stop("stop.no-status", found=text, nearest=near, known=", ".join(known))


def _code(here: Opened, vocabulary: str, text: str | None) -> str | None:
    """A code of a vocabulary, by the code or by its label."""
    if text is None:
        return None
    known = [c for (v, _), c in here.base.concepts.items() if v == vocabulary]
    by_word = {folded(w): c.code for c in known for w in (c.code, *(t for _, t in c.labels.by_language))}
    if folded(text) in by_word:
        return by_word[folded(text)]
    near = by_word.get(nearest(folded(text), by_word), "")
    codes = ", ".join(c.code for c in known)
    raise Stop("stop.no-code", found=text, vocabulary=vocabulary, nearest=near, known=codes)


def _known_field(text: str) -> str:
    first = text.removeprefix("-").split(".")[0]
    if first not in field_names():
        raise Stop("stop.no-field", found=first, nearest=nearest(first, field_names()))
    return text


def _positive(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        raise Stop("stop.no-limit")
    return limit
