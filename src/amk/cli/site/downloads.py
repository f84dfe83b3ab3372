"""The files of a site to take along: the briefing for each program, the workbook, and the records as data."""

from __future__ import annotations

from collections.abc import Iterator

from amk.authoring.workbook.sheets import SHEETED
from amk.cli.commands import list as listing
from amk.cli.commands import report
from amk.cli.commands.export import workbook_of
from amk.cli.messages import sentence, talk
from amk.cli.output import written, written_data
from amk.cli.report.particulars import Particulars
from amk.cli.session import Session
from amk.cli.site.editions import UNSAID
from amk.model.filters import Filters
from amk.model.records import KINDS
from amk.values.errors import UserError

FOLDER = "download"

BRIEFINGS = ("pdf", "docx", "odt", "md")
"""The formats of the briefing, besides the page itself."""


def downloads_of(session: Session) -> Iterator[tuple[str, bytes]]:
    """Each file by its path; what needs an extra that is not installed is left out, and told."""
    for format in BRIEFINGS:
        own = {"template": "briefing", "said": Particulars(), "format": format, **UNSAID}
        try:
            told = written(report.run.document(session, format, **own), format, "")
        except UserError as stop:
            _tell_left_out(stop)
            continue
        yield f"{FOLDER}/briefing.{format}", told if isinstance(told, bytes) else told.encode()
    try:
        yield f"{FOLDER}/records.xlsx", workbook_of(session, Filters(), SHEETED)
    except UserError as stop:
        _tell_left_out(stop)
    answer = listing.run.answer(session, kinds=[kind.folder for kind in KINDS], ended=True)
    for format in ("json", "csv"):
        yield f"{FOLDER}/records.{format}", written_data(answer.rows(), format, answer.keys).encode()


def _tell_left_out(stop: UserError) -> None:
    """Tell of a file that an extra would bring. Raises the error where it is another."""
    if stop.phrase != "stop.no-library":
        raise stop
    talk(sentence(stop))
