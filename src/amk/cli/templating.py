"""How a template of one's own becomes a document: its text is filled, and read as blocks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from amk.cli.answering import answers_of
from amk.cli.covering import coverage
from amk.cli.opening import Opened
from amk.document import Block, Heading, Paragraph
from amk.errors import Stop, no_library
from amk.holding import as_of
from amk.owntext import parse_own_text
from amk.query import Filters, narrowed
from amk.templates import Vocabulary, filled


def report_of_own(
    here: Opened, path: Path, filters: Filters, since: str | None
) -> tuple[str, tuple[Block, ...]]:
    """The title and the blocks of a template, and what it covers; its first heading is the title.

    Raises Stop for a mistake in it, and where it says nothing.
    """
    try:
        from amk.cli.wording import Wording
    except ImportError as error:
        raise no_library(path.name, "templates") from error
    wording = Wording(here)
    text = filled(path, Vocabulary(answers_of(here, filters, since), wording.filters, wording.told))
    blocks = parse_own_text(f"{text}\n\n{wording.footnotes()}", level=1)
    if not blocks:
        raise Stop("stop.template-silent", found=path.name)
    count = len(narrowed(as_of(here.base, here.day), filters).records)
    tail = Paragraph(" ".join(coverage(here, here.told(filters), count)), quiet=True)
    if isinstance(blocks[0], Heading):
        return blocks[0].text, (*map(_below_title, blocks[1:]), tail)
    return path.stem, (*map(_below_title, blocks), tail)


def _below_title(block: Block) -> Block:
    return replace(block, level=max(block.level, 2)) if isinstance(block, Heading) else block
