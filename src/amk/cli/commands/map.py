"""`amk map`: the tile map of a day, or of two days side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import Area, a_code, chosen, filters_of, told_filters
from amk.cli.completion import values as completing
from amk.cli.options import RegionNames, option
from amk.cli.output import DATA, DOCUMENTS
from amk.cli.reads import reads
from amk.cli.session import Session, a_day
from amk.document.blocks import Block, Paragraph
from amk.language import Phrases
from amk.model.filters import in_regions
from amk.model.validity import as_of as narrowed_to
from amk.questions.map.bars import draw_bars, tell_bars
from amk.questions.map.draw import draw_maps
from amk.questions.map.find import MANNERS, By, Map, find_map
from amk.questions.map.tell import KEYS, rows_of, tell_maps, title_told
from amk.questions.records.facts import unreadable_rows


def _manners(ctx: typer.Context, incomplete: str) -> completing.Offers:
    manners = [(manner, "") for manner in MANNERS if manner.startswith(incomplete)]
    return [*manners, *completing.measures(ctx, incomplete)]


ByWhat = Annotated[str, option("--by WHAT", "status, collaborations, age, or a measure: places.", _manners)]
Compare = Annotated[tuple[str, str] | None, option("--compare DATE DATE", "Two days side by side.")]
Bars = Annotated[bool, option("--bars", "Bars per region instead of the map.")]
Division = Annotated[str | None, option("--division TYPE", "The type of region whose outline is drawn.")]


@reads("map", (*DOCUMENTS, "svg", *DATA))
def run(
    session: Session,
    by: ByWhat = "status",
    compare: Compare = None,
    bars: Bars = False,
    region: RegionNames = None,
    division: Division = None,
) -> Answer:
    """The tile map: each municipality by status, collaborations, age of what is known, or a figure."""
    whole, session = session, session.on_the_day()
    manner, measure = _manner(session, by)
    filters = filters_of(session, Area(region))
    kind = a_code(session, "region-types", division)
    days = [a_day(text) for text in compare] if compare else [session.day]
    maps = [_map(replace(whole, day=day), manner, filters.regions, kind, measure) for day in days]
    phrases = session.phrases
    title = title_told(maps[0], phrases, session.subject)
    draw = _bars if bars else _maps
    return Answer(
        title=session.titled(title),
        tell=lambda: (
            draw(maps, phrases, title, False)
            if any(each.shown for each in maps)
            else (Paragraph(phrases("list.empty")),)
        ),
        covers=Coverage(told_filters(session, filters), len(maps[0].shown)),
        drawing=lambda: draw(maps, phrases, title, True)[0],
        rows=lambda: [row for each in maps for row in rows_of(each)],
        keys=KEYS,
        unread=unreadable_rows(session.base),
    )


def _maps(maps: Sequence[Map], phrases: Phrases, title: str, alone: bool) -> tuple[Block, ...]:
    """The maps in one drawing, and what they show; a drawing that stands alone has its title on it."""
    if len(maps) > 1:
        headings = [phrases.day(each.day) for each in maps]
        return draw_maps(maps, headings, phrases, title), *tell_maps(maps, headings, phrases)
    drawn = phrases("map.drawn", title=title, day=phrases.day(maps[0].day))
    return draw_maps(maps, [drawn if alone else ""], phrases, drawn), *tell_maps(maps, [""], phrases)


def _bars(maps: Sequence[Map], phrases: Phrases, title: str, alone: bool) -> tuple[Block, ...]:
    """A drawing of bars for each day, and what it shows."""
    blocks: list[Block] = []
    for each in maps:
        drawn = phrases("map.bars.drawn", day=phrases.day(each.day))
        heading = f"{title}. {drawn}" if alone else ""
        caption = phrases("map.bars.counted", day=phrases.day(each.day))
        blocks += (draw_bars(each, phrases, drawn, heading), tell_bars(each, phrases, caption))
    return tuple(blocks)


def _map(session: Session, by: By, regions: tuple[str, ...], division: str | None, measure: str) -> Map:
    base = narrowed_to(session.base, session.day)
    member = in_regions(base, regions) if regions else None
    return find_map(base, session.day, by, lambda m: member is None or member(m), division, measure)


def _manner(session: Session, text: str) -> tuple[By, str]:
    """What a map is by, and the measure where it is by figures; by the code or by its label."""
    for manner in MANNERS:
        if text == manner:
            return manner, ""
    measures = session.base.labels_of("measures")
    known: dict[str, tuple[str, ...]] = {**{manner: (manner,) for manner in MANNERS}, **measures}
    told = {word: session.base.label("measures", word, session.phrases.language) for word in known}
    return "figures", chosen(text, known, told, "stop.no-manner")
