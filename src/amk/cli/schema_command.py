"""`amk schema`: what an editor needs to check records as they are written."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from amk.cli import FINDINGS, completing
from amk.cli.installing import install
from amk.cli.opening import opened
from amk.cli.options import At, Data, Lang, Output
from amk.cli.showing import put
from amk.errors import Stop
from amk.nearest import nearest
from amk.records import KINDS, Part
from amk.schema import SCHEMA_KINDS, schema_of, schema_of_all

Kind = Annotated[
    str | None,
    typer.Argument(
        metavar="[KIND]",
        help="policies, sources, …, manifest; all without it.",
        autocompletion=completing.kinds,
    ),
]
Install = Annotated[
    bool, typer.Option("--install", help="Write the schemas, and tell VS Code where they are.")
]


def run(
    kind: Kind = None,
    installing: Install = False,
    at: At = None,
    data: Data = None,
    lang: Lang = None,
    output: Output = None,
) -> None:
    """What editors need to check records as they are written: JSON Schema, and --install."""
    if installing and (kind or at or output):
        raise Stop("stop.schema-install")
    wanted = _kind(kind) if kind else None
    here = opened(data, lang=lang, at=at)
    if installing:
        if not install(here):
            raise typer.Exit(FINDINGS)
        return
    schema = schema_of(here.base, wanted) if wanted else schema_of_all(here.base)
    put(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", output)


def _kind(text: str) -> type[Part]:
    """A kind by its name or by that of its folder. Raises Stop for one that there is not."""
    by_name = {**{kind.folder: kind for kind in KINDS}, **SCHEMA_KINDS}
    wanted = text.lower()
    if wanted not in by_name:
        known = ", ".join(SCHEMA_KINDS)
        raise Stop("stop.no-kind", found=text, nearest=nearest(wanted, by_name), known=known)
    return by_name[wanted]
