"""`amk log`: the life of one record through the history of its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated, Any

from amk.cli.answer import Answer
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import argument, option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import of_own, reads
from amk.cli.record_versions import versions_named, working_commit
from amk.cli.session import Session
from amk.model.differences import ORDER
from amk.model.knowledge_base import KnowledgeBase
from amk.model.problems import format_path
from amk.model.records import Municipality
from amk.questions.changes.history import STATUS, Episode, find_history, tell_history
from amk.questions.changes.municipal_history import find_municipal_history
from amk.questions.records.facts import field_names
from amk.storage.commits import file_changes, uncommitted_changes
from amk.storage.revisions import Version, find_commit, here
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
    name, versions = versions_named(session, ref)
    whole = field is None and versions[0].path.startswith(f"{Municipality.folder}/")
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


def _around(session: Session, versions: tuple[Version, ...]) -> tuple[Episode, ...]:
    """What happened to all that names a municipality, among what is not committed yet too."""
    root = session.tree.root
    ids = frozenset((*(PurePosixPath(v.path).stem for v in versions), *_former(session.base, versions[0])))
    lay = (version.folder for version in versions if version.commit.id)
    folders = tuple(dict.fromkeys((here(root), *lay)))
    now = uncommitted_changes(root, session.tree.texts, working_commit(session))
    return find_municipal_history(session.base, ids, (now, *file_changes(root, folders, ids)))


def _former(base: KnowledgeBase, version: Version) -> Iterator[str]:
    """The ids that lead to a municipality because it had them before."""
    found = base.municipality(PurePosixPath(version.path).stem)
    ids = found.former_ids if found else ()
    return (id for id in ids if f"{Municipality.kind}/{id}" not in base.known)


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
        "incomplete": sorted(episode.unread),
    }
