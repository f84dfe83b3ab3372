"""`amk compare`: the policies of municipalities side by side."""

from __future__ import annotations

from typing import Annotated

from amk.cli.answer import Answer, Coverage
from amk.cli.arguments import Area, filters_of, named, told_filters
from amk.cli.completion import values as completing
from amk.cli.options import RegionNames, argument
from amk.cli.output import DOCUMENTS
from amk.cli.reads import reads
from amk.cli.session import Session
from amk.model.filters import in_regions
from amk.model.records import Municipality
from amk.questions.compare.find import find_comparison
from amk.questions.compare.tell import CELLS, cells_of, rows_of, tell_comparison
from amk.values.errors import UserError

Names = Annotated[list[str] | None, argument("[MUNICIPALITY]...", "Two or more.", completing.municipalities)]


@reads("compare", (*DOCUMENTS, "json", "csv"))
def run(session: Session, names: Names = None, region: RegionNames = None) -> Answer:
    """The policies of municipalities side by side: status, basis, conditions, places; differences marked."""
    session = session.on_the_day()
    filters = filters_of(session, Area(region))
    found = find_comparison(session.base, _chosen(session, names or [], filters.regions), session.day)
    return Answer(
        title=session.titled(session.phrases("compare.title", subject=session.subject)),
        tell=lambda: tell_comparison(found, session.phrases),
        covers=Coverage(told_filters(session, filters), len(found.municipalities)),
        rows=lambda: rows_of(found),
        cells=lambda: cells_of(found),
        keys=CELLS,
    )


def _chosen(session: Session, names: list[str], regions: tuple[str, ...]) -> list[Municipality]:
    """The municipalities named and those of the regions, each once. Raises UserError for fewer than two."""
    found = {
        r.id: r for name in names for r in [named(session, name, (Municipality,), "stop.no-municipality")]
    }
    if regions:
        member = in_regions(session.base, regions)
        found |= {m.id: m for m in session.base.municipalities if member(m)}
    chosen = [record for record in found.values() if isinstance(record, Municipality)]
    if len(chosen) < 2:
        raise UserError("stop.compare-two")
    return chosen
