"""`amk network`: who works with whom, drawn or told, and what connects regions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from amk.cli.asking import on_the_day
from amk.cli.covering import cover
from amk.cli.opening import Opened, named_municipality, named_region, opened
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
from amk.cli.showing import DOCUMENTS, PAPER, chosen_format, put, written
from amk.document import Block, Document
from amk.formats.data import write_object
from amk.query import Filters, narrowed
from amk.questions.network import Network, find_network, find_statistics, graph_of
from amk.questions.network_drawn import draw_network
from amk.questions.network_told import data_network, data_statistics, tell_network, tell_statistics

FORMATS = (*DOCUMENTS, "svg", "json", "dot", "graphml")

WithStatistics = Annotated[
    bool, typer.Option("--statistics", help="Bridges, who connects regions, who is alone, what overlaps.")
]


def run(
    statistics: WithStatistics = False,
    region: RegionName = None,
    municipality: MunicipalityName = None,
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
    """Who works with whom on a day: municipalities by region, collaborations, and what connects them."""
    format = chosen_format(format, output, json, FORMATS, style=style)
    whole = opened(data, None, as_of or today, lang, at)
    here = on_the_day(replace(whole, say=whole.say.also("network")), as_of is not None)
    filters = Filters(named_region(here, region), named_municipality(here, municipality))
    with at_work("work.answering"):
        network = find_network(narrowed(here.base, filters), here.day)
    put(_shown(here, network, filters, format, statistics, output, style), output)


def _shown(
    here: Opened,
    network: Network,
    filters: Filters,
    format: str,
    statistics: bool,
    output: str | None,
    style: Path | None,
) -> str | bytes:
    if format in ("dot", "graphml"):
        from amk.formats.graphs import write_dot, write_graphml

        return (write_dot if format == "dot" else write_graphml)(graph_of(network))
    found = find_statistics(network) if statistics else None
    if format == "json":
        return write_object(data_statistics(found) if found else data_network(network))
    say = here.say
    subject = here.base.manifest.subject.in_language(say.language)
    title = here.titled(say("network.title", subject=subject, area=here.area(filters)))
    caption = title if format == "svg" else say("network.drawn", day=say.day(here.day))
    drawn: tuple[Block, ...] = (
        (draw_network(network, say, caption),) if format in ("html", "svg", *PAPER) else ()
    )
    told = tell_statistics(network, found, say) if found else tell_network(network, say)
    tail = cover(here, here.told(filters), len(network.collaborations))
    document = Document(title, say.language, (*drawn, *told, *tail), say("notes"))
    return written(document, format, output, style)
