"""The knowledge base in each language of a site, with how its pages ask the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from amk.cli.answer import Coverage, revision_told, statement
from amk.cli.commands import coverage, gaps, network, report, show, timeline
from amk.cli.commands import list as listing
from amk.cli.commands import map as mapping
from amk.cli.reads import ReadingCommand
from amk.cli.report.particulars import Particulars
from amk.cli.session import Session
from amk.document.blocks import Document
from amk.language import LANGUAGES, phrases_in
from amk.questions.report.essentials import essentials
from amk.questions.report.find import find_briefing
from amk.site.addresses import Addresses
from amk.site.pages import Edition

YEAR = timedelta(days=365)
"""How far back the page of changes looks."""

UNSAID: Mapping[str, Any] = {"output": None, "today": None}
"""What a report may be told on the command line, and a site does not say."""


def editions_of(session: Session, downloads: Sequence[str]) -> list[Edition]:
    """An edition in each language; that of the session lies at the root, any other in a folder of its own."""
    first = session.phrases.language
    roots = {first: "", **{language: f"{language}/" for language in LANGUAGES if language != first}}
    return [_edition(session, language, root, downloads) for language, root in roots.items()]


def _edition(session: Session, language: str, root: str, downloads: Sequence[str]) -> Edition:
    spoken = replace(session, phrases=phrases_in(language))
    spoken = replace(spoken, revision=revision_told(spoken))
    phrases = spoken.phrases.with_topic("site")
    briefing = find_briefing(session.base, session.day)
    lines = tuple(essentials(briefing, spoken.phrases.with_topic("report")))
    told = statement(spoken, Coverage(count=len(session.base.known)))
    ask, addresses = _asking(spoken), Addresses(phrases, root)
    return Edition(session.base, phrases, addresses, ask, lines, told, tuple(downloads))


def _asking(session: Session) -> Callable[[str, Sequence[str]], Document]:
    """How a page asks: for the answer that a command gives, as a web page shows it."""
    since = Particulars(since=(session.day - YEAR).isoformat())
    asked: Mapping[str, tuple[ReadingCommand, Mapping[str, Any]]] = {
        "map": (mapping.run, {}),
        "timeline": (timeline.run, {}),
        "gaps": (gaps.run, {}),
        "coverage": (coverage.run, {}),
        "network": (network.run, {}),
        "changes": (
            report.run,
            {"template": "changes", "said": since, "format": "html", **UNSAID},
        ),
    }

    def ask(name: str, about: Sequence[str]) -> Document:
        if name == "show":
            return show.run.document(session, "html", refs=[*about])
        if name == "list":
            return listing.run.document(session, "html", kinds=[*about])
        command, own = asked[name]
        return command.document(session, "html", **own)

    return ask
