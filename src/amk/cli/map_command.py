"""`amk map`: the tile map of a day, or of two days side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, get_args

import typer

from amk.cli.asking import on_the_day
from amk.cli.covering import cover
from amk.cli.opening import Opened, a_code, a_day, named_region, opened
from amk.cli.options import AsOf, At, Data, Format, Json, Lang, Output, RegionName, Style, Today
from amk.cli.showing import DATA, DOCUMENTS, chosen_format, put, written, written_data
from amk.document import Block, Document, Paragraph
from amk.errors import Stop
from amk.holding import as_of as narrowed_to
from amk.nearest import nearest
from amk.query import in_region
from amk.questions.bars_drawn import draw_bars, tell_bars
from amk.questions.map import MANNERS, By, Map, find_map
from amk.questions.map_drawn import draw_maps
from amk.questions.map_told import KEYS, rows_of, tell_maps

FORMATS = (*DOCUMENTS, "svg", *DATA)


def _manners(incomplete: str) -> list[str]:
    return [manner for manner in MANNERS if manner.startswith(incomplete)]


ByWhat = Annotated[
    str,
    typer.Option("--by", metavar="WHAT", help="status, collaborations or age.", autocompletion=_manners),
]
Compare = Annotated[
    tuple[str, str] | None, typer.Option("--compare", metavar="DATE DATE", help="Two days side by side.")
]
Bars = Annotated[bool, typer.Option("--bars", help="Bars per region instead of the map.")]
Division = Annotated[
    str | None, typer.Option("--division", metavar="TYPE", help="The type of region whose outline is drawn.")
]


def run(
    by: ByWhat = "status",
    compare: Compare = None,
    bars: Bars = False,
    region: RegionName = None,
    division: Division = None,
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
    """The tile map: each municipality by status, by collaborations, or by the age of what is known."""
    format = chosen_format(format, output, json, FORMATS, style=style)
    manner = _manner(by)
    whole = opened(data, None, as_of or today, lang, at)
    whole = replace(whole, say=whole.say.also("map"))
    here = on_the_day(whole, as_of is not None)
    region_id = named_region(here, region)
    kind = a_code(here, "region-types", division)
    days = [a_day(text) for text in compare] if compare else [here.day]
    maps = [_map(replace(whole, day=day), manner, region_id, kind) for day in days]
    if format in DATA:
        put(written_data([row for each in maps for row in rows_of(each)], format, KEYS), output)
        return
    say = here.say
    filters = {"region": here.base.name(f"region/{region_id}") if region_id else None}
    subject = here.base.manifest.subject.in_language(say.language)
    title = say(f"map.title.{manner}", subject=subject)
    tail = cover(here, filters, len(maps[0].shown))
    blocks = _blocks(here, maps, title, format, bars)
    put(written(Document(here.titled(title), say.language, (*blocks, *tail)), format, output, style), output)


def _blocks(here: Opened, maps: Sequence[Map], title: str, format: str, bars: bool) -> tuple[Block, ...]:
    if format != "svg" and not any(each.shown for each in maps):
        return (Paragraph(here.say("list.empty")),)
    return _bars(here, maps, title, format) if bars else _maps(here, maps, title, format)


def _maps(here: Opened, maps: Sequence[Map], title: str, format: str) -> tuple[Block, ...]:
    """The maps in one drawing, and what they show; a drawing that stands alone has its title on it."""
    say = here.say
    if len(maps) > 1:
        headings = [say.day(each.day) for each in maps]
        return draw_maps(maps, headings, say, title), *tell_maps(maps, headings, say)
    drawn = say("map.drawn", title=title, day=say.day(maps[0].day))
    heading = drawn if format == "svg" else ""
    return draw_maps(maps, [heading], say, drawn), *tell_maps(maps, [""], say)


def _bars(here: Opened, maps: Sequence[Map], title: str, format: str) -> tuple[Block, ...]:
    """A drawing of bars for each day, and what it shows."""
    say = here.say
    blocks: list[Block] = []
    for each in maps:
        drawn = say("map.bars.drawn", day=say.day(each.day))
        heading = f"{title}. {drawn}" if format == "svg" else ""
        caption = say("map.bars.counted", day=say.day(each.day))
        blocks += (draw_bars(each, say, drawn, heading), tell_bars(each, say, caption))
    return tuple(blocks)


def _map(here: Opened, by: By, region: str | None, division: str | None) -> Map:
    base = narrowed_to(here.base, here.day)
    member = in_region(base, region) if region else None
    return find_map(base, here.day, by, lambda m: member is None or member(m), division)


def _manner(text: str) -> By:
    for manner in get_args(By):
        if text == manner:
            return manner  # type: ignore[no-any-return] # one of its own words
    raise Stop("stop.no-manner", found=text, nearest=nearest(text, MANNERS), known=", ".join(MANNERS))
