"""`amk new`: a record of its own, asked for where something is missing, and never recorded twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from amk.alike import find_alike
from amk.changing import composed, parse_wish
from amk.cli import FINDINGS, completing
from amk.cli.filtering import kinds_of
from amk.cli.interview import ask_id, ask_missing
from amk.cli.opening import Opened
from amk.cli.options import Data, Lang
from amk.cli.telling import talk
from amk.cli.writing import DryRun, Force, for_writing, neighbour_edits, write_edits
from amk.edits import Edit
from amk.entering import entered
from amk.errors import Stop
from amk.load import as_id, load_record
from amk.records import AnyRecord, Municipality
from amk.yamlreading import parse_yaml

FORMATS = ("text",)

Kind = Annotated[
    str,
    typer.Argument(
        metavar="KIND", help="municipality, policy, collaboration, …", autocompletion=completing.kinds
    ),
]
Wishes = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FIELD=VALUE]...", help="Names and labels will do; several with commas."),
]
Id = Annotated[str | None, typer.Option("--id", metavar="ID", help="The id; otherwise made from the name.")]
FromSource = Annotated[
    str | None, typer.Option("--source", metavar="SOURCE", help="Which source says so; lines after a colon.")
]
Ask = Annotated[
    bool | None,
    typer.Option("--ask/--no-ask", help="Ask for what is missing; otherwise only on a terminal."),
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
    asked = [parse_wish(wish) for wish in given]
    here = for_writing(data, lang, kept=True)
    asking = sys.stdin.isatty() if ask is None else ask
    if asking:
        asked = ask_missing(here, chosen, asked)
    meant = [each for wish in asked for each in entered(here.base, chosen, wish)]
    text = composed(chosen, meant)
    id = id or _id(here, chosen, text, asking)
    path = f"{chosen.folder}/{id}.yaml"
    if path in here.tree.texts or path in here.tree.unreadable:
        raise Stop("stop.id-taken", found=f"{chosen.kind}/{id}")
    _refuse_alike(here, load_record(path, text), force)
    edits = [Edit(path, None, text.encode())]
    if chosen is Municipality:
        edits += neighbour_edits(here, id, meant)
    if not write_edits(here, edits, dry_run, force):
        raise typer.Exit(FINDINGS)


def _id(here: Opened, kind: type[AnyRecord], text: str, asking: bool) -> str:
    """An id from the name, with the owner or a number where it is taken."""
    said = parse_yaml(text).data
    name = as_id(_name_in(said, here.say.language))
    if not name:
        raise Stop("stop.no-id")
    owners = [owner for field in ("municipalities", "regions") for owner in _texts(said.get(field))][:1]
    tries = (name, *(f"{name}-{owner}" for owner in owners), *(f"{name}-{n}" for n in range(2, 1000)))
    proposed = next(id for id in tries if f"{kind.kind}/{id}" not in here.base.known)
    return ask_id(here, proposed) if asking else proposed


def _name_in(said: Mapping[str, Any], language: str) -> str:
    """What a text calls its record, whether or not it is a whole one."""
    name = next((said[field] for field in ("name", "title", "labels") if said.get(field)), "")
    named = name.get(language) or next(iter(name.values()), "") if isinstance(name, Mapping) else name
    return named if isinstance(named, str) else ""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))


def _refuse_alike(here: Opened, record: AnyRecord | None, force: bool) -> None:
    """Raises Exit where the same is likely recorded already, with what that is."""
    alike = find_alike(here.loaded.base, record)[:3] if record else []
    for other in alike:
        talk(here.say.fill("talk.alike", {"ref": other.ref, "name": other.name}))
    if alike and not force:
        talk(here.say("talk.alike-what"))
        raise typer.Exit(FINDINGS)
