"""`amk log`: the life of one record through the history of its file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any

from amk.cli.answer import Answer
from amk.cli.arguments import named, near_told
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import argument, option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import of_own, reads
from amk.cli.session import Session
from amk.model.differences import ORDER
from amk.model.filters import find_by_name, nearest_names
from amk.model.problems import format_path
from amk.model.records import KINDS, Municipality
from amk.questions.changes.history import STATUS, Episode, find_history, tell_history
from amk.questions.changes.municipal_history import find_municipal_history
from amk.questions.records.facts import field_names
from amk.storage.commits import file_changes, uncommitted_changes
from amk.storage.revisions import Commit, Version, find_commit, here, versions_of
from amk.values.errors import UserError
from amk.values.suggestions import nearest

Ref = Annotated[str, argument("REF", "An id, a name or kind/id; also of what is gone.", completing.records)]
Field = Annotated[str | None, argument("[FIELD]", "Only this field, such as status.", completing.fields)]
Authors = Annotated[bool, option("--authors", "Also who; on the terminal only.")]


@reads(formats=(*DOCUMENTS, "json"), without=("as_of", "at", "today"), before=of_own)
def run(
    session: Session,
    ref: Ref,
    field: Field = None,
    authors: Authors = False,
    *,
    format: str,
    output: str | None,
) -> Answer:
    """The life of one record: when it changed, in which commit, and what that meant."""
    find_commit(session.tree.root, "HEAD")
    name, path = _file_of(session, ref)
    versions = _with_working(session, path, versions_of(session.tree.root, path))
    if not versions:
        raise UserError("stop.never-known", found=ref, nearest="")
    whole = field is None and path.startswith(f"{Municipality.folder}/")
    episodes = _around(session, versions) if whole else find_history(session.base, versions, _known(field))
    private = authors and format == "table" and output in (None, "-")
    if authors and not private and format != "json":
        talk(session.phrases("talk.no-authors"))
    phrases = session.phrases.with_topic("changes")
    return Answer(
        title=phrases("history.title", name=name),
        tell=lambda: tell_history(session.base, episodes, phrases, private),
        rows=lambda: [_data(episode) for episode in episodes],
    )


def _with_working(session: Session, path: str, versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The versions of a file, and before them the file as it stands where that is not what was committed."""
    here = session.tree.texts.get(path, "" if path in session.tree.unreadable else None)
    if here == (versions[0].text if versions else None):
        return versions
    return (Version(_working(session), "", "", path, here), *versions)


def _around(session: Session, versions: tuple[Version, ...]) -> tuple[Episode, ...]:
    """What happened to all that names a municipality, among what is not committed yet too."""
    root = session.tree.root
    ids = frozenset(PurePosixPath(version.path).stem for version in versions)
    lay = (version.folder for version in versions if version.commit.id)
    folders = tuple(dict.fromkeys((here(root), *lay)))
    now = uncommitted_changes(root, session.tree.texts, _working(session))
    return find_municipal_history(session.base, ids, (now, *file_changes(root, folders, ids)))


def _working(session: Session) -> Commit:
    """What stands for the files as they are: no commit, and today."""
    return Commit("", session.day)


def _file_of(session: Session, ref: str) -> tuple[str, str]:
    """The name of a record and the path of its file; one that is gone goes by `kind/id`."""
    if find_by_name(session.base, ref):
        record = named(session, ref, KINDS, "stop.never-known")
        return record.name, session.base.paths[record.ref]
    unread = [other for other in session.base.unread if ref in (other, other.partition("/")[2])]
    kind, slash, id = (unread[0] if len(unread) == 1 else ref).partition("/")
    folder = next((k.folder for k in KINDS if kind in (k.kind, k.folder)), "")
    if not (slash and folder and id):
        near = nearest_names(session.base, ref)
        raise UserError("stop.never-known", found=ref, nearest=near_told(session.phrases, near))
    return ref, f"{folder}/{id}.yaml"


def _known(field: str | None) -> str | None:
    known = (*field_names(), STATUS)
    if field and field not in known:
        raise UserError("stop.no-field", found=field, nearest=nearest(field, known))
    return field


def _data(episode: Episode) -> dict[str, Any]:
    """An episode under the keys of `log -f json`: never who."""
    record = episode.after or episode.before
    return {
        "commit": episode.commit.id or None,
        "date": episode.commit.day.isoformat() if episode.commit.id else None,
        "subject": episode.subject,
        "change": episode.kind or "unreadable",
        "ref": record.ref if record else None,
        "fields": [
            {"field": format_path(d.field_path), "before": d.before, "after": d.after}
            for d in episode.differences
            if d.field_path[-1] != ORDER
        ],
    }
