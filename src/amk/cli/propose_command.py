"""`amk propose`: what changed, as a branch with one commit that tells it; pushing is for people."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from amk.cli import FINDINGS
from amk.cli.findings import show_findings
from amk.cli.opening import Opened, load_at
from amk.cli.options import Data, Lang
from amk.cli.showing import put
from amk.cli.telling import talk
from amk.cli.writing import DryRun, Force, for_writing
from amk.errors import Stop
from amk.formats.markdown import write
from amk.proposing import Proposal, branch_for, propose
from amk.questions.changes import find_changes
from amk.questions.changes_told import summary_of, tell_changes
from amk.questions.listing import document_of
from amk.questions.validation import find_caused, problem_words
from amk.revisions import Commit, find_commit, renamed_since, tree_at
from amk.tree import is_dirty

FORMATS = ("text",)

Branch = Annotated[
    str | None, typer.Option("--branch", metavar="NAME", help="The branch; otherwise told from the change.")
]
Subject = Annotated[
    str | None,
    typer.Option("--subject", metavar="TEXT", help="The first line; otherwise told from the change."),
]


def run(
    branch: Branch = None,
    subject: Subject = None,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Make a branch and a commit of what changed, told in words; how to push it is printed, never done."""
    here = for_writing(data, lang)
    head = find_commit(here.tree.root, "HEAD")
    if not is_dirty(here.tree.root):
        raise Stop("stop.nothing-to-propose")
    if not _is_right(here, head) and not force:
        talk(here.say("talk.not-proposed"))
        raise typer.Exit(FINDINGS)
    first, body = _told(here, head)
    message = f"data: {subject or first}\n\n{body}"
    name = branch or branch_for(here.tree.root, subject or first)
    put(message, None)
    if not dry_run:
        _tell_next(here, propose(here.tree.root, name, message))


def _is_right(here: Opened, head: Commit) -> bool:
    """Whether the change makes no new errors; those that it makes are shown."""
    root = here.tree.root
    caused = find_caused(tree_at(root, head), here.tree, date.today(), renamed_since(root, head))
    if caused.problems:
        show_findings(caused, here.tree, problem_words(here.say.language), "table", None)
    return not caused.failed()


def _told(here: Opened, head: Commit) -> tuple[str, str]:
    """The change in one line, and in full."""
    say = here.say.also("changes")
    changes = find_changes(load_at(here.tree.root, head).base, here.base, here.day)
    if not changes:
        return here.say("propose.form-only"), ""
    blocks = tell_changes(changes, say, False)
    whole = write(document_of(say("propose.what"), say, blocks))
    return summary_of(changes, say), "\n".join(whole.split("\n")[1:]).strip() + "\n"


def _tell_next(here: Opened, proposal: Proposal) -> None:
    """What was made, and how to go on: amk never pushes by itself."""
    talk(here.say.fill("propose.made", {"branch": proposal.branch, "commit": proposal.commit}))
    if not proposal.remote:
        talk(here.say("propose.no-remote"))
        return
    push = f"git push -u {proposal.remote} {proposal.branch}"
    talk(here.say.fill("propose.push", {"command": push}))
    if proposal.address:
        talk(here.say.fill("propose.open", {"address": proposal.address}))
