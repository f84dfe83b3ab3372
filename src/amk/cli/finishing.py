"""What makes a document ready to be sent: checked, with the sender's own words, and looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer

from amk.cli.opening import Opened
from amk.cli.telling import talk
from amk.document import Block, Heading, Paragraph
from amk.errors import Stop
from amk.owntext import parse_own_text
from amk.questions.validation import find_problems
from amk.revisions import is_committed, tree_at
from amk.tree import revision_of

LONGEST = 200_000
"""How many bytes a text of one's own may have."""


def check_final(here: Opened, today: date, template: Path | None) -> None:
    """Raise Stop unless data and template are committed, and the data without errors.

    Then anyone can make the same again.
    """
    revision = None if here.commit else revision_of(here.tree.root)
    if not here.commit and revision is None:
        raise Stop("stop.final-no-revision")
    if revision and revision.dirty:
        raise Stop("stop.final-dirty")
    if template and not is_committed(template):
        raise Stop("stop.final-template", found=template.name)
    tree = tree_at(here.tree.root, here.commit) if here.commit else here.tree
    validation = find_problems(tree, today)
    errors = [problem for problem in validation.problems if problem.severity == "error"]
    if errors:
        raise Stop("stop.final-errors", found=str(len(errors)))


def own_words(here: Opened, path: Path) -> tuple[Block, ...]:
    """A file with the sender's own assessment as a section that says whose words it holds.

    Raises Stop for a file that cannot be read or says nothing.
    """
    try:
        raw = path.read_bytes()
        told = raw.decode("utf-8") if len(raw) <= LONGEST else ""
    except (OSError, ValueError) as error:
        raise Stop("stop.no-own-words", found=str(path)) from error
    blocks = parse_own_text(told, level=3)
    if not blocks:
        raise Stop("stop.no-own-words", found=str(path))
    say = here.say
    return Heading(say("own.title")), Paragraph(say("own.whose"), quiet=True), *blocks


def open_written(here: Opened, output: str | None) -> None:
    """Open what was written in the program that the reader's system has for it."""
    if typer.launch(str(output)):
        talk(here.say("talk.not-opened", found=str(output)))
