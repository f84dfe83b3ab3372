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
from amk.cli.showing import DOCUMENTS, chosen_format, put, written
from amk.cli.since import developments_since
from amk.document import Block, Document, Heading
from amk.errors import Stop
from amk.query import Filters
from amk.questions.briefing import find_briefing
from amk.questions.briefing_told import tell_briefing, title_of

TEMPLATES = ("briefing", "changes")
FORMATS = DOCUMENTS


def _templates(incomplete: str) -> list[str]:
    return [template for template in TEMPLATES if template.startswith(incomplete)]


Template = Annotated[
    str,
    typer.Argument(metavar="[TEMPLATE]", help="Which report: briefing, changes.", autocompletion=_templates),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE|REVISION", help="For changes: since this day or revision."),
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
    if template not in TEMPLATES:
        raise Stop("stop.no-template", found=template, known=", ".join(TEMPLATES))
    if bool(since) != (template == "changes"):
        raise Stop("stop.since-briefing" if since else "stop.no-since")
    if open_ and output in (None, "-"):
        raise Stop("stop.open-nothing")
    # A report also tells what had ended by its day, so the base is narrowed later, by the report.
    here = replace(opened(data, None, as_of or today, lang, at), asked_day=as_of is not None)
    format = chosen_format(format, output, False, FORMATS)
    if final:
        check_final(here, a_day(today) if today else date.today())
    own = own_words(here, with_) if with_ else ()
    filters = Filters(named_region(here, region), named_municipality(here, municipality))
    title, blocks = developments_since(here, since, filters) if since else _briefing(here, filters)
    heading = Heading(here.titled(title), level=1)
    document = Document(heading.text, here.say.language, (heading, *blocks, *own), here.say("notes"))
    put(written(document, format, output, style), output)
    if open_:
        open_written(here, output)


def _briefing(here: Opened, filters: Filters) -> tuple[str, tuple[Block, ...]]:
    briefing = find_briefing(here.base, here.day, filters.region, filters.municipality)
    count = len(briefing.places) + len(briefing.policies) + len(briefing.collaborations)
    covered = coverage(here, here.told(filters), count + len(briefing.convened))
    area = here.area(filters)
    return title_of(briefing, here.say, area), tell_briefing(briefing, here.say, area, covered)
