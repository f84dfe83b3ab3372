"""The versions of the record that a user names: those that were committed, and the file as it stands."""

from __future__ import annotations

from amk.cli.arguments import named, near_told
from amk.cli.session import Session
from amk.model.filters import find_by_name, nearest_names
from amk.model.records import KINDS
from amk.storage.revisions import Commit, Version, versions_of
from amk.values.errors import UserError


def versions_named(session: Session, ref: str) -> tuple[str, tuple[Version, ...]]:
    """The name of a record and its versions, the newest first. Raises UserError where there never was one."""
    name, path = _file_of(session, ref)
    versions = _with_working(session, path, versions_of(session.tree.root, path))
    if not versions:
        raise UserError("stop.never-known", found=ref, nearest="")
    return name, versions


def working_commit(session: Session) -> Commit:
    """What stands for the files as they are: no commit, and today."""
    return Commit("", session.day)


def _with_working(session: Session, path: str, versions: tuple[Version, ...]) -> tuple[Version, ...]:
    """The versions of a file, and before them the file as it stands where that is not what was committed."""
    here = session.tree.texts.get(path, "" if path in session.tree.unreadable else None)
    if here == (versions[0].text if versions else None):
        return versions
    return (Version(working_commit(session), "", "", path, here), *versions)


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
