"""`amk show`: everything about one record, or several."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from amk.cli import completing
from amk.cli.covering import cover
from amk.cli.opening import Opened, named, opened
from amk.cli.options import AsOf, At, Data, Format, Json, Lang, Output, Style, Today
from amk.cli.showing import chosen_format, put, written, written_data
from amk.document import Block, Heading
from amk.questions.card import tell_card
from amk.questions.facts import facts_of, keys_of
from amk.questions.listing import document_of
from amk.records import KINDS, AnyRecord

Refs = Annotated[
    list[str],
    typer.Argument(metavar="REF...", help="An id, a name or kind/id.", autocompletion=completing.records),
]


def run(
    refs: Refs,
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
    """Everything about one record, or several, on a readable page."""
    here = opened(data, as_of, today, lang, at)
    format = chosen_format(format, output, json, style=style)
    found = [named(here, ref, KINDS, "stop.no-record") for ref in refs]
    # What did not hold on the day can still be shown: as it is known, told as ended.
    records = [here.base.records.get(record.ref, record) for record in found]
    if format in ("json", "jsonl", "csv", "ids"):
        facts = [facts_of(here.base, record, here.day) for record in records]
        put(written_data(facts, format, keys_of([type(record) for record in records])), output)
        return
    blocks = [block for r in records for block in _card(here, r)]
    title = here.titled(here.say.listing(record.name for record in records))
    if len(records) > 1:
        blocks = [Heading(title, level=1), *map(_one_deeper, blocks)]
    document = document_of(title, here.say, (*blocks, *cover(here, {}, len(records))))
    put(written(document, format, output, style), output)


def _card(here: Opened, record: AnyRecord) -> tuple[Block, ...]:
    """A card whose heading names the day and the revision that were asked for."""
    first, *others = tell_card(here.base, record, here.day, here.say)
    heading = replace(first, text=here.titled(first.text)) if isinstance(first, Heading) else first
    return heading, *others


def _one_deeper(block: Block) -> Block:
    return replace(block, level=block.level + 1) if isinstance(block, Heading) else block
