"""What makes a document ready to be sent: checked, with the sender's own words, and looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import typer

from amk.checks.validation import find_problems
from amk.cli.messages import talk
from amk.cli.session import Session
from amk.document.blocks import Block, Heading, Paragraph, every_block, plain, texts_of
from amk.document.markdown import parse_own_text
from amk.storage.data_folder import revision_of
from amk.storage.revisions import is_committed, tree_at
from amk.values.errors import UserError

_TO_FILL_IN = re.compile(r"\[[^\W\d_]+\]")

LONGEST = 200_000
"""How many bytes a text of one's own may have."""


def check_final(session: Session, today: date, template: Path | None) -> None:
    """Raise Stop unless data and template are committed, and the data without errors.

    Then anyone can make the same again.
    """
    revision = None if session.commit else revision_of(session.tree.root)
    if not session.commit and revision is None:
        raise UserError("stop.final-no-revision")
    if revision and revision.dirty:
        raise UserError("stop.final-dirty")
    if template and not is_committed(template):
        raise UserError("stop.final-template", found=template.name)
    tree = tree_at(session.tree.root, session.commit) if session.commit else session.tree
    validation = find_problems(tree, today)
    errors = [problem for problem in validation.problems if problem.severity == "error"]
    if errors:
        raise UserError("stop.final-errors", found=str(len(errors)))


def check_filled(blocks: Iterable[Block]) -> None:
    """Raises UserError for a place that was left to be filled in, such as [kenmerk]."""
    texts = (plain(text) for block in every_block(blocks) for text in texts_of(block))
    left = dict.fromkeys(found for text in texts for found in _TO_FILL_IN.findall(text))
    if left:
        raise UserError("stop.final-unfilled", found=", ".join(left))


def own_words(session: Session, path: Path) -> tuple[Block, ...]:
    """A file with the sender's own assessment as a section that says whose words it holds.

    Raises UserError for a file that cannot be read or says nothing.
    """
    try:
        raw = path.read_bytes()
        told = raw.decode("utf-8") if len(raw) <= LONGEST else ""
    except (OSError, ValueError) as error:
        raise UserError("stop.no-own-words", found=str(path)) from error
    blocks = parse_own_text(told, level=3)
    if not blocks:
        raise UserError("stop.no-own-words", found=str(path))
    phrases = session.phrases
    return Heading(phrases("own.title")), Paragraph(phrases("own.whose"), quiet=True), *blocks


def open_written(session: Session, output: str | None) -> None:
    """Open what was written in the program that the reader's system has for it."""
    if typer.launch(str(output)):
        talk(session.phrases("talk.not-opened", found=str(output)))
