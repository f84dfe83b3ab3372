"""`amk report`: the briefing or the developments since a day, to read or to hand over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from amk.cli.covering import coverage
from amk.cli.finishing import check_final, open_written, own_words
from amk.cli.opening import Opened, a_day, named_municipality, named_region, opened
from amk.cli.options import AsOf, At, Data, Format, Lang, MunicipalityName, Output, RegionName, Style, Today
from amk.cli.progress import at_work
from amk.cli.showing import DOCUMENTS, PAPER, chosen_format, put, written
from amk.cli.since import developments_since
from amk.cli.telling import talk
from amk.cli.templating import report_of_own
from amk.document import Block, Document, Heading
from amk.drawing import Drawing
from amk.errors import Stop
from amk.holding import as_of as narrowed_to
from amk.nearest import nearest
from amk.query import Filters
from amk.questions.briefing import Briefing, find_briefing
from amk.questions.briefing_told import tell_briefing, tell_state_table, title_of
from amk.questions.letter_told import tell_letter
from amk.questions.map import cropped, find_map
from amk.questions.map_drawn import draw_maps
from amk.questions.standing_out import find_standing_out, tell_standing_out
from amk.templates import own_templates
from amk.tree import find_root

TELLERS = {
    "briefing": tell_briefing,
    "region": tell_briefing,
    "municipality": tell_briefing,
    "letter": tell_letter,
    "state-table": tell_state_table,
}
"""The reports about a day; `changes` is about a period."""

PICTURED = ("html", *PAPER)
"""The formats in which a briefing shows the map."""

TEMPLATES = (*TELLERS, "changes")
FORMATS = DOCUMENTS


def _templates(ctx: typer.Context, incomplete: str) -> list[str]:
    root = find_root(Path(ctx.params["data"]) if ctx.params.get("data") else None, Path.cwd())
    return [name for name in (*TEMPLATES, *own_templates(root)) if name.startswith(incomplete)]


Template = Annotated[
    str,
    typer.Argument(
        metavar="[TEMPLATE]",
        help="briefing, changes, region, municipality, letter, state-table, or your own templates/NAME.md.",
        autocompletion=_templates,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE|REVISION", help="For changes, and templates: since this day or revision."
    ),
]

With = Annotated[
    Path | None,
    typer.Option("--with", metavar="FILE", help="Your own assessment (Markdown), told apart at the end."),
]
Final = Annotated[bool, typer.Option("--final", help="Only from data that are committed and without errors.")]
Open = Annotated[bool, typer.Option("--open", help="Look at what was written with -o.")]


def run(
    template: Template = "briefing",
    since: Since = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    as_of: AsOf = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    output: Output = None,
    style: Style = None,
    with_: With = None,
    final: Final = False,
    open_: Open = False,
) -> None:
    """The briefing, or the developments since a day: state, changes and their sources."""
    own_one = _own_one(template, find_root(data, Path.cwd()))
    if template == "changes" and not since:
        raise Stop("stop.no-since")
    if since and template in TELLERS:
        raise Stop("stop.since-briefing")
    if open_ and output in (None, "-"):
        raise Stop("stop.open-nothing")
    # A report also tells what had ended by its day, so the base is narrowed later, by the report.
    here = replace(opened(data, None, as_of or today, lang, at), asked_day=as_of is not None)
    if template in own_templates(here.tree.root) and own_one is None:
        talk(here.say("talk.template-shadowed", found=template))
    format = chosen_format(format, output, False, FORMATS, style=style)
    if final:
        check_final(here, a_day(today) if today else date.today(), own_one)
    own = own_words(here, with_) if with_ else ()
    filters = Filters(named_region(here, region), named_municipality(here, municipality))
    if template in ("region", "municipality") and not getattr(filters, template):
        raise Stop(f"stop.report-{template}")
    with at_work("work.answering"):
        if template == "changes" and since:
            title, blocks = developments_since(here, since, filters)
        elif own_one:
            title, blocks = report_of_own(here, own_one, filters, since)
        else:
            title, blocks = _about_a_day(here, template, filters, format)
    heading = Heading(here.titled(title), level=1)
    document = Document(heading.text, here.say.language, (heading, *blocks, *own), here.say("notes"))
    put(written(document, format, output, style), output)
    if open_:
        open_written(here, output)


def _own_one(template: str, root: Path) -> Path | None:
    """The template of one's own that goes by a name; None for a report of amk's own.

    Raises Stop, with what there is, where nothing goes by it.
    """
    own = own_templates(root)
    if template in TEMPLATES:
        return None
    if template not in own:
        names = (*TEMPLATES, *own)
        near = nearest(template, names)
        raise Stop("stop.no-template", found=template, nearest=near, known=", ".join(names))
    return own[template]


def _about_a_day(here: Opened, template: str, filters: Filters, format: str) -> tuple[str, tuple[Block, ...]]:
    briefing = find_briefing(here.base, here.day, filters.region, filters.municipality)
    count = len(briefing.places) + len(briefing.policies) + len(briefing.collaborations)
    covered = coverage(here, here.told(filters), count + len(briefing.convened))
    found = find_standing_out(here.base, here.day, filters.region, filters.municipality)
    striking = tell_standing_out(found, here.say)
    if format in PICTURED and TELLERS[template] is tell_briefing and len(briefing.places) > 1:
        striking = (*striking, *_mapped(here, briefing))
    area = here.area(filters)
    return title_of(briefing, here.say, area), TELLERS[template](briefing, here.say, area, covered, striking)


def _mapped(here: Opened, briefing: Briefing) -> tuple[Drawing, ...]:
    """The tile map of a briefing whose municipalities have tiles; the table at its end tells the same."""
    say = here.say.also("map")
    ids = {place.municipality.id for place in briefing.places}
    title = say("map.title.status", subject=here.base.manifest.subject.in_language(say.language))
    drawn = say("map.drawn", title=title, day=say.day(here.day))
    base = narrowed_to(here.base, here.day)
    shown = cropped(find_map(base, here.day, "status", lambda m: m.id in ids))
    return (draw_maps([shown], [""], say, drawn),) if shown.tiled else ()
