"""`amk compare`: the policies of municipalities side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from amk.cli import completing
from amk.cli.asking import on_the_day
from amk.cli.covering import cover
from amk.cli.opening import Opened, named, named_region, opened
from amk.cli.options import AsOf, At, Data, Format, Json, Lang, Output, RegionName, Style, Today
from amk.cli.progress import at_work
from amk.cli.showing import DOCUMENTS, chosen_format, put, written
from amk.document import Document
from amk.errors import Stop
from amk.formats.data import write_json
from amk.query import in_region
from amk.questions.compare import find_comparison
from amk.questions.compare_told import rows_of, tell_comparison
from amk.records import Municipality

FORMATS = (*DOCUMENTS, "json")

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[MUNICIPALITY]...", help="Two or more.", autocompletion=completing.municipalities
    ),
]


def run(
    names: Names = None,
    region: RegionName = None,
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
    """The policies of municipalities side by side: status, type, conditions, places; differences marked."""
    format = chosen_format(format, output, json, FORMATS, style=style)
    whole = opened(data, None, as_of or today, lang, at)
    here = on_the_day(replace(whole, say=whole.say.also("compare")), as_of is not None)
    region_id = named_region(whole, region)
    with at_work("work.answering"):
        found = find_comparison(here.base, _chosen(here, names or (), region_id), here.day)
    if format == "json":
        put(write_json(rows_of(found)), output)
        return
    say = here.say
    filters = {"region": here.base.name(f"region/{region_id}") if region_id else None}
    subject = here.base.manifest.subject.in_language(say.language)
    title = here.titled(say("compare.title", subject=subject))
    tail = cover(here, filters, len(found.municipalities))
    document = Document(title, say.language, (*tell_comparison(found, say), *tail), say("notes"))
    put(written(document, format, output, style), output)


def _chosen(here: Opened, names: list[str] | tuple[str, ...], region: str | None) -> list[Municipality]:
    """The municipalities named and those of the region, each once. Raises Stop for fewer than two."""
    found = {r.id: r for name in names for r in [named(here, name, (Municipality,), "stop.no-municipality")]}
    if region:
        member = in_region(here.base, region)
        found |= {m.id: m for m in here.base.municipalities if member(m)}
    chosen = [record for record in found.values() if isinstance(record, Municipality)]
    if len(chosen) < 2:
        raise Stop("stop.compare-two")
    return chosen
