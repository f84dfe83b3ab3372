"""`amk search`: the records that words find, best first, with the passages and where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from amk.cli import completing
from amk.cli.covering import cover
from amk.cli.filtering import (
    Form,
    Purpose,
    Since,
    Status,
    Tag,
    Typed,
    Until,
    Where,
    filters_of,
    kinds_of,
    told_filters,
)
from amk.cli.opening import Opened, opened
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
from amk.document import Document
from amk.errors import Stop
from amk.kept.databases import whole
from amk.kept.indexed import open_index
from amk.query import Filters, narrowed, parse_condition
from amk.questions.search import Hit, find_hits, parse_query
from amk.questions.search_told import KEYS, Places, rows_of, tell_search
from amk.ranking import Holds
from amk.records import KINDS, AnyRecord
from amk.yamlreading import find_positions

Words = Annotated[
    list[str], typer.Argument(metavar="WORDS...", help='Also "a phrase", begin* and field:word.')
]
OfKind = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", metavar="KIND", help="Only records of this kind.", autocompletion=completing.kinds
    ),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", help="No more than N records.")]


def run(
    words: Words,
    kind: OfKind = None,
    region: RegionName = None,
    municipality: MunicipalityName = None,
    status: Status = None,
    form: Form = None,
    purpose: Purpose = None,
    tag: Tag = None,
    since: Since = None,
    until: Until = None,
    where: Where = None,
    limit: Limit = 10,
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
    """Search all records: whatever matches any word, best first; typing errors are forgiven."""
    format = chosen_format(format, output, json, style=style)
    if limit < 1:
        raise Stop("stop.no-limit")
    here = opened(data, as_of, today, lang, at)
    here = replace(here, say=here.say.also("search"))
    filters = filters_of(here, Typed(region, municipality, status, form, purpose, tag, since, until))
    query = " ".join(words)
    if not parse_query(query):
        raise Stop("stop.no-words")
    base = narrowed(here.base, filters)
    holds = _holds(here, filters, where or (), kinds_of(kind, KINDS))
    with closing(_index(here)) as index, whole():
        found = find_hits(base, index, query, holds, here.say.language, limit)
    shown = found.hits
    places = _places(here, here.texts(), shown)
    if format in DATA:
        put(written_data(rows_of(shown, places), format, KEYS), output)
        return
    told = {**told_filters(here, filters), "where": ", ".join(where or ()) or None}
    blocks = tell_search(found, shown, places, here.say, query)
    title = here.titled(here.say.fill("search.title", {"query": query}))
    tail = cover(here, told, len(shown))
    put(written(Document(title, here.say.language, (*blocks, *tail)), format, output, style), output)


def _index(here: Opened) -> sqlite3.Connection:
    """The index of the files as they stand, or of the revision asked for."""
    with at_work("work.indexing"):
        if here.commit or not here.working:
            from amk.indexing import index_of
            from amk.kept.databases import open_kept

            return open_kept(here.content(), "index", partial(index_of, here.loaded.base))
        return open_index(here.working)


def _holds(
    here: Opened, filters: Filters, where: Sequence[str], kinds: tuple[type[AnyRecord], ...]
) -> Holds | None:
    """Whether a record is of the kinds asked for, and has the status and the values asked for."""
    if not (filters.status or where):
        names = {kind.kind for kind in kinds}
        return None if len(names) == len(KINDS) else lambda ref: ref.partition("/")[0] in names
    # Imported where they are used: most who search filter by nothing.
    from amk.questions.facts import field_names
    from amk.questions.listing import Wish, find_listing

    conditions = tuple(parse_condition(text, field_names()) for text in where)
    wish = Wish(status=filters.status, where=conditions)
    listing = find_listing(narrowed(here.base, filters), kinds, here.day, wish)
    refs = {entry.facts["ref"] for entry in listing.entries}
    return lambda ref: ref in refs


def _places(here: Opened, texts: Mapping[str, str], hits: Sequence[Hit]) -> Places:
    """The file and the line of each passage; positions are read only of the records that are shown."""
    found: dict[tuple[str, tuple[str | int, ...]], tuple[str, int]] = {}
    for hit in hits:
        path = here.base.paths.get(hit.record.ref, "")
        positions = find_positions(texts[path]) if path in texts else {}
        for passage in hit.passages:
            at = positions.get(passage.way)
            if at:
                found[hit.record.ref, passage.way] = _seen(here.tree.root / path), at.value[0]
    return found


def _seen(path: Path) -> str:
    """A path as it is seen from the working folder."""
    whole, here = path.absolute(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()
