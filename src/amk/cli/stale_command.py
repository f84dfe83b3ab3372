"""`amk stale`: what should be checked before a letter goes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from amk.cli.asking import names, on_the_day, wanted_of
from amk.cli.covering import coverage
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
from amk.cli.showing import DATA, DOCUMENTS, chosen_format, put, written, written_data
from amk.document import Document, Paragraph
from amk.durations import NotADuration, before, parse_duration
from amk.errors import Stop
from amk.questions.stale import find_stale
from amk.questions.stale_told import KEYS, rows_of, tell_round, tell_stale
from amk.records import Municipality
from amk.standing import municipal_standing
from amk.status import UNKNOWN

OlderThan = Annotated[
    str, typer.Option("--older-than", metavar="DURATION", help="Too old after: 12m, 2y, 90d.")
]
AsChecklist = Annotated[
    bool, typer.Option("--as-checklist", help="A round of checks: Markdown, or with -o x.xlsx a workbook.")
]


def run(
    older_than: OlderThan = "12m",
    as_checklist: AsChecklist = False,
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
    """What to check: planned steps that are past, policy that should have lapsed, what is too old."""
    whole = opened(data, None, as_of or today, lang, at)
    here = on_the_day(replace(whole, say=whole.say.also("stale")), as_of is not None)
    if as_checklist and not (format or json or output not in (None, "-")):
        format = "md"
    known = (*DOCUMENTS, "xlsx") if as_checklist else (*DOCUMENTS, *DATA)
    format = chosen_format(format, output, json, known, style=style)
    region_id, municipality_id = named_region(here, region), named_municipality(here, municipality)
    wanted = wanted_of(whole, region_id, municipality_id)
    with at_work("work.answering"):
        found = find_stale(whole.base, here.day, _limit(here.day, older_than), wanted)
    if format in DATA:
        put(written_data(rows_of(found, here.say), format, KEYS), output)
        return
    filters = {**names(here.base, region_id, municipality_id), "older-than": older_than}
    home = here.base.home
    area = filters["municipality"] or filters["region"] or (home.name if home else here.tree.root.name)
    _, *covered = coverage(here, filters, 0)
    count = here.say("stale.count", count=found.looked_at)
    tail = Paragraph(" ".join((count, *covered)), quiet=True)
    unknown = [m for m in here.base.municipalities if wanted(m) and _is_unknown(here, m)]
    if format == "xlsx":
        put(
            _workbook(here, {*(stale.record.ref for stale in found.found), *(m.ref for m in unknown)}), output
        )
        return
    told = tell_round(found, unknown, here.say, area) if as_checklist else tell_stale(found, here.say, area)
    document = Document(_title(here, area, as_checklist), here.say.language, (*told, tail), here.say("notes"))
    put(written(document, format, output, style), output)


def _workbook(here: Opened, refs: set[str]) -> bytes:
    """What should be checked as a workbook that amk import reads back."""
    from amk.sheets import SHEETED, sheets_of
    from amk.workbooks import write_workbook

    say = here.say.also("sheets")
    sheets = sheets_of(here.base.where(lambda record: record.ref in refs), SHEETED, say)
    filled = [sheet for sheet in sheets if not sheet.field or sheet.rows]
    return write_workbook(filled, here.base, say)


def _title(here: Opened, area: str, round_of_checks: bool) -> str:
    subject = here.base.manifest.subject.in_language(here.say.language)
    key = "stale.title.round" if round_of_checks else "stale.title"
    return here.titled(here.say(key, subject=subject, area=area))


def _limit(day: date, text: str) -> date:
    """The day before which a confirmation is too old. Raises Stop for what is no duration."""
    try:
        return before(day, parse_duration(text))
    except NotADuration as error:
        raise Stop("stop.no-duration", found=text) from error


def _is_unknown(here: Opened, municipality: Municipality) -> bool:
    return municipal_standing(here.base, municipality, here.day).status == UNKNOWN
