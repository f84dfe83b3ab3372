"""`amk blame`: in which commit each field and each piece of a record became what it is."""

from __future__ import annotations

from typing import Annotated

from amk.cli.answer import Answer
from amk.cli.completion import values as completing
from amk.cli.messages import talk
from amk.cli.options import argument, option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import of_own, reads
from amk.cli.record_versions import versions_named
from amk.cli.session import Session
from amk.questions.changes.blame import data_blame, find_blame, tell_blame
from amk.storage.revisions import find_commit
from amk.values.errors import UserError

Ref = Annotated[str, argument("REF", "An id, a name or kind/id.", completing.records)]
Authors = Annotated[bool, option("--authors", "Also who; on the terminal only.")]


@reads(formats=(*DOCUMENTS, "json"), without=("as_of", "at", "today"), before=of_own)
def run(session: Session, ref: Ref, authors: Authors = False, *, format: str, output: str | None) -> Answer:
    """In which commit each field, step and note of a record became what it is."""
    find_commit(session.tree.root, "HEAD")
    name, versions = versions_named(session, ref)
    blame = find_blame(versions)
    if blame is None:
        raise UserError("stop.not-here", found=name)
    private = authors and format == "table" and output in (None, "-")
    if authors and not private:
        talk(session.phrases("talk.no-authors"))
    phrases = session.phrases.with_topic("changes")
    return Answer(
        title=phrases("blame.title", name=name),
        tell=lambda: tell_blame(session.base, blame, phrases, private),
        rows=lambda: data_blame(blame),
    )
