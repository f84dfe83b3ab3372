"""`amk merge-municipalities`: municipalities that go on as one, in all the records that this touches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from amk.authoring.change import parse_change
from amk.authoring.ids import proposed_id
from amk.authoring.input import entered
from amk.authoring.merger import Merger, merged, several_of_a_type
from amk.cli import FINDINGS
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, argument, option
from amk.cli.saving import Diff, DryRun, Force, as_on_disk, for_writing, record_of, write_edits
from amk.cli.session import Session, a_date
from amk.model.filters import find_by_name
from amk.model.records import Municipality
from amk.values.errors import UserError

Names = Annotated[list[str], argument("NAME...", "The municipalities that merge.", completing.municipalities)]
Into = Annotated[str, option("--into NAME", "What they are called together.")]
On = Annotated[str, option("--on DATE", "The first day of the new municipality: 1-1-2027.")]
FromSource = Annotated[str, option("--source SOURCE", "Which source says so; lines after a colon.")]
Basis = Annotated[str | None, option("--legal-basis BASIS", "On what basis: stb-2022-307.")]
Code = Annotated[str | None, option("--code CODE", "The CBS code of the new municipality: GM1992.")]
Tile = Annotated[str | None, option("--tile COLUMN,ROW", "Its tile; otherwise that of the first named.")]


def run(
    names: Names,
    into: Into,
    on: On,
    source: FromSource,
    legal_basis: Basis = None,
    code: Code = None,
    tile: Tile = None,
    diff: Diff = False,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Merge municipalities: periods, successors, borders, regions and tile at once."""
    session = for_writing(data, lang, kept=True)
    found = {each.ref: each for each in (_municipality(session, name) for name in names)}
    if len(found) < 2:
        raise UserError("stop.merger-of-one")
    if find_by_name(session.base, into, (Municipality,)):
        raise UserError("stop.merger-into-existing", found=into)
    id = proposed_id(session.base, Municipality, into, ())
    cited = _evidence(session, source)
    place = _place(tile) if tile else None
    merger = Merger(tuple(found.values()), into, id, _first_day(on), cited, legal_basis, code, place)
    texts = merged(session.base, session.tree.texts, merger)
    edits = [as_on_disk(session.tree, path, text) for path, text in texts.items()]
    if not write_edits(session, edits, dry_run, force, in_words=not diff):
        raise typer.Exit(FINDINGS)
    _tell_missing(session, merger)


def _municipality(session: Session, name: str) -> Municipality:
    found = record_of(session, name, (Municipality,))
    assert isinstance(found, Municipality)
    return found


def _first_day(text: str) -> date:
    """The day of a merger. Raises UserError for a year or a month, which would leave it open."""
    when = a_date(text, "stop.no-first-day")
    if str(when) != when.latest.isoformat():
        raise UserError("stop.no-first-day", found=text)
    return when.latest


def _evidence(session: Session, source: str) -> Mapping[str, Any]:
    [wish] = entered(session.base, Municipality, parse_change(f"evidence+={source}"))
    assert isinstance(wish.value, Mapping)
    return wish.value


def _place(tile: str) -> tuple[int, int]:
    """A column and a row. Raises UserError for anything else."""
    found = re.fullmatch(r"\s*(\d{1,3})\s*,\s*(\d{1,3})\s*", tile)
    if not found:
        raise UserError("stop.no-tile", found=tile)
    return int(found[1]), int(found[2])


def _tell_missing(session: Session, merger: Merger) -> None:
    """What the records do not say of the new municipality, and somebody has to look up."""
    missing = [field for field, value in (("code", merger.code), ("uri", None)) if value is None]
    labels = session.phrases.with_topic("labels")
    told = session.phrases.listing(labels(f"field.{each}") for each in missing)
    talk(session.phrases.fill("talk.merged", {"name": merger.name, "id": merger.id, "missing": told}))
    first = merger.predecessors[0]
    taken = [("tile", merger.tile is None and first.tile), ("location", first.location)]
    from_first = session.phrases.listing(labels(f"called.{field}").lower() for field, value in taken if value)
    if from_first:
        values = {"name": merger.name, "id": merger.id, "first": first.name, "taken": from_first}
        talk(session.phrases.fill("talk.merged-as-first", values))
    for regions in several_of_a_type(session.base, merger):
        names = session.phrases.listing(region.name for region in regions)
        talk(session.phrases.fill("talk.merged-regions", {"name": merger.name, "regions": names}))
