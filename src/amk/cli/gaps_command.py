"""`amk gaps`: where one municipality regulates and its neighbour, as far as is known, does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from typing import Annotated, Any

import typer

from amk.cli import completing
from amk.cli.asking import label_of, names, on_the_day, scopes
from amk.cli.covering import coverage
from amk.cli.opening import Opened, a_code, named_municipality, named_region, opened
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
from amk.errors import Stop
from amk.nearest import nearest
from amk.questions.gaps import Interest, find_gaps
from amk.questions.gaps_told import KEYS, rows_of, tell_gaps, tell_weights, title_of
from amk.questions.gaps_weights import Weights

Stricter = Annotated[
    str | None,
    typer.Option(
        "--condition",
        metavar="CODE",
        help="Compare this condition: max-per-dwelling.",
        autocompletion=completing.conditions,
    ),
]
Weighing = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="NAME=VALUE", help="Set a weight: river=0.5; see docs/gaps-method.md."),
]


def run(
    condition: Stricter = None,
    weight: Weighing = None,
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
    """The waterbed effect: borders between municipalities with policy and neighbours without."""
    here = on_the_day(opened(data, None, as_of or today, lang, at), as_of is not None)
    here = replace(here, say=here.say.also("gaps"))
    format = chosen_format(format, output, json, style=style)
    region_id, municipality_id = named_region(here, region), named_municipality(here, municipality)
    interest = Interest(
        condition=a_code(here, "conditions", condition),
        scopes=tuple(scopes(here.base, region_id, municipality_id)),
        weights=weights_from(here, weight or ()),
    )
    with at_work("work.answering"):
        gaps = find_gaps(here.base, here.day, interest)
    if format in DATA:
        put(written_data(_rows(rows_of(gaps, here.say), format), format, KEYS), output)
        return
    filters = {
        **names(here.base, region_id, municipality_id),
        "condition": label_of(here, "conditions", gaps.condition),
    }
    _, *covered = coverage(here, filters, 0)
    found = here.say("gaps.count", count=len(gaps.found))
    tail = Paragraph(" ".join((found, *covered, tell_weights(gaps, here.say))), quiet=True)
    blocks = (*tell_gaps(gaps, here.say), tail)
    document = Document(here.titled(title_of(gaps, here.say)), here.say.language, blocks, here.say("notes"))
    put(written(document, format, output, style), output)


def weights_from(here: Opened, settings: Iterable[str]) -> Weights:
    """The weights, with those that a user set. Raises Stop for other names and other values."""
    codes = (code for vocabulary, code in here.base.concepts if vocabulary in ("borders", "purposes"))
    known = tuple(dict.fromkeys((*Weights().by_name, *codes)))
    return Weights().changed(dict(_setting(text, known) for text in settings))


def _setting(text: str, known: tuple[str, ...]) -> tuple[str, float]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise Stop("stop.no-setting", found=text)
    if name not in known:
        raise Stop("stop.no-weight", found=name, nearest=nearest(name, known), known=", ".join(known))
    number = _number(value)
    if number is None or not 0 <= number <= (1 if name != "crossing" else float("inf")):
        raise Stop("stop.weight-value" if name != "crossing" else "stop.weight-km", found=value, name=name)
    return name, number


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _rows(rows: list[dict[str, Any]], format: str) -> list[dict[str, Any]]:
    """Rows as a format wants them: one reference a cell in CSV, both references a line for ids."""
    if format == "ids":
        return [{"ref": f"{row['from']['ref']} {row['to']['ref']}"} for row in rows]
    if format == "csv":
        return [_flat(row) for row in rows]
    return rows


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    meetings = [meeting["ref"] for meeting in row["collaborations"]]
    return {**row, "from": row["from"]["ref"], "to": row["to"]["ref"], "collaborations": meetings}
