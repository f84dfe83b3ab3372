"""How a template becomes a document: its text is filled and read as blocks, with the parts it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from amk.cli.answer import Coverage, lacking, statement
from amk.cli.arguments import told_filters
from amk.cli.report.answers import answers_of
from amk.cli.report.filters import TemplateFilters
from amk.cli.report.particulars import Particulars
from amk.cli.report.parts import Parts
from amk.cli.session import Session
from amk.document.blocks import Block, Heading, Paragraph, plain
from amk.document.markdown import parse_own_text
from amk.document.template import TemplateContext, filled
from amk.model.filters import Filters, narrowed
from amk.model.validity import as_of
from amk.storage.data_folder import revision_of
from amk.values.errors import UserError


def report_of_own(
    session: Session, path: Path, filters: Filters, said: Particulars
) -> tuple[str, tuple[Block, ...]]:
    """The title and the blocks of a template of one's own, and what it covers.

    Its first heading is the title. Raises UserError for a mistake in it, and where it says nothing.
    """
    title, blocks = _filled(session, path, filters, said)
    count = len(narrowed(as_of(session.base, session.day), filters).records)
    tail = Paragraph(statement(session, Coverage(told_filters(session, filters), count)), quiet=True)
    return title, (*blocks, tail)


def report_to_send(
    session: Session, path: Path, filters: Filters, said: Particulars
) -> tuple[str, tuple[Block, ...]]:
    """The title and the blocks of a document for others: of amk it says nothing but the day of its data."""
    title, blocks = _filled(session, path, filters, said)
    told = [session.phrases("sent.covers", area=session.area(filters), day=session.phrases.day(session.day))]
    tail = Paragraph(" ".join((*told, *_updated(session), *lacking(session))), quiet=True)
    return title, (*blocks, tail)


def _filled(
    session: Session, path: Path, filters: Filters, said: Particulars
) -> tuple[str, tuple[Block, ...]]:
    parts = Parts(session, filters, said.since)
    wording = TemplateFilters(session, parts)
    answers = {**answers_of(session, filters, said.since), **_particulars(session, parts, said)}
    text = filled(path, TemplateContext(answers, wording.filters, wording.told))
    blocks = tuple(parts.placed(parse_own_text(f"{text}\n\n{wording.footnotes()}", level=1)))
    if not blocks:
        raise UserError("stop.template-silent", found=path.name)
    if isinstance(blocks[0], Heading):
        return plain(blocks[0].text), tuple(map(_below_title, blocks[1:]))
    return path.stem, tuple(map(_below_title, blocks))


def _particulars(session: Session, parts: Parts, said: Particulars) -> dict[str, Callable[[], Any]]:
    """What the sender said, and what a letter needs besides the answers of amk's commands."""
    home = session.base.home
    province = home.name if home and home.type == "province" else None
    return {
        **{name: partial(getattr, said, name) for name in ("to", "sender", "reference", "question")},
        "province": lambda: province,
        "changes_since": lambda: parts.changes_since,
    }


def _below_title(block: Block) -> Block:
    return replace(block, level=max(block.level, 2)) if isinstance(block, Heading) else block


def _updated(session: Session) -> tuple[str, ...]:
    """Of which day the data are."""
    if session.commit:
        return (session.phrases("sent.updated", day=session.phrases.day(session.commit.day)),)
    found = revision_of(session.tree.root, session.working.blobs() if session.working else None)
    if not found:
        return ()
    key = "sent.updated-dirty" if found.dirty else "sent.updated"
    return (session.phrases(key, day=session.phrases.day(date.fromisoformat(found.day))),)
