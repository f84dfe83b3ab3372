"""`amk report`: the briefing, to read or to hand over."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from amk.cli.covering import coverage
from amk.cli.opening import Opened, named_municipality, named_region, opened
from amk.cli.options import AsOf, At, Data, Format, Lang, MunicipalityName, Output, RegionName, Today
from amk.cli.showing import DOCUMENTS, chosen_format, put, written
from amk.document import Document, Heading
from amk.errors import Stop
from amk.questions.briefing import find_briefing
from amk.questions.briefing_told import tell_briefing, title_of

TEMPLATES = ("briefing",)
FORMATS = DOCUMENTS


def _templates(incomplete: str) -> list[str]:
    return [template for template in TEMPLATES if template.startswith(incomplete)]


Template = Annotated[
    str,
    typer.Argument(metavar="[TEMPLATE]", help="Which report: briefing.", autocompletion=_templates),
]


def run(
    template: Template = "briefing",
    region: RegionName = None,
    municipality: MunicipalityName = None,
    as_of: AsOf = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """The briefing: state of policy and collaboration, with sources."""
    if template not in TEMPLATES:
        raise Stop("stop.no-template", found=template, known=", ".join(TEMPLATES))
    # A briefing also tells what had ended by its day, so the base is narrowed later, by the briefing.
    here = replace(opened(data, None, as_of or today, lang, at), asked_day=as_of is not None)
    format = chosen_format(format, output, False, FORMATS)
    region_id, municipality_id = named_region(here, region), named_municipality(here, municipality)
    briefing = find_briefing(here.base, here.day, region_id, municipality_id)
    area = _area(here, region_id, municipality_id)
    filters = {
        "region": here.base.name(f"region/{region_id}") if region_id else None,
        "municipality": here.base.name(f"municipality/{municipality_id}") if municipality_id else None,
    }
    count = len(briefing.places) + len(briefing.policies) + len(briefing.collaborations)
    covered = coverage(here, filters, count + len(briefing.convened))
    title = here.titled(title_of(briefing, here.say, area))
    blocks = (Heading(title, level=1), *tell_briefing(briefing, here.say, area, covered))
    document = Document(title, here.say.language, blocks, here.say("notes"))
    put(written(document, format, output), output)


def _area(here: Opened, region: str | None, municipality: str | None) -> str:
    """The name of what a report is about."""
    if municipality:
        return here.base.name(f"municipality/{municipality}")
    home = here.base.home
    return here.base.name(f"region/{region}") if region else home.name if home else here.tree.root.name
