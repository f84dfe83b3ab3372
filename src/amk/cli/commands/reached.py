"""`amk reached`: the daily change, that a policy reached a status; also of one not recorded yet."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from amk.authoring.change import with_item
from amk.cli import FINDINGS
from amk.cli.arguments import a_code, a_status, named
from amk.cli.asking import Question, ask, confirmed
from amk.cli.completion import values as completing
from amk.cli.first_policy import (
    Particulars,
    PolicyKind,
    Publisher,
    SourceDate,
    SourceTitle,
    SourceType,
    Step,
    Title,
    first_policy,
)
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, argument, option
from amk.cli.saving import Diff, DryRun, Force, as_on_disk, for_writing, record_of, write_edits
from amk.cli.session import Session, a_date
from amk.model.filters import find_by_name
from amk.model.names import folded
from amk.model.records import Municipality, Policy, Region, Source
from amk.model.statuses import STATUSES
from amk.storage.edits import Edit
from amk.values.errors import UserError

Ref = Annotated[
    str,
    argument("POLICY", "Which policy: its id or name, or whose it is: gouda.", completing.records),
]
Status = Annotated[str, argument("STATUS", "Which status, by code or label.", completing.statuses)]
OnDate = Annotated[str, argument("DATE", "When: 14-10-2026, 14 oktober 2026, okt 2026, ../2026-10-14.")]
Body = Annotated[str | None, option("--body BODY", "Who decided: raad, college, …")]
FromSource = Annotated[
    str | None, option("--source SOURCE", "Which source says so: recorded already, a number, an address.")
]
SourceLines = Annotated[str | None, option("--lines LINES", "The lines in it: 12-14.")]
Planned = Annotated[bool, option("--planned", "It is expected, and not reached yet.")]
Ask = Annotated[
    bool | None, option("--ask/--no-ask", "Ask for what is missing; otherwise only on a terminal.")
]


def run(
    policy: Ref,
    status: Status,
    date: OnDate,
    source: FromSource = None,
    lines: SourceLines = None,
    body: Body = None,
    planned: Planned = False,
    title: Title = None,
    type: PolicyKind = None,
    source_title: SourceTitle = None,
    publisher: Publisher = None,
    source_date: SourceDate = None,
    source_type: SourceType = None,
    ask_: Ask = None,
    diff: Diff = False,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Record that a policy reached a status: when, by whom, and which source says so."""
    session = for_writing(data, lang, kept=True)
    reached = a_status(session, status, STATUSES)
    step = Step(reached, str(a_date(date)), a_code(session, "bodies", body), source, lines, planned)
    said = Particulars(title, type, source_title, publisher, source_date, source_type)
    asking = sys.stdin.isatty() if ask_ is None else ask_
    record = _about(session, policy, said, asking)
    if isinstance(record, Policy):
        edits = [_edit(session, record, step)]
    else:
        edits = first_policy(session, record, step, said, asking)
    agreed = (lambda: confirmed(session.phrases("ask.write"), session.phrases)) if asking else None
    if not write_edits(session, edits, dry_run, force, in_words=not diff, agreed=agreed):
        raise typer.Exit(FINDINGS)
    if not dry_run:
        talk(session.phrases("talk.next-propose"))


def _about(session: Session, ref: str, said: Particulars, asking: bool) -> Policy | Municipality | Region:
    """The policy that is meant; the municipality or region whose first it is, where none is recorded.

    Raises UserError where it has several, and nobody can be asked which.
    """
    places = find_by_name(session.base, ref, (Municipality,)) or find_by_name(session.base, ref, (Region,))
    if find_by_name(session.base, ref, (Policy,)) or len(places) != 1:
        found = record_of(session, ref, (Policy,))
        assert isinstance(found, Policy)
        return found
    place = places[0]
    assert isinstance(place, Municipality | Region)
    own = _policies_of(session, place)
    if said.title or not own:
        return place
    return _chosen(session, place, own) if asking else _refuse(place, own)


def _policies_of(session: Session, place: Municipality | Region) -> list[Policy]:
    return [p for p in session.base.policies if place.id in (*p.municipalities, *p.regions)]


def _refuse(place: Municipality | Region, own: list[Policy]) -> Policy:
    known = ", ".join(policy.id for policy in own)
    raise UserError("stop.which-policy", name=place.name, known=known)


def _chosen(
    session: Session, place: Municipality | Region, own: list[Policy]
) -> Policy | Municipality | Region:
    """One of the policies that are recorded, or the place for another."""
    phrases = session.phrases
    another = phrases("ask.another-policy")
    by_title = {folded(policy.title): policy for policy in own}
    question = Question(
        phrases.fill("ask.which-policy", {"name": place.name}),
        choices=(another, *(policy.title for policy in own)),
        meant=lambda answer: answer if folded(answer) in {*by_title, folded(another)} else None,
    )
    return by_title.get(folded(ask(question, phrases)), place)


def _edit(session: Session, record: Policy, step: Step) -> Edit:
    """One more step of a policy that is recorded. Raises UserError without a source."""
    if step.source is None:
        raise UserError("stop.no-source-given")
    id, _, behind = step.source.partition(":")
    whole = find_by_name(session.base, step.source, (Source,))
    cited = named(session, step.source if whole else id, (Source,), "stop.no-record")
    lines = step.lines or ("" if whole else behind.strip())
    milestone: dict[str, Any] = {"status": step.status, "date": step.date}
    milestone |= {"body": step.body} if step.body else {}
    milestone |= {"planned": "true"} if step.planned else {}
    evidence = {"source": cited.id, **({"lines": lines} if lines else {})}
    path = session.base.paths[record.ref]
    text = with_item(session.tree.texts[path], Policy, "milestones", {**milestone, "evidence": [evidence]})
    return as_on_disk(session.tree, path, text)
