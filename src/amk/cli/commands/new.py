"""`amk new`: a record of its own, asked for where something is missing, and never recorded twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from amk.authoring.change import composed, labelled, parse_change
from amk.authoring.duplicates import find_alike
from amk.authoring.ids import proposed_id
from amk.authoring.input import entered
from amk.cli import FINDINGS
from amk.cli.arguments import kinds_of
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, argument, option
from amk.cli.prompts import ask_id, ask_missing
from amk.cli.saving import DryRun, Force, for_writing, neighbour_edits, write_edits
from amk.cli.session import Session
from amk.model.records import AnyRecord, Municipality
from amk.storage.edits import Edit
from amk.storage.loading import load_record
from amk.storage.yaml.parser import parse_yaml
from amk.values.errors import UserError

Kind = Annotated[str, argument("KIND", "municipality, policy, collaboration, …", completing.kinds)]
Wishes = Annotated[
    list[str] | None, argument("[FIELD=VALUE]...", "Names and labels will do; several with commas.")
]
Id = Annotated[str | None, option("--id ID", "The id; otherwise made from the name.")]
FromSource = Annotated[str | None, option("--source SOURCE", "Which source says so; lines after a colon.")]
Ask = Annotated[
    bool | None, option("--ask/--no-ask", "Ask for what is missing; otherwise only on a terminal.")
]


def run(
    kind: Kind,
    wishes: Wishes = None,
    id: Id = None,
    source: FromSource = None,
    ask: Ask = None,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Add a record: asks for what is missing, proposes the id, and refuses what is there already."""
    (chosen,) = kinds_of([kind], ())
    given = [*(wishes or ()), *([f"evidence+={source}"] if source else ())]
    asked = labelled(map(parse_change, given), chosen)
    session = for_writing(data, lang, kept=True)
    asking = sys.stdin.isatty() if ask is None else ask
    if asking:
        asked = ask_missing(session, chosen, asked)
    meant = [each for wish in asked for each in entered(session.base, chosen, wish)]
    text = composed(chosen, meant)
    id = id or _id(session, chosen, text, asking)
    path = f"{chosen.folder}/{id}.yaml"
    if path in session.tree.texts or path in session.tree.unreadable:
        raise UserError("stop.id-taken", found=f"{chosen.kind}/{id}")
    _refuse_alike(session, load_record(path, text), force)
    edits = [Edit(path, None, text.encode())]
    if chosen is Municipality:
        edits += neighbour_edits(session, id, meant)
    if not write_edits(session, edits, dry_run, force):
        raise typer.Exit(FINDINGS)


def _id(session: Session, kind: type[AnyRecord], text: str, asking: bool) -> str:
    """An id from the name, with the owner or a number where it is taken."""
    said = parse_yaml(text).data
    owners = [owner for field in ("municipalities", "regions") for owner in _texts(said.get(field))][:1]
    proposed = proposed_id(session.base, kind, _name_in(said, session.phrases.language), owners)
    return ask_id(session, proposed) if asking else proposed


def _name_in(said: Mapping[str, Any], language: str) -> str:
    """What a text calls its record, whether or not it is a whole one."""
    name = next((said[field] for field in ("name", "title", "labels") if said.get(field)), "")
    named = name.get(language) or next(iter(name.values()), "") if isinstance(name, Mapping) else name
    return named if isinstance(named, str) else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _refuse_alike(session: Session, record: AnyRecord | None, force: bool) -> None:
    """Raises Exit where the same is likely recorded already, with what that is."""
    alike = find_alike(session.loaded.base, record)[:3] if record else []
    for other in alike:
        talk(session.phrases.fill("talk.alike", {"ref": other.ref, "name": other.name}))
    if alike and not force:
        talk(session.phrases("talk.alike-what"))
        raise typer.Exit(FINDINGS)
