"""`amk reached`: the daily change, that a policy reached a status."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from amk.changing import with_item
from amk.cli import FINDINGS, completing
from amk.cli.opening import a_code, a_date, named
from amk.cli.options import Data, Lang
from amk.cli.writing import DryRun, Force, for_writing, record_of, write_record
from amk.errors import Stop
from amk.knowledge import folded
from amk.nearest import nearest
from amk.records import Policy, Source
from amk.status import STATUSES

FORMATS = ("text",)

Ref = Annotated[
    str,
    typer.Argument(metavar="POLICY", help="Which policy: its id or name.", autocompletion=completing.records),
]
Status = Annotated[
    str,
    typer.Argument(
        metavar="STATUS", help="Which status, by code or label.", autocompletion=completing.statuses
    ),
]
Date = Annotated[str, typer.Argument(metavar="DATE", help="When: 2024-06-13, 2024-06, ../2024-06-13.")]
Body = Annotated[str | None, typer.Option("--body", metavar="BODY", help="Who decided: raad, college, …")]
FromSource = Annotated[str | None, typer.Option("--source", metavar="SOURCE", help="Which source says so.")]
Lines = Annotated[str | None, typer.Option("--lines", metavar="LINES", help="The lines in it: 12-14.")]
Planned = Annotated[bool, typer.Option("--planned", help="It is expected, and not reached yet.")]


def run(
    policy: Ref,
    status: Status,
    date: Date,
    source: FromSource = None,
    lines: Lines = None,
    body: Body = None,
    planned: Planned = False,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Record that a policy reached a status: when, by whom, and which source says so."""
    here = for_writing(data, lang, kept=True)
    record = record_of(here, policy, (Policy,))
    if source is None:
        raise Stop("stop.no-source-given")
    cited = named(here, source, (Source,), "stop.no-record")
    milestone: dict[str, Any] = {"status": _status(here.say.status, status), "date": str(a_date(date))}
    decided = a_code(here, "bodies", body)
    milestone |= {"body": decided} if decided else {}
    milestone |= {"planned": "true"} if planned else {}
    evidence = {"source": cited.id, **({"lines": lines} if lines else {})}
    text = here.tree.texts[here.base.paths[record.ref]]
    text = with_item(text, Policy, "milestones", {**milestone, "evidence": [evidence]})
    if not write_record(here, record, text, dry_run, force):
        raise typer.Exit(FINDINGS)


def _status(label: Any, text: str) -> str:
    """A status by its code or by its label. Raises Stop for one that there is not."""
    by_word = {folded(word): s for s in STATUSES for word in (s, label(s))}
    if folded(text) in by_word:
        return by_word[folded(text)]
    near = by_word.get(nearest(folded(text), by_word), "")
    raise Stop("stop.no-status", found=text, nearest=near, known=", ".join(STATUSES))
