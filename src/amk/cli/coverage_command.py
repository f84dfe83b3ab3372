"""`amk coverage`: how much is known on a day, and how well it is founded."""

from __future__ import annotations

from dataclasses import replace

from amk.cli.asking import names, wanted_of
from amk.cli.covering import coverage as covered_by
from amk.cli.opening import named_municipality, named_region, opened
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
from amk.document import Document, Paragraph
from amk.holding import as_of as narrowed_to
from amk.questions.coverage import dividing_regions, find_coverage
from amk.questions.coverage_told import KEYS, rows_of, tell_coverage


def run(
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
    """How much is known: per region, of whom nothing is, how well founded, what contradicts."""
    # What had ended by the day still counts as a statement, so the base is narrowed later.
    here = replace(opened(data, None, as_of or today, lang, at), asked_day=as_of is not None)
    here = replace(here, say=here.say.also("coverage"))
    format = chosen_format(format, output, json, style=style)
    region_id, municipality_id = named_region(here, region), named_municipality(here, municipality)
    then = narrowed_to(here.base, here.day)
    regions = [r for r in dividing_regions(then) if not municipality_id]
    with at_work("work.answering"):
        found = find_coverage(here.base, here.day, regions, wanted_of(here, region_id, municipality_id))
    if format in DATA:
        rows = [r for r in rows_of(found) if format != "ids" or r["topic"] == "silent"]
        put(written_data(rows, format, KEYS), output)
        return
    filters = names(here.base, region_id, municipality_id)
    home = here.base.home
    area = filters["municipality"] or filters["region"] or (home.name if home else here.tree.root.name)
    _, *covered = covered_by(here, filters, 0)
    count = here.say("known.count", count=len(found.tallies[0].places))
    tail = Paragraph(" ".join((count, *covered)), quiet=True)
    subject = here.base.manifest.subject.in_language(here.say.language)
    title = here.titled(here.say("known.title", subject=subject))
    document = Document(
        title, here.say.language, (*tell_coverage(found, here.say, area), tail), here.say("notes")
    )
    put(written(document, format, output, style), output)
