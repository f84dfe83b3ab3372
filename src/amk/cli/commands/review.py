"""`amk review`: what a proposal changes, what it rests on and what it breaks, on one page for the steward."""

from __future__ import annotations

from typing import Annotated

from amk.authoring.duplicates import find_alike
from amk.checks.validation import find_caused
from amk.cli.answer import Answer
from amk.cli.options import argument, option
from amk.cli.output import DOCUMENTS
from amk.cli.reads import of_own, reads
from amk.cli.session import Session, load_at
from amk.language import Phrases
from amk.questions.changes.find import find_changes
from amk.questions.changes.unread import unread_between
from amk.questions.review.find import find_review
from amk.questions.review.tell import data_review, tell_review
from amk.storage.data_folder import is_dirty
from amk.storage.loaded import not_checked_out
from amk.storage.revisions import Commit, find_commit, merge_base, renamed_since, tree_at
from amk.values.errors import UserError

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""What the branch that proposals go to is called; the first that there is."""

Base = Annotated[
    str | None, argument("[BASE]", "Since where it left this revision; else since it left main.")
]
ExitCode = Annotated[bool, option("--exit-code", "Leave with 1 when something is wrong.")]


@reads(formats=(*DOCUMENTS, "json"), without=("as_of",), before=of_own)
def run(session: Session, base: Base = None, exit_code: ExitCode = False) -> Answer:
    """What a proposal changes, rests on and breaks: a page for who is to take it over."""
    phrases = session.phrases.with_topic("changes").with_topic("review")
    root = session.tree.root
    first = merge_base(root, find_commit(root, base) if base else _main(session), session.commit)
    before = load_at(root, first)
    tree = tree_at(root, session.commit) if session.commit else session.tree
    renamed = renamed_since(root, first)
    review = find_review(
        find_changes(before.base, session.loaded.base, session.day),
        find_caused(tree_at(root, first), tree, session.day, renamed),
        unread_between(before.base, session.loaded.base, not_checked_out(session.tree)),
        lambda record: find_alike(session.loaded.base, record),
        session.day,
        session.phrases,
    )
    wrong = bool(review.errors or review.unreadable)
    return Answer(
        title=_title(session, first, phrases),
        tell=lambda: tell_review(review, phrases),
        rows=lambda: data_review(review, phrases),
        findings=exit_code and wrong,
    )


def _main(session: Session) -> Commit:
    """The commit of the branch that proposals go to; HEAD where there is none by such a name."""
    for name in MAIN:
        try:
            return find_commit(session.tree.root, name)
        except UserError:
            continue
    return find_commit(session.tree.root, "HEAD")


def _committed(session: Session) -> Commit | None:
    """HEAD, where the files are as it has them; None where something is not committed."""
    root = session.tree.root
    return None if is_dirty(root) else find_commit(root, "HEAD")


def _title(session: Session, first: Commit, phrases: Phrases) -> str:
    later = session.commit or _committed(session)
    after = phrases("changes.revision", id=later.short, day=phrases.day(later.day)) if later else ""
    return phrases(
        "review.title",
        title=session.base.manifest.title.in_language(phrases.language),
        before=phrases("changes.revision", id=first.short, day=phrases.day(first.day)),
        after=after or phrases("changes.working"),
    )
