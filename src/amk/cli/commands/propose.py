"""`amk propose`: what changed, as a branch with one commit that tells it; pushing is for people."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from amk.authoring.proposal import Proposal, branch_for, propose, uncommitted
from amk.checks.content import find_address
from amk.checks.validation import find_caused, problem_words
from amk.cli import FINDINGS
from amk.cli.messages import talk
from amk.cli.options import Data, Lang, option
from amk.cli.output import put
from amk.cli.problems import show_findings
from amk.cli.saving import DryRun, Force, for_writing
from amk.cli.session import Session, load_at
from amk.document.blocks import Paragraph
from amk.formats.markdown import write
from amk.questions.changes.find import find_changes
from amk.questions.changes.tell import summary_of, tell_changes
from amk.questions.changes.unread import unread_between, unread_told
from amk.questions.records.listing import document_of
from amk.storage.data_folder import changed_paths
from amk.storage.revisions import Commit, find_commit, renamed_since, tree_at
from amk.values.errors import UserError

Branch = Annotated[str | None, option("--branch NAME", "The branch; otherwise told from the change.")]
Subject = Annotated[str | None, option("--subject TEXT", "The first line; otherwise told from the change.")]


def run(
    branch: Branch = None,
    subject: Subject = None,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Make a branch and a commit of what changed, told in words; how to push it is printed, never done."""
    session = for_writing(data, lang)
    head = find_commit(session.tree.root, "HEAD")
    paths = tuple(changed_paths(session.tree.root))
    if not paths:
        raise UserError("stop.nothing-to-propose")
    if not _is_right(session, head) and not force:
        talk(session.phrases("talk.not-proposed"))
        raise typer.Exit(FINDINGS)
    if subject and find_address(subject):
        raise UserError("stop.subject-private")
    first, body = _told(session, head)
    message = f"data: {subject or first}\n\n{body}"
    name = branch or branch_for(session.tree.root, subject or first)
    put(message, None)
    if not dry_run:
        _tell_next(session, propose(session.tree.root, name, message, paths))
        _tell_left(session)


def _is_right(session: Session, head: Commit) -> bool:
    """Whether the change makes no new errors; those that it makes are shown."""
    root = session.tree.root
    caused = find_caused(tree_at(root, head), session.tree, date.today(), renamed_since(root, head))
    if caused.problems:
        show_findings(caused, session.tree, problem_words(session.phrases.language), "table", None)
    return not caused.failed()


def _told(session: Session, head: Commit) -> tuple[str, str]:
    """The change in one line, and in full."""
    phrases = session.phrases.with_topic("changes")
    before, after = load_at(session.tree.root, head).base, session.base
    changes = find_changes(before, after, session.day)
    unread = tuple(map(Paragraph, unread_told(unread_between(before, after), phrases)))
    if not (changes or unread):
        return session.phrases("propose.form-only"), ""
    blocks = tell_changes(changes, phrases, False) if changes else ()
    whole = write(document_of(phrases("propose.what"), phrases, (*unread, *blocks)))
    first = summary_of(changes, phrases) if changes else session.phrases("propose.not-compared")
    return first, "\n".join(whole.split("\n")[1:]).strip() + "\n"


def _tell_left(session: Session) -> None:
    """Other files in the data folder that are not committed: they are named, and left."""
    left = uncommitted(session.tree.root)
    if left:
        talk(session.phrases.fill("propose.left", {"files": ", ".join(left)}))


def _tell_next(session: Session, proposal: Proposal) -> None:
    """What was made, and how to go on: amk never pushes by itself."""
    talk(session.phrases.fill("propose.made", {"branch": proposal.branch, "commit": proposal.commit}))
    if not proposal.remote:
        talk(session.phrases("propose.no-remote"))
        return
    push = f"git push -u {proposal.remote} {proposal.branch}"
    talk(session.phrases.fill("propose.push", {"command": push}))
    if proposal.address:
        talk(session.phrases.fill("propose.open", {"address": proposal.address}))
