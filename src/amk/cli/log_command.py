"""`amk log`: the life of one record through the history of its file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from amk.cli import completing
from amk.cli.opening import Opened, near_told, opened
from amk.cli.options import Data, Format, Json, Lang, Output, Style
from amk.cli.progress import at_work
from amk.cli.showing import DOCUMENTS, chosen_format, put, written
from amk.cli.telling import talk
from amk.comparing import ORDER
from amk.errors import Stop
from amk.formats.data import write_json
from amk.nearest import nearest
from amk.problems import told_path
from amk.query import find_by_name, nearest_names
from amk.questions.facts import field_names
from amk.questions.history import STATUS, Episode, find_history, tell_history
from amk.questions.listing import document_of
from amk.records import KINDS
from amk.revisions import find_commit, versions_of

Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="An id, a name or kind/id; also of what is gone.",
        autocompletion=completing.records,
    ),
]
Field = Annotated[
    str | None,
    typer.Argument(
        metavar="[FIELD]", help="Only this field, such as status.", autocompletion=completing.fields
    ),
]
Authors = Annotated[bool, typer.Option("--authors", help="Also who; on the terminal only.")]

FORMATS = (*DOCUMENTS, "json")


def run(
    ref: Ref,
    field: Field = None,
    authors: Authors = False,
    data: Data = None,
    lang: Lang = None,
    format: Format = None,
    json: Json = False,
    output: Output = None,
    style: Style = None,
) -> None:
    """The life of one record: when it changed, in which commit, and what that meant."""
    here = opened(data, None, None, lang)
    format = chosen_format(format, output, json, FORMATS, style=style)
    find_commit(here.tree.root, "HEAD")
    name, path = _file_of(here, ref)
    with at_work("work.answering"):
        versions = versions_of(here.tree.root, path)
        if not versions:
            here_now = path in here.tree.texts
            raise Stop("stop.not-committed" if here_now else "stop.never-known", found=ref, nearest="")
        episodes = find_history(here.base, versions, _known(field))
    if format == "json":
        put(write_json([_data(episode) for episode in episodes]), output)
        return
    private = authors and format == "table" and output in (None, "-")
    if authors and not private:
        talk(here.say("talk.no-authors"))
    say = here.say.also("changes")
    blocks = tell_history(here.base, episodes, say, private)
    put(written(document_of(say("history.title", name=name), say, blocks), format, output, style), output)


def _file_of(here: Opened, ref: str) -> tuple[str, str]:
    """The name of a record and the path of its file; a record that is gone goes by `kind/id`."""
    found = find_by_name(here.base, ref)
    if found:
        return found[0].name, here.base.paths[found[0].ref]
    kind, slash, id = ref.partition("/")
    folder = next((k.folder for k in KINDS if kind in (k.kind, k.folder)), "")
    if not (slash and folder and id):
        near = nearest_names(here.base, ref)
        raise Stop("stop.never-known", found=ref, nearest=near_told(here.say, near))
    return ref, f"{folder}/{id}.yaml"


def _known(field: str | None) -> str | None:
    known = (*field_names(), STATUS)
    if field and field not in known:
        raise Stop("stop.no-field", found=field, nearest=nearest(field, known))
    return field


def _data(episode: Episode) -> dict[str, Any]:
    """An episode under the keys of `log -f json`: never who."""
    record = episode.after or episode.before
    return {
        "commit": episode.commit.id,
        "date": episode.commit.day.isoformat(),
        "subject": episode.subject,
        "change": episode.kind or "unreadable",
        "ref": record.ref if record else None,
        "fields": [
            {"field": told_path(d.way), "before": d.before, "after": d.after}
            for d in episode.differences
            if d.way[-1] != ORDER
        ],
    }
